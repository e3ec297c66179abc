import sql, { join, type Sql } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { everyBoard } from './absence.entity.js';
import type { Leaderboard } from './leaderboard.entity.js';

/** The attributes of one ambassador's contact, by name. */
type Attributes = ReadonlyMap<string, string>;

/** What is known of the contacts of some ambassadors. Compared in code: databases differ in what they hold equal. */
export async function attributesOf(
  db: Reader,
  ambassadorIds: readonly string[],
): Promise<ReadonlyMap<string, Attributes>> {
  const rows = await db.query<{ id: string; name: string; value: string }>(sql`
    SELECT ambassador.id AS id, contact_attribute.name AS name, contact_attribute.value AS value
    FROM ambassador JOIN contact_attribute ON contact_attribute.contact_id = ambassador.contact_id
    WHERE ambassador.id IN (${join([...ambassadorIds])})`);
  const byAmbassador = new Map<string, Map<string, string>>();
  for (const { id, name, value } of rows) {
    byAmbassador.set(id, (byAmbassador.get(id) ?? new Map<string, string>()).set(name, value));
  }
  return byAmbassador;
}

/** Whether a board is for an ambassador with these attributes. */
export function hasAttributeOf(board: Leaderboard, attributes: Attributes | undefined): boolean {
  return board.attributeName === null || attributes?.get(board.attributeName) === board.attributeValue;
}

/** As SQL, that an ambassador has not left a board: what it said of that board goes before what it said of all. */
export function hasNotLeft({ ambassadorId, boardId }: { readonly ambassadorId: Sql; readonly boardId: Sql }): Sql {
  const said = (of: Sql) => sql`(SELECT is_away FROM board_absence
    WHERE board_absence.ambassador_id = ${ambassadorId} AND board_absence.board_id = ${of})`;
  return sql`COALESCE(${said(boardId)}, ${said(sql`${everyBoard}`)}, 0) = 0`;
}

/** Which of some ambassadors may stand on a board: those for whom it is, and who have not left it. */
export async function whoMayStandOn(
  db: Reader,
  board: Leaderboard,
  ambassadorIds: readonly string[],
): Promise<string[]> {
  if (ambassadorIds.length === 0) return [];
  const present = await db.query<{ id: string }>(sql`
    SELECT id FROM ambassador WHERE id IN (${join([...ambassadorIds])})
      AND ${hasNotLeft({ ambassadorId: sql`ambassador.id`, boardId: sql`${board.id}` })}`);
  const ids = present.map(({ id }) => id);
  if (ids.length === 0 || board.attributeName === null) return ids;
  const attributes = await attributesOf(db, ids);
  return ids.filter((id) => hasAttributeOf(board, attributes.get(id)));
}
