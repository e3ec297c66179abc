import { randomBytes } from 'node:crypto';
import { expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { readConfig } from '../../src/platform/config.js';
import { Sealer } from '../../src/platform/sealed.js';
import { Deliveries } from '../../src/rewards/delivery.service.js';
import { Redemption } from '../../src/rewards/reward.entity.js';
import { RewardVoucher } from '../../src/rewards/reward-voucher.entity.js';
import { RewardVouchers } from '../../src/rewards/reward-voucher.service.js';
import { jwtSecret, useWorld } from '../support/world.js';
import { address, RewardShop } from './shop.js';

const world = useWorld();

/** What a server seals with that knows these keys. */
function sealedWith(keys: string) {
  const { database } = world.server.platform;
  const sealer = new Sealer(readConfig({ APPLAUS_JWT_SECRET: jwtSecret, APPLAUS_SECRET_KEYS: keys }));
  return { vouchers: new RewardVouchers(database, sealer), deliveries: new Deliveries(database, sealer) };
}

test('codes, addresses and deliveries are sealed anew when the key is replaced, and are read by the new one', async () => {
  const shop = await RewardShop.open(world);
  const [old] = world.server.platform.config.APPLAUS_SECRET_KEYS ?? [];
  const oldKey = `tests:${old?.bytes.toString('base64')}`;
  const newKey = `newer:${randomBytes(32).toString('base64')}`;
  const bought = await shop.buy(await shop.voucher(['OLD', 'FREE']));
  const seen = await shop.buy(await shop.voucher(['SEEN']));
  await shop.reveal(seen);
  const parcel = await shop.buy(await shop.offer({ kind: 'PHYSICAL' }), { deliverTo: address });
  const licence = await shop.buy(await shop.offer({}));
  await shop.fulfill(licence, { delivery: 'A licence' });

  const keysUsed = () =>
    world.server.platform.database.read(async (db) => {
      const ofProgram = sql`WHERE program_id = ${shop.program.program.id} AND key_id IS NOT NULL`;
      return [...(await db.select(RewardVoucher, ofProgram)), ...(await db.select(Redemption, ofProgram))].map(
        ({ keyId }) => keyId,
      );
    });
  const replace = async (keys: string) => {
    const { vouchers, deliveries } = sealedWith(keys);
    expect(await vouchers.resealSome()).toBeGreaterThan(0);
    expect(await deliveries.resealSome()).toBeGreaterThan(0);
  };
  await replace(`${newKey},${oldKey}`);
  expect(await keysUsed()).toEqual(['newer', 'newer', 'newer', 'newer']);
  // The world's server knows the old key alone: it reads what was sealed back with it.
  await replace(`${oldKey},${newKey}`);
  expect((await shop.reveal(bought)).voucherCode).toBe('OLD');
  const city = '... on Redemption { deliverTo { city } delivery }';
  expect((await shop.see(parcel, city)).deliverTo).toEqual({ city: 'Vlissingen' });
  expect((await shop.see(licence, city, shop.anna.client)).delivery).toBe('A licence');
});
