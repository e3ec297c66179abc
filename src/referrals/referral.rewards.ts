import sql from 'sql-template-tag';
import type { Database, Transaction } from '../platform/database/database.js';
import type { AppEvent, Events } from '../platform/events/events.js';
import type { Ledger } from '../points/ledger.js';
import { Referral, type ReferralTerms } from './referral.entity.js';
import { causeOfReferral, referralOfCause } from './referral.events.js';

const dayMilliseconds = 86_400_000;
const dueBatchSize = 200;

export interface Order {
  readonly orderId: string;
  readonly amountCents: number | null;
  readonly currency: string | null;
  readonly actor: string;
}

/** The rewards of both sides: held with the order, given together, taken back together. */
export class ReferralRewards {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
  ) {}

  /** The friend became a customer: both rewards are promised, and wait for the hold of the terms. */
  async promise(tx: Transaction, referral: Referral, terms: ReferralTerms, order: Order): Promise<void> {
    const heldUntil = new Date(tx.now.getTime() + terms.holdDays * dayMilliseconds);
    await tx.execute(sql`
      UPDATE referral SET status = 'HELD', converted_at = ${tx.now}, held_until = ${heldUntil},
        order_id = ${order.orderId}, amount_cents = ${order.amountCents}, currency = ${order.currency},
        referrer_points = ${terms.referrerPoints}, promised_friend_reward = ${terms.friendReward}
      WHERE id = ${referral.id} AND status = 'REGISTERED'`);
    if (terms.referrerPoints > 0) {
      await this.ledger.award(tx, {
        ambassadorId: referral.referrerId,
        amountPoints: terms.referrerPoints,
        cause: causeOfReferral(referral.id),
        category: 'REFERRAL',
        reason: 'A friend became a customer',
        actor: order.actor,
        availableAt: heldUntil,
      });
    }
    await this.emit(tx, 'referral.converted', referral);
    if (terms.holdDays === 0) await this.reward(tx, referral);
  }

  /** The pending period of an award passed: if a referral earned it, both sides have their reward now. */
  async followRelease(tx: Transaction, { payload }: AppEvent<'points.posted'>): Promise<void> {
    const id = payload.releasedCause && referralOfCause(payload.releasedCause);
    const referral = id && (await tx.first(Referral, sql`WHERE id = ${id}`));
    if (referral) await this.reward(tx, referral);
  }

  /** Rewards what waited without points. With points, their release does it. Answers how many were due. */
  async rewardDue(now: Date): Promise<number> {
    const due = await this.database.read((db) =>
      db.select(
        Referral,
        sql`WHERE status = 'HELD' AND held_until <= ${now} AND referrer_points = 0 LIMIT ${dueBatchSize}`,
      ),
    );
    for (const referral of due) await this.database.transact((tx) => this.reward(tx, referral));
    return due.length;
  }

  /** The order was undone: both rewards are taken back, from what waits or from what was given. */
  async reverse(tx: Transaction, referral: Referral, reason: string, actor: string): Promise<boolean> {
    const balance = await this.ledger.lockBalance(tx, referral.referrerId);
    const reversed = await tx.execute(sql`
      UPDATE referral SET status = 'REVERSED', refusal = ${reason}
      WHERE id = ${referral.id} AND status IN ('HELD', 'REWARDED')`);
    if (reversed === 0) return false;
    await this.ledger.reverseCause(tx, balance, causeOfReferral(referral.id), { reason, actor });
    await this.emit(tx, 'referral.reversed', referral);
    return true;
  }

  private async reward(tx: Transaction, referral: Referral): Promise<void> {
    const rewarded = await tx.execute(sql`
      UPDATE referral SET status = 'REWARDED' WHERE id = ${referral.id} AND status = 'HELD'`);
    if (rewarded === 1) await this.emit(tx, 'referral.rewarded', referral);
  }

  private emit(tx: Transaction, type: 'referral.converted' | 'referral.rewarded' | 'referral.reversed', row: Referral) {
    return this.events.emit(tx, type, row.programId, { referralId: row.id, referrerId: row.referrerId });
  }
}
