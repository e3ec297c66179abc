import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Ambassador } from './ambassador.entity.js';

export const ambassadorById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Ambassador, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** The ambassador that a contact became, if it joined. */
export const ambassadorOfContact = new Loader(async (context: BaseContext, contactIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Ambassador, sql`WHERE contact_id IN (${join([...contactIds])})`),
  );
  return inOrder(contactIds, rows, (row) => row.contactId);
});

/** For what belongs to an ambassador: the one that a foreign key says is there. */
export async function requireAmbassador(context: BaseContext, id: string): Promise<Ambassador> {
  const ambassador = await ambassadorById.load(context, id);
  if (!ambassador) throw new Error('An ambassador that is referred to is gone');
  return ambassador;
}
