import sql from 'sql-template-tag';
import type { Database, Transaction } from './database/database.js';
import type { EntityClass } from './database/rows.js';
import type { Sealer } from './sealed.js';

/**
 * Seals anew some rows that another key than the newest sealed, so that the old one can be taken away; answers how many.
 * @param reseal writes what is sealed in the row again, with `key_id`
 */
export async function resealSome<Row extends object>(
  database: Database,
  sealer: Sealer,
  {
    entity,
    rowsMax,
    reseal,
  }: {
    readonly entity: EntityClass<Row>;
    readonly rowsMax: number;
    readonly reseal: (tx: Transaction, row: Row) => Promise<unknown>;
  },
): Promise<number> {
  if (!sealer.isReady) return 0;
  const old = sql`WHERE key_id <> ${sealer.keyId} LIMIT ${rowsMax}`;
  if (!(await database.read((db) => db.first(entity, old)))) return 0;
  return database.transact(async (tx) => {
    const rows = await tx.select(entity, sql`${old} ${tx.forUpdateSkipLocked}`);
    for (const row of rows) await reseal(tx, row);
    return rows.length;
  });
}
