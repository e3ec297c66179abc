import sql, { join, type Sql } from 'sql-template-tag';
import type { Reader, Transaction } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Challenge } from './challenge.entity.js';
import { ChallengePrerequisite } from './track.entity.js';

/** What has to be done before what, each pair once: by prerequisites, and by the order of a track. */
const required = sql`(
  SELECT challenge_id, required_id FROM challenge_prerequisite
  UNION SELECT later.challenge_id, earlier.challenge_id FROM track_step later
    JOIN track ON track.id = later.track_id AND track.archived_at IS NULL
    JOIN track_step earlier ON earlier.track_id = later.track_id AND earlier.position < later.position)`;

/** SQL that is true where an ambassador has done a challenge: approved once, or in all of its stages. */
export function isDone(challengeId: Sql, ambassadorId: Sql): Sql {
  return sql`(SELECT COUNT(*) FROM submission WHERE submission.challenge_id = ${challengeId}
      AND submission.ambassador_id = ${ambassadorId} AND submission.status = 'APPROVED')
    >= (SELECT CASE WHEN staged.stages IS NULL THEN 1 ELSE staged.max_per_ambassador END
      FROM challenge staged WHERE staged.id = ${challengeId})`;
}

/** SQL that is true of a row of `challenge` that waits for nothing which this ambassador has not done. */
export function waitsForNothing(ambassadorId: string | null): Sql {
  const own = sql`${ambassadorId ?? ''}`;
  const done = isDone(sql`first.required_id`, own);
  const step = isDone(sql`earlier.challenge_id`, own);
  return sql`NOT EXISTS (
      SELECT 1 FROM challenge_prerequisite first WHERE first.challenge_id = challenge.id AND NOT (${done}))
    AND NOT EXISTS (
      SELECT 1 FROM track_step later JOIN track ON track.id = later.track_id AND track.archived_at IS NULL
      JOIN track_step earlier ON earlier.track_id = later.track_id AND earlier.position < later.position
      WHERE later.challenge_id = challenge.id AND NOT (${step}))`;
}

/** What an ambassador has to do before each of these challenges, by the challenge's id. */
export async function notDoneBefore(
  db: Reader,
  ambassadorId: string,
  challengeIds: readonly string[],
): Promise<ReadonlyMap<string, readonly Challenge[]>> {
  const pairs = await db.query<{ challenge_id: string; required_id: string }>(sql`
    SELECT pair.challenge_id, pair.required_id FROM ${required} pair
    WHERE pair.challenge_id IN (${join([...challengeIds])}) AND NOT (${isDone(sql`pair.required_id`, sql`${ambassadorId}`)})`);
  if (pairs.length === 0) return new Map();
  const ids = [...new Set(pairs.map((pair) => pair.required_id))];
  const challenges = await db.select(Challenge, sql`WHERE id IN (${join(ids)}) ORDER BY id`);
  const before = new Map<string, Challenge[]>();
  for (const challenge of challenges) {
    for (const pair of pairs.filter(({ required_id }) => required_id === challenge.id)) {
      before.set(pair.challenge_id, [...(before.get(pair.challenge_id) ?? []), challenge]);
    }
  }
  return before;
}

/** The challenges that have to be approved before another opens, by their prerequisites. */
export const prerequisitesOf = new Loader(async (context: BaseContext, challengeIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ChallengePrerequisite, sql`WHERE challenge_id IN (${join([...challengeIds])}) ORDER BY required_id`),
  );
  return grouped(challengeIds, rows, (row) => row.challengeId);
});

/** Sets what has to be done before a challenge. The caller holds the program, so that no circle can come of two at once. */
export async function setPrerequisites(
  tx: Transaction,
  { id, programId }: Pick<Challenge, 'id' | 'programId'>,
  globalIds: readonly string[],
): Promise<InputInvalid | undefined> {
  const path = ['prerequisiteIds'];
  const ids = [...new Set(globalIds.map((globalId) => rowId(Challenge, globalId) ?? ''))];
  if (ids.length > 0) {
    const known = await tx.count(Challenge, sql`WHERE program_id = ${programId} AND id IN (${join(ids)})`);
    if (known < ids.length) return InputInvalid.at(path, 'must be challenges of the program');
  }
  await tx.execute(sql`DELETE FROM challenge_prerequisite WHERE challenge_id = ${id}`);
  if (ids.length === 0) return undefined;
  await tx.insert(
    ChallengePrerequisite,
    ids.map((requiredId) => ({ challengeId: id, requiredId })),
  );
  return (await waitsForItself(tx, id)) ? InputInvalid.at(path, 'must not wait for the challenge itself') : undefined;
}

/** Whether a challenge waits for one that waits for it, over any number of others. */
export async function waitsForItself(tx: Transaction, id: string): Promise<boolean> {
  const seen = new Set<string>();
  for (let ids = [id]; ids.length > 0; ) {
    const rows = await tx.query<{ required_id: string }>(
      sql`SELECT pair.required_id FROM ${required} pair WHERE pair.challenge_id IN (${join(ids)})`,
    );
    ids = [...new Set(rows.map((row) => row.required_id))].filter((each) => !seen.has(each));
    for (const each of ids) seen.add(each);
  }
  return seen.has(id);
}
