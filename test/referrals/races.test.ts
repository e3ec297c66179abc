import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, useWorld } from '../support/world.js';
import { days, Shop } from './shop.js';

const world = useWorld();
const peopleCount = 5;

/** One step of a history: somebody joins, or an ambassador claims somebody. */
type Step = { readonly join: number } | { readonly claim: readonly [number, number] };
const person = fc.nat(peopleCount - 1);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 1, arbitrary: person.map((join) => ({ join })) },
  { weight: 3, arbitrary: fc.tuple(person, person).map((claim) => ({ claim })) },
);

/** Who was brought by whom, as the API tells it. */
async function bringersOf(shop: Shop): Promise<Map<string, string>> {
  const { referrals } = await shop.program.admin.ask(
    '{ referrals(first: 100) { nodes { friend { externalId } referrer { contact { externalId } } } } }',
  );
  const pairs = referrals.nodes.map((node: Answer) => [node.friend.externalId, node.referrer.contact.externalId]);
  const bringers = new Map<string, string>(pairs);
  expect(bringers.size).toBe(pairs.length);
  return bringers;
}

function expectForest(bringers: ReadonlyMap<string, string>): void {
  for (const start of bringers.keys()) {
    const seen = new Set<string>();
    for (let at: string | undefined = start; at !== undefined; at = bringers.get(at)) {
      expect(seen).not.toContain(at);
      seen.add(at);
    }
  }
}

describe('whoever claims whom, in whatever order and however many at once', () => {
  test('leaves a forest: one referrer for each friend, and no cycle', async () => {
    const histories = fc.array(fc.array(step, { minLength: 1, maxLength: 6 }), { minLength: 2, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(histories, async (batches) => {
        const shop = await Shop.open(world, { friendsPerDayMax: 1_000, friendsPerMonthMax: 1_000 });
        const names = Array.from({ length: peopleCount }, (_, index) => world.unique(`person-${index}`));
        const codes = new Map<number, string>();
        const take = async (each: Step) => {
          if ('join' in each) {
            const joined: TestAmbassador = await shop.program.ambassador('Somebody', {
              externalId: names[each.join] ?? '',
            });
            codes.set(each.join, await shop.codeOf(joined));
            return;
          }
          const [by, of] = each.claim;
          const code = codes.get(by) ?? shop.code;
          await shop.program.admin.mutate('referralRegister', { code, friend: { externalId: names[of] } });
        };
        for (const batch of batches) await Promise.all(batch.map(take));
        expectForest(await bringersOf(shop));
      }),
      { numRuns: 10 },
    );
  }, 180_000);

  test('leaves one referrer, when two ambassadors bring orders of one friend at the same instant', async () => {
    const shop = await Shop.open(world);
    const piet = await shop.program.ambassador('Piet');
    const codes = [shop.code, await shop.codeOf(piet)];
    const friend = { externalId: world.unique('frida') };
    const results = await atOnce(16, (index) =>
      shop.order({ code: codes[index % 2], friend, orderId: `order-${index}` }),
    );
    expect(results.filter(({ __typename }) => __typename === 'ReferralConverted')).toHaveLength(1);
    const [anna, other] = [await shop.points(), await shop.points(piet)];
    expect(anna.pending + other.pending).toBe(100);
  });
});

describe('orders, refunds and the end of the hold, all at once', () => {
  test('leave both sides of every referral paid, or neither', async () => {
    const shop = await Shop.open(world, {
      friendsPerDayMax: 1_000,
      rewardRules: { rateBasisPoints: 1_000, currency: 'EUR', friendPoints: 10 },
    });
    const orders = Array.from({ length: 12 }, (_, index) => ({
      orderId: `order-${index}`,
      friend: { externalId: world.unique('friend') },
    }));
    await Promise.all(orders.flatMap((order) => [shop.orderOf(10_000, order), shop.orderOf(10_000, order)]));
    const fridas = await Promise.all(orders.slice(0, 6).map(({ friend }) => shop.program.ambassador('Frida', friend)));
    world.clock.advance(days(14));
    await Promise.all([
      shop.pass(0),
      ...orders.map(({ orderId }, index) =>
        index % 3 === 0 ? shop.reverse(orderId) : shop.refund(orderId, 5_000, 'r'),
      ),
      ...orders.map(({ orderId }) => shop.refund(orderId, 5_000, 'r')),
      shop.pass(0),
    ]);
    await shop.pass(0);
    // Of 12 orders four are undone; of each of the others half is left.
    expect(await shop.points()).toMatchObject({ available: 8 * 500, pending: 0, lifetime: 8 * 500, debt: 0 });
    const gifts = await Promise.all(fridas.map(async (frida) => (await shop.points(frida)).available));
    expect(gifts).toEqual([0, 10, 10, 0, 10, 10]);
  });
});
