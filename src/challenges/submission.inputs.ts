import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { SubmissionStatus } from './submission.entity.js';
import { proofRules, SubmissionProofInput } from './submission.proof.js';

@Validated(z.object({ challengeId: rules.globalId, proof: proofRules, idempotencyKey: rules.idempotencyKey.nullish() }))
@InputType({ description: 'An answer to a challenge.' })
export class ChallengeSubmitInput {
  @Field(() => ID, { description: 'The challenge.' })
  readonly challengeId: string;

  @Field(() => SubmissionProofInput, { description: 'What shows that it was done.' })
  readonly proof: SubmissionProofInput;

  @Field(() => String, {
    nullable: true,
    description: 'Any text of the caller; the same key again answers with the first result.',
  })
  readonly idempotencyKey?: string | null;
}

@Validated(z.object({ submissionId: rules.globalId }))
@InputType({ description: 'A submission that counts.' })
export class SubmissionApproveInput {
  @Field(() => ID, { description: 'The submission.' })
  readonly submissionId: string;
}

@Validated(z.object({ submissionId: rules.globalId, reason: rules.text(2_000).min(1, 'must not be empty') }))
@InputType({ description: 'A submission that does not count, and why.' })
export class SubmissionRejectInput {
  @Field(() => ID, { description: 'The submission.' })
  readonly submissionId: string;

  @Field({ description: 'Why, for the ambassador to read; at most 2,000 characters.' })
  readonly reason: string;
}

@Validated(z.object({ submissionId: rules.globalId, insteadOf: rules.globalId.nullish() }))
@InputType({ description: 'A vote for a submission.' })
export class VoteCastInput {
  @Field(() => ID, { description: 'The submission.' })
  readonly submissionId: string;

  @Field(() => ID, {
    nullable: true,
    description:
      'A submission to the same challenge whose vote of the caller this one replaces, in one step: to change a vote where only so many may be cast.',
  })
  readonly insteadOf?: string | null;
}

@Validated(z.object({ submissionId: rules.globalId }))
@InputType({ description: 'A vote to take back.' })
export class VoteWithdrawInput {
  @Field(() => ID, { description: 'The submission that was voted for.' })
  readonly submissionId: string;
}

@Validated(pageRules)
@ArgsType()
export class SubmissionsArgs extends PageArgs {
  @Field(() => SubmissionStatus, { nullable: true, description: 'Only those that stand there.' })
  readonly status?: SubmissionStatus | null;
}
