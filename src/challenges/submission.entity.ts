import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';
import type { ChallengeKind } from './challenge.entity.js';
import type { SubmissionProofInput } from './submission.proof.js';

export const SubmissionStatus = graphqlEnum('SubmissionStatus', 'Where a submission stands.', {
  PENDING: 'Waits for a decision.',
  CHANGES_REQUESTED: 'Waits for its ambassador to change it and send it in again.',
  APPROVED: 'Counts, and is paid.',
  REJECTED: 'Does not count; the reason says why.',
});
export type SubmissionStatus = keyof typeof SubmissionStatus;

@ObjectType({ implements: Node, description: "An ambassador's answer to a challenge, with its proof." })
@Entity('submission')
@Index('ix_submission_program', ['programId', 'id'])
@Index('ix_submission_status', ['programId', 'status', 'id'])
@Index('ix_submission_votes', ['programId', 'kind', 'votes', 'id'])
@Index('ix_submission_kind', ['programId', 'kind', 'status', 'id'])
@Index('ix_submission_ambassador', ['ambassadorId', 'status', 'kind'])
@Index('ix_submission_challenge', ['challengeId', 'ambassadorId'])
@Index('ix_submission_newest', ['challengeId', 'id'])
@Index('ix_submission_draw', ['drawId', 'status'])
@Index('ix_submission_decided', ['programId', 'status', 'decidedAt', 'kind', 'ambassadorId'])
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

  @Field(() => String, {
    nullable: true,
    description: 'What a moderator asks to be changed; null where nothing is. For the ambassador itself and staff.',
  })
  @Optional('text', 'change_request')
  readonly changeRequest: string | null;

  @Field(() => Date, { nullable: true, description: 'When it was changed and sent in again; null where it was not.' })
  @Optional('time', 'resubmitted_at')
  readonly resubmittedAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Of a quote: when the consent to publish it was taken back; null while it holds.',
  })
  @Optional('time', 'consent_revoked_at')
  readonly consentRevokedAt: Date | null;

  @Optional('line', 'claimed_by')
  readonly claimedBy: string | null;

  @Optional('time', 'claim_expires_at')
  readonly claimExpiresAt: Date | null;

  /** How many votes approve it: what the challenge asked for when it came in; null where peers do not decide. */
  @Optional('integer', 'peers_needed')
  readonly peersNeeded: number | null;

  @Field(() => Int, { description: 'How many ambassadors voted for it.' })
  @Stored('integer', 'votes')
  readonly votes: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Which step of its challenge it is, from 1; null where there are none.',
  })
  @Optional('integer', 'stage')
  readonly stage: number | null;

  @Optional('id', 'draw_id')
  readonly drawId: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Points that it drew on top of rewardPoints, once approved; null where nothing is drawn, or not yet.',
  })
  @Optional('integer', 'drawn_points')
  readonly drawnPoints: number | null;

  @Optional('id', 'bonus_id')
  readonly bonusId: string | null;

  /** The day in the program's time zone, as in 2026-03-02, as it was when it came in: limits by window count it. */
  @Optional('key', 'submitted_on')
  readonly submittedOn: string | null;

  /** Until when the challenge's cooldown keeps this ambassador from the next one. */
  @Optional('time', 'cooldown_until')
  readonly cooldownUntil: Date | null;

  /** What is set aside for it of the challenge's budget: all that it may pay, and once approved what it paid. */
  @Optional('integer', 'reserved_points')
  readonly reservedPoints: number | null;

  /** Whether somebody else looks at it now. */
  isClaimedByAnother(caller: string, now: Date): boolean {
    const { claimedBy, claimExpiresAt } = this;
    return claimedBy !== null && claimedBy !== caller && claimExpiresAt !== null && now < claimExpiresAt;
  }

  /** Whether ambassadors may see those of others: not what was sent back, nor what they want to be seen no more. */
  isShown(): boolean {
    return this.status !== 'REJECTED' && this.status !== 'CHANGES_REQUESTED' && this.consentRevokedAt === null;
  }
}

/** One ambassador's vote for one submission. */
@Entity('submission_vote')
@Index('ix_submission_vote_ambassador', ['ambassadorId'])
export class SubmissionVote {
  @PrimaryColumn('varchar', { length: '36', name: 'submission_id' })
  readonly submissionId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  @Stored('time', 'cast_at')
  readonly castAt: Date;
}
