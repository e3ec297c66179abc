import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { expectInvariants } from '../support/invariants.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { dayMilliseconds, expireDue, pointsOf, setTerms } from './expiry.js';

const world = useWorld();
/** More histories for a longer campaign: LOTS_HISTORIES=500 npm test -- test/points/lots */
const histories = Number(process.env.LOTS_HISTORIES ?? 10);
const lifeDays = 10;
const termsKind = { kind: 'AFTER_EARNING', length: lifeDays, lengthUnit: 'DAY' };

interface ModelLot {
  readonly entryId: string;
  readonly earnedOn: number;
  readonly given: number;
  reversed: number;
  expired: number;
}

/** What the API should answer, in a few sums: what came, and what went from the oldest on. */
class Model {
  day = 0;
  spent = 0;
  readonly lots: ModelLot[] = [];

  get available(): number {
    return this.lots.reduce((sum, lot) => sum + lot.given - lot.reversed - lot.expired, 0) - this.spent;
  }

  /** What is left of each lot, in the order of the lots. */
  left(): number[] {
    let open = this.spent;
    return this.lots.map((lot) => {
      const points = lot.given - lot.reversed - lot.expired;
      const taken = Math.min(points, open);
      open -= taken;
      return points - taken;
    });
  }

  expire(): void {
    for (const [index, points] of this.left().entries()) {
      const lot = this.lots[index];
      if (lot && lot.earnedOn + lifeDays < this.day) lot.expired += points;
    }
  }

  /** How much expires on which day of the model. */
  expiring(): Map<number, number> {
    const days = new Map<number, number>();
    for (const [index, points] of this.left().entries()) {
      const day = (this.lots[index]?.earnedOn ?? 0) + lifeDays + 1;
      if (points > 0) days.set(day, (days.get(day) ?? 0) + points);
    }
    return days;
  }
}

type Step =
  | { readonly step: 'give'; readonly points: number }
  | { readonly step: 'take'; readonly points: number }
  | { readonly step: 'reverse'; readonly which: number; readonly points: number }
  | { readonly step: 'pass'; readonly days: number };

const points = fc.integer({ min: 1, max: 60 });
const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ step: fc.constant('give' as const), points }) },
    { weight: 3, arbitrary: fc.record({ step: fc.constant('take' as const), points }) },
    { weight: 2, arbitrary: fc.record({ step: fc.constant('reverse' as const), which: fc.nat(20), points }) },
    { weight: 3, arbitrary: fc.record({ step: fc.constant('pass' as const), days: fc.integer({ min: 1, max: 7 }) }) },
  ),
  { minLength: 5, maxLength: 25 },
);

async function give(program: TestProgram, anna: TestAmbassador, model: Model, amount: number) {
  const { entry } = await program.give(anna, amount);
  model.lots.push({ entryId: entry.id, earnedOn: model.day, given: amount, reversed: 0, expired: 0 });
}

async function take(program: TestProgram, anna: TestAmbassador, model: Model, amount: number) {
  const { __typename } = await program.give(anna, -amount);
  expect(__typename).toBe(model.available < amount ? 'BalanceInsufficient' : 'PointsAdjusted');
  if (__typename === 'PointsAdjusted') model.spent += amount;
}

/** What expired of an award comes back before it is taken as a reversal, and only as far as nothing else is left of it. */
async function reverse(program: TestProgram, model: Model, which: number, wish: number) {
  const lot = model.lots[which % Math.max(1, model.lots.length)];
  const amount = lot ? Math.min(wish, lot.given - lot.reversed) : 0;
  if (!lot || amount === 0) return;
  const result = await program.admin.mutate('pointsReverse', {
    entryId: lot.entryId,
    amountPoints: amount,
    reason: 'Undone',
    idempotencyKey: world.unique('reverse'),
  });
  expect(result.__typename).toBe('PointsReversed');
  lot.expired -= Math.max(0, amount - (lot.given - lot.reversed - lot.expired));
  lot.reversed += amount;
}

async function pass(model: Model, days: number) {
  world.clock.advance(days * dayMilliseconds);
  model.day += days;
  model.expire();
  await expireDue(world);
}

test('lots, however they are given, spent, reversed and left to expire, are what a simple model says', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const program = await world.program();
      const anna = await program.ambassador('Anna');
      await setTerms(program, termsKind);
      const model = new Model();
      const began = Date.parse(`${world.clock.now().toISOString().slice(0, 10)}T00:00:00.000Z`);
      for (const each of history) {
        if (each.step === 'give') await give(program, anna, model, each.points);
        else if (each.step === 'take') await take(program, anna, model, each.points);
        else if (each.step === 'reverse') await reverse(program, model, each.which, each.points);
        else await pass(model, each.days);
        const { available, expiring } = await pointsOf(anna);
        expect(available).toBe(model.available);
        const said = new Map(
          expiring.map((part: { points: number; expiresAt: string }) => [
            Math.round((Date.parse(part.expiresAt) - began) / dayMilliseconds),
            part.points,
          ]),
        );
        expect(said).toEqual(new Map([...model.expiring()].sort(([a], [b]) => a - b)));
      }
    }),
    { numRuns: histories, endOnFailure: true },
  );
  await expectInvariants(world.server.platform.database);
}, 120_000);
