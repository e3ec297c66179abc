import sql, { join } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
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

/** Whether an ambassador with these attributes may stand on a board. */
export function hasAttributeOf(board: Leaderboard, attributes: Attributes | undefined): boolean {
  return board.attributeName === null || attributes?.get(board.attributeName) === board.attributeValue;
}
