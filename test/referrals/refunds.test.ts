import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { atOnce, useWorld } from '../support/world.js';
import { days, Shop } from './shop.js';

const world = useWorld();
const open = (terms: object = {}) => Shop.open(world, terms);
const tenPercent = { rateBasisPoints: 1_000, currency: 'EUR' };

describe('a refund of a part', () => {
  test('takes as much from a reward that is a part of the order, while it is held', async () => {
    const shop = await open({ rewardRules: tenPercent });
    await shop.orderOf(10_000, { orderId: 'o' });
    const { referral, refund } = await shop.refund('o', 2_500);
    expect(referral).toMatchObject({
      status: 'HELD',
      referrerPoints: 750,
      refundedCents: 2_500,
      friendReward: '10 euros off',
    });
    expect(refund).toMatchObject({ amountCents: 2_500, pointsTaken: 250 });
    expect(await shop.points()).toMatchObject({ pending: 750 });
    await shop.pass(days(14));
    expect(await shop.points()).toMatchObject({ available: 750, lifetime: 750 });
  });

  test('after the payout takes what is there, and makes a debt of what was spent', async () => {
    const shop = await open({ rewardRules: tenPercent });
    await shop.orderOf(10_000, { orderId: 'o' });
    await shop.pass(days(14));
    await shop.program.give(shop.anna, -900);
    await shop.refund('o', 5_000);
    expect(await shop.points()).toMatchObject({ available: -400, debt: 400, lifetime: 500 });
  });

  test('leaves a reward of so many points, until the rest is below the minimum order', async () => {
    const shop = await open({ rewardRules: { minimumOrderCents: 5_000, currency: 'EUR' } });
    await shop.orderOf(10_000, { orderId: 'o' });
    expect((await shop.refund('o', 5_000)).referral).toMatchObject({ status: 'HELD', referrerPoints: 100 });
    expect((await shop.refund('o', 1)).referral).toMatchObject({
      status: 'REVERSED',
      friendReward: null,
      refusal: 'Sent back',
    });
    expect(await shop.points()).toMatchObject({ available: 0, pending: 0 });
  });

  test('of all that is left undoes the order, and so does one that leaves not a single point', async () => {
    const shop = await open({ rewardRules: { ...tenPercent, friendPoints: 30 } });
    await shop.orderOf(10_000, { orderId: 'whole' });
    await shop.refund('whole', 4_000);
    expect((await shop.refund('whole')).refund).toMatchObject({ amountCents: 6_000, pointsTaken: 600 });
    await shop.orderOf(10_000, { orderId: 'cents' });
    expect((await shop.refund('cents', 9_995)).referral).toMatchObject({ status: 'REVERSED' });
    expect(await shop.points()).toMatchObject({ available: 0, pending: 0 });
    expect((await shop.refund('cents', 1)).__typename).toBe('AlreadyReversed');
  });

  test('never takes more than a capped reward has', async () => {
    const shop = await open({ rewardRules: { ...tenPercent, pointsPerMonthMax: 500 } });
    await shop.orderOf(10_000, { orderId: 'o' });
    expect((await shop.refund('o', 4_000)).referral.referrerPoints).toBe(500);
    expect((await shop.refund('o', 4_000)).referral.referrerPoints).toBe(200);
  });

  test('counts once, under its own id, however often and however many at once', async () => {
    const shop = await open({ rewardRules: tenPercent });
    await shop.orderOf(10_000, { orderId: 'o' });
    const results = await atOnce(16, (index) => shop.refund('o', 1_000, `refund-${index % 4}`));
    expect(results.map(({ __typename }) => __typename)).toEqual(Array(16).fill('ReferralRefunded'));
    expect(await shop.points()).toMatchObject({ pending: 600 });
    expect((await shop.refund('o', 2_000, 'refund-0')).__typename).toBe('IdempotencyKeyReused');
    const [{ refunds }] = (await shop.program.admin.ask('{ referrals { nodes { refunds { refundId pointsTaken } } } }'))
      .referrals.nodes;
    expect(refunds.map(({ pointsTaken }: { pointsTaken: number }) => pointsTaken)).toEqual([100, 100, 100, 100]);
  });

  test.each([
    ['more than is left', { amountCents: 10_001 }, ['amountCents'], 'must not be more than the 10000 that are left'],
    ['another currency', { amountCents: 1, currency: 'USD' }, ['currency'], 'must be EUR, the currency of the order'],
    ['nothing', { amountCents: 0 }, ['amountCents'], 'must be 1 or more'],
  ])('is refused for %s', async (_, input, path, message) => {
    const shop = await open();
    await shop.orderOf(10_000, { orderId: 'o' });
    const refund = { orderId: 'o', refundId: 'r', reason: 'Sent back', ...input };
    expect(await shop.program.admin.mutate('referralRefund', refund)).toMatchObject({ issues: [{ path, message }] });
  });

  test('of an order of unknown size can only be whole; one of an unknown order is not found', async () => {
    const shop = await open();
    await shop.order({ orderId: 'o' });
    expect(await shop.refund('o', 100)).toMatchObject({ __typename: 'InputInvalid' });
    expect((await shop.refund('o')).referral.status).toBe('REVERSED');
    expect((await shop.refund('never')).__typename).toBe('NotFound');
  });

  test('in any sizes, before and after the hold, leaves the part of what is left', async () => {
    const refunds = fc.array(fc.integer({ min: 1, max: 4_000 }), { minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(refunds, fc.nat(5), async (sizes, paidAfter) => {
        const shop = await open({ rewardRules: tenPercent });
        await shop.orderOf(9_999, { orderId: 'o' });
        let leftCents = 9_999;
        for (const [index, size] of sizes.entries()) {
          if (index === paidAfter) await shop.pass(days(14));
          const result = await shop.refund('o', size, `refund-${index}`);
          if (result.__typename === 'ReferralRefunded') leftCents -= size;
          const { available, pending } = await shop.points();
          const isPaidOut = paidAfter <= index;
          expect(isPaidOut ? available : pending).toBe(Math.floor(leftCents / 10));
        }
      }),
      { numRuns: 10 },
    );
  });

  test('at the moment that the hold ends is counted whichever comes first', async () => {
    const shop = await open({ rewardRules: tenPercent });
    await shop.orderOf(10_000, { orderId: 'o' });
    world.clock.advance(days(14));
    await Promise.all([shop.refund('o', 3_000), shop.pass(0), shop.pass(0)]);
    expect(await shop.points()).toMatchObject({ available: 700, pending: 0, lifetime: 700 });
  });
});
