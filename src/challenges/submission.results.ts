import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import type { MessageKey } from '../platform/graphql/messages.js';
import { IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { PointsBalance } from '../points/points.entity.js';
import { Challenge } from './challenge.entity.js';
import { ChallengeLimitReached, ChallengeNotEligible } from './challenge.refusals.js';
import { Submission } from './submission.entity.js';

@ObjectType({ description: 'A page of submissions.' })
export class SubmissionConnection extends connectionOf(Submission) {}

@ObjectType({
  description: 'The submission came in. Where the challenge verifies automatically it is approved already.',
})
export class ChallengeSubmitted {
  @Field(() => Submission, { description: 'The submission.' })
  readonly submission: Submission;

  @Field(() => PointsBalance, { description: 'What the ambassador has now.' })
  readonly balance: PointsBalance;

  constructor(submission: Submission, balance: PointsBalance) {
    this.submission = submission;
    this.balance = balance;
  }
}

@ObjectType({ description: 'The submission counts, and is paid.' })
export class SubmissionApproved {
  @Field(() => Submission, { description: 'The submission as it is now.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

@ObjectType({ description: 'The submission does not count.' })
export class SubmissionRejected {
  @Field(() => Submission, { description: 'The submission as it is now.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

@ObjectType({ description: 'The vote counts, once.' })
export class VoteCounted {
  @Field(() => Submission, {
    description: 'The submission as it is now; voting for it again answers with the same count.',
  })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

@ObjectType({ description: 'The vote does not count any more.' })
export class VoteWithdrawn {
  @Field(() => Submission, { description: 'The submission as it is now.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

@ObjectType({ implements: Problem, description: 'The challenge has not started yet, or is over.' })
export class ChallengeClosed extends Problem {
  @Field(() => Challenge, { description: 'The challenge; startsAt and endsAt say when it is open.' })
  readonly challenge: Challenge;

  constructor(challenge: Challenge) {
    super('CHALLENGE_CLOSED', 'problem.challengeClosed', { title: challenge.title });
    this.challenge = challenge;
  }
}

@ObjectType({
  implements: Problem,
  description: 'The beta programme has seats, and the ambassador has none. `seatRequest` asks for one.',
})
export class SeatMissing extends Problem {
  constructor() {
    super('CHALLENGE_NOT_ELIGIBLE', 'problem.seatMissing');
  }
}

@ObjectType({ implements: Problem, description: 'The submission has been decided already.' })
export class SubmissionNotPending extends Problem {
  @Field(() => Submission, { description: 'The submission, with what was decided.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    super('SUBMISSION_NOT_PENDING', 'problem.submissionNotPending');
    this.submission = submission;
  }
}

@ObjectType({ implements: Problem, description: 'Another moderator looks at the submission.' })
export class SubmissionClaimedByAnother extends Problem {
  @Field(() => String, { description: 'Who does, as role and subject, as in MODERATOR:milan.' })
  readonly claimedBy: string;

  @Field(() => Date, { description: 'Until when; somebody else may claim it then.' })
  readonly expiresAt: Date;

  constructor({ claimedBy, claimExpiresAt }: Submission) {
    super('SUBMISSION_CLAIMED', 'problem.submissionClaimed', { claimedBy: claimedBy ?? '' });
    this.claimedBy = claimedBy ?? '';
    this.expiresAt = claimExpiresAt ?? new Date(0);
  }
}

export const VoteRefusalReason = graphqlEnum('VoteRefusalReason', 'Why a vote does not count.', {
  OWN_SUBMISSION: "It is the voter's own submission.",
  CHALLENGE_CLOSED: 'The challenge is over: the count stands.',
  NOT_VOTABLE: 'The submissions of this challenge are not voted for.',
  SUBMISSION_REJECTED: 'The submission was rejected.',
  NOT_SHOWN: 'Its ambassador is changing the submission, or wants it to be seen no more.',
  NOT_ELIGIBLE: 'The challenge lets only some ambassadors vote, and this one is not among them.',
  IDEA_SETTLED: 'The idea is done or declined: the count stands.',
  SUBMISSION_DECIDED: 'Peers have approved the submission: the count stands.',
  VOTES_USED_UP: 'The ambassador has voted for as many submissions as the challenge allows; take a vote back first.',
});
export type VoteRefusalReason = keyof typeof VoteRefusalReason;

const refusalMessages: Readonly<Record<VoteRefusalReason, MessageKey>> = {
  OWN_SUBMISSION: 'problem.voteOwnSubmission',
  CHALLENGE_CLOSED: 'problem.voteChallengeClosed',
  NOT_VOTABLE: 'problem.voteNotVotable',
  SUBMISSION_REJECTED: 'problem.voteSubmissionRejected',
  NOT_SHOWN: 'problem.voteNotShown',
  NOT_ELIGIBLE: 'problem.voteNotEligible',
  IDEA_SETTLED: 'problem.voteIdeaSettled',
  SUBMISSION_DECIDED: 'problem.voteSubmissionDecided',
  VOTES_USED_UP: 'problem.voteVotesUsedUp',
};

@ObjectType({ implements: Problem, description: 'The vote does not count; its reason says why.' })
export class VoteRefused extends Problem {
  @Field(() => VoteRefusalReason, { description: 'Why it does not count.' })
  readonly reason: VoteRefusalReason;

  constructor(reason: VoteRefusalReason) {
    super('VOTE_REFUSED', refusalMessages[reason]);
    this.reason = reason;
  }
}

export const ChallengeSubmitResult = createUnionType({
  name: 'ChallengeSubmitResult',
  description: 'What challengeSubmit answers.',
  types: () =>
    [
      ChallengeSubmitted,
      InputInvalid,
      IdempotencyKeyReused,
      ChallengeClosed,
      ChallengeNotEligible,
      SeatMissing,
      ChallengeLimitReached,
      NotFound,
    ] as const,
});

export const SubmissionApproveResult = createUnionType({
  name: 'SubmissionApproveResult',
  description: 'What submissionApprove answers.',
  types: () => [SubmissionApproved, SubmissionClaimedByAnother, SubmissionNotPending, InputInvalid, NotFound] as const,
});

export const SubmissionRejectResult = createUnionType({
  name: 'SubmissionRejectResult',
  description: 'What submissionReject answers.',
  types: () => [SubmissionRejected, SubmissionClaimedByAnother, SubmissionNotPending, InputInvalid, NotFound] as const,
});

export const VoteWithdrawResult = createUnionType({
  name: 'VoteWithdrawResult',
  description: 'What voteWithdraw answers.',
  types: () => [VoteWithdrawn, VoteRefused, InputInvalid, NotFound] as const,
});

export const VoteCastResult = createUnionType({
  name: 'VoteCastResult',
  description: 'What voteCast answers.',
  types: () => [VoteCounted, VoteRefused, InputInvalid, NotFound] as const,
});
