import { Ctx, Field, ObjectType } from 'type-graphql';
import { Requirement, type Sentence } from '../audience/conditions.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { type MessageKey, message } from '../platform/graphql/messages.js';
import { Problem } from '../platform/graphql/problem.js';
import { Challenge } from './challenge.entity.js';

export const ChallengeLimit = graphqlEnum('ChallengeLimit', 'Which limit of a challenge is reached.', {
  PER_AMBASSADOR: 'The ambassador has done it as often as one may.',
  PER_WINDOW: 'The ambassador has done it as often as one may in this day, week or month.',
  COOLDOWN: 'The ambassador did it a short while ago.',
  IN_ALL: 'All ambassadors together have done it as often as is allowed.',
  BUDGET: 'What is left of its budget does not pay for one more.',
});
export type ChallengeLimit = keyof typeof ChallengeLimit;

const limitMessages: Readonly<Record<ChallengeLimit, MessageKey>> = {
  PER_AMBASSADOR: 'problem.challengeLimitReached',
  PER_WINDOW: 'problem.challengeLimitReached.PER_WINDOW',
  COOLDOWN: 'problem.challengeLimitReached.COOLDOWN',
  IN_ALL: 'problem.challengeLimitReached.IN_ALL',
  BUDGET: 'problem.challengeLimitReached.BUDGET',
};

@ObjectType({ implements: Problem, description: 'A limit of the challenge is reached; `limit` says which.' })
export class ChallengeLimitReached extends Problem {
  @Field(() => ChallengeLimit, { description: 'Which limit it is.' })
  readonly limit: ChallengeLimit;

  @Field(() => Date, {
    nullable: true,
    description:
      'When this ambassador can do it again; null where the limit holds for good, or until somebody else’s submission is rejected.',
  })
  readonly availableAgainAt: Date | null;

  constructor(limit: ChallengeLimit, availableAgainAt: Date | null = null) {
    super('CHALLENGE_LIMIT_REACHED', limitMessages[limit]);
    this.limit = limit;
    this.availableAgainAt = availableAgainAt;
  }
}

@ObjectType({ description: 'Something that an ambassador lacks for a challenge.' })
export class MissingRequirement {
  @Field(() => Requirement, { description: 'What kind of thing it is, for programs to act on.' })
  readonly requirement: Requirement;

  @Field(() => Challenge, {
    nullable: true,
    description: 'The challenge that comes first, of a PREREQUISITE; null otherwise.',
  })
  readonly challenge: Challenge | null;

  constructor(
    requirement: Requirement,
    private readonly sentence: Sentence,
    challenge: Challenge | null = null,
  ) {
    this.requirement = requirement;
    this.challenge = challenge;
  }

  @Field(() => String, { description: 'What is missing, as a sentence in the language of the caller (en, nl).' })
  text(@Ctx() context: BaseContext): string {
    return message(context.locale, this.sentence.key, this.sentence.parameters);
  }
}

@ObjectType({ implements: Problem, description: 'The challenge is not meant for this ambassador, or not yet.' })
export class ChallengeNotEligible extends Problem {
  @Field(() => [MissingRequirement], {
    description: 'What is missing. Where there are several ways to be eligible, what each of them asks for is told.',
  })
  readonly missing: readonly MissingRequirement[];

  constructor(missing: readonly MissingRequirement[]) {
    super('CHALLENGE_NOT_ELIGIBLE', 'problem.challengeNotEligible');
    this.missing = missing;
  }
}
