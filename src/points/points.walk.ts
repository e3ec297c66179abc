import sql, { join, raw } from 'sql-template-tag';
import type { Reader, Transaction } from '../platform/database/database.js';
import { PointsBalance, UnitBalance } from './points.entity.js';
import { storedUnit } from './unit.entity.js';

/** Where a walk through the ambassadors of a program stands. */
export interface Walk {
  readonly programId: string;
  readonly unitKey: string;
  /** Empty before the first. */
  readonly afterAmbassadorId: string;
}

/** The balances of the next ambassadors who have something available, in the order of their ids. */
export function balancesAfter(
  reader: Reader,
  { programId, unitKey, afterAmbassadorId }: Walk,
  count: number,
): Promise<PointsBalance[]> {
  const stored = storedUnit(unitKey);
  const entity = stored === null ? PointsBalance : UnitBalance;
  const table = raw(stored === null ? 'points_balance' : 'points_unit_balance');
  // The ambassadors of a program lie together in an index; their balances are found by key.
  return reader.select<PointsBalance>(
    entity,
    sql`JOIN ambassador ON ambassador.id = ${table}.ambassador_id
      WHERE ambassador.program_id = ${programId} AND ambassador.id > ${afterAmbassadorId} AND ${table}.available > 0
        ${stored === null ? sql`` : sql`AND ${table}.unit_key = ${stored}`}
      ORDER BY ambassador.id LIMIT ${count}`,
  );
}

/** The same balances as they are now, held until the transaction ends; always in the order of their ids. */
export async function lockBalances(
  tx: Transaction,
  balances: readonly Pick<PointsBalance, 'ambassadorId'>[],
  unitKey: string,
): Promise<PointsBalance[]> {
  const ids = sql`ambassador_id IN (${join(balances.map(({ ambassadorId }) => ambassadorId))})`;
  const own = await tx.select(PointsBalance, sql`WHERE ${ids} ORDER BY ambassador_id ${tx.forUpdate}`);
  const stored = storedUnit(unitKey);
  if (stored === null) return own;
  return tx.select(UnitBalance, sql`WHERE ${ids} AND unit_key = ${stored} ORDER BY ambassador_id ${tx.forUpdate}`);
}

/** What an ambassador has in a unit; undefined where it never had any. */
export function readBalance(reader: Reader, ambassadorId: string, unitKey: string): Promise<PointsBalance | undefined> {
  const stored = storedUnit(unitKey);
  const own = sql`ambassador_id = ${ambassadorId}`;
  return stored === null
    ? reader.first(PointsBalance, sql`WHERE ${own}`)
    : reader.first(UnitBalance, sql`WHERE ${own} AND unit_key = ${stored}`);
}
