import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { AppEvent, Events } from '../platform/events/events.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import type { Ledger } from '../points/ledger.js';
import { Referral, type ReferralRefusalReason, type ReferralTerms } from './referral.entity.js';
import { causeOfFriend, causeOfReferral, referralOfCause } from './referral.events.js';
import { type Order, reckonReward } from './referral.reckoning.js';
import type { FriendVouchers } from './voucher.service.js';

const dayMilliseconds = 86_400_000;
const dueBatchSize = 200;

/** Why something is taken back, and by whom. */
interface Change {
  readonly reason: string;
  readonly actor: string;
}

/** The rewards of both sides: held with the order, given together, taken back together. */
export class ReferralRewards {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
    private readonly vouchers: FriendVouchers,
  ) {}

  /**
   * The friend became a customer: both rewards are promised, and wait for the hold of the terms. The caller holds the
   * terms and the referrer's balance. A refusal has written nothing.
   */
  async promise(
    tx: Transaction,
    referral: Referral,
    terms: ReferralTerms,
    order: Order,
  ): Promise<ReferralRefusalReason | InputInvalid | undefined> {
    const reward = await reckonReward(tx, referral, terms, order);
    if (typeof reward === 'string' || reward instanceof InputInvalid) return reward;
    const { friendVoucherPoolId: poolId } = reward;
    const voucherId = poolId === null ? null : await this.vouchers.reserve(tx, referral, poolId);
    if (voucherId === undefined) return 'GIFT_UNAVAILABLE';
    const convertedAt = order.orderedAt ?? tx.now;
    const heldUntil = new Date(convertedAt.getTime() + terms.holdDays() * dayMilliseconds);
    await tx.execute(sql`
      UPDATE referral SET status = 'HELD', converted_at = ${convertedAt}, held_until = ${heldUntil},
        order_id = ${order.orderId}, amount_cents = ${order.amountCents}, currency = ${order.currency},
        referrer_points = ${reward.referrerPoints}, promised_friend_reward = ${reward.friendReward},
        friend_points = ${reward.friendPoints}, friend_voucher_id = ${voucherId}, capped_by = ${reward.cappedBy},
        reward_basis = ${JSON.stringify(reward.basis)}
      WHERE id = ${referral.id} AND status = 'REGISTERED'`);
    if (order.isUnderReview) {
      await this.emit(tx, 'referral.heldForReview', referral);
      return undefined;
    }
    const { referrerPoints, friendPoints } = reward;
    const held = Object.assign(new Referral(), referral, { status: 'HELD', heldUntil, referrerPoints, friendPoints });
    await this.fund(tx, held, order.actor);
    return undefined;
  }

  /**
   * Puts the referrer's points into the ledger, where they wait for the hold; once it has passed, both sides have theirs.
   * Of a referral under review nothing is in the ledger before somebody has cleared it.
   */
  async fund(tx: Transaction, referral: Referral, actor: string): Promise<void> {
    const availableAt = referral.heldUntil ?? tx.now;
    if (referral.referrerPoints > 0) {
      await this.ledger.award(tx, {
        ambassadorId: referral.referrerId,
        amountPoints: referral.referrerPoints,
        cause: causeOfReferral(referral.id),
        category: 'REFERRAL',
        reason: 'A friend became a customer',
        actor,
        availableAt,
      });
    }
    await this.emit(tx, 'referral.converted', referral);
    if (availableAt <= tx.now) await this.reward(tx, referral.id);
  }

  /** The pending period of an award passed: if a referral earned it, both sides have their reward now. */
  async followRelease(tx: Transaction, { payload }: AppEvent<'points.posted'>): Promise<void> {
    const id = payload.releasedCause && referralOfCause(payload.releasedCause);
    const referral = id && (await tx.first(Referral, sql`WHERE id = ${id}`));
    if (referral) await this.reward(tx, referral.id);
  }

  /** A friend joined: what was promised for the day that they do is theirs now, if the hold has passed. */
  async followEnrollment(tx: Transaction, { programId, payload }: AppEvent<'ambassador.enrolled'>): Promise<void> {
    const referral = await tx.first(
      Referral,
      sql`WHERE program_id = ${programId}
        AND claimed_friend_id = ${payload.contactId} ${tx.forUpdate}`,
    );
    if (referral?.status === 'REWARDED') await this.payFriend(tx, referral);
  }

  /** Rewards what waited without points. With points, their release does it. Answers how many were due. */
  async rewardDue(now: Date): Promise<number> {
    const due = await this.database.read((db) =>
      db.select(
        Referral,
        sql`WHERE status = 'HELD' AND held_until <= ${now} AND referrer_points = 0
          AND NOT EXISTS (SELECT 1 FROM referral_review
            WHERE referral_review.referral_id = referral.id AND referral_review.status = 'OPEN')
          LIMIT ${dueBatchSize}`,
      ),
    );
    for (const referral of due) await this.database.transact((tx) => this.reward(tx, referral.id));
    return due.length;
  }

  /** The order was undone: both rewards are taken back, from what waits or from what was given. Whether there was one. */
  async reverse(tx: Transaction, referral: Referral, reason: string, actor: string): Promise<boolean> {
    await this.ledger.lockBalance(tx, referral.referrerId);
    const current = await tx.first(Referral, sql`WHERE id = ${referral.id} ${tx.forUpdate}`);
    if (current?.status !== 'HELD' && current?.status !== 'REWARDED') return false;
    await this.takeBack(tx, current, { reason, actor });
    return true;
  }

  /**
   * Takes back what both sides have or wait for, and ends the referral. The caller holds the referrer's balance and the
   * referral, which is held or rewarded. Answers with the points that it took from the referrer.
   */
  async takeBack(tx: Transaction, referral: Referral, change: Change): Promise<number> {
    await tx.execute(sql`
      UPDATE referral SET status = 'REVERSED', refusal = ${change.reason} WHERE id = ${referral.id}`);
    const balance = await this.ledger.lockBalance(tx, referral.referrerId);
    const taken = await this.ledger.reverseCause(tx, balance, causeOfReferral(referral.id), change);
    await this.takeFromFriend(tx, referral, change);
    await this.vouchers.takeBack(tx, referral.id);
    await this.emit(tx, 'referral.reversed', referral);
    return taken;
  }

  private async takeFromFriend(tx: Transaction, referral: Referral, change: Change): Promise<void> {
    if (!referral.friendPoints) return;
    const friend = await tx.first(Ambassador, sql`WHERE contact_id = ${referral.friendId}`);
    if (!friend) return;
    const balance = await this.ledger.lockBalance(tx, friend.id);
    await this.ledger.reverseCause(tx, balance, causeOfFriend(referral.id), change);
  }

  private async reward(tx: Transaction, id: string): Promise<void> {
    const rewarded = await tx.execute(sql`
      UPDATE referral SET status = 'REWARDED' WHERE id = ${id} AND status = 'HELD'`);
    if (rewarded === 0) return;
    await this.vouchers.give(tx, id);
    const referral = await tx.first(Referral, sql`WHERE id = ${id}`);
    if (!referral) throw new Error('A referral that was rewarded is gone');
    await this.emit(tx, 'referral.rewarded', referral);
    await this.payFriend(tx, referral);
  }

  /**
   * Gives the friend's points where the friend is an ambassador. The caller holds the referral's row, on which
   * enrollment and reward queue. The referrer's balance was locked before the friend's: along the forest, so no two wait
   * for each other.
   */
  private async payFriend(tx: Transaction, referral: Referral): Promise<void> {
    if (!referral.friendPoints) return;
    const friend = await tx.first(Ambassador, sql`WHERE contact_id = ${referral.friendId}`);
    if (!friend) return;
    await this.ledger.award(tx, {
      ambassadorId: friend.id,
      amountPoints: referral.friendPoints,
      cause: causeOfFriend(referral.id),
      category: null,
      reason: 'Brought by an ambassador',
      actor: 'system',
    });
  }

  private emit(
    tx: Transaction,
    type: 'referral.converted' | 'referral.heldForReview' | 'referral.rewarded' | 'referral.reversed',
    row: Referral,
  ) {
    return this.events.emit(tx, type, row.programId, { referralId: row.id, referrerId: row.referrerId });
  }
}
