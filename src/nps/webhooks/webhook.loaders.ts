import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../../platform/graphql/context.js';
import { inOrder, Loader } from '../../platform/graphql/loader.js';
import { ResponseExtra, WebhookDelivery } from './delivery.entity.js';
import { WebhookSource } from './source.entity.js';

export const sourceById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(WebhookSource, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

export const deliveryById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(WebhookDelivery, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** What else was answered, by the response. */
export const extraOf = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ResponseExtra, sql`WHERE response_id IN (${join([...ids])})`),
  );
  return inOrder(ids, rows, (row) => row.responseId);
});
