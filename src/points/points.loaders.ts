import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../platform/graphql/loader.js';
import { PointsBalance, PointsEntry, PointsTransfer, UnitBalance } from './points.entity.js';

export const balanceOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(PointsBalance, sql`WHERE ambassador_id IN (${join([...ambassadorIds])})`),
  );
  return inOrder(ambassadorIds, rows, (row) => row.ambassadorId);
});

/** What ambassadors have in other units than the default one, as far as anything ever moved there. */
export const unitBalancesOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(UnitBalance, sql`WHERE ambassador_id IN (${join([...ambassadorIds])})`),
  );
  return grouped(ambassadorIds, rows, (row) => row.ambassadorId);
});

export const transferById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(PointsTransfer, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

export const entryById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(PointsEntry, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** The ambassador's line of a transfer: where the points are now, if it has a line on both accounts. */
export const entryOfTransfer = new Loader(async (context: BaseContext, transferIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(
      PointsEntry,
      sql`WHERE transfer_id IN (${join([...transferIds])}) AND ambassador_id IS NOT NULL ORDER BY amount_points`,
    ),
  );
  return inOrder(transferIds, rows, (row) => row.transferId);
});

/** The entry of the award that a cause earned an ambassador, by `cause` alone: a cause names one submission or the like. */
export const entryOfCause = new Loader(
  async (context: BaseContext, keys: readonly { readonly ambassadorId: string; readonly cause: string }[]) => {
    const pairs = keys.map(
      (key) => sql`(points_transfer.ambassador_id = ${key.ambassadorId} AND cause = ${key.cause})`,
    );
    const transfers = await context.database.read((db) => db.select(PointsTransfer, sql`WHERE ${join(pairs, ' OR ')}`));
    const found = inOrder(keys.map(causeKey), transfers, causeKey);
    return Promise.all(found.map((transfer) => transfer && entryOfTransfer.load(context, transfer.id)));
  },
  causeKey,
);

function causeKey(key: { readonly ambassadorId: string; readonly cause: string | null }): string {
  return `${key.ambassadorId} ${key.cause}`;
}
