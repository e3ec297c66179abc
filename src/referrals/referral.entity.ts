import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const ReferralStatus = graphqlEnum('ReferralStatus', 'How far a referral has come. It never goes back.', {
  REGISTERED: 'The friend is known, nothing bought yet.',
  HELD: 'The friend became a customer; the rewards wait for the hold to pass.',
  REWARDED: 'Both sides have their reward.',
  REVERSED: 'The order was undone, and with it both rewards.',
  REJECTED: 'It does not count; the refusal says why.',
});
export type ReferralStatus = keyof typeof ReferralStatus;

export const ReferralRefusalReason = graphqlEnum('ReferralRefusalReason', 'Why a referral does not count.', {
  UNKNOWN_CODE: 'No ambassador has this code, and no referral of this friend is waiting.',
  SELF_REFERRAL: 'The friend is the ambassador.',
  ALREADY_REFERRED: 'Somebody else brought this friend before.',
  EXISTING_CUSTOMER: 'The program knew this person before, or they have bought already.',
  CYCLE: 'The ambassador was brought by this friend, directly or over others.',
  SUSPECTED_FRAUD: 'It looks like fraud.',
  EXPIRED: 'The friend bought after the time that the program allows.',
  LIMIT_REACHED: 'The ambassador has registered as many friends as the program allows for now.',
});
export type ReferralRefusalReason = keyof typeof ReferralRefusalReason;

/** What an ambassador is known by when somebody says who sent them. */
@Entity('referral_code')
@Index('uq_referral_code', ['code'], { unique: true })
export class ReferralCode {
  @IdColumn('ambassador_id')
  readonly ambassadorId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** Without its hyphen; unique among all programs, since a link names none. */
  @Stored('key', 'code')
  readonly code: string;
}

/** Somebody followed an ambassador's link. */
@Entity('referral_click')
@Index('ix_referral_click_ambassador', ['ambassadorId', 'clickedAt'])
export class ReferralClick {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  @Stored('time', 'clicked_at')
  readonly clickedAt: Date;
}

@ObjectType({ description: 'What a program promises for a new customer, and under which conditions.' })
@Entity('referral_terms')
export class ReferralTerms {
  @IdColumn('program_id')
  readonly programId: string;

  @Field(() => Int, { description: 'Points for the ambassador when a friend becomes a customer.' })
  @Stored('integer', 'referrer_points')
  readonly referrerPoints: number;

  @Field(() => String, {
    nullable: true,
    description: 'What the new customer gets, in words or as a voucher code; null for nothing.',
  })
  @Optional('line', 'friend_reward')
  readonly friendReward: string | null;

  @Field(() => Int, {
    description: 'Days from the order until both sides get their reward: 14, or the refund window if that is longer.',
  })
  @Stored('integer', 'hold_days')
  readonly holdDays: number;

  @Field(() => Int, { description: 'Days from the registration within which the friend has to become a customer.' })
  @Stored('integer', 'attribution_days')
  readonly attributionDays: number;

  @Field(() => Int, { description: 'How many friends one ambassador may register in 24 hours.' })
  @Stored('integer', 'friends_per_day_max')
  readonly friendsPerDayMax: number;

  @Field(() => Int, { description: 'How many friends one ambassador may register in 30 days.' })
  @Stored('integer', 'friends_per_month_max')
  readonly friendsPerMonthMax: number;

  @Field(() => String, {
    nullable: true,
    description: 'Where the referral link leads, with ?ref=CODE added; null for a plain page that shows the code.',
  })
  @Optional('text', 'landing_url')
  readonly landingUrl: string | null;
}

@ObjectType({ implements: Node, description: 'A friend whom an ambassador brought.' })
@Entity('referral')
@Index('uq_referral_friend', ['programId', 'claimedFriendId'], { unique: true })
@Index('uq_referral_order', ['programId', 'orderId'], { unique: true })
@Index('ix_referral_referrer', ['referrerId', 'registeredAt'])
@Index('ix_referral_program', ['programId', 'id'])
@Index('ix_referral_held', ['status', 'heldUntil'])
export class Referral extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** The ambassador who brought the friend. */
  @Stored('id', 'referrer_id')
  readonly referrerId: string;

  /** The contact who was brought. */
  @Stored('id', 'friend_id')
  readonly friendId: string;

  /** The friend while the referral counts, null once it is rejected: the first valid referrer wins. */
  @Optional('id', 'claimed_friend_id')
  readonly claimedFriendId: string | null;

  @Field(() => ReferralStatus, { description: 'How far it has come.' })
  @Stored('key', 'status')
  readonly status: ReferralStatus;

  @Field({ description: 'When the friend was registered.' })
  @Stored('time', 'registered_at')
  readonly registeredAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the friend became a customer; null until then.' })
  @Optional('time', 'converted_at')
  readonly convertedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When the rewards are due; null until the friend is a customer.' })
  @Optional('time', 'held_until')
  readonly heldUntil: Date | null;

  @Optional('line', 'order_id')
  readonly orderId: string | null;

  @Optional('integer', 'amount_cents')
  readonly amountCents: number | null;

  @Optional('key', 'currency')
  readonly currency: string | null;

  @Field(() => Int, { description: 'Points for the referrer, posted or held; 0 until the friend is a customer.' })
  @Stored('integer', 'referrer_points')
  readonly referrerPoints: number;

  @Optional('line', 'promised_friend_reward')
  readonly promisedFriendReward: string | null;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or reversed; null otherwise.' })
  @Optional('line', 'refusal')
  readonly refusal: string | null;

  /** For permissions: a referral belongs to the ambassador who brought the friend. */
  get ambassadorId(): string {
    return this.referrerId;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What the new customer gets; null before the order and where nothing was promised.',
  })
  friendReward(): string | null {
    return this.status === 'HELD' || this.status === 'REWARDED' ? this.promisedFriendReward : null;
  }
}
