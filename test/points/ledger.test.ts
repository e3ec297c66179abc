import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { verify } from '../../src/app/invariants.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import { expectInvariants } from '../support/invariants.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
/** More histories for a longer campaign: LEDGER_HISTORIES=500 npm test -- test/points */
const histories = Number(process.env.LEDGER_HISTORIES ?? 8);

interface Posted {
  readonly id: string;
  readonly amountPoints: number;
  reversedPoints: number;
}

/** What the API should answer, in a dozen lines: no accounts, no entries, just numbers. */
class Model {
  available = 0;
  lifetime = 0;
  readonly posted: Posted[] = [];
}

type Step =
  | { readonly step: 'adjust'; readonly amountPoints: number }
  | { readonly step: 'reverse'; readonly which: number; readonly amountPoints: number | null };

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({
      step: fc.constant('adjust' as const),
      amountPoints: fc.integer({ min: -60, max: 100 }).filter((amount) => amount !== 0),
    }),
    fc.record({
      step: fc.constant('reverse' as const),
      which: fc.nat(20),
      amountPoints: fc.option(fc.integer({ min: 1, max: 60 })),
    }),
  ),
  { minLength: 5, maxLength: 25 },
);

async function adjust(program: TestProgram, anna: TestAmbassador, model: Model, amountPoints: number) {
  const result = await program.give(anna, amountPoints);
  if (amountPoints < 0 && model.available < -amountPoints) {
    expect(result.__typename).toBe('BalanceInsufficient');
    return;
  }
  expect(result.__typename).toBe('PointsAdjusted');
  model.available += amountPoints;
  model.lifetime += Math.max(0, amountPoints);
  model.posted.push({ id: result.entry.id, amountPoints, reversedPoints: 0 });
}

async function reverse(program: TestProgram, model: Model, which: number, part: number | null) {
  const entry = model.posted[which % Math.max(1, model.posted.length)];
  if (!entry) return;
  const left = Math.abs(entry.amountPoints) - entry.reversedPoints;
  const result = await program.admin.mutate('pointsReverse', {
    entryId: entry.id,
    amountPoints: part,
    reason: 'Undone',
    idempotencyKey: world.unique('reverse'),
  });
  if (left === 0) return expect(result.__typename).toBe('AlreadyReversed');
  const amount = part ?? left;
  if (amount > left) return expect(result.__typename).toBe('InputInvalid');
  expect(result.__typename).toBe('PointsReversed');
  entry.reversedPoints += amount;
  model.available -= Math.sign(entry.amountPoints) * amount;
  if (entry.amountPoints > 0) model.lifetime -= amount;
}

describe('the ledger', () => {
  test('agrees with a simple count after any history of adjustments and reversals', async () => {
    const program = await world.program();
    await fc.assert(
      fc.asyncProperty(steps, async (history) => {
        const anna = await program.ambassador('Anna');
        const model = new Model();
        for (const step of history) {
          if (step.step === 'adjust') await adjust(program, anna, model, step.amountPoints);
          else await reverse(program, model, step.which, step.amountPoints);
        }
        const { me } = await anna.client.ask(
          '{ me { points { available pending lifetime } pointsEntries(first: 100) { nodes { amountPoints } } } }',
        );
        expect(me.points).toEqual({ available: model.available, pending: 0, lifetime: model.lifetime });
        const amounts = me.pointsEntries.nodes.map((entry: { amountPoints: number }) => entry.amountPoints);
        expect(amounts.reduce((sum: number, amount: number) => sum + amount, 0)).toBe(model.available);
      }),
      { numRuns: histories },
    );
    await expectInvariants(world.server.platform.database);
  });

  test('shows an entry that somebody changed behind its back', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 10);
    const gift = await program.give(anna, 20);
    const { database } = world.server.platform;
    const entryId = fromGlobalId(gift.entry.id)?.id;
    const ambassadorId = fromGlobalId(anna.id)?.id;
    const change = (amount: number) =>
      database.transact((tx) =>
        tx.execute(sql`UPDATE points_entry SET amount_points = ${amount} WHERE id = ${entryId}`),
      );
    await change(2_000);
    const broken = (await verify(database)).filter(({ violations }) => violations.length > 0);
    await change(20);
    expect(broken.map(({ invariant }) => invariant.number)).toEqual([1, 1, 2, 4]);
    expect(broken.at(-1)?.violations).toEqual([ambassadorId]);
    await expectInvariants(database);
  });

  test('pages through entries newest first, forwards and backwards, while new ones come', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    for (const points of [1, 2, 3, 4, 5]) await program.give(anna, points);
    const page = async (args: string) => {
      const { me } = await anna.client.ask(`{ me { pointsEntries(${args}) {
        totalCount nodes { amountPoints } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`);
      const { nodes, ...rest } = me.pointsEntries;
      return { amounts: nodes.map((node: { amountPoints: number }) => node.amountPoints), ...rest };
    };
    const first = await page('first: 2');
    expect(first).toMatchObject({
      amounts: [5, 4],
      totalCount: 5,
      pageInfo: { hasNextPage: true, hasPreviousPage: false },
    });
    await program.give(anna, 6);
    const second = await page(`first: 2, after: "${first.pageInfo.endCursor}"`);
    expect(second.amounts).toEqual([3, 2]);
    expect((await page(`first: 2, after: "${second.pageInfo.endCursor}"`)).pageInfo.hasNextPage).toBe(false);
    expect((await page(`last: 2, before: "${second.pageInfo.endCursor}"`)).amounts).toEqual([4, 3]);
    expect(await anna.client.refusal('{ me { pointsEntries(after: "bogus") { totalCount nodes { id } } } }')).toBe(
      'BAD_USER_INPUT',
    );
    expect(await anna.client.refusal('{ me { pointsEntries(first: 101) { totalCount } } }')).toBe('BAD_USER_INPUT');
  });
});
