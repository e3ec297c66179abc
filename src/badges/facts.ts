import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { ChallengeKind } from '../challenges/challenge.entity.js';
import type { Reader } from '../platform/database/database.js';
import { grouped } from '../platform/graphql/loader.js';
import { type BadgeRule, conditionsOfAll, type Facts } from './rule.js';
import { ActiveWeek, StreakFreeze } from './streak.entity.js';
import { frozenWeeks, longestRunWeeks } from './streak.js';

/** A stretch of the calendar: facts of it alone count for badges that can be won again in each. */
export interface Stretch {
  readonly from: Date;
  readonly to: Date;
  /** The Mondays between which the weeks of a streak begin, as in 2026-03-02, the last not included. */
  readonly weeks: { readonly from: string; readonly to: string };
}

/** Whose facts, and the one that the balance knows. Who awards by them holds that balance, so that none can change. */
export interface Standing {
  readonly ambassadorId: string;
  readonly lifetimePoints: number;
}

interface ApprovedCount {
  readonly ambassador_id: string;
  readonly kind: ChallengeKind;
  /** Text on MySQL. */
  readonly n: number | string;
}

interface Counted {
  readonly ambassador_id: string;
  /** Text on MySQL. */
  readonly n: number | string;
}

/**
 * What these rules ask for, of each of these ambassadors and in their order: a query for each of submissions, referrals,
 * tracks and streaks that a rule asks for, none where the rules know lifetime points alone; of a stretch also one for points.
 */
export async function loadFacts(
  reader: Reader,
  standings: readonly Standing[],
  rules: readonly BadgeRule[],
  stretch?: Stretch,
): Promise<readonly Facts[]> {
  const conditions = conditionsOfAll(rules);
  const ids = standings.map(({ ambassadorId }) => ambassadorId);
  const within = (column: Sql) =>
    stretch ? sql` AND ${column} >= ${stretch.from} AND ${column} < ${stretch.to}` : empty;
  const counts = conditions.has('approvedSubmissions')
    ? await reader.query<ApprovedCount>(sql`
        SELECT ambassador_id, kind, COUNT(*) AS n FROM submission
        WHERE ambassador_id IN (${join(ids)}) AND status = 'APPROVED'${within(sql`decided_at`)} GROUP BY ambassador_id, kind`)
    : [];
  const converted = conditions.has('convertedReferrals')
    ? await reader.query<Counted>(sql`
        SELECT referrer_id AS ambassador_id, COUNT(*) AS n FROM referral
        WHERE referrer_id IN (${join(ids)}) AND converted_at IS NOT NULL${within(sql`converted_at`)}
          AND status <> 'REJECTED' AND NOT EXISTS (
            SELECT 1 FROM referral_review w WHERE w.referral_id = referral.id AND w.status = 'OPEN')
        GROUP BY referrer_id`)
    : [];
  const weeks = conditions.has('streakWeeks')
    ? await reader.select(
        ActiveWeek,
        sql`WHERE ambassador_id IN (${join(ids)})${stretch ? sql` AND week_start >= ${stretch.weeks.from} AND week_start < ${stretch.weeks.to}` : empty}`,
      )
    : [];
  const freezes = conditions.has('streakWeeks')
    ? await reader.select(StreakFreeze, sql`WHERE ambassador_id IN (${join(ids)}) AND used_week IS NOT NULL`)
    : [];
  const tracks = conditions.has('completedTrack')
    ? await reader.query<{ readonly ambassador_id: string; readonly track_key: string }>(sql`
        SELECT ambassador_id, track_key FROM track_completion JOIN track ON track.id = track_completion.track_id
        WHERE ambassador_id IN (${join(ids)})${within(sql`completed_at`)}`)
    : [];
  const earned =
    stretch && conditions.has('lifetimePoints')
      ? await reader.query<Counted>(sql`
        SELECT ambassador_id, SUM(earned_points) AS n FROM points_transfer
        WHERE ambassador_id IN (${join(ids)})${within(sql`earned_at`)} AND unit_key IS NULL GROUP BY ambassador_id`)
      : [];
  const tracksOf = grouped(ids, tracks, (row) => row.ambassador_id);
  const countsOf = grouped(ids, counts, (row) => row.ambassador_id);
  const earnedOf = new Map(earned.map(({ ambassador_id, n }) => [ambassador_id, Number(n)]));
  const convertedOf = new Map(converted.map(({ ambassador_id, n }) => [ambassador_id, Number(n)]));
  const frozenOf = grouped(ids, freezes, (row) => row.ambassadorId);
  const weeksOf = grouped(ids, weeks, (row) => row.ambassadorId);
  return standings.map(({ ambassadorId, lifetimePoints }, index) => ({
    lifetimePoints: stretch ? (earnedOf.get(ambassadorId) ?? 0) : lifetimePoints,
    convertedReferrals: convertedOf.get(ambassadorId) ?? 0,
    approvedByKind: new Map(countsOf[index]?.map(({ kind, n }) => [kind, Number(n)])),
    completedTracks: new Set(tracksOf[index]?.map(({ track_key }) => track_key)),
    longestStreakWeeks: longestRunWeeks(
      weeksOf[index]?.map(({ weekStart }) => weekStart) ?? [],
      frozenWeeks(frozenOf[index] ?? []),
    ),
  }));
}
