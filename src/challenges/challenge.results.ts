import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Challenge } from './challenge.entity.js';

@ObjectType({ description: 'A page of challenges.' })
export class ChallengeConnection extends connectionOf(Challenge) {}

@ObjectType({ description: 'The challenge is made.' })
export class ChallengeCreated {
  @Field(() => Challenge, { description: 'The challenge.' })
  readonly challenge: Challenge;

  constructor(challenge: Challenge) {
    this.challenge = challenge;
  }
}

@ObjectType({ description: 'The challenge is changed, for what is submitted from now on.' })
export class ChallengeUpdated {
  @Field(() => Challenge, { description: 'The challenge as it is now.' })
  readonly challenge: Challenge;

  constructor(challenge: Challenge) {
    this.challenge = challenge;
  }
}

export const ChallengeCreateResult = createUnionType({
  name: 'ChallengeCreateResult',
  description: 'What challengeCreate answers.',
  types: () => [ChallengeCreated, InputInvalid] as const,
});

export const ChallengeUpdateResult = createUnionType({
  name: 'ChallengeUpdateResult',
  description: 'What challengeUpdate answers.',
  types: () => [ChallengeUpdated, InputInvalid, NotFound] as const,
});

export const ChallengePauseResult = createUnionType({
  name: 'ChallengePauseResult',
  description: 'What challengePause answers.',
  types: () => [ChallengeUpdated, InputInvalid, NotFound] as const,
});

export const ChallengeResumeResult = createUnionType({
  name: 'ChallengeResumeResult',
  description: 'What challengeResume answers.',
  types: () => [ChallengeUpdated, InputInvalid, NotFound] as const,
});

export const ChallengeArchiveResult = createUnionType({
  name: 'ChallengeArchiveResult',
  description: 'What challengeArchive answers.',
  types: () => [ChallengeUpdated, InputInvalid, NotFound] as const,
});

export const ChallengeDuplicateResult = createUnionType({
  name: 'ChallengeDuplicateResult',
  description: 'What challengeDuplicate answers.',
  types: () => [ChallengeCreated, InputInvalid, NotFound] as const,
});
