import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { Webhook } from 'standardwebhooks';
import type { Answer } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';
import { days, Shop } from './shop.js';

const world = useWorld();
const hours = (count: number) => count * 3_600_000;
const rotate = (shop: Shop, input: object = {}): Promise<Answer> =>
  shop.program.admin.mutate('conversionSecretRotate', input, 'ConversionSecretRotated { secret url }');

interface Message {
  readonly type: string;
  readonly data: object;
  readonly id?: string;
  readonly sentAt?: Date;
}

/** A shop that sends signed messages to the address that it was given. */
class Sender {
  constructor(
    readonly secret: string,
    private readonly url: string,
  ) {}

  static async of(shop: Shop): Promise<Sender> {
    const { secret, url } = await rotate(shop);
    return new Sender(secret, url);
  }

  async send({ type, data, id = world.unique('msg'), sentAt = world.clock.now() }: Message, change = '') {
    const body = JSON.stringify({ type, timestamp: sentAt.toISOString(), data });
    const { pathname, search } = new URL(this.url);
    const response = await fetch(world.server.url + pathname + search, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'webhook-id': id,
        'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1_000)),
        'webhook-signature': `v1,bm90IHRoaXM= ${new Webhook(this.secret).sign(id, sentAt, body)}`,
      },
      body: body + change,
    });
    return {
      status: response.status,
      retryAfter: response.headers.get('retry-after'),
      body: (await response.json()) as Answer,
    };
  }

  order(data: object, more: Partial<Message> = {}) {
    return this.send({ type: 'order.converted', data, ...more });
  }

  refund(data: object, more: Partial<Message> = {}) {
    return this.send({ type: 'order.refunded', data, ...more });
  }
}

describe('a signed message', () => {
  test('converts an order and pays parts of it back', async () => {
    const shop = await Shop.open(world, { rewardRules: { rateBasisPoints: 1_000, currency: 'EUR' } });
    const sender = await Sender.of(shop);
    const order = { code: shop.code, friend: shop.newFriend(), orderId: 'o', amountCents: 10_000, currency: 'EUR' };
    expect(await sender.order(order)).toMatchObject({ status: 200, body: { outcome: 'CONVERTED' } });
    expect(await shop.points()).toMatchObject({ pending: 1_000 });
    expect((await sender.refund({ orderId: 'o', amountCents: 4_000 })).body).toEqual({ outcome: 'REFUNDED' });
    expect(await shop.points()).toMatchObject({ pending: 600 });
    await shop.pass(days(14));
    expect((await sender.refund({ orderId: 'o' })).body).toEqual({ outcome: 'REFUNDED' });
    expect(await shop.points()).toMatchObject({ available: 0, pending: 0, debt: 0 });
  });

  test('delivered 64 times at once converts once; a refund of it counts once', async () => {
    const shop = await Shop.open(world, { rewardRules: { rateBasisPoints: 1_000, currency: 'EUR' } });
    const sender = await Sender.of(shop);
    const order = { code: shop.code, friend: shop.newFriend(), orderId: 'o', amountCents: 10_000, currency: 'EUR' };
    const results = await atOnce(64, () => sender.order(order, { id: 'msg-order' }));
    expect(new Set(results.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await shop.points()).toMatchObject({ pending: 1_000 });
    await atOnce(16, () => sender.refund({ orderId: 'o', amountCents: 1_000 }, { id: 'msg-refund' }));
    expect(await shop.points()).toMatchObject({ pending: 900 });
    expect(await sender.order({ ...order, amountCents: 1 })).toMatchObject({ status: 409 });
  });

  test('about an order that nobody brought is heard, and needs not be sent again', async () => {
    const shop = await Shop.open(world);
    const sender = await Sender.of(shop);
    expect(await sender.order({ friend: shop.newFriend(), orderId: 'o' })).toMatchObject({
      status: 200,
      body: { outcome: 'REFUSED', code: 'REFERRAL_REFUSED', reason: 'UNKNOWN_CODE' },
    });
    expect(await sender.refund({ orderId: 'o' })).toMatchObject({ status: 200, body: { code: 'NOT_FOUND' } });
    expect(await sender.send({ type: 'order.shipped', data: {} })).toMatchObject({
      status: 200,
      body: { outcome: 'IGNORED' },
    });
  });

  test('is asked for again where a voucher is missing, and converts then', async () => {
    const shop = await Shop.open(world);
    const sender = await Sender.of(shop);
    const poolId = await shop.pool([]);
    await shop.setTerms({ rewardRules: { friendVoucherPoolId: poolId } });
    const order = { code: shop.code, friend: shop.newFriend(), orderId: 'o' };
    expect(await sender.order(order)).toMatchObject({
      status: 503,
      retryAfter: '3600',
      body: { reason: 'GIFT_UNAVAILABLE' },
    });
    await shop.load(poolId, ['NEW']);
    expect((await sender.order(order)).status).toBe(200);
  });

  test('that makes no sense is refused with what is wrong', async () => {
    const sender = await Sender.of(await Shop.open(world));
    const { status, body } = await sender.order({ friend: {}, orderId: 'o', amountCents: 1e12, currency: 'EUR' });
    expect(status).toBe(400);
    expect(body.issues.map(({ path }: Answer) => path.join('.')).sort()).toEqual(['amountCents', 'friend.externalId']);
    expect((await sender.order({ friend: { externalId: 'a\u0000b' }, orderId: 'o' })).status).toBe(400);
    const { pathname } = new URL(`${world.server.url}/webhooks/conversions`);
    expect((await fetch(world.server.url + pathname)).status).toBe(405);
  });
});

describe('a message is not believed', () => {
  const order = { friend: { externalId: 'x' }, orderId: 'o' };

  test('when it was changed, signed by another program, or sent more than five minutes ago or ahead', async () => {
    const [shop, other] = [await Shop.open(world), await Shop.open(world)];
    const sender = await Sender.of(shop);
    const { secret } = await rotate(other);
    const { url } = await rotate(shop);
    const now = world.clock.now().getTime();
    const results = [
      await sender.send({ type: 'order.converted', data: order }, ' '),
      await new Sender(secret, url).order(order),
      await sender.order(order, { sentAt: new Date(now - 301_000) }),
      await sender.order(order, { sentAt: new Date(now + 301_000) }),
      await new Sender(secret, url.replace(/program=.*/, 'program=nobody')).order(order),
    ];
    expect(results.map(({ status }) => status)).toEqual(Array(5).fill(401));
    expect((await sender.order(order, { sentAt: new Date(now - 299_000) })).status).toBe(200);
  });

  test('when its secret was replaced for longer than was asked for', async () => {
    const shop = await Shop.open(world);
    const old = await Sender.of(shop);
    const newer = await Sender.of(shop);
    expect([(await old.order(order)).status, (await newer.order(order)).status]).toEqual([200, 200]);
    world.clock.advance(hours(24) + 1);
    expect([(await old.order(order)).status, (await newer.order(order)).status]).toEqual([401, 200]);
    await rotate(shop, { previousWorksHours: 0 });
    expect((await newer.order(order)).status).toBe(401);
  });

  test('and no secret can be read from the database', async () => {
    const { secret } = await rotate(await Shop.open(world));
    const rows = await world.server.platform.database.read((db) => db.query(sql`SELECT * FROM conversion_secret`));
    expect(JSON.stringify(rows)).not.toContain(secret.slice('whsec_'.length, 20));
  });
});
