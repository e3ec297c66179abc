import sql from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';
import { firstDayOf, type LimitWindow } from './challenge.window.js';

/* A limit binds from when it was set: a challenge is looked at if something came in after its limits last changed. */

interface DayOfSubmissions {
  readonly challenge_id: string;
  readonly ambassador_id: string;
  readonly submitted_on: string;
  readonly limit_window: LimitWindow;
  readonly max_per_window: number;
  readonly n: number | string;
  readonly is_bound: number | string;
}

/** The days on which limits by window count something, put together to weeks and months. */
async function overfullWindows(reader: Reader): Promise<readonly string[]> {
  const days = await reader.query<DayOfSubmissions>(sql`
    SELECT s.challenge_id, s.ambassador_id, s.submitted_on, c.limit_window, c.max_per_window, COUNT(*) AS n,
      MAX(CASE WHEN c.limits_changed_at IS NULL OR s.submitted_at > c.limits_changed_at THEN 1 ELSE 0 END) AS is_bound
    FROM challenge c JOIN submission s ON s.challenge_id = c.id
    WHERE c.limit_window IS NOT NULL AND s.status <> 'REJECTED' AND s.submitted_on IS NOT NULL
    GROUP BY s.challenge_id, s.ambassador_id, s.submitted_on, c.limit_window, c.max_per_window`);
  const windows = new Map<string, { times: number; max: number; isBound: boolean }>();
  for (const day of days) {
    const begin = firstDayOf(day.limit_window, new Date(`${day.submitted_on}T12:00:00Z`), 'UTC');
    const name = `${day.challenge_id} ${day.ambassador_id} ${begin}`;
    const known = windows.get(name) ?? { times: 0, max: day.max_per_window, isBound: false };
    const isBound = known.isBound || Number(day.is_bound) === 1;
    windows.set(name, { ...known, times: known.times + Number(day.n), isBound });
  }
  const overfull = [...windows].filter(([, { times, max, isBound }]) => isBound && times > max);
  return overfull.slice(0, samplesMax).map(([name]) => name);
}

/** What must always be true of the limits of challenges. */
export const challengeLimitInvariants: readonly Invariant[] = [
  checkedBySql(
    10,
    'What is used of a limit in all and of a budget is what the submissions say, and the budget is never overrun.',
    sql`SELECT c.id AS violation FROM challenge c
      LEFT JOIN challenge_usage u ON u.challenge_id = c.id
      LEFT JOIN (
        SELECT challenge_id, COUNT(*) AS submissions, SUM(reserved_points) AS points FROM submission
        WHERE status <> 'REJECTED' GROUP BY challenge_id
      ) s ON s.challenge_id = c.id
      WHERE (c.max_in_all IS NULL AND c.budget_points IS NULL AND u.challenge_id IS NOT NULL)
        OR ((c.max_in_all IS NOT NULL OR c.budget_points IS NOT NULL) AND (u.challenge_id IS NULL
          OR u.submissions <> COALESCE(s.submissions, 0) OR u.points <> COALESCE(s.points, 0)))
        OR s.points > c.budget_points
      LIMIT 20`,
  ),
  checkedBySql(
    10,
    'A challenge is done no oftener than it allows, in all and by each ambassador.',
    sql`SELECT s.challenge_id AS violation FROM submission s JOIN challenge c ON c.id = s.challenge_id
      WHERE s.status <> 'REJECTED' AND c.max_in_all IS NOT NULL
      GROUP BY s.challenge_id, c.max_in_all, c.limits_changed_at
      HAVING COUNT(*) > c.max_in_all AND (c.limits_changed_at IS NULL OR MAX(s.submitted_at) > c.limits_changed_at)
      UNION ALL
      SELECT CONCAT(s.challenge_id, ' ', s.ambassador_id) FROM submission s JOIN challenge c ON c.id = s.challenge_id
      WHERE s.status <> 'REJECTED' AND c.max_per_ambassador IS NOT NULL
      GROUP BY s.challenge_id, s.ambassador_id, c.max_per_ambassador, c.limits_changed_at
      HAVING COUNT(*) > c.max_per_ambassador
        AND (c.limits_changed_at IS NULL OR MAX(s.submitted_at) > c.limits_changed_at)
      LIMIT 20`,
  ),
  {
    number: 10,
    sentence: 'No ambassador does a challenge oftener in a day, week or month than it allows.',
    violations: overfullWindows,
  },
  checkedBySql(
    10,
    'Nobody submits to a challenge again before its cooldown has passed.',
    sql`SELECT later.id AS violation FROM submission earlier
      JOIN challenge c ON c.id = earlier.challenge_id
      JOIN submission later ON later.challenge_id = earlier.challenge_id AND later.ambassador_id = earlier.ambassador_id
        AND later.id > earlier.id
      WHERE c.cooldown_hours IS NOT NULL AND earlier.status <> 'REJECTED' AND later.status <> 'REJECTED'
        AND later.submitted_at < earlier.cooldown_until
        AND (c.limits_changed_at IS NULL OR later.submitted_at > c.limits_changed_at)
      LIMIT 20`,
  ),
];
