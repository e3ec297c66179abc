import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import sql, { raw } from 'sql-template-tag';
import type { Answer } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';
import { address, RewardShop } from './shop.js';

const logged: string[] = [];
const world = useWorld({}, { log: pino({ level: 'trace' }, { write: (line: string) => logged.push(line) }) });

const deliverTo = '... on Redemption { deliverTo { name street postalCode city country phone } }';
const delivery = '... on Redemption { delivery }';

/** Where a text can be read that nobody should read: in the database, its events and its ledger, or in the log. */
async function placesOf(text: string): Promise<string[]> {
  const { database } = world.server.platform;
  const places: string[] = [];
  for (const { tableName } of database.dataSource.entityMetadatas) {
    const rows = await database.read((db) => db.query<Answer>(sql`SELECT * FROM ${raw(`\`${tableName}\``)}`));
    if (JSON.stringify(rows).includes(text)) places.push(tableName);
  }
  if (logged.some((line) => line.includes(text))) places.push('the log');
  return places;
}

describe('a voucher', () => {
  test('is a code that its buyer sees once, and nobody else ever', async () => {
    const shop = await RewardShop.open(world);
    const code = world.unique('DINNER');
    const rewardId = await shop.voucher([code]);
    const redemptionId = await shop.buy(rewardId);
    const bob = await shop.program.ambassador('Bob');
    expect((await shop.reveal(redemptionId, bob)).__typename).toBe('NotFound');
    expect(await shop.reveal(redemptionId)).toMatchObject({ voucherCode: code, redemption: { status: 'FULFILLED' } });
    expect(await shop.reveal(redemptionId)).toMatchObject({ __typename: 'VoucherShown', code: 'VOUCHER_SHOWN' });
    expect(await placesOf(code)).toEqual([]);
    expect((await shop.load(rewardId, [code])).alreadyThere).toBe(1);
  });

  test('is shown to one of many who ask at once', async () => {
    const shop = await RewardShop.open(world);
    const redemptionId = await shop.buy(await shop.voucher(['ONE']));
    const results = await atOnce(10, () => shop.reveal(redemptionId));
    expect(results.filter(({ voucherCode }) => voucherCode === 'ONE')).toHaveLength(1);
    expect(results.filter(({ __typename }) => __typename === 'VoucherShown')).toHaveLength(9);
  });

  test('is there as often as there are free codes, and is not restocked without', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.voucher([]);
    expect((await shop.redeem(rewardId)).__typename).toBe('RewardOutOfStock');
    expect(await shop.load(rewardId, ['A', 'B', 'B'])).toMatchObject({
      loaded: 2,
      alreadyThere: 1,
      reward: { stock: 2 },
    });
    expect(await shop.redeem(rewardId)).toMatchObject({ redemption: { reward: { stock: 1 } } });
    const more = { rewardId, quantity: 5, idempotencyKey: 'more' };
    expect((await shop.program.admin.mutate('rewardRestock', more)).issues[0].path).toEqual(['rewardId']);
    const mug = await shop.offer({});
    expect((await shop.load(mug, ['C'])).issues[0].path).toEqual(['rewardId']);
    expect((await shop.create({ kind: 'VOUCHER', stock: 3 })).issues[0].path).toEqual(['stock']);
  });

  test('goes to 10 of 60 buyers at once, each with another code', async () => {
    const shop = await RewardShop.open(world);
    const codes = Array.from({ length: 10 }, (_, index) => `CODE-${index}`);
    const rewardId = await shop.voucher(codes);
    const buyers = await Promise.all(
      Array.from({ length: 60 }, (_, index) => shop.program.ambassador(`Buyer ${index}`)),
    );
    await Promise.all(buyers.map((buyer) => shop.program.give(buyer, 10)));
    const shown = await Promise.all(
      buyers.map(async (buyer) => {
        const { redemption } = await shop.redeem(rewardId, {}, buyer);
        return redemption ? (await shop.reveal(redemption.id, buyer)).voucherCode : null;
      }),
    );
    expect(shown.filter((code) => code !== null).sort()).toEqual(codes);
    expect(await shop.see(rewardId, '')).toMatchObject({ stock: 0 });
  });

  test('that nobody saw is for the next buyer when it is cancelled; one that was seen is not', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.voucher(['ONLY']);
    const first = await shop.buy(rewardId);
    expect(await shop.cancel(first)).toMatchObject({ redemption: { status: 'CANCELLED', reward: { stock: 1 } } });
    expect((await shop.reveal(first)).__typename).toBe('RedemptionSettled');
    const second = await shop.buy(rewardId);
    expect((await shop.reveal(second)).voucherCode).toBe('ONLY');
    expect((await shop.cancel(second)).__typename).toBe('RedemptionSettled');
  });

  test('is either shown or cancelled when both are asked at once', async () => {
    const shop = await RewardShop.open(world);
    const redemptionId = await shop.buy(await shop.voucher(['ONLY']));
    const results = await atOnce(8, (index) => (index % 2 ? shop.cancel(redemptionId) : shop.reveal(redemptionId)));
    const { status } = await shop.see(redemptionId, '');
    const seen = results.filter(({ voucherCode }) => voucherCode === 'ONLY');
    expect(seen).toHaveLength(status === 'FULFILLED' ? 1 : 0);
  });

  test('is fulfilled by its buyer alone', async () => {
    const shop = await RewardShop.open(world);
    const redemptionId = await shop.buy(await shop.voucher(['X']));
    expect((await shop.fulfill(redemptionId)).issues[0].path).toEqual(['redemptionId']);
    expect((await shop.reveal(await shop.buy(await shop.offer({})))).issues[0].path).toEqual(['redemptionId']);
  });
});

describe('something that is sent', () => {
  test('asks for an address, which those who send it read until it is sent', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.offer({ kind: 'PHYSICAL', stock: 5 });
    expect((await shop.redeem(rewardId)).issues[0].path).toEqual(['deliverTo']);
    const street = world.unique('Street');
    const redemptionId = await shop.buy(rewardId, { deliverTo: { ...address, street } });
    const seen = { deliverTo: { ...address, street, phone: null } };
    expect(await shop.see(redemptionId, deliverTo, shop.program.moderator)).toMatchObject(seen);
    expect(await shop.see(redemptionId, deliverTo, shop.anna.client)).toMatchObject(seen);
    expect(await shop.see(redemptionId, deliverTo, shop.program.analyst)).toEqual({
      status: 'REQUESTED',
      deliverTo: null,
    });
    expect(await placesOf(street)).toEqual([]);
    await shop.fulfill(redemptionId, { delivery: 'Parcel 3SABC' });
    expect(await shop.see(redemptionId, deliverTo)).toEqual({ status: 'FULFILLED', deliverTo: null });
    expect(await shop.see(redemptionId, delivery, shop.anna.client)).toMatchObject({ delivery: 'Parcel 3SABC' });
  });

  test('forgets the address when it is cancelled', async () => {
    const shop = await RewardShop.open(world);
    const redemptionId = await shop.buy(await shop.offer({ kind: 'PHYSICAL' }), { deliverTo: address });
    await shop.cancel(redemptionId);
    expect(await shop.see(redemptionId, deliverTo)).toEqual({ status: 'CANCELLED', deliverTo: null });
  });

  test('is one purchase for one key, and another address is another wish', async () => {
    const shop = await RewardShop.open(world);
    const rewardId = await shop.offer({ kind: 'PHYSICAL', stock: 5 });
    const wish = { deliverTo: address, idempotencyKey: 'a mug' };
    const results = await atOnce(5, () => shop.redeem(rewardId, wish));
    expect(new Set(results.map(({ redemption }) => redemption.id)).size).toBe(1);
    const elsewhere = { ...wish, deliverTo: { ...address, city: 'Middelburg' } };
    expect((await shop.redeem(rewardId, elsewhere)).__typename).toBe('IdempotencyKeyReused');
  });

  test('is the only kind that takes an address, and takes a whole one', async () => {
    const shop = await RewardShop.open(world);
    expect((await shop.redeem(await shop.offer({}), { deliverTo: address })).issues[0].path).toEqual(['deliverTo']);
    const rewardId = await shop.offer({ kind: 'PHYSICAL' });
    const wrong = { deliverTo: { ...address, name: ' ', country: 'Holland' } };
    const { issues } = await shop.redeem(rewardId, wrong);
    expect(issues.map(({ path }: Answer) => path.join('.'))).toEqual(['deliverTo.name', 'deliverTo.country']);
  });
});

describe('something digital', () => {
  test('is seen by its buyer once it is fulfilled: a text for all, or one for this buyer alone', async () => {
    const shop = await RewardShop.open(world);
    const deliveryText = `https://example.com/${world.unique('wallpaper')}`;
    const rewardId = await shop.offer({ deliveryText });
    const [first, second] = [await shop.buy(rewardId), await shop.buy(rewardId)];
    expect(await shop.see(first, delivery, shop.anna.client)).toEqual({ status: 'REQUESTED', delivery: null });
    const licence = world.unique('LICENCE');
    await shop.fulfill(first);
    await shop.fulfill(second, { delivery: licence });
    expect((await shop.see(first, delivery, shop.anna.client)).delivery).toBe(deliveryText);
    expect((await shop.see(second, delivery, shop.anna.client)).delivery).toBe(licence);
    expect((await shop.see(second, delivery, shop.program.analyst)).delivery).toBeNull();
    expect([await placesOf(deliveryText), await placesOf(licence)]).toEqual([['reward'], []]);
    expect(logged.length).toBeGreaterThan(0);
  });

  test('is what a reward is unless it is said otherwise', async () => {
    const shop = await RewardShop.open(world);
    expect((await shop.create({})).reward).toMatchObject({ kind: 'DIGITAL', stock: null, stockIsLow: false });
    expect((await shop.create({ kind: 'PHYSICAL', deliveryText: 'x' })).issues[0].path).toEqual(['deliveryText']);
  });
});

describe('a donation', () => {
  test('names who gets it, and counts what was given', async () => {
    const shop = await RewardShop.open(world);
    const donation = { recipient: 'Sea rescue', amountCents: 2_500, currency: 'EUR' };
    const rewardId = await shop.offer({ kind: 'DONATION', donation });
    const [given, also, cancelled] = [await shop.buy(rewardId), await shop.buy(rewardId), await shop.buy(rewardId)];
    await shop.buy(rewardId);
    await shop.fulfill(given);
    await shop.fulfill(also);
    await shop.cancel(cancelled);
    const selection = '... on Reward { donation { recipient amountCents currency donatedCents } }';
    expect((await shop.see(rewardId, selection, shop.anna.client)).donation).toEqual({
      ...donation,
      donatedCents: 5_000,
    });
    expect((await shop.create({ kind: 'DONATION' })).issues[0].path).toEqual(['donation']);
    expect((await shop.create({ donation })).issues[0].path).toEqual(['donation']);
  });
});
