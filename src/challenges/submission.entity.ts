import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';
import type { ChallengeKind } from './challenge.entity.js';
import type { SubmissionProofInput } from './submission.proof.js';

export const SubmissionStatus = graphqlEnum('SubmissionStatus', 'Where a submission stands.', {
  PENDING: 'Waits for a decision.',
  APPROVED: 'Counts, and is paid.',
  REJECTED: 'Does not count; the reason says why.',
});
export type SubmissionStatus = keyof typeof SubmissionStatus;

@ObjectType({ implements: Node, description: "An ambassador's answer to a challenge, with its proof." })
@Entity('submission')
@Index('ix_submission_program', ['programId', 'id'])
@Index('ix_submission_status', ['programId', 'status', 'id'])
@Index('ix_submission_ambassador', ['ambassadorId', 'status', 'kind'])
@Index('ix_submission_challenge', ['challengeId', 'ambassadorId'])
@Index('ix_submission_newest', ['challengeId', 'id'])
export class Submission extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'challenge_id')
  readonly challengeId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  /** The challenge's kind, which never changes: badges count by it. */
  @Stored('key', 'kind')
  readonly kind: ChallengeKind;

  @Field(() => SubmissionStatus, { description: 'Where it stands.' })
  @Stored('key', 'status')
  readonly status: SubmissionStatus;

  /** The one proof that was given, under its name. */
  @Stored('json', 'proof')
  readonly proof: SubmissionProofInput;

  @Field(() => Int, { description: 'Points that it pays once approved: what the challenge promised when it came in.' })
  @Stored('integer', 'reward_points')
  readonly rewardPoints: number;

  @Field({ description: 'When it was submitted.' })
  @Stored('time', 'submitted_at')
  readonly submittedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was approved or rejected; null while it waits.' })
  @Optional('time', 'decided_at')
  readonly decidedAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Who decided, as role and subject, as in MODERATOR:milan; system where the challenge verifies automatically. For staff; null while it waits.',
  })
  @Optional('line', 'decided_by')
  readonly decidedBy: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Why it was rejected; null otherwise. For the ambassador itself and staff.',
  })
  @Optional('text', 'rejection_reason')
  readonly rejectionReason: string | null;

  @Field(() => Int, { description: 'How many ambassadors voted for it.' })
  @Stored('integer', 'votes')
  readonly votes: number;
}

/** One ambassador's vote for one submission. */
@Entity('submission_vote')
export class SubmissionVote {
  @PrimaryColumn('varchar', { length: '36', name: 'submission_id' })
  readonly submissionId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  @Stored('time', 'cast_at')
  readonly castAt: Date;
}
