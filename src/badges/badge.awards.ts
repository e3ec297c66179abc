import sql, { join } from 'sql-template-tag';
import { causeOfSubmission } from '../challenges/submission.events.js';
import type { Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { AppEvent, Events } from '../platform/events/events.js';
import { PointsBalance } from '../points/points.entity.js';
import { Program } from '../programs/program.entity.js';
import { causeOfReferral } from '../referrals/referral.events.js';
import { Badge, BadgeWin, EarnedBadge } from './badge.entity.js';
import { causeOfTransfer } from './badge.events.js';
import { type BadgePeriod, periodAt } from './badge.repeats.js';
import { loadFacts, type Standing } from './facts.js';
import { conditionsOf, holds } from './rule.js';
import type { StreakActivity } from './streak.activity.js';

const submissionCausePrefix = causeOfSubmission('');

/** A badge that somebody wins now; in which period, where it can be won again. */
interface Win {
  readonly badge: Badge;
  readonly ambassadorId: string;
  readonly period: string | null;
}

/** The badges that can be won in one period, or those that are won once for ever. */
export interface WinnableGroup {
  readonly badges: readonly Badge[];
  readonly period: BadgePeriod | undefined;
}

/**
 * Awards badges in the transaction that makes their rules true. Whoever awards one, here or in BadgeGrants, holds the
 * ambassador's balance row; the keys of earned_badge and badge_win guard what that lock already settles.
 *
 * Statements for each award of points, besides the ledger's own:
 * - an approved submission: 3 (lock with time zone and points, week, badges not held yet), and for a program with such
 *   badges up to 3 for their facts (see loadFacts);
 * - a friend who became a customer: 1, and up to 4 if such a badge asks for referrals;
 * - other points that were earned: 1, and up to 3 for facts if such a badge asks for lifetime points;
 * - points that were not earned (pending, spent, reversed) and those of a submission: none.
 * Badges that can be won again cost 2 more, and their facts once for each kind of period. What is won costs one insert,
 * and the event of each badge.
 */
export class BadgeAwards {
  constructor(
    private readonly events: Events,
    private readonly streaks: StreakActivity,
  ) {}

  /** A submission counts now: so does its week, and each rule may have become true. */
  async afterApproval(tx: Transaction, { programId, payload }: AppEvent<'submission.approved'>): Promise<void> {
    const { ambassadorId, submissionId, submittedAt } = payload;
    const lifetimePoints = await this.streaks.note(tx, programId, ambassadorId, new Date(submittedAt));
    const badges = await this.notHeld(tx, programId, ambassadorId);
    await this.evaluate(tx, badges, { ambassadorId, lifetimePoints }, causeOfSubmission(submissionId));
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

  /**
   * Gives a badge of the program by its code, for something that is no rule of it: a prize, a certificate. Once for each
   * cause where it can be won again, else once; nothing where there is no such badge, or it is archived.
   */
  async giveByCode(
    tx: Transaction,
    programId: string,
    { code, ambassadorId, cause }: { readonly code: string; readonly ambassadorId: string; readonly cause: string },
  ): Promise<void> {
    await tx.query(sql`SELECT ambassador_id FROM points_balance WHERE ambassador_id = ${ambassadorId} ${tx.forUpdate}`);
    const badges = await this.notHeld(tx, programId, ambassadorId);
    const badge = badges.find(({ codeKey }) => codeKey === code.toLowerCase());
    if (!badge) return;
    const period = badge.repeats && cause;
    const again = sql`WHERE badge_id = ${badge.id} AND ambassador_id = ${ambassadorId} AND period = ${period}`;
    if (period && (await tx.first(BadgeWin, again))) return;
    await this.give(tx, [{ badge, ambassadorId, period }], cause);
  }

  /** Parts badges by when they can be won: those for ever, and those of each period that a moment falls in. */
  async groups(tx: Transaction, badges: readonly Badge[], at: Date): Promise<WinnableGroup[]> {
    const once = badges.filter(({ repeats }) => repeats === null);
    const groups: WinnableGroup[] = once.length > 0 ? [{ badges: once, period: undefined }] : [];
    const [repeating] = badges.filter(({ repeats }) => repeats !== null);
    if (!repeating) return groups;
    const program = await tx.first(Program, sql`WHERE id = ${repeating.programId}`);
    if (!program) throw new Error('A badge has no program');
    for (const repeats of new Set(badges.map((badge) => badge.repeats))) {
      if (repeats === null) continue;
      const period = periodAt(repeats, program.timeZone, at);
      groups.push({ badges: badges.filter((badge) => badge.repeats === repeats), period });
    }
    return groups;
  }

  /** Writes what is won, and says so. The caller holds the balances, and knows that none of it was won before. */
  async give(tx: Transaction, wins: readonly Win[], cause: string): Promise<void> {
    if (wins.length === 0) return;
    const held = await this.heldBefore(tx, wins);
    const first = wins.filter(({ badge, ambassadorId }) => !held.has(heldKey(ambassadorId, badge.id)));
    const earned = first.map(({ badge, ambassadorId }) => ({
      badgeId: badge.id,
      ambassadorId,
      cause,
      earnedAt: tx.now,
    }));
    const again = wins.flatMap(({ badge, ambassadorId, period }) =>
      period === null ? [] : [{ badgeId: badge.id, ambassadorId, period, cause, earnedAt: tx.now }],
    );
    try {
      if (earned.length > 0) await tx.insert(EarnedBadge, earned);
      if (again.length > 0) await tx.insert(BadgeWin, again);
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The badge was won at the same moment');
      throw error;
    }
    for (const { badge, ambassadorId } of wins) {
      await this.events.emit(tx, 'badge.earned', badge.programId, { badgeId: badge.id, ambassadorId, cause });
    }
  }

  private async evaluate(tx: Transaction, badges: readonly Badge[], standing: Standing, cause: string): Promise<void> {
    const { ambassadorId } = standing;
    for (const { badges: winnable, period } of await this.groups(tx, badges, tx.now)) {
      const open = await this.openIn(tx, winnable, ambassadorId, period);
      if (open.length === 0) continue;
      const rules = open.map(({ rule }) => rule);
      const [facts] = await loadFacts(tx, [standing], rules, period);
      const won = facts ? open.filter(({ rule }) => holds(rule, facts)) : [];
      const wins = won.map((badge) => ({ badge, ambassadorId, period: period?.name ?? null }));
      await this.give(tx, wins, cause);
    }
  }

  /** Of badges that can be won again those that were not won in this period. */
  private async openIn(
    tx: Transaction,
    badges: readonly Badge[],
    ambassadorId: string,
    period: BadgePeriod | undefined,
  ): Promise<readonly Badge[]> {
    if (!period) return badges;
    const ids = join(badges.map(({ id }) => id));
    const wins = await tx.select(
      BadgeWin,
      sql`WHERE ambassador_id = ${ambassadorId} AND badge_id IN (${ids}) AND period = ${period.name}`,
    );
    const won = new Set(wins.map(({ badgeId }) => badgeId));
    return badges.filter(({ id }) => !won.has(id));
  }

  /** The badges that an ambassador can win: those not held yet, and those that can be won again. */
  private notHeld(tx: Transaction, programId: string, ambassadorId: string): Promise<Badge[]> {
    return tx.select(
      Badge,
      sql`LEFT JOIN earned_badge ON earned_badge.badge_id = badge.id AND earned_badge.ambassador_id = ${ambassadorId}
        WHERE badge.program_id = ${programId} AND badge.archived_at IS NULL
          AND (earned_badge.badge_id IS NULL OR badge.repeats IS NOT NULL)
        ORDER BY badge.id`,
    );
  }

  /** Who held which of these badges before, where that is possible at all. */
  private async heldBefore(tx: Transaction, wins: readonly Win[]): Promise<ReadonlySet<string>> {
    if (wins.every(({ period }) => period === null)) return new Set();
    const badgeIds = join([...new Set(wins.map(({ badge }) => badge.id))]);
    const ambassadorIds = join([...new Set(wins.map(({ ambassadorId }) => ambassadorId))]);
    const rows = await tx.select(
      EarnedBadge,
      sql`WHERE badge_id IN (${badgeIds}) AND ambassador_id IN (${ambassadorIds})`,
    );
    return new Set(rows.map(({ ambassadorId, badgeId }) => heldKey(ambassadorId, badgeId)));
  }
}

function heldKey(ambassadorId: string, badgeId: string): string {
  return `${ambassadorId} ${badgeId}`;
}
