import { Ctx, Field, ObjectType } from 'type-graphql';
import { Challenge } from '../../challenges/challenge.entity.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { type MessageKey, type MessageParameters, message } from '../../platform/graphql/messages.js';

export const ProgramWarningCode = graphqlEnum('ProgramWarningCode', 'What a program should change.', {
  REVIEW_GATING_AUDIENCE: 'A challenge asks for reviews and keeps detractors out by its audience.',
  REVIEW_GATING_ASKS: 'Only promoters are asked after they answer, and reviews are among what they are asked for.',
});
export type ProgramWarningCode = keyof typeof ProgramWarningCode;

@ObjectType({ description: 'Something that a program should change, though nothing refuses it.' })
export class ProgramWarning {
  private constructor(
    code: ProgramWarningCode,
    challenge: Challenge | null,
    private readonly messageKey: MessageKey,
    private readonly whatToDoKey: MessageKey,
    private readonly parameters: MessageParameters,
  ) {
    this.code = code;
    this.challenge = challenge;
  }

  static ofAudience(challenge: Challenge): ProgramWarning {
    const parameters = { title: challenge.title };
    return new ProgramWarning(
      'REVIEW_GATING_AUDIENCE',
      challenge,
      'warning.reviewAudience',
      'warning.reviewAudience.do',
      parameters,
    );
  }

  static ofAsks(scores: { readonly askFromScore: number; readonly promoterFrom: number }): ProgramWarning {
    return new ProgramWarning('REVIEW_GATING_ASKS', null, 'warning.reviewAsks', 'warning.reviewAsks.do', { ...scores });
  }

  @Field(() => ProgramWarningCode, { description: 'What it is, for programs to act on.' })
  readonly code: ProgramWarningCode;

  @Field(() => Challenge, {
    nullable: true,
    description: 'The challenge that it is about; null for the whole program.',
  })
  readonly challenge: Challenge | null;

  @Field(() => String, { description: 'What is the matter, as a sentence in the language of the caller (en, nl).' })
  message(@Ctx() context: BaseContext): string {
    return message(context.locale, this.messageKey, this.parameters);
  }

  @Field(() => String, { description: 'What to do about it, and why, in the language of the caller (en, nl).' })
  whatToDo(@Ctx() context: BaseContext): string {
    return message(context.locale, this.whatToDoKey, this.parameters);
  }
}
