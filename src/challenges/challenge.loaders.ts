import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Challenge } from './challenge.entity.js';

export const challengeById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Challenge, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** For what belongs to a challenge: the one that a foreign key says is there. */
export async function requireChallenge(context: BaseContext, id: string): Promise<Challenge> {
  const challenge = await challengeById.load(context, id);
  if (!challenge) throw new Error('A challenge that is referred to is gone');
  return challenge;
}
