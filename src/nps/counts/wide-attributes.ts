import sql, { join } from 'sql-template-tag';
import type { Reader, Transaction } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import { NpsAttributeValue } from './count.entity.js';

/** More values than this make no groups worth comparing, and would be as many rows as there are answers. */
export const valuesMax = 200;

/** The attributes of a program that are not counted by. Once wide, an attribute stays so. */
export async function wideAttributes(db: Reader, programId: string): Promise<string[]> {
  const rows = await db.query<{ name: string }>(sql`
    SELECT name FROM nps_attribute_value WHERE program_id = ${programId}
    GROUP BY name HAVING COUNT(*) > ${valuesMax}`);
  return rows.map(({ name }) => name);
}

/** Whether these values alone make an attribute wide. */
export function isWideInItself(values: ReadonlySet<string>): boolean {
  return values.size > valuesMax;
}

/** Keeps which values there are. The counts of an attribute that becomes wide by it are dropped. */
export async function registerValues(
  tx: Transaction,
  programId: string,
  values: ReadonlyMap<string, ReadonlySet<string>>,
): Promise<void> {
  const names = [...values.keys()];
  if (names.length === 0) return;
  const known = await tx.select(NpsAttributeValue, sql`WHERE program_id = ${programId} AND name IN (${join(names)})`);
  for (const [name, given] of values) {
    const before = new Set(known.filter((row) => row.name === name).map(({ value }) => value));
    const room = valuesMax + 1 - before.size;
    const added = [...given].filter((value) => !before.has(value)).slice(0, Math.max(0, room));
    if (added.length === 0) continue;
    await insertValues(
      tx,
      added.map((value) => ({ programId, name, value })),
    );
    if (added.length === room) await dropCounts(tx, programId, name);
  }
}

async function insertValues(tx: Transaction, rows: readonly NpsAttributeValue[]): Promise<void> {
  try {
    await tx.insert(NpsAttributeValue, rows);
  } catch (error) {
    if (isUniqueViolation(error)) throw new RaceLost('The value was met at the same moment');
    throw error;
  }
}

async function dropCounts(tx: Transaction, programId: string, name: string): Promise<void> {
  const ofProgram = sql`survey_id IN (SELECT id FROM survey WHERE program_id = ${programId}) AND name = ${name}`;
  await tx.execute(sql`DELETE FROM nps_count WHERE ${ofProgram}`);
  await tx.execute(sql`DELETE FROM nps_count_change WHERE ${ofProgram}`);
}
