import { describe, expect, test } from '@jest/globals';
import { CsvFile } from '../../src/platform/csv/csv-file.js';
import type { OrderImportRequest, OrderImportSummary } from '../../src/referrals/order-import.js';
import { Shop } from '../referrals/shop.js';
import { useWorld } from '../support/world.js';
import { useExports } from './exports.js';

const world = useWorld();
const exports = useExports(world);
const tenPercent = { rewardRules: { rateBasisPoints: 1_000, currency: 'EUR' } };
const orderColumns = { orderId: 'Order', code: 'Code', email: 'Mail', amount: 'Total', currency: 'Currency' };
const refundColumns = { orderId: 'Order', refundId: 'Refund', amount: 'Back' };

async function importOrders(
  shop: Shop,
  path: string,
  kind: OrderImportRequest['kind'] = 'CONVERSIONS',
): Promise<OrderImportSummary> {
  const columns = kind === 'CONVERSIONS' ? orderColumns : refundColumns;
  const file = await CsvFile.open({ path, columns: Object.values(columns), encoding: 'utf8' });
  try {
    const request = { kind, file, columns, currency: 'EUR', programSlug: shop.program.program.slug };
    return await world.server.features.orderImport.run(request);
  } finally {
    await file.close();
  }
}

describe('a file of orders', () => {
  test('converts each order once, and adds nothing when it comes again', async () => {
    const shop = await Shop.open(world, tenPercent);
    const rows = [
      'Order;Code;Mail;Total;Currency',
      `1;${shop.code};a@example.com;100,00;`,
      `2;${shop.code.toLowerCase()};b@example.com;49.9;EUR`,
      `1;${shop.code};a@example.com;100,00;EUR`,
    ];
    const file = exports.write('orders.csv', rows.join('\n'));
    expect(await importOrders(shop, file)).toMatchObject({ read: 3, imported: 2, alreadyThere: 1, rejected: 0 });
    expect(await importOrders(shop, file)).toMatchObject({ read: 3, imported: 0, alreadyThere: 3, rejected: 0 });
    expect(await shop.points()).toMatchObject({ pending: 1_499 });
  });

  test('puts what it refuses in a file beside it, with the reason and the line', async () => {
    const shop = await Shop.open(world, tenPercent);
    const rows = [
      'Order,Code,Mail,Total,Currency',
      '1,,stranger@example.com,10,EUR',
      `2,${shop.code},b@example.com,10,USD`,
      `3,${shop.code},c@example.com,ten,EUR`,
      `4,${shop.code},no address,10,EUR`,
      `5,${shop.code},,10,EUR`,
      `6,${shop.code},f@example.com,10`,
      `7,${shop.code},g@example.com,10,EUR`,
    ];
    const summary = await importOrders(shop, exports.write('refused.csv', rows.join('\r\n')));
    expect(summary).toMatchObject({
      read: 7,
      imported: 1,
      rejected: 6,
      rejectedPath: expect.stringContaining('refused.rejected.csv'),
    });
    expect(summary.rejectedExamples).toEqual([
      { line: 2, reason: 'No ambassador has this code, and no referral of this friend is waiting.' },
      { line: 3, reason: 'currency: must be EUR: referrals are rewarded for orders in no other currency' },
      { line: 4, reason: 'Total: is no amount, as in 49.90' },
      { line: 5, reason: 'friend.email: must be an e-mail address' },
      { line: 6, reason: 'friend.externalId: externalId or email is needed to know the contact by' },
      { line: 7, reason: 'has 4 fields, the header has 5' },
    ]);
    expect(exports.lines('refused.rejected.csv')).toHaveLength(7);
  });

  test('of refunds counts each once', async () => {
    const shop = await Shop.open(world, tenPercent);
    await shop.orderOf(10_000, { orderId: '1' });
    await shop.orderOf(10_000, { orderId: '2' });
    const rows = ['Order,Refund,Back', '1,r1,25', '1,r2,25.5', '2,r1,', '3,r1,5', '1,r1,26'];
    const file = exports.write('refunds.csv', rows.join('\n'));
    const first = await importOrders(shop, file, 'REFUNDS');
    expect(first).toMatchObject({ read: 5, imported: 3, alreadyThere: 0, rejected: 2 });
    expect(first.rejectedExamples.map(({ line }) => line)).toEqual([5, 6]);
    expect(await importOrders(shop, file, 'REFUNDS')).toMatchObject({ imported: 0, alreadyThere: 3, rejected: 2 });
    expect(await shop.points()).toMatchObject({ pending: 495 });
  });

  test('is of a program that there is', async () => {
    const shop = await Shop.open(world);
    const path = exports.write('nobody.csv', 'Order,Refund,Back\n');
    const file = await CsvFile.open({ path, columns: Object.values(refundColumns), encoding: 'utf8' });
    const request = {
      kind: 'REFUNDS',
      file,
      columns: refundColumns,
      currency: undefined,
      programSlug: 'nobody',
    } as const;
    await expect(world.server.features.orderImport.run(request)).rejects.toThrow('There is no program nobody.');
    await file.close();
    expect(await shop.points()).toMatchObject({ pending: 0 });
  });
});
