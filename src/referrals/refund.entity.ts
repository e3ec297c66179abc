import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';

@ObjectType({ description: 'Money that went back to a friend, and what that took from the reward.' })
@Entity('referral_refund')
@Index('uq_referral_refund', ['referralId', 'refundId'], { unique: true })
export class ReferralRefund {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'referral_id')
  readonly referralId: string;

  @Field({ description: "The shop's own id of the refund; the same refund counts once." })
  @Stored('line', 'refund_id')
  readonly refundId: string;

  /** What was asked for; null for all that was left. */
  @Optional('integer', 'asked_cents')
  readonly askedCents: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'What went back, in cents of the currency of the order; null where the size of the order is unknown.',
  })
  @Optional('integer', 'amount_cents')
  readonly amountCents: number | null;

  @Field(() => Int, { description: 'Points of the referrer that it took.' })
  @Stored('integer', 'points_taken')
  readonly pointsTaken: number;

  @Field({ description: 'Why it went back.' })
  @Stored('line', 'reason')
  readonly reason: string;

  @Field({ description: 'When it was told.' })
  @Stored('time', 'refunded_at')
  readonly refundedAt: Date;
}
