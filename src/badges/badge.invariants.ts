import sql, { join } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';
import { PointsBalance } from '../points/points.entity.js';
import { Badge, EarnedBadge } from './badge.entity.js';
import { loadFacts } from './facts.js';
import { holds } from './rule.js';

const balancesPerRead = 500;

/** What must always be true of badges. That nobody holds one twice is the key of their table. */
export const badgeInvariants: readonly Invariant[] = [
  checkedBySql(
    20,
    'A badge is held only by ambassadors of its own program.',
    sql`SELECT e.ambassador_id AS violation FROM earned_badge e
      LEFT JOIN badge b ON b.id = e.badge_id LEFT JOIN ambassador a ON a.id = e.ambassador_id
      WHERE b.id IS NULL OR a.id IS NULL OR b.program_id <> a.program_id LIMIT 20`,
  ),
  checkedBySql(
    9,
    'A freeze spares one week that was missed, and no week is spared twice.',
    sql`SELECT f.ambassador_id AS violation FROM streak_freeze f
      LEFT JOIN active_week w ON w.ambassador_id = f.ambassador_id AND w.week_start = f.used_week
      WHERE f.used_week IS NOT NULL
      GROUP BY f.ambassador_id, f.used_week HAVING COUNT(*) > 1 OR COUNT(w.week_start) > 0 LIMIT 20`,
  ),
  checkedBySql(
    11,
    'Whoever won a badge again holds it, since the first time.',
    sql`SELECT w.ambassador_id AS violation FROM badge_win w
      LEFT JOIN earned_badge e ON e.ambassador_id = w.ambassador_id AND e.badge_id = w.badge_id
      LEFT JOIN badge b ON b.id = w.badge_id
      WHERE e.badge_id IS NULL OR e.earned_at > w.earned_at OR b.repeats IS NULL LIMIT 20`,
  ),
  {
    number: 11,
    sentence: 'Whoever qualifies for a badge that has been given out holds it.',
    violations: withoutTheirBadge,
  },
];

/** Ambassadors who qualify for a badge and do not hold it, each with the badge. */
async function withoutTheirBadge(reader: Reader): Promise<string[]> {
  const badges = await reader.select(
    Badge,
    sql`WHERE badge.repeats IS NULL AND badge.archived_at IS NULL AND NOT EXISTS (
      SELECT 1 FROM job WHERE job.program_id = badge.program_id AND job.name = 'badges.grant' AND job.status <> 'DONE'
        AND (job.run_key = badge.code_key OR SUBSTR(job.run_key, 1, LENGTH(badge.code_key) + 1) = CONCAT(badge.code_key, '@')))`,
  );
  const missing: string[] = [];
  let after = '';
  while (missing.length < samplesMax && badges.length > 0) {
    const balances = await reader.select(
      PointsBalance,
      sql`WHERE ambassador_id > ${after} ORDER BY ambassador_id LIMIT ${balancesPerRead}`,
    );
    const last = balances.at(-1);
    if (!last) break;
    missing.push(...(await withoutTheirBadgeAmong(reader, badges, balances)));
    after = last.ambassadorId;
  }
  return missing.slice(0, samplesMax);
}

async function withoutTheirBadgeAmong(
  reader: Reader,
  badges: readonly Badge[],
  balances: readonly PointsBalance[],
): Promise<string[]> {
  const standings = balances.map(({ ambassadorId, lifetime }) => ({ ambassadorId, lifetimePoints: lifetime }));
  const facts = await loadFacts(
    reader,
    standings,
    badges.map(({ rule }) => rule),
  );
  // Read after the facts: whoever made them true has committed the badge with them.
  const ids = join(standings.map(({ ambassadorId }) => ambassadorId));
  const earned = await reader.select(EarnedBadge, sql`WHERE ambassador_id IN (${ids})`);
  const held = new Set(earned.map(({ ambassadorId, badgeId }) => `${ambassadorId} ${badgeId}`));
  return balances.flatMap(({ ambassadorId, programId }, index) => {
    const own = facts[index];
    return badges
      .filter((badge) => badge.programId === programId && own && holds(badge.rule, own))
      .map((badge) => `${ambassadorId} ${badge.id}`)
      .filter((pair) => !held.has(pair));
  });
}
