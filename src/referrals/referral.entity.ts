import { Ctx, Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { message } from '../platform/graphql/messages.js';
import { Node } from '../platform/graphql/node.js';
import { ReferralChannel, ReferralSource } from './referral.sources.js';
import { plainRules, ReferralRewardRules, type RewardBasis } from './reward-rules.js';

export const ReferralStatus = graphqlEnum(
  'ReferralStatus',
  'How far a referral has come. It never goes back, but where an appeal overturns a rejection.',
  {
    REGISTERED: 'The friend is known, nothing bought yet.',
    HELD: 'The friend became a customer; the rewards wait for the hold to pass.',
    REWARDED: 'Both sides have their reward.',
    REVERSED: 'The order was undone, and with it both rewards.',
    REJECTED: 'It does not count; the refusal says why.',
  },
);
export type ReferralStatus = keyof typeof ReferralStatus;

export const ReferralRefusalReason = graphqlEnum('ReferralRefusalReason', 'Why a referral does not count.', {
  UNKNOWN_CODE: 'No ambassador has this code, and no referral of this friend is waiting.',
  SELF_REFERRAL: 'The friend is the ambassador.',
  ALREADY_REFERRED: 'Somebody else brought this friend before.',
  EXISTING_CUSTOMER: 'The program knew this person before, or they have bought already.',
  CYCLE: 'The ambassador was brought by this friend, directly or over others.',
  SUSPECTED_FRAUD: 'It looks like fraud. What was found is kept, and the ambassador can appeal: see referralAppeal.',
  EXPIRED: 'The friend bought after the time that the program allows.',
  LIMIT_REACHED: 'The ambassador has registered as many friends as the program allows for now.',
  ORDER_TOO_SMALL: 'The order is below the minimum, or too small for one point; a larger one may still convert.',
  GIFT_UNAVAILABLE: 'No voucher is left for the friend; the same order converts once there are new ones.',
});
export type ReferralRefusalReason = keyof typeof ReferralRefusalReason;

/** The refusal of a referral that was denied; people read it in their own language. */
export const suspectedFraud = 'SUSPECTED_FRAUD' satisfies ReferralRefusalReason;

/** Why it was rejected or reversed, to people: in their language where it is ours to say, else as somebody wrote it. */
export function sayRefusal({ locale }: BaseContext, stored: string | null): string | null {
  return stored === suspectedFraud ? message(locale, `problem.referralRefused.${suspectedFraud}`) : stored;
}

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
@Index('ix_referral_click_program', ['programId', 'clickedAt'])
@Index('ix_referral_click_insight', ['programId', 'clickedAt', 'channel', 'ambassadorId'])
@Index('uq_referral_click_token', ['token'], { unique: true })
export class ReferralClick {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  @Stored('time', 'clicked_at')
  readonly clickedAt: Date;

  /** Where the link was shared; null where the address does not say. */
  @Optional('key', 'channel')
  readonly channel: ReferralChannel | null;

  /** What the landing page and the shop call this click: a secret that nobody can guess; null for clicks from before. */
  @Optional('key', 'token')
  readonly token: string | null;
}

export const ReferralCap = graphqlEnum('ReferralCap', 'Which monthly cap of the referrer took from a reward.', {
  POINTS: 'The points of the month: the reward is what was left of them.',
  FRIENDS: 'The friends of the month.',
});
export type ReferralCap = keyof typeof ReferralCap;

/** The EU lets consumers withdraw within 14 days (2011/83/EU). */
const holdDaysMin = 14;

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

  /** The hold that the program chose instead of the rule. */
  @Optional('integer', 'hold_days')
  readonly chosenHoldDays: number | null;

  @Field(() => Int, { nullable: true, description: 'Days in which the program takes orders back; null for unknown.' })
  @Optional('integer', 'refund_window_days')
  readonly refundWindowDays: number | null;

  @Optional('json', 'reward_rules')
  readonly storedRules: ReferralRewardRules | null;

  @Field(() => Int, { description: 'Days from the registration within which the friend has to become a customer.' })
  @Stored('integer', 'attribution_days')
  readonly attributionDays: number;

  @Field(() => Int, {
    description: 'Days from following the link within which the friend can be registered by that click.',
  })
  @Stored('integer', 'click_days')
  readonly clickDays: number;

  @Field(() => Int, {
    description:
      'Days for which a friend named beforehand, or an ambassador named by a friend, waits for the other side.',
  })
  @Stored('integer', 'nomination_days')
  readonly nominationDays: number;

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

  @Field(() => Int, {
    description:
      'Days from the order until both sides get their reward: 14, or the refund window if that is longer, unless the program chose otherwise.',
  })
  holdDays(): number {
    return this.chosenHoldDays ?? Math.max(holdDaysMin, this.refundWindowDays ?? 0);
  }

  @Field(() => ReferralRewardRules, { description: 'How the reward is reckoned beyond a fixed number of points.' })
  rewardRules(): ReferralRewardRules {
    return { ...plainRules, ...this.storedRules };
  }
}

@ObjectType({ implements: Node, description: 'A friend whom an ambassador brought.' })
@Entity('referral')
@Index('uq_referral_friend', ['programId', 'claimedFriendId'], { unique: true })
@Index('uq_referral_order', ['programId', 'orderId'], { unique: true })
@Index('ix_referral_referrer', ['referrerId', 'registeredAt'])
@Index('ix_referral_program', ['programId', 'id'])
@Index('ix_referral_held', ['status', 'heldUntil'])
@Index('ix_referral_click', ['clickId'])
@Index('ix_referral_registered', ['programId', 'registeredAt'])
@Index('ix_referral_converted', ['programId', 'convertedAt'])
@Index('ix_referral_friend', ['friendId'])
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

  @Field(() => ReferralSource, { nullable: true, description: 'How the ambassador was named.' })
  @Optional('key', 'source')
  readonly source: ReferralSource | null;

  @Field(() => ReferralChannel, {
    nullable: true,
    description: 'Over which channel the friend came; null where nobody said.',
  })
  @Optional('key', 'channel')
  readonly channel: ReferralChannel | null;

  /** The click that led to the registration; null where the code or the ambassador was named. */
  @Optional('id', 'click_id')
  readonly clickId: string | null;

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

  @Field(() => Int, { nullable: true, description: 'What was paid back of the order, in cents; null for nothing.' })
  @Optional('integer', 'refunded_cents')
  readonly refundedCents: number | null;

  @Field(() => Int, { description: 'Points for the referrer, posted or held; 0 until the friend is a customer.' })
  @Stored('integer', 'referrer_points')
  readonly referrerPoints: number;

  /** By which the reward was reckoned; null before the order. */
  @Optional('json', 'reward_basis')
  readonly rewardBasis: RewardBasis | null;

  @Field(() => ReferralCap, {
    nullable: true,
    description: 'Which monthly cap made the reward less than the terms promise; beyond it neither side gets anything.',
  })
  @Optional('key', 'capped_by')
  readonly cappedBy: ReferralCap | null;

  /** The voucher that is reserved for the friend, or given. */
  @Optional('id', 'friend_voucher_id')
  readonly friendVoucherId: string | null;

  /** What the friend gets in points, once they are an ambassador. */
  @Optional('integer', 'friend_points')
  readonly friendPoints: number | null;

  @Optional('line', 'promised_friend_reward')
  readonly promisedFriendReward: string | null;

  @Optional('line', 'refusal')
  readonly storedRefusal: string | null;

  /** For permissions: a referral belongs to the ambassador who brought the friend. */
  get ambassadorId(): string {
    return this.referrerId;
  }

  @Field(() => String, { nullable: true, description: 'Why it was rejected or reversed; null otherwise.' })
  refusal(@Ctx() context: BaseContext): string | null {
    return sayRefusal(context, this.storedRefusal);
  }

  @Field(() => String, {
    nullable: true,
    description: 'What the new customer gets; null before the order and where nothing was promised.',
  })
  friendReward(): string | null {
    return this.status === 'HELD' || this.status === 'REWARDED' ? this.promisedFriendReward : null;
  }
}
