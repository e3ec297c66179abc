import { Ctx, Field, InterfaceType, ObjectType } from 'type-graphql';
import type { BaseContext } from './context.js';
import { graphqlEnum } from './enums.js';
import { type MessageKey, type MessageParameters, message } from './messages.js';

export const ProblemCode = graphqlEnum('ProblemCode', 'What kind of problem it is, for programs to act on.', {
  INPUT_INVALID: 'The input breaks a rule; the issues say which and where.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key came before with another input.',
  BALANCE_INSUFFICIENT: 'There are not enough available points.',
  CHALLENGE_CLOSED: 'The challenge has not started yet or is over.',
  CHALLENGE_NOT_ELIGIBLE: 'The challenge is not meant for this ambassador.',
  CHALLENGE_LIMIT_REACHED: 'The ambassador has done the challenge as often as it allows.',
  SUBMISSION_NOT_PENDING: 'The submission has been decided already.',
  SUBMISSION_CLAIMED: 'Another moderator looks at the submission.',
  VOTE_REFUSED: 'The vote does not count: own submission, closed, or not votable.',
  REWARD_OUT_OF_STOCK: 'Nothing of this reward is left.',
  REWARD_NOT_OFFERED: 'The reward is bought no more.',
  REWARD_NOT_ELIGIBLE: 'The reward is for those of a higher level.',
  REWARD_LIMIT_REACHED: 'The ambassador has bought as many of the reward as one can.',
  VOUCHER_SHOWN: 'The code was shown to its buyer before; that happens once.',
  REDEMPTION_SETTLED: 'The redemption was handed over or cancelled before.',
  REFERRAL_REFUSED: 'The referral does not count; its reason says why.',
  JOB_NOT_FAILED: 'The job has not failed, so there is nothing to try again.',
  WEBHOOK_DELIVERY_NOT_REFUSED: 'The message was not refused, so there is nothing to try again.',
  REFERRAL_REVIEW_NOT_OPEN: 'Nothing waits for a decision about the referral.',
  REFERRAL_NOT_APPEALABLE: 'The referral was not denied, or its denial was appealed before.',
  TRANSFER_REFUSED: 'The points cannot be given to that ambassador; its reason says why.',
  TEAM_REFUSED: 'It cannot be done with that team; its reason says why.',
  KUDOS_REFUSED: 'The ambassador cannot be praised, or not now; its reason says why.',
  ALREADY_REVERSED: 'It has been reversed before; nothing of it is left.',
  SURVEY_LINK_REFUSED: 'The survey link is not answered by; its reason says why.',
  MAIL_NOT_CONFIGURED: 'The server sends no mail, so it schedules none.',
  WAVE_OVER: 'The wave is done or cancelled.',
  SECRET_KEY_MISSING: 'The server has no key to keep secrets with, so it takes none.',
  NOT_FOUND: 'It does not exist, or the caller may not see it.',
});
export type ProblemCode = keyof typeof ProblemCode;

@InterfaceType({
  description: 'Why a mutation did nothing: an expected refusal. A problem means that nothing was written.',
  resolveType: (problem: Problem) => problem.constructor.name,
})
export abstract class Problem {
  constructor(
    code: ProblemCode,
    private readonly messageKey: MessageKey,
    private readonly parameters: MessageParameters = {},
  ) {
    this.code = code;
  }

  @Field(() => ProblemCode, { description: 'What kind of problem it is, for programs to act on.' })
  readonly code: ProblemCode;

  @Field(() => String, { description: 'What is wrong, as a sentence in the language of the caller (en, nl).' })
  message(@Ctx() context: BaseContext): string {
    return message(context.locale, this.messageKey, this.parameters);
  }
}

@ObjectType({ description: 'One thing that is wrong with an input.' })
export class InputIssue {
  @Field(() => [String], { description: 'Where in the input, as in ["contact", "email"].' })
  readonly path: readonly string[];

  @Field(() => String, { description: 'What is wrong there.' })
  readonly message: string;
}

@ObjectType({ implements: Problem, description: 'The input breaks one or more rules.' })
export class InputInvalid extends Problem {
  constructor(issues: readonly InputIssue[]) {
    super('INPUT_INVALID', 'problem.inputInvalid');
    this.issues = issues;
  }

  /** One issue, said by a service that knows more than the input's own schema. */
  static at(path: readonly string[], text: string): InputInvalid {
    return new InputInvalid([{ path, message: text }]);
  }

  @Field(() => [InputIssue], { description: 'All that is wrong, each with its place in the input.' })
  readonly issues: readonly InputIssue[];
}

@ObjectType({ implements: Problem, description: 'It does not exist, or the caller may not see it.' })
export class NotFound extends Problem {
  constructor() {
    super('NOT_FOUND', 'problem.notFound');
  }
}

@ObjectType({
  implements: Problem,
  description: 'The idempotency key came before with another input. Use a fresh key for a fresh wish.',
})
export class IdempotencyKeyReused extends Problem {
  constructor() {
    super('IDEMPOTENCY_KEY_REUSED', 'problem.idempotencyKeyReused');
  }
}

@ObjectType({
  implements: Problem,
  description: 'The server has no key to keep secrets with. Whoever runs it sets APPLAUS_SECRET_KEYS.',
})
export class SecretKeyMissing extends Problem {
  constructor() {
    super('SECRET_KEY_MISSING', 'problem.secretKeyMissing');
  }
}
