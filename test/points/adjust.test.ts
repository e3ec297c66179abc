import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';

const world = useWorld();
const adjusted = 'PointsAdjusted { entry { id kind amountPoints reason } balance { available lifetime } }';

function kinds(results: readonly Answer[], typename: string): number {
  return results.filter((result) => result.__typename === typename).length;
}

describe('pointsAdjust', () => {
  test('gives points and says why', async () => {
    const { admin, ...program } = await world
      .program()
      .then((p) => ({ admin: p.admin, ambassador: p.ambassador.bind(p) }));
    const anna = await program.ambassador('Anna');
    const result = await admin.mutate(
      'pointsAdjust',
      { ambassadorId: anna.id, amountPoints: 40, reason: 'Spoke at the fair', idempotencyKey: 'k' },
      adjusted,
    );
    expect(result).toMatchObject({
      __typename: 'PointsAdjusted',
      entry: { kind: 'ADJUSTMENT', amountPoints: 40, reason: 'Spoke at the fair' },
      balance: { available: 40, lifetime: 40 },
    });
  });

  test('64 identical awards at once with one idempotency key pay once', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const input = { ambassadorId: anna.id, amountPoints: 10, reason: 'Once', idempotencyKey: 'the same' };
    const results = await atOnce(64, () => program.admin.mutate('pointsAdjust', input, adjusted));
    expect(new Set(results.map((result) => result.entry.id)).size).toBe(1);
    const { me } = await anna.client.ask('{ me { points { available } pointsEntries { totalCount } } }');
    expect(me).toEqual({ points: { available: 10 }, pointsEntries: { totalCount: 1 } });
  });

  test('100 concurrent adjustments of -10 on a balance of 500 leave exactly 50 refused and 0 points', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 500);
    const results = await atOnce(100, (index) =>
      program.admin.mutate('pointsAdjust', {
        ambassadorId: anna.id,
        amountPoints: -10,
        reason: 'Taken',
        idempotencyKey: `take-${index}`,
      }),
    );
    expect(kinds(results, 'PointsAdjusted')).toBe(50);
    expect(kinds(results, 'BalanceInsufficient')).toBe(50);
    const { me } = await anna.client.ask('{ me { points { available lifetime } } }');
    expect(me.points).toEqual({ available: 0, lifetime: 500 });
  });

  test('20 identical takings of all there is, at once with one key, take once and all get the result', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 10);
    const input = { ambassadorId: anna.id, amountPoints: -10, reason: 'Taken', idempotencyKey: 'the same' };
    const results = await atOnce(20, () => program.admin.mutate('pointsAdjust', input, adjusted));
    expect(kinds(results, 'PointsAdjusted')).toBe(20);
    expect(new Set(results.map((result) => result.entry.id)).size).toBe(1);
  });
});

test('two mutations in one request each answer with what is true after them', async () => {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  const adjust = (alias: string, key: string) => `${alias}: pointsAdjust(input: {
    ambassadorId: "${anna.id}", amountPoints: 10, reason: "Twice", idempotencyKey: "${key}" }) {
    ... on PointsAdjusted { balance { available } } }`;
  const answer = await program.admin.ask(`mutation { ${adjust('first', 'a')} ${adjust('second', 'b')} }`);
  expect(answer).toEqual({ first: { balance: { available: 10 } }, second: { balance: { available: 20 } } });
});
