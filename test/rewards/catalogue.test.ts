import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { rowId } from '../../src/platform/graphql/node.js';
import { Reward } from '../../src/rewards/reward.entity.js';
import type { Answer } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';
import { RewardShop } from './shop.js';

const world = useWorld();

/** How often a reward was said to run low. */
async function warnings(rewardId: string): Promise<number> {
  const rows = await world.server.platform.database.read((db) =>
    db.query<Answer>(sql`SELECT payload FROM outbox_event WHERE type = 'reward.stockLow'`),
  );
  const id = rowId(Reward, rewardId) ?? '';
  return rows.filter(({ payload }) => JSON.stringify(payload).includes(id)).length;
}

describe('who may buy', () => {
  test('is decided by the level that lifetime points reach', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.offer({ fromLevelRank: 2 });
    expect(await shop.redeem(rewardId)).toMatchObject({ code: 'REWARD_NOT_ELIGIBLE', level: { rank: 2 } });
    await shop.program.give(shop.anna, 150);
    expect((await shop.redeem(rewardId)).__typename).toBe('RewardRedeemed');
    expect(await shop.redeem(await shop.offer({ fromLevelRank: 9 }))).toMatchObject({ level: null });
  });

  test('is limited for each ambassador, also in 10 purchases at once; a cancelled one does not count', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.offer({ maxPerAmbassador: 2 });
    const results = await atOnce(10, () => shop.redeem(rewardId));
    const bought = results.filter(({ __typename }) => __typename === 'RewardRedeemed');
    expect(bought).toHaveLength(2);
    expect(results.find(({ code }) => code === 'REWARD_LIMIT_REACHED')).toMatchObject({ maxPerAmbassador: 2 });
    await shop.cancel(bought[0].redemption.id);
    expect((await shop.redeem(rewardId)).__typename).toBe('RewardRedeemed');
    const bob = await shop.program.ambassador('Bob');
    await shop.program.give(bob, 10);
    expect((await shop.redeem(rewardId, {}, bob)).__typename).toBe('RewardRedeemed');
  });
});

describe('the catalogue', () => {
  test('changes what is said, for whoever buys from now on', async () => {
    const shop = await RewardShop.open(world);
    const imageUrl = 'https://example.com/mug.png';
    const rewardId = await shop.offer({ description: 'Blue', imageUrl, maxPerAmbassador: 1, stock: 5 });
    const redemptionId = await shop.buy(rewardId);
    expect(await shop.update(rewardId, { name: 'Another', costPoints: 30, maxPerAmbassador: null })).toMatchObject({
      reward: { name: 'Another', costPoints: 30, stock: 4 },
    });
    const all = '... on Reward { description imageUrl maxPerAmbassador costPoints }';
    const seen = { description: 'Blue', imageUrl, maxPerAmbassador: null, costPoints: 30 };
    expect(await shop.see(rewardId, all, shop.anna.client)).toMatchObject(seen);
    expect(await shop.see(redemptionId, '... on Redemption { costPoints }')).toMatchObject({ costPoints: 10 });
    const parcel = await shop.offer({ kind: 'PHYSICAL' });
    expect((await shop.update(parcel, { deliveryText: 'x' })).issues[0].path).toEqual(['deliveryText']);
    expect((await shop.update(rewardId, { name: null })).issues[0].path).toEqual(['name']);
  });

  test('offers no more what is archived, and hands over what was bought before', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.offer({ stock: 5 });
    const redemptionId = await shop.buy(rewardId);
    const archive = () =>
      shop.program.admin.mutate('rewardArchive', { rewardId }, 'RewardArchived { reward { archivedAt } }');
    const { reward } = await archive();
    world.clock.set(new Date(world.clock.now().getTime() + 1_000));
    expect((await archive()).reward).toEqual(reward);
    expect((await shop.redeem(rewardId)).code).toBe('REWARD_NOT_OFFERED');
    const ids = async (args: string) =>
      (await shop.program.analyst.ask(`{ rewards${args} { nodes { id } } }`)).rewards.nodes.map(({ id }: Answer) => id);
    expect([await ids(''), await ids('(archived: true)')]).toEqual([[], [rewardId]]);
    expect((await shop.fulfill(redemptionId)).redemption.status).toBe('FULFILLED');
    const { me } = await shop.anna.client.ask('{ me { redemptions { nodes { reward { name } } } } }');
    expect(me.redemptions.nodes).toEqual([{ reward: { name: 'A thing' } }]);
  });

  test('is listed by kind', async () => {
    const shop = await RewardShop.open(world);
    await shop.offer({});
    const parcel = await shop.offer({ kind: 'PHYSICAL' });
    const { rewards } = await shop.anna.client.ask('{ rewards(kind: PHYSICAL) { nodes { id } } }');
    expect(rewards.nodes).toEqual([{ id: parcel }]);
  });

  test('warns staff once each time that little is left of something', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.offer({ stock: 4, lowStockAt: 2 });
    const low = async () =>
      (await shop.program.analyst.ask('{ rewards(lowStock: true) { totalCount } }')).rewards.totalCount;
    await shop.buy(rewardId);
    expect([await warnings(rewardId), await low()]).toEqual([0, 0]);
    const last = await shop.buy(rewardId);
    await shop.buy(rewardId);
    expect([await warnings(rewardId), await low()]).toEqual([1, 1]);
    await shop.cancel(last);
    await shop.program.admin.mutate('rewardRestock', { rewardId, quantity: 1, idempotencyKey: 'one more' });
    expect([await warnings(rewardId), await low()]).toEqual([1, 0]);
    await shop.buy(rewardId);
    expect(await warnings(rewardId)).toBe(2);
    await shop.update(rewardId, { lowStockAt: 1 });
    await shop.update(rewardId, { lowStockAt: 3 });
    await shop.update(rewardId, { lowStockAt: 4 });
    expect(await warnings(rewardId)).toBe(3);
    const { errors } = await shop.anna.client.send('{ rewards(lowStock: true) { totalCount } }');
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });

  test('warns once where many buy the last ones at once', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.voucher(['A', 'B', 'C', 'D', 'E', 'F'], { lowStockAt: 3 });
    await atOnce(6, () => shop.redeem(rewardId));
    expect(await warnings(rewardId)).toBe(1);
  });
});
