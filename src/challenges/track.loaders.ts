import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../platform/graphql/loader.js';
import { isDone } from './challenge.prerequisites.js';
import { Track, TrackCompletion, TrackStep } from './track.entity.js';

export const trackById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Track, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** The tracks of a program that go on, oldest first. */
export const tracksOfProgram = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Track, sql`WHERE program_id IN (${join([...programIds])}) AND archived_at IS NULL ORDER BY id`),
  );
  return grouped(programIds, rows, (row) => row.programId);
});

/** The steps of a track, in their order. */
export const stepsOf = new Loader(async (context: BaseContext, trackIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(TrackStep, sql`WHERE track_id IN (${join([...trackIds])}) ORDER BY position`),
  );
  return grouped(trackIds, rows, (row) => row.trackId);
});

/** The challenges in tracks that an ambassador has done, by id. */
export const doneOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ ambassador_id: string; challenge_id: string }>(sql`
      SELECT DISTINCT done.ambassador_id, done.challenge_id FROM submission done
      JOIN track_step ON track_step.challenge_id = done.challenge_id
      WHERE done.ambassador_id IN (${join([...ambassadorIds])}) AND done.status = 'APPROVED'
        AND ${isDone(sql`track_step.challenge_id`, sql`done.ambassador_id`)}`),
  );
  const done = grouped(ambassadorIds, rows, (row) => row.ambassador_id);
  return done.map((each) => new Set(each.map((row) => row.challenge_id)));
});

type CompletionKey = Pick<TrackCompletion, 'trackId' | 'ambassadorId'>;
const completionKey = ({ trackId, ambassadorId }: CompletionKey) => `${trackId} ${ambassadorId}`;

/** That one ambassador has completed one track, if so. */
export const completionOf = new Loader(async (context: BaseContext, keys: readonly CompletionKey[]) => {
  const pairs = keys.map((key) => sql`(track_id = ${key.trackId} AND ambassador_id = ${key.ambassadorId})`);
  const rows = await context.database.read((db) => db.select(TrackCompletion, sql`WHERE ${join(pairs, ' OR ')}`));
  return inOrder(keys.map(completionKey), rows, completionKey);
}, completionKey);
