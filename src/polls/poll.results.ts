import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import type { MessageKey } from '../platform/graphql/messages.js';
import { InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { Poll } from './poll.entity.js';

@ObjectType({ description: 'A page of polls.' })
export class PollConnection extends connectionOf(Poll) {}

@ObjectType({ description: 'The poll is made, and takes votes.' })
export class PollCreated {
  @Field(() => Poll, { description: 'The poll.' })
  readonly poll: Poll;

  constructor(poll: Poll) {
    this.poll = poll;
  }
}

@ObjectType({ description: 'The poll is closed: its votes stand.' })
export class PollClosed {
  @Field(() => Poll, { description: 'The poll as it is now.' })
  readonly poll: Poll;

  constructor(poll: Poll) {
    this.poll = poll;
  }
}

@ObjectType({ description: 'The vote counts, in place of what was chosen before.' })
export class PollVoteCounted {
  @Field(() => Poll, { description: 'The poll as it is now.' })
  readonly poll: Poll;

  constructor(poll: Poll) {
    this.poll = poll;
  }
}

@ObjectType({ description: 'The vote does not count any more.' })
export class PollVoteWithdrawn {
  @Field(() => Poll, { description: 'The poll as it is now.' })
  readonly poll: Poll;

  constructor(poll: Poll) {
    this.poll = poll;
  }
}

export const PollVoteRefusalReason = graphqlEnum('PollVoteRefusalReason', 'Why a vote in a poll does not count.', {
  POLL_CLOSED: 'The poll is closed: the votes stand.',
  NOT_ELIGIBLE: 'The poll is not meant for this ambassador.',
});
export type PollVoteRefusalReason = keyof typeof PollVoteRefusalReason;

const refusalMessages: Readonly<Record<PollVoteRefusalReason, MessageKey>> = {
  POLL_CLOSED: 'problem.pollClosed',
  NOT_ELIGIBLE: 'problem.pollNotEligible',
};

@ObjectType({ implements: Problem, description: 'The vote does not count; its reason says why.' })
export class PollVoteRefused extends Problem {
  @Field(() => PollVoteRefusalReason, { description: 'Why it does not count.' })
  readonly reason: PollVoteRefusalReason;

  constructor(reason: PollVoteRefusalReason) {
    super('VOTE_REFUSED', refusalMessages[reason]);
    this.reason = reason;
  }
}

export const PollCreateResult = createUnionType({
  name: 'PollCreateResult',
  description: 'What pollCreate answers.',
  types: () => [PollCreated, InputInvalid] as const,
});

export const PollCloseResult = createUnionType({
  name: 'PollCloseResult',
  description: 'What pollClose answers.',
  types: () => [PollClosed, InputInvalid, NotFound] as const,
});

export const PollVoteResult = createUnionType({
  name: 'PollVoteResult',
  description: 'What pollVote answers.',
  types: () => [PollVoteCounted, PollVoteRefused, InputInvalid, NotFound] as const,
});

export const PollVoteWithdrawResult = createUnionType({
  name: 'PollVoteWithdrawResult',
  description: 'What pollVoteWithdraw answers.',
  types: () => [PollVoteWithdrawn, PollVoteRefused, InputInvalid, NotFound] as const,
});
