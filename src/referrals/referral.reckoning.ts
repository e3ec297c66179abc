import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import type { Referral, ReferralCap, ReferralTerms } from './referral.entity.js';
import { pointsOfOrder, type ReferralRewardRules, type RewardBasis, rateOfFriend } from './reward-rules.js';

/** The order that made a customer of a friend. */
export interface Order {
  readonly orderId: string;
  readonly amountCents: number | null;
  readonly currency: string | null;
  readonly actor: string;
  /** IANA name; the months of the caps begin at midnight there. */
  readonly timeZone: string;
  /** When it was placed, if not now. */
  readonly orderedAt?: Date;
  /** Whether a person has to decide before anybody is paid. */
  readonly isUnderReview?: boolean;
}

/** What both sides are promised for an order; nothing for either where a cap leaves nothing. */
export interface ReckonedReward {
  readonly referrerPoints: number;
  readonly friendPoints: number;
  readonly friendReward: string | null;
  readonly friendVoucherPoolId: string | null;
  readonly basis: RewardBasis;
  readonly cappedBy: ReferralCap | null;
}

/** What the referrer got before: in all, and in the month of the order. */
interface Earlier {
  readonly friends: number;
  readonly paidInMonth: number;
  readonly pointsInMonth: number;
}

/**
 * Reckons what an order brings by the terms of now. The caller holds the terms and the referrer's balance: no other
 * order counts towards the same steps and caps meanwhile, and no refund takes from them.
 */
export async function reckonReward(
  tx: Transaction,
  referral: Referral,
  terms: ReferralTerms,
  order: Order,
): Promise<ReckonedReward | InputInvalid | 'ORDER_TOO_SMALL'> {
  const rules = terms.rewardRules();
  const earlier = await earlierOf(tx, referral, order);
  const { points, rateBasisPoints } = rateOfFriend(rules, terms.referrerPoints, earlier.friends + 1);
  const { pointsPerUnit, minimumOrderCents } = rules;
  const basis = { rateBasisPoints, pointsPerUnit, minimumOrderCents };
  if (rateBasisPoints !== null || minimumOrderCents !== null) {
    const fault = faultOfMoney(rules, order);
    if (fault) return fault;
  }
  const amountCents = order.amountCents ?? 0;
  if (minimumOrderCents !== null && amountCents < minimumOrderCents) return 'ORDER_TOO_SMALL';
  const full = rateBasisPoints === null ? (points ?? 0) : pointsOfOrder(amountCents, basis);
  if (rateBasisPoints !== null && full === 0) return 'ORDER_TOO_SMALL';
  return capped(rules, earlier, {
    referrerPoints: full,
    friendPoints: rules.friendPoints,
    friendReward: terms.friendReward,
    friendVoucherPoolId: rules.friendVoucherPoolId,
    basis,
    cappedBy: null,
  });
}

/** Takes what is over the caps of the month. Where nothing is left for the referrer, the friend gets nothing either. */
function capped(rules: ReferralRewardRules, earlier: Earlier, reward: ReckonedReward): ReckonedReward {
  const nothing = {
    referrerPoints: 0,
    friendPoints: 0,
    friendReward: null,
    friendVoucherPoolId: null,
    basis: reward.basis,
  };
  const { friendsPerMonthMax, pointsPerMonthMax } = rules;
  if (friendsPerMonthMax !== null && earlier.paidInMonth >= friendsPerMonthMax)
    return { ...nothing, cappedBy: 'FRIENDS' };
  const left = pointsPerMonthMax === null ? reward.referrerPoints : pointsPerMonthMax - earlier.pointsInMonth;
  if (left >= reward.referrerPoints) return reward;
  return left > 0 ? { ...reward, referrerPoints: left, cappedBy: 'POINTS' } : { ...nothing, cappedBy: 'POINTS' };
}

/** An order that cannot be reckoned: of unknown size, or in a currency that the terms say nothing about. */
function faultOfMoney({ currency }: ReferralRewardRules, order: Order): InputInvalid | undefined {
  if (order.amountCents === null) {
    return InputInvalid.at(['amountCents'], 'is needed: what this referral brings depends on the size of the order');
  }
  if (order.currency === currency) return undefined;
  return InputInvalid.at(['currency'], `must be ${currency}: referrals are rewarded for orders in no other currency`);
}

async function earlierOf(tx: Transaction, referral: Referral, { timeZone }: Order): Promise<Earlier> {
  const month = DateTime.fromJSDate(tx.now, { zone: timeZone }).startOf('month').toJSDate();
  const [row] = await tx.query<Record<'friends' | 'paid' | 'points', number | string | null>>(sql`
    SELECT COUNT(*) AS friends,
      SUM(CASE WHEN converted_at >= ${month} AND (capped_by IS NULL OR referrer_points > 0) THEN 1 ELSE 0 END) AS paid,
      SUM(CASE WHEN converted_at >= ${month} THEN referrer_points ELSE 0 END) AS points
    FROM referral WHERE referrer_id = ${referral.referrerId} AND status IN ('HELD', 'REWARDED')`);
  const { friends, paid, points } = row ?? {};
  return { friends: Number(friends ?? 0), paidInMonth: Number(paid ?? 0), pointsInMonth: Number(points ?? 0) };
}
