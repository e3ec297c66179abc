import sql, { raw, type Sql } from 'sql-template-tag';

/**
 * Holds for deeds that others may see: those of who shares what it does, since it began to. The one rule for that; who
 * stops sharing has no row, and so nothing of it is shown from that moment on. Asked row by row, by the key: as a join or
 * an EXISTS it may be turned round to begin with everybody who shares, and a page of the feed then costs seconds.
 * @param ambassadorColumn whose deed it is, as in activity.ambassador_id
 * @param timeColumn when it was done
 */
function isShared(ambassadorColumn: string, timeColumn: string): Sql {
  return sql`(SELECT activity_sharing.since FROM activity_sharing
    WHERE activity_sharing.ambassador_id = ${raw(ambassadorColumn)}) <= ${raw(timeColumn)}`;
}

/** Kudos that everybody in the program may see: both ends share. */
export const sharedKudos = sql`kudos.withdrawn_at IS NULL
  AND ${isShared('kudos.from_id', 'kudos.given_at')} AND ${isShared('kudos.to_id', 'kudos.given_at')}`;

/** Items of the feed whose ambassador shares; of kudos, both ends. */
export const sharedActivity = sql`${isShared('activity.ambassador_id', 'activity.happened_at')}
  AND (activity.kind <> 'KUDOS_GIVEN'
    OR (SELECT COUNT(*) FROM kudos WHERE kudos.id = activity.subject_id AND ${sharedKudos}) = 1)`;
