import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Redemption, Reward } from './reward.entity.js';

export const rewardById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Reward, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

export const redemptionById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Redemption, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

export async function requireReward(context: BaseContext, id: string): Promise<Reward> {
  const reward = await rewardById.load(context, id);
  if (!reward) throw new Error('A reward that is referred to is gone');
  return reward;
}

export async function requireRedemption(context: BaseContext, id: string): Promise<Redemption> {
  const redemption = await redemptionById.load(context, id);
  if (!redemption) throw new Error('A redemption that was made is gone');
  return redemption;
}
