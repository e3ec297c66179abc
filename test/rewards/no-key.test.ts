import { expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';
import { RewardShop } from './shop.js';

const world = useWorld({ NODE_ENV: 'production', APPLAUS_SECRET_KEYS: '' });

test('in production without a key there are no rewards that need secrets kept, and all others', async () => {
  const shop = await RewardShop.open(world);
  for (const kind of ['VOUCHER', 'PHYSICAL']) expect((await shop.create({ kind })).code).toBe('SECRET_KEY_MISSING');
  const redemptionId = await shop.buy(await shop.offer({ deliveryText: 'Here' }));
  expect((await shop.fulfill(redemptionId, { delivery: 'A licence' })).code).toBe('SECRET_KEY_MISSING');
  await shop.fulfill(redemptionId);
  const delivery = '... on Redemption { delivery }';
  expect((await shop.see(redemptionId, delivery, shop.anna.client)).delivery).toBe('Here');
});
