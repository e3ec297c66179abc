import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atOnce, useWorld } from '../support/world.js';
import { days, Shop } from './shop.js';

const world = useWorld();
const open = (terms: object = {}) => Shop.open(world, terms);
const ofOrder = { rateBasisPoints: 500, currency: 'EUR' };

describe('the reward of the referrer', () => {
  test('is a part of the order, rounded down to whole points', async () => {
    const shop = await open({ rewardRules: ofOrder });
    expect((await shop.orderOf(4_990)).referral).toMatchObject({ status: 'HELD', referrerPoints: 249 });
    expect(await shop.points()).toMatchObject({ pending: 249 });
  });

  test('is never more than the part that was promised, nor a whole point less', async () => {
    const shop = await open({ friendsPerDayMax: 10_000, friendsPerMonthMax: 10_000 });
    const sizes = [fc.integer({ min: 100, max: 2_147_483_647 }), fc.integer({ min: 1, max: 10_000 })] as const;
    await fc.assert(
      fc.asyncProperty(...sizes, fc.integer({ min: 1, max: 10_000 }), async (cents, rateBasisPoints, pointsPerUnit) => {
        await shop.setTerms({ rewardRules: { rateBasisPoints, pointsPerUnit, currency: 'EUR' } });
        const { referral, reason } = await shop.orderOf(cents);
        const exact = (cents / 100) * (rateBasisPoints / 10_000) * pointsPerUnit;
        if (!referral) return expect([reason, exact < 1.001]).toEqual(['ORDER_TOO_SMALL', true]);
        const wanted = Math.min(exact, 1_000_000);
        expect(referral.referrerPoints).toBeGreaterThan(wanted - 1.001);
        expect(referral.referrerPoints).toBeLessThan(wanted + 0.001);
      }),
      { numRuns: 25 },
    );
  });

  test('grows by steps: the third friend brings more, the fourth a part of the order', async () => {
    const steps = [
      { fromFriend: 4, rateBasisPoints: 1_000 },
      { fromFriend: 3, points: 500 },
    ];
    const shop = await open({ rewardRules: { currency: 'EUR', steps } });
    const brought = [];
    for (let friend = 0; friend < 5; friend++) brought.push((await shop.orderOf(2_000)).referral.referrerPoints);
    expect(brought).toEqual([100, 100, 500, 200, 200]);
  });

  test('counts no friend whose order was undone towards the steps', async () => {
    const shop = await open({ rewardRules: { steps: [{ fromFriend: 2, points: 500 }] } });
    await shop.order({ orderId: 'first' });
    await shop.reverse('first');
    expect((await shop.order()).referral.referrerPoints).toBe(100);
    expect((await shop.order()).referral.referrerPoints).toBe(500);
  });

  test('stays as it was promised when the terms change', async () => {
    const shop = await open({ rewardRules: ofOrder });
    await shop.orderOf(10_000);
    await shop.setTerms({ referrerPoints: 1, rewardRules: null });
    await shop.pass(days(14));
    expect(await shop.points()).toMatchObject({ available: 500, pending: 0 });
  });

  test('is for orders of a certain size; a larger one of the same friend still converts', async () => {
    const shop = await open({ rewardRules: { minimumOrderCents: 5_000, currency: 'EUR' } });
    const friend = shop.newFriend();
    expect(await shop.orderOf(4_999, { friend })).toMatchObject({
      __typename: 'ReferralRefused',
      reason: 'ORDER_TOO_SMALL',
      message: 'The order is below the minimum for a referral.',
    });
    expect((await shop.orderOf(5_000, { friend })).referral.status).toBe('HELD');
  });

  test.each([
    ['in another currency', { amountCents: 5_000, currency: 'USD' }, ['currency'], /^must be EUR/],
    ['of unknown size', {}, ['amountCents'], /^is needed/],
  ])('that is a part of the order cannot be reckoned from one %s', async (_, order, path, message) => {
    const shop = await open({ rewardRules: ofOrder });
    const result = await shop.order(order);
    expect(result).toMatchObject({ __typename: 'InputInvalid', issues: [{ path }] });
    expect(result.issues[0].message).toMatch(message);
    expect((await shop.program.admin.ask('{ referrals { nodes { id } } }')).referrals.nodes).toEqual([]);
  });

  test('of so many points takes orders in any currency', async () => {
    const shop = await open();
    expect((await shop.order({ amountCents: 5_000, currency: 'USD' })).referral.referrerPoints).toBe(100);
  });
});

describe('the caps of a month', () => {
  test('leave what remains of the points, then nothing for either side, until the next month', async () => {
    const shop = await open({ rewardRules: { pointsPerMonthMax: 250 } });
    const seen = [];
    for (let friend = 0; friend < 4; friend++) {
      const { referrerPoints, cappedBy, friendReward } = (await shop.order()).referral;
      seen.push([referrerPoints, cappedBy, friendReward]);
    }
    expect(seen).toEqual([
      [100, null, '10 euros off'],
      [100, null, '10 euros off'],
      [50, 'POINTS', '10 euros off'],
      [0, 'POINTS', null],
    ]);
    await shop.pass(days(31));
    expect((await shop.order()).referral).toMatchObject({ referrerPoints: 100, cappedBy: null });
    const { nodes } = (await shop.program.admin.ask('{ referrals { nodes { status } } }')).referrals;
    expect(nodes.map(({ status }: { status: string }) => status)).toEqual(['HELD', ...Array(4).fill('REWARDED')]);
  });

  test('count friends as well, and give back what a refund frees', async () => {
    const shop = await open({ rewardRules: { friendsPerMonthMax: 1 } });
    await shop.order({ orderId: 'first' });
    expect((await shop.order()).referral).toMatchObject({ referrerPoints: 0, cappedBy: 'FRIENDS', friendReward: null });
    await shop.reverse('first');
    expect((await shop.order()).referral).toMatchObject({ referrerPoints: 100, cappedBy: null });
  });

  test("begin at midnight in the program's time zone", async () => {
    const program = await world.program({ timeZone: 'Pacific/Auckland' });
    const zoned = await Shop.openIn(world, program, { rewardRules: { friendsPerMonthMax: 1 } });
    const local = new Intl.DateTimeFormat('en', { timeZone: 'Pacific/Auckland', month: 'numeric' });
    const monthNow = local.format(world.clock.now());
    await zoned.order();
    while (local.format(world.clock.now()) === monthNow) {
      expect((await zoned.order()).referral?.cappedBy ?? 'FRIENDS').toBe('FRIENDS');
      world.clock.advance(days(1));
    }
    expect((await zoned.order()).referral.cappedBy).toBeNull();
  });

  test('hold however many orders come at the same moment, and whatever is refunded meanwhile', async () => {
    const shop = await open({
      friendsPerDayMax: 100,
      rewardRules: { pointsPerMonthMax: 450, friendsPerMonthMax: 6, steps: [{ fromFriend: 3, points: 60 }] },
    });
    await atOnce(24, async (index) => {
      const orderId = `order-${index}`;
      await shop.order({ orderId });
      if (index % 5 === 0) await shop.reverse(orderId);
    });
    const { pending } = await shop.points();
    expect(pending).toBeLessThanOrEqual(450);
    const { nodes } = (await shop.program.admin.ask('{ referrals(first: 50) { nodes { status referrerPoints } } }'))
      .referrals;
    const paid = nodes.filter(
      (node: { status: string; referrerPoints: number }) => node.status === 'HELD' && node.referrerPoints > 0,
    );
    expect(paid.length).toBeLessThanOrEqual(6);
    expect(paid.reduce((sum: number, node: { referrerPoints: number }) => sum + node.referrerPoints, 0)).toBe(pending);
  });
});

describe('points for the friend', () => {
  const rewardRules = { friendPoints: 40 };

  test('are given when they join, once the hold has passed', async () => {
    const shop = await open({ rewardRules });
    const friend = { externalId: world.unique('frida') };
    await shop.order({ friend });
    await shop.pass(days(14));
    const frida = await shop.program.ambassador('Frida', friend);
    expect(await shop.points(frida)).toMatchObject({ available: 40, lifetime: 40 });
  });

  test('are given at the end of the hold to who has joined before, and taken back with the order', async () => {
    const shop = await open({ rewardRules });
    const friend = { externalId: world.unique('frida') };
    await shop.order({ friend, orderId: 'o' });
    const frida = await shop.program.ambassador('Frida', friend);
    expect(await shop.points(frida)).toMatchObject({ available: 0, pending: 0 });
    await shop.pass(days(14));
    expect(await shop.points(frida)).toMatchObject({ available: 40 });
    await shop.program.give(frida, -40);
    await shop.reverse('o');
    expect(await shop.points(frida)).toMatchObject({ available: -40, debt: 40 });
    expect(await shop.points()).toMatchObject({ available: 0 });
  });

  test('are given once, when the hold ends at the moment of joining', async () => {
    const shop = await open({ rewardRules });
    const friends = Array.from({ length: 6 }, () => ({ externalId: world.unique('frida') }));
    for (const friend of friends) await shop.order({ friend });
    world.clock.advance(days(14));
    const [fridas] = await Promise.all([
      Promise.all(friends.map((friend) => shop.program.ambassador('Frida', friend))),
      shop.pass(0),
      shop.pass(0),
    ]);
    for (const frida of fridas) expect(await shop.points(frida)).toMatchObject({ available: 40, lifetime: 40 });
  });
});

describe('the hold', () => {
  test('lasts 14 days, or the refund window if that is longer, unless the program chooses', async () => {
    const shop = await open();
    const holdDays = async (terms: object) => (await shop.setTerms(terms)).terms.holdDays;
    expect(await holdDays({})).toBe(14);
    expect(await holdDays({ refundWindowDays: 7 })).toBe(14);
    expect(await holdDays({ refundWindowDays: 30 })).toBe(30);
    expect(await holdDays({ holdDays: 5 })).toBe(5);
    expect(await holdDays({ holdDays: null })).toBe(30);
    await shop.order();
    await shop.pass(days(29));
    expect(await shop.points()).toMatchObject({ available: 0, pending: 100 });
    await shop.pass(days(1));
    expect(await shop.points()).toMatchObject({ available: 100, pending: 0 });
  });
});

describe('terms are refused', () => {
  test.each([
    ['a part of orders in no currency', { rateBasisPoints: 500 }, ['rewardRules', 'currency']],
    ['a minimum in no currency', { minimumOrderCents: 500 }, ['rewardRules', 'currency']],
    [
      'a step in both ways',
      { steps: [{ fromFriend: 2, points: 1, rateBasisPoints: 1 }] },
      ['rewardRules', 'steps', '0', 'points'],
    ],
    ['a step in no way', { steps: [{ fromFriend: 2 }] }, ['rewardRules', 'steps', '0', 'points']],
    [
      'a step twice',
      {
        steps: [
          { fromFriend: 2, points: 1 },
          { fromFriend: 2, points: 2 },
        ],
      },
      ['rewardRules', 'steps'],
    ],
    ['more than the whole order', { rateBasisPoints: 10_001, currency: 'EUR' }, ['rewardRules', 'rateBasisPoints']],
  ])('with %s', async (_, rewardRules, path) => {
    const shop = await open();
    expect(await shop.setTerms({ rewardRules })).toMatchObject({ __typename: 'InputInvalid', issues: [{ path }] });
  });
});
