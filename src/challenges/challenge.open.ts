import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import type { SortKey } from '../platform/database/paginate.js';
import { Challenge } from './challenge.entity.js';

/** For whom challenges are looked for: an ambassador, or somebody who has not joined yet. */
export interface Doer {
  readonly programId: string;
  readonly ambassadorId: string | null;
}

const never = new Date('9999-12-31T23:59:59.999Z');

/**
 * Which challenges are open to somebody: those that run now and that they have not done as often as allowed. A
 * submission that was rejected does not count as done.
 */
export function openTo({ programId, ambassadorId }: Doer, now: Date): { readonly joins: Sql; readonly where: Sql } {
  return {
    joins: sql`LEFT JOIN (
      SELECT challenge_id, COUNT(*) AS times FROM submission
      WHERE ambassador_id = ${ambassadorId ?? ''} AND status IN ('PENDING', 'APPROVED') GROUP BY challenge_id
    ) done ON done.challenge_id = challenge.id`,
    where: sql`challenge.program_id = ${programId}
      AND (challenge.starts_at IS NULL OR challenge.starts_at <= ${now})
      AND (challenge.ends_at IS NULL OR challenge.ends_at > ${now})
      AND (challenge.max_per_ambassador IS NULL OR COALESCE(done.times, 0) < challenge.max_per_ambassador)`,
  };
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
    WHERE ambassador_id = ${ambassadorId} AND status IN ('PENDING', 'APPROVED')`);
  return new Set(rows.map((row) => row.challenge_id));
}

/** The best challenges that are open to somebody, at most `count`; inside a transaction too. */
export async function bestOpenChallenges(db: Reader, doer: Doer, now: Date, count: number): Promise<Challenge[]> {
  const { joins, where } = openTo(doer, now);
  const order = bestFirst(new Set()).map(({ column, direction }) => raw(`${column} ${direction}`));
  return db.select(Challenge, sql`${joins} WHERE ${where} ORDER BY ${join(order)} LIMIT ${count}`);
}
