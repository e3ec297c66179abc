import sql from 'sql-template-tag';
import { causeOfSubmission } from '../challenges/submission.events.js';
import type { Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { AppEvent, Events } from '../platform/events/events.js';
import { PointsBalance } from '../points/points.entity.js';
import { causeOfReferral } from '../referrals/referral.events.js';
import { Badge, EarnedBadge } from './badge.entity.js';
import { causeOfTransfer } from './badge.events.js';
import { loadFacts, type Standing } from './facts.js';
import { conditionsOf, holds } from './rule.js';
import { weekOf } from './streak.js';

const submissionCausePrefix = causeOfSubmission('');

/**
 * Awards badges in the transaction that makes their rules true. Whoever awards one, here or in BadgeGrants, holds the
 * ambassador's balance row; the key of earned_badge guards what that lock already settles.
 *
 * Statements for each award of points, besides the ledger's own:
 * - an approved submission: 3 (lock with time zone and points, week, badges not held yet), and for a program with such
 *   badges up to 2 for their facts (see loadFacts);
 * - a friend who became a customer: 1, and up to 4 if such a badge asks for referrals;
 * - other points that were earned: 1, and up to 2 for facts if such a badge asks for lifetime points;
 * - points that were not earned (pending, spent, reversed) and those of a submission: none.
 * What is won costs one insert, and the event of each badge.
 */
export class BadgeAwards {
  constructor(private readonly events: Events) {}

  /** A submission counts now: so does its week, and each rule may have become true. */
  async afterApproval(tx: Transaction, { programId, payload }: AppEvent<'submission.approved'>): Promise<void> {
    const { ambassadorId, submissionId, submittedAt } = payload;
    // A submission that pays nothing has not locked the balance yet. The subquery locks nothing of the program.
    const [balance] = await tx.query<{ readonly lifetime: number; readonly time_zone: string }>(sql`
      SELECT lifetime, (SELECT time_zone FROM program WHERE id = ${programId}) AS time_zone
      FROM points_balance WHERE ambassador_id = ${ambassadorId} ${tx.forUpdate}`);
    if (!balance) throw new Error('An ambassador has no account');
    await this.noteActiveWeek(tx, ambassadorId, weekOf(new Date(submittedAt), balance.time_zone));
    const standing = { ambassadorId, lifetimePoints: balance.lifetime };
    await this.evaluate(tx, await this.notHeld(tx, programId, ambassadorId), standing, causeOfSubmission(submissionId));
  }

  /** A friend became a customer. The caller holds the balance of who brought them. */
  async afterConversion(tx: Transaction, { programId, payload }: AppEvent<'referral.converted'>): Promise<void> {
    const { referrerId: ambassadorId, referralId } = payload;
    const badges = await this.notHeld(tx, programId, ambassadorId);
    const byReferrals = badges.filter(({ rule }) => conditionsOf(rule).has('convertedReferrals'));
    if (byReferrals.length === 0) return;
    const balance = await tx.first(PointsBalance, sql`WHERE ambassador_id = ${ambassadorId}`);
    if (!balance) throw new Error('An ambassador has no account');
    const standing = { ambassadorId, lifetimePoints: balance.lifetime };
    await this.evaluate(tx, byReferrals, standing, causeOfReferral(referralId));
  }

  /**
   * Points came from elsewhere than a submission, which is evaluated once, at its end. All that can have changed is
   * lifetime points; where they went down no rule can have become true.
   */
  async afterPosting(tx: Transaction, { programId, payload }: AppEvent<'points.posted'>): Promise<void> {
    const { ambassadorId, cause, earnedPoints, lifetimePoints, transferId } = payload;
    if (earnedPoints <= 0 || cause?.startsWith(submissionCausePrefix)) return;
    const badges = await this.notHeld(tx, programId, ambassadorId);
    const byPoints = badges.filter(({ rule }) => conditionsOf(rule).has('lifetimePoints'));
    await this.evaluate(tx, byPoints, { ambassadorId, lifetimePoints }, causeOfTransfer(transferId));
  }

  /** Gives one badge to those of its program who do not hold it yet, and says so. The caller holds their balances. */
  async give(
    tx: Transaction,
    badges: readonly Badge[],
    ambassadorIds: readonly string[],
    cause: string,
  ): Promise<void> {
    const earned = badges.flatMap(({ id: badgeId }) =>
      ambassadorIds.map((ambassadorId) => ({ badgeId, ambassadorId, cause, earnedAt: tx.now })),
    );
    const [programId] = badges.map((badge) => badge.programId);
    if (!programId || earned.length === 0) return;
    try {
      await tx.insert(EarnedBadge, earned);
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The badge was won at the same moment');
      throw error;
    }
    for (const { badgeId, ambassadorId } of earned) {
      await this.events.emit(tx, 'badge.earned', programId, { badgeId, ambassadorId, cause });
    }
  }

  private async evaluate(tx: Transaction, badges: readonly Badge[], standing: Standing, cause: string): Promise<void> {
    if (badges.length === 0) return;
    const [facts] = await loadFacts(
      tx,
      [standing],
      badges.map(({ rule }) => rule),
    );
    const won = facts ? badges.filter(({ rule }) => holds(rule, facts)) : [];
    await this.give(tx, won, [standing.ambassadorId], cause);
  }

  private notHeld(tx: Transaction, programId: string, ambassadorId: string): Promise<Badge[]> {
    return tx.select(
      Badge,
      sql`LEFT JOIN earned_badge ON earned_badge.badge_id = badge.id AND earned_badge.ambassador_id = ${ambassadorId}
        WHERE badge.program_id = ${programId} AND earned_badge.badge_id IS NULL ORDER BY badge.id`,
    );
  }

  private async noteActiveWeek(tx: Transaction, ambassadorId: string, weekStart: string): Promise<void> {
    await tx.execute(sql`
      INSERT INTO active_week (ambassador_id, week_start)
      SELECT ambassador_id, ${weekStart} FROM points_balance
      WHERE ambassador_id = ${ambassadorId} AND NOT EXISTS (
        SELECT 1 FROM active_week WHERE ambassador_id = ${ambassadorId} AND week_start = ${weekStart})`);
  }
}
