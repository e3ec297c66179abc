import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import type { SortKey } from '../platform/database/paginate.js';
import { Challenge, type ChallengeStatus } from './challenge.entity.js';
import { waitsForNothing } from './challenge.prerequisites.js';
import { firstDayOf, type LimitWindow } from './challenge.window.js';

/** For whom challenges are looked for: an ambassador, or somebody who has not joined yet. */
export interface Doer {
  readonly programId: string;
  /** IANA name; days, weeks and months begin at midnight there. */
  readonly timeZone: string;
  /** Null for who answered without a name. */
  readonly contactId: string | null;
  readonly ambassadorId: string | null;
}

const never = new Date('9999-12-31T23:59:59.999Z');

/**
 * Which challenges are open to somebody: those that run now, that they have not done as often as allowed, and of which
 * something is left for all. A submission that was rejected does not count as done.
 * @param notMeant the challenges that are not meant for them, by id
 */
export function openTo(
  doer: Doer,
  now: Date,
  notMeant: readonly string[],
): { readonly joins: Sql; readonly where: Sql } {
  const since = (window: LimitWindow) =>
    sql`SUM(CASE WHEN submitted_on >= ${firstDayOf(window, now, doer.timeZone)} THEN 1 ELSE 0 END)`;
  return {
    joins: sql`LEFT JOIN (
      SELECT challenge_id, COUNT(*) AS times, ${since('DAY')} AS times_day, ${since('WEEK')} AS times_week,
        ${since('MONTH')} AS times_month, MAX(cooldown_until) AS cooldown_until
      FROM submission
      WHERE ambassador_id = ${doer.ambassadorId ?? ''} AND status <> 'REJECTED' GROUP BY challenge_id
    ) done ON done.challenge_id = challenge.id
    LEFT JOIN challenge_usage used ON used.challenge_id = challenge.id`,
    where: sql`challenge.program_id = ${doer.programId} AND ${hasStatus('OPEN', now)}
      AND (challenge.max_per_ambassador IS NULL OR COALESCE(done.times, 0) < challenge.max_per_ambassador)
      AND (challenge.limit_window IS NULL OR challenge.max_per_window > COALESCE(CASE challenge.limit_window
        WHEN 'DAY' THEN done.times_day WHEN 'WEEK' THEN done.times_week ELSE done.times_month END, 0))
      AND (challenge.cooldown_hours IS NULL OR done.cooldown_until IS NULL OR done.cooldown_until <= ${now})
      AND (challenge.max_in_all IS NULL OR used.submissions < challenge.max_in_all)
      AND (challenge.budget_points IS NULL OR challenge.budget_points >= used.points
        + CASE WHEN challenge.stages IS NULL THEN challenge.reward_points ELSE 0 END
        + COALESCE(challenge.most_drawn_points, 0))
      AND ${waitsForNothing(doer.ambassadorId)}
      ${notMeant.length > 0 ? sql`AND challenge.id NOT IN (${join([...notMeant])})` : empty}`,
  };
}

/** Which challenges stand there at that moment: what `Challenge.statusAt` says, for lists. */
export function hasStatus(status: ChallengeStatus, now: Date): Sql {
  if (status === 'ARCHIVED') return sql`challenge.archived_at IS NOT NULL`;
  if (status === 'ENDED') return sql`challenge.archived_at IS NULL AND challenge.ends_at <= ${now}`;
  const goesOn = sql`challenge.archived_at IS NULL AND (challenge.ends_at IS NULL OR challenge.ends_at > ${now})`;
  if (status === 'PAUSED') return sql`${goesOn} AND challenge.paused_at IS NOT NULL`;
  const started =
    status === 'OPEN'
      ? sql`(challenge.starts_at IS NULL OR challenge.starts_at <= ${now})`
      : sql`challenge.starts_at > ${now}`;
  return sql`${goesOn} AND challenge.paused_at IS NULL AND ${started}`;
}

/**
 * Best first, by a rule that an ambassador can see through: what they have not done yet, then what closes soonest, then
 * what pays most, then what is newest.
 * @param done the challenges that they have done, by id
 */
export function bestFirst(done: ReadonlySet<string>): readonly SortKey<Challenge>[] {
  return [
    {
      column: 'CASE WHEN done.times IS NULL THEN 0 ELSE 1 END',
      direction: 'ASC',
      read: ({ id }) => (done.has(id) ? 1 : 0),
    },
    {
      column: "COALESCE(challenge.ends_at, '9999-12-31 23:59:59.999')",
      direction: 'ASC',
      read: ({ endsAt }) => endsAt ?? never,
    },
    { column: 'challenge.reward_points', direction: 'DESC', read: ({ rewardPoints }) => rewardPoints },
    { column: 'challenge.id', direction: 'DESC', read: ({ id }) => id },
  ];
}

/** The challenges of which an ambassador has a submission that counts or may yet count, by id. */
export async function doneBy(db: Reader, ambassadorId: string): Promise<ReadonlySet<string>> {
  const rows = await db.query<{ challenge_id: string }>(sql`
    SELECT DISTINCT challenge_id FROM submission
    WHERE ambassador_id = ${ambassadorId} AND status <> 'REJECTED'`);
  return new Set(rows.map((row) => row.challenge_id));
}

/** The best of these challenges, at most `count`; inside a transaction too. */
export async function bestOf(db: Reader, open: ReturnType<typeof openTo>, count: number): Promise<Challenge[]> {
  const order = bestFirst(new Set()).map(({ column, direction }) => raw(`${column} ${direction}`));
  return db.select(Challenge, sql`${open.joins} WHERE ${open.where} ORDER BY ${join(order)} LIMIT ${count}`);
}
