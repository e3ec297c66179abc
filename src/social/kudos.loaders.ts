import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { RequestContext, Session } from '../identity/session.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Kudos } from './kudos.entity.js';
import { sharedKudos } from './sharing.js';

/** Holds for kudos that stand and that this caller may see. */
export function seenBy(session: Session): Sql {
  if (session.may('kudos.list')) return sql`kudos.withdrawn_at IS NULL`;
  const { ambassadorId } = session;
  if (ambassadorId === null) return sql`(${sharedKudos})`;
  return sql`(kudos.withdrawn_at IS NULL
    AND (kudos.from_id = ${ambassadorId} OR kudos.to_id = ${ambassadorId} OR (${sharedKudos})))`;
}

/** Any kudos; who asks has to see to who may see them. */
export const kudosById = new Loader(async (context: RequestContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Kudos, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** Of these kudos those that the caller may see. */
export const seenKudosById = new Loader(async (context: RequestContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(
      Kudos,
      sql`WHERE program_id = ${context.session.program.id} AND id IN (${join([...ids])}) AND ${seenBy(context.session)}`,
    ),
  );
  return inOrder(ids, rows, (row) => row.id);
});

/** How many kudos that the caller may see are for each item of the feed. */
export const kudosCountOfActivity = countBy('activity_id');

/** How many kudos that the caller may see each ambassador got. */
export const kudosCountOfAmbassador = countBy('to_id');

function countBy(column: 'activity_id' | 'to_id') {
  return new Loader(async (context: RequestContext, ids: readonly string[]) => {
    const rows = await context.database.read((db) =>
      db.query<{ id: string; n: number | string }>(sql`
        SELECT kudos.${raw(column)} AS id, COUNT(*) AS n FROM kudos
        WHERE kudos.${raw(column)} IN (${join([...ids])}) AND ${seenBy(context.session)} GROUP BY kudos.${raw(column)}`),
    );
    const counts = new Map(rows.map(({ id, n }) => [id, Number(n)]));
    return ids.map((id) => counts.get(id) ?? 0);
  });
}

/** What the calling ambassador gave for each item of the feed, as far as it stands. */
export const viewerKudosOf = new Loader(async (context: RequestContext, activityIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(
      Kudos,
      sql`WHERE activity_id IN (${join([...activityIds])}) AND from_id = ${context.session.ambassadorId}
        AND withdrawn_at IS NULL`,
    ),
  );
  return inOrder(activityIds, rows, (row) => row.activityId ?? '');
});
