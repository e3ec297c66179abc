import { createUnionType, Field, ObjectType } from 'type-graphql';
import { IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../../platform/graphql/problem.js';
import { Submission } from '../submission.entity.js';
import {
  SubmissionApproved,
  SubmissionClaimedByAnother,
  SubmissionNotPending,
  SubmissionRejected,
} from '../submission.results.js';

@ObjectType({ description: 'The caller looks at the submission; nobody else can decide on it for a while.' })
export class SubmissionClaimed {
  @Field(() => Submission, { description: 'The submission; its claim says until when.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

@ObjectType({ description: 'Any moderator may decide on the submission again.' })
export class SubmissionReleased {
  @Field(() => Submission, { description: 'The submission.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

@ObjectType({ description: 'The ambassador is asked to change the submission.' })
export class SubmissionChangesRequested {
  @Field(() => Submission, { description: 'The submission as it is now.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

@ObjectType({ description: 'The submission was changed, and waits for a decision again.' })
export class SubmissionResubmitted {
  @Field(() => Submission, { description: 'The submission as it is now.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    this.submission = submission;
  }
}

@ObjectType({ implements: Problem, description: 'Nobody asked for a change of this submission.' })
export class ChangesNotRequested extends Problem {
  @Field(() => Submission, { description: 'The submission, with where it stands.' })
  readonly submission: Submission;

  constructor(submission: Submission) {
    super('SUBMISSION_NOT_PENDING', 'problem.changesNotRequested');
    this.submission = submission;
  }
}

export const SubmissionClaimResult = createUnionType({
  name: 'SubmissionClaimResult',
  description: 'What submissionClaim answers.',
  types: () => [SubmissionClaimed, SubmissionClaimedByAnother, SubmissionNotPending, InputInvalid, NotFound] as const,
});

export const SubmissionReleaseResult = createUnionType({
  name: 'SubmissionReleaseResult',
  description: 'What submissionRelease answers.',
  types: () => [SubmissionReleased, SubmissionClaimedByAnother, InputInvalid, NotFound] as const,
});

export const SubmissionRequestChangesResult = createUnionType({
  name: 'SubmissionRequestChangesResult',
  description: 'What submissionRequestChanges answers.',
  types: () =>
    [SubmissionChangesRequested, SubmissionClaimedByAnother, SubmissionNotPending, InputInvalid, NotFound] as const,
});

export const SubmissionResubmitResult = createUnionType({
  name: 'SubmissionResubmitResult',
  description: 'What submissionResubmit answers.',
  types: () => [SubmissionResubmitted, ChangesNotRequested, IdempotencyKeyReused, InputInvalid, NotFound] as const,
});

export const SubmissionDecisionResult = createUnionType({
  name: 'SubmissionDecisionResult',
  description: 'What came of one decision.',
  types: () =>
    [
      SubmissionApproved,
      SubmissionRejected,
      SubmissionChangesRequested,
      SubmissionClaimedByAnother,
      SubmissionNotPending,
      InputInvalid,
      NotFound,
    ] as const,
});

@ObjectType({ description: 'Each decision was taken, or refused by itself.' })
export class SubmissionsDecided {
  @Field(() => [SubmissionDecisionResult], { description: 'What came of each, in the order in which they were given.' })
  readonly results: readonly (typeof SubmissionDecisionResult)[];

  constructor(results: readonly (typeof SubmissionDecisionResult)[]) {
    this.results = results;
  }
}

export const SubmissionsDecideResult = createUnionType({
  name: 'SubmissionsDecideResult',
  description: 'What submissionsDecide answers.',
  types: () => [SubmissionsDecided, InputInvalid] as const,
});
