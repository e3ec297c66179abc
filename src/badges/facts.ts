import sql, { join } from 'sql-template-tag';
import type { ChallengeKind } from '../challenges/challenge.entity.js';
import type { Reader } from '../platform/database/database.js';
import { grouped } from '../platform/graphql/loader.js';
import { type BadgeRule, conditionsOfAll, type Facts } from './rule.js';
import { ActiveWeek } from './streak.entity.js';
import { longestRunWeeks } from './streak.js';

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

interface ConvertedCount {
  readonly ambassador_id: string;
  /** Text on MySQL. */
  readonly n: number | string;
}

/**
 * What these rules ask for, of each of these ambassadors and in their order: a query for each of submissions, referrals
 * and streaks that a rule asks for, none where the rules know lifetime points alone.
 */
export async function loadFacts(
  reader: Reader,
  standings: readonly Standing[],
  rules: readonly BadgeRule[],
): Promise<readonly Facts[]> {
  const conditions = conditionsOfAll(rules);
  const ids = standings.map(({ ambassadorId }) => ambassadorId);
  const counts = conditions.has('approvedSubmissions')
    ? await reader.query<ApprovedCount>(sql`
        SELECT ambassador_id, kind, COUNT(*) AS n FROM submission
        WHERE ambassador_id IN (${join(ids)}) AND status = 'APPROVED' GROUP BY ambassador_id, kind`)
    : [];
  const converted = conditions.has('convertedReferrals')
    ? await reader.query<ConvertedCount>(sql`
        SELECT referrer_id AS ambassador_id, COUNT(*) AS n FROM referral
        WHERE referrer_id IN (${join(ids)}) AND converted_at IS NOT NULL GROUP BY referrer_id`)
    : [];
  const weeks = conditions.has('streakWeeks')
    ? await reader.select(ActiveWeek, sql`WHERE ambassador_id IN (${join(ids)})`)
    : [];
  const countsOf = grouped(ids, counts, (row) => row.ambassador_id);
  const convertedOf = new Map(converted.map(({ ambassador_id, n }) => [ambassador_id, Number(n)]));
  const weeksOf = grouped(ids, weeks, (row) => row.ambassadorId);
  return standings.map(({ ambassadorId, lifetimePoints }, index) => ({
    lifetimePoints,
    convertedReferrals: convertedOf.get(ambassadorId) ?? 0,
    approvedByKind: new Map(countsOf[index]?.map(({ kind, n }) => [kind, Number(n)])),
    longestStreakWeeks: longestRunWeeks(weeksOf[index]?.map(({ weekStart }) => weekStart) ?? []),
  }));
}
