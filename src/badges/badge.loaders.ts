import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../platform/graphql/loader.js';
import { Badge, EarnedBadge } from './badge.entity.js';
import { ActiveWeek } from './streak.entity.js';

export const badgeById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Badge, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** What an ambassador has won, in the order in which it was. */
export const earnedByAmbassador = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(EarnedBadge, sql`WHERE ambassador_id IN (${join([...ambassadorIds])}) ORDER BY earned_at, badge_id`),
  );
  return grouped(ambassadorIds, rows, (row) => row.ambassadorId);
});

/** What one cause has won, as in `submission:<id>`. */
export const earnedByCause = new Loader(async (context: BaseContext, causes: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(EarnedBadge, sql`WHERE cause IN (${join([...causes])}) ORDER BY badge_id`),
  );
  return grouped(causes, rows, (row) => row.cause);
});

/** The weeks in which an ambassador was active. */
export const activeWeeksOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ActiveWeek, sql`WHERE ambassador_id IN (${join([...ambassadorIds])})`),
  );
  return grouped(ambassadorIds, rows, (row) => row.ambassadorId);
});
