import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const redeemed = `RewardRedeemed { redemption { id status costPoints reward { stock } } balance { available lifetime } }
  ... on BalanceInsufficient { availablePoints requiredPoints }`;

async function shop(settings: object = {}, points = 100) {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  if (points > 0) await program.give(anna, points);
  const input = { name: 'A mug', costPoints: 40, ...settings };
  const { reward } = await program.admin.mutate('rewardCreate', input, 'RewardCreated { reward { id } }');
  return { program, anna, rewardId: reward.id as string };
}

function redeem({ client }: TestAmbassador, rewardId: string, idempotencyKey = world.unique('buy')): Promise<Answer> {
  return client.mutate('rewardRedeem', { rewardId, idempotencyKey }, redeemed);
}

function settle(program: TestProgram, how: 'Fulfill' | 'Cancel', redemptionId: string): Promise<Answer> {
  const past = how === 'Fulfill' ? 'RedemptionFulfilled' : 'RedemptionCancelled';
  const input = how === 'Fulfill' ? { redemptionId } : { redemptionId, reason: 'Sold out' };
  return program.moderator.mutate(`redemption${how}`, input, `${past} { redemption { status reward { stock } } }`);
}

async function stockOf(program: TestProgram, rewardId: string): Promise<number> {
  const query = 'query ($id: ID!) { node(id: $id) { ... on Reward { stock } } }';
  return (await program.admin.ask(query, { id: rewardId })).node.stock;
}

describe('rewardRedeem', () => {
  test('takes the points, keeps lifetime, and reserves one of the stock', async () => {
    const { anna, rewardId } = await shop({ stock: 3 });
    expect(await redeem(anna, rewardId)).toMatchObject({
      redemption: { status: 'REQUESTED', costPoints: 40, reward: { stock: 2 } },
      balance: { available: 60, lifetime: 100 },
    });
    const { me } = await anna.client.ask('{ me { pointsEntries(first: 1) { nodes { kind amountPoints reason } } } }');
    expect(me.pointsEntries.nodes).toEqual([{ kind: 'REDEMPTION', amountPoints: -40, reason: 'A mug' }]);
  });

  test('with the same key again is the same purchase, also 20 times at once', async () => {
    const { anna, rewardId } = await shop({ stock: 5 });
    const results = await atOnce(20, () => redeem(anna, rewardId, 'one mug'));
    expect(new Set(results.map((result) => result.redemption.id)).size).toBe(1);
    expect(results.at(-1).balance.available).toBe(60);
  });

  test('says what is missing where there are too few points, and takes nothing', async () => {
    const { program, anna, rewardId } = await shop({ stock: 1 }, 39);
    expect(await redeem(anna, rewardId)).toMatchObject({
      __typename: 'BalanceInsufficient',
      availablePoints: 39,
      requiredPoints: 40,
    });
    expect(await stockOf(program, rewardId)).toBe(1);
  });

  test('waits until a debt is paid', async () => {
    const { program, anna, rewardId } = await shop({ costPoints: 1 }, 0);
    const gift = await program.give(anna, 50);
    await program.give(anna, -50);
    const input = { entryId: gift.entry.id, reason: 'By mistake', idempotencyKey: 'back' };
    await program.admin.mutate('pointsReverse', input);
    expect(await redeem(anna, rewardId)).toMatchObject({ __typename: 'BalanceInsufficient', availablePoints: -50 });
  });

  test('leaves 10 redemptions and 10 debits where 40 buyers want 10 mugs', async () => {
    const { program, rewardId } = await shop({ stock: 10 });
    const buyers = await atOnce(8, (index) => program.ambassador(`Buyer ${index}`));
    await Promise.all(buyers.map((buyer) => program.give(buyer, 200)));
    const results = await Promise.all(
      buyers.flatMap((buyer) => Array.from({ length: 5 }, () => redeem(buyer, rewardId))),
    );
    const count = (typename: string) => results.filter((result) => result.__typename === typename).length;
    expect([count('RewardRedeemed'), count('RewardOutOfStock')]).toEqual([10, 30]);
    expect(await stockOf(program, rewardId)).toBe(0);
    const points = await Promise.all(buyers.map((buyer) => buyer.client.ask('{ me { points { available } } }')));
    expect(points.reduce((sum, { me }) => sum + me.points.available, 0)).toBe(8 * 200 - 10 * 40);
  });

  test('does not know a reward of another program', async () => {
    const [{ anna }, other] = [await shop(), await shop()];
    expect((await redeem(anna, other.rewardId)).__typename).toBe('NotFound');
  });
});

describe('a redemption', () => {
  test('that is cancelled gives back its points and its place in the stock, once', async () => {
    const { program, anna, rewardId } = await shop({ stock: 1 });
    const { redemption } = await redeem(anna, rewardId);
    const results = await atOnce(10, () => settle(program, 'Cancel', redemption.id));
    expect(new Set(results.map((result) => result.redemption.status))).toEqual(new Set(['CANCELLED']));
    expect(await stockOf(program, rewardId)).toBe(1);
    const { me } = await anna.client.ask(
      '{ me { points { available lifetime } redemptions { nodes { cancellationReason } } } }',
    );
    expect(me).toEqual({
      points: { available: 100, lifetime: 100 },
      redemptions: { nodes: [{ cancellationReason: 'Sold out' }] },
    });
  });

  test('that is handed over cannot be cancelled, nor the other way round', async () => {
    const { program, anna, rewardId } = await shop();
    const { redemption } = await redeem(anna, rewardId);
    expect((await settle(program, 'Fulfill', redemption.id)).redemption.status).toBe('FULFILLED');
    expect((await settle(program, 'Cancel', redemption.id)).__typename).toBe('RedemptionSettled');
    const waiting = await program.moderator.ask('{ redemptions(status: REQUESTED) { totalCount } }');
    expect(waiting.redemptions.totalCount).toBe(0);
  });

  test('is either handed over or cancelled when both are said at once', async () => {
    const { program, anna, rewardId } = await shop();
    const { redemption } = await redeem(anna, rewardId);
    const results = await atOnce(10, (index) => settle(program, index % 2 ? 'Cancel' : 'Fulfill', redemption.id));
    expect(results.filter((result) => result.__typename === 'RedemptionSettled')).toHaveLength(5);
  });
});

describe('the catalogue', () => {
  test('shows what points buy, with any number of what has no stock', async () => {
    const { anna } = await shop();
    const { rewards } = await anna.client.ask('{ rewards { totalCount nodes { name costPoints stock } } }');
    expect(rewards).toEqual({ totalCount: 1, nodes: [{ name: 'A mug', costPoints: 40, stock: null }] });
  });

  test('is restocked once for each key', async () => {
    const { program, rewardId } = await shop({ stock: 0 });
    const input = { rewardId, quantity: 5, idempotencyKey: 'a delivery' };
    await atOnce(5, () => program.admin.mutate('rewardRestock', input));
    expect(await stockOf(program, rewardId)).toBe(5);
    const unlimited = await shop();
    expect(
      await unlimited.program.admin.mutate('rewardRestock', { ...input, rewardId: unlimited.rewardId }),
    ).toMatchObject({ __typename: 'InputInvalid', issues: [{ path: ['rewardId'] }] });
  });

  test('takes no reward without a name or for nothing', async () => {
    const { program } = await shop();
    expect(await program.admin.mutate('rewardCreate', { name: ' ', costPoints: 0, stock: -1 })).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['name'] }, { path: ['costPoints'] }, { path: ['stock'] }],
    });
  });
});
