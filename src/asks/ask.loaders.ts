import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Ask } from './ask.entity.js';

export const askById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Ask, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** What the giver of a response was asked; undefined for a response that called for nothing. */
export const askOfResponse = new Loader(async (context: BaseContext, responseIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Ask, sql`WHERE response_id IN (${join([...responseIds])})`),
  );
  return inOrder(responseIds, rows, (row) => row.responseId);
});
