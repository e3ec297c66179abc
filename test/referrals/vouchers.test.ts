import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../src/platform/config.js';
import { Sealer } from '../../src/platform/sealed.js';
import { FriendVoucher } from '../../src/referrals/voucher.entity.js';
import { FriendVouchers } from '../../src/referrals/voucher.service.js';
import type { Answer } from '../support/client.js';
import { atOnce, jwtSecret, useWorld } from '../support/world.js';
import { days, Shop } from './shop.js';

const world = useWorld();

/** A shop in which each friend gets one of these codes. */
async function withVouchers(codes: readonly string[], rules: object = {}): Promise<{ shop: Shop; poolId: string }> {
  const shop = await Shop.open(world);
  const poolId = await shop.pool(codes);
  await shop.setTerms({ rewardRules: { friendVoucherPoolId: poolId, ...rules } });
  return { shop, poolId };
}

const codesOf = (gifts: readonly Answer[]) => gifts.map(({ friendGift }) => friendGift?.voucherCode ?? null);

function left(shop: Shop): Promise<Answer> {
  return shop.program.analyst
    .ask('{ friendVoucherPools { nodes { total left } } }')
    .then((answer) => answer.friendVoucherPools.nodes);
}

describe('a voucher for the friend', () => {
  test('is set aside with the order and given after the hold, to the friend, servers and staff alone', async () => {
    const { shop } = await withVouchers(['SPRING-1', 'SPRING-2']);
    const friend = { externalId: world.unique('frida') };
    await shop.order({ friend });
    expect([codesOf(await shop.gifts()), await left(shop)]).toEqual([[null], [{ total: 2, left: 1 }]]);
    await shop.pass(days(14));
    expect(codesOf(await shop.gifts())).toEqual(['SPRING-1']);
    expect(codesOf(await shop.gifts(shop.program.moderator))).toEqual(['SPRING-1']);
    expect(codesOf(await shop.gifts(shop.program.analyst))).toEqual([null]);
    const gift = '{ me { referrals { nodes { friendGift { voucherCode } } } welcomeGift { voucherCode text } } }';
    expect((await shop.anna.client.ask(gift)).me).toEqual({
      referrals: { nodes: [{ friendGift: null }] },
      welcomeGift: null,
    });
    const frida = await shop.program.ambassador('Frida', friend);
    expect((await frida.client.ask(gift)).me.welcomeGift).toEqual({ voucherCode: 'SPRING-1', text: '10 euros off' });
  });

  test('that nobody saw goes to the next friend when the order is undone; one that was given is revoked', async () => {
    const { shop } = await withVouchers(['ONLY']);
    await shop.order({ orderId: 'first' });
    await shop.reverse('first');
    await shop.order({ orderId: 'second' });
    await shop.pass(days(14));
    await shop.reverse('second');
    const [first, second] = await shop.gifts();
    expect(first.friendGift).toEqual({ voucherCode: null, voucherRevokedAt: null });
    expect(second.friendGift).toEqual({ voucherCode: 'ONLY', voucherRevokedAt: expect.any(String) });
    expect(await left(shop)).toEqual([{ total: 1, left: 0 }]);
    expect(await shop.order()).toMatchObject({ reason: 'GIFT_UNAVAILABLE' });
  });

  test('that is not there leaves both sides without: the order is refused, and converts once there are more', async () => {
    const { shop, poolId } = await withVouchers(['LAST']);
    await shop.order();
    const order = { friend: shop.newFriend(), orderId: 'late' };
    expect(await shop.order(order)).toMatchObject({ __typename: 'ReferralRefused', reason: 'GIFT_UNAVAILABLE' });
    expect(await shop.points()).toMatchObject({ pending: 100 });
    await shop.load(poolId, ['ONE-MORE']);
    expect((await shop.order(order)).referral.status).toBe('HELD');
    expect(await shop.points()).toMatchObject({ pending: 200 });
  });

  test('goes to one friend each, however many orders and refunds come at once', async () => {
    const codes = Array.from({ length: 8 }, (_, index) => `CODE-${index}`);
    const { shop } = await withVouchers(codes);
    await shop.setTerms({ friendsPerDayMax: 100 });
    const results = await atOnce(16, async (index) => {
      const result = await shop.order({ orderId: `order-${index}` });
      if (result.referral && index % 4 === 0) await shop.reverse(`order-${index}`);
      return result.__typename;
    });
    expect(results.filter((type) => type === 'ReferralConverted').length).toBeGreaterThanOrEqual(8);
    await shop.pass(days(14));
    const given = codesOf(await shop.gifts()).filter((code) => code !== null);
    expect(new Set(given).size).toBe(given.length);
    expect(given.every((code) => codes.includes(code))).toBe(true);
  });

  test('is not set aside beyond a cap', async () => {
    const { shop } = await withVouchers(['A', 'B'], { friendsPerMonthMax: 1 });
    await shop.order();
    expect((await shop.order()).referral.cappedBy).toBe('FRIENDS');
    expect(await left(shop)).toEqual([{ total: 2, left: 1 }]);
  });

  test('is given at once where the terms hold nothing', async () => {
    const { shop } = await withVouchers(['NOW'], { friendPoints: 5 });
    await shop.setTerms({ holdDays: 0 });
    const friend = { externalId: world.unique('frida') };
    await shop.order({ friend });
    expect(codesOf(await shop.gifts())).toEqual(['NOW']);
    expect(await shop.points(await shop.program.ambassador('Frida', friend))).toMatchObject({ available: 5 });
  });
});

describe('codes', () => {
  test('are in the program once, whichever pool they came to, and however often they are sent at once', async () => {
    const { shop, poolId } = await withVouchers(['A', 'B']);
    expect(await shop.load(poolId, ['B', 'C', 'C'])).toMatchObject({ loaded: 1, alreadyThere: 2, pool: { total: 3 } });
    const other = await shop.pool([]);
    expect(await shop.load(other, ['A', 'D'])).toMatchObject({ loaded: 1, alreadyThere: 1 });
    const results = await atOnce(6, () => shop.load(poolId, ['E', 'F']));
    expect(results.reduce((sum, { loaded }) => sum + loaded, 0)).toBe(2);
  });

  test('are nowhere in the database in clear text', async () => {
    const code = 'a code that must not be readable';
    await withVouchers([code]);
    const rows = await world.server.platform.database.read((db) => db.query<Answer>(sql`SELECT * FROM friend_voucher`));
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(code);
    expect(JSON.stringify(rows)).not.toContain(Buffer.from(code).toString('base64url').slice(4, 20));
  });

  test('of a pool of another program cannot be promised', async () => {
    const { poolId } = await withVouchers(['A']);
    const elsewhere = await Shop.open(world);
    for (const friendVoucherPoolId of [poolId, 'nonsense']) {
      expect(await elsewhere.setTerms({ rewardRules: { friendVoucherPoolId } })).toMatchObject({
        issues: [{ path: ['rewardRules', 'friendVoucherPoolId'] }],
      });
    }
    expect(await elsewhere.load(poolId, ['B'])).toMatchObject({ __typename: 'NotFound' });
  });

  test('are sealed anew when the key is replaced, and are found again by the new one', async () => {
    const { shop, poolId } = await withVouchers(['OLD']);
    const { database, events, config } = world.server.platform;
    const [old] = config.APPLAUS_SECRET_KEYS ?? [];
    const oldKey = `tests:${old?.bytes.toString('base64')}`;
    const newKey = `newer:${randomBytes(32).toString('base64')}`;
    const withKeys = (keys: string) =>
      new FriendVouchers(
        database,
        events,
        new Sealer(readConfig({ APPLAUS_JWT_SECRET: jwtSecret, APPLAUS_SECRET_KEYS: keys })),
      );
    expect(await withKeys(`${newKey},${oldKey}`).resealSome()).toBeGreaterThan(0);
    const rows = () =>
      database.read((db) => db.select(FriendVoucher, sql`WHERE program_id = ${shop.program.program.id}`));
    const codes = (await rows()).map((row) => [row.keyId, withKeys(newKey).codeOf(row)]);
    expect(codes).toEqual([['newer', 'OLD']]);
    for (const row of await rows()) expect(() => withKeys(oldKey).codeOf(row)).toThrow('No key opens');
    // The world's server knows the old key alone: it seals all of it back.
    expect(await withKeys(`${oldKey},${newKey}`).resealSome()).toBeGreaterThan(0);
    expect(await shop.load(poolId, ['OLD'])).toMatchObject({ loaded: 0, alreadyThere: 1 });
  });
});
