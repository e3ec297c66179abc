import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { dayMilliseconds, expireDue, pointsOf, setTerms } from './expiry.js';

const world = useWorld();

async function annaAndBob(settings: object = {}) {
  const program = await world.program();
  const [anna, bob] = [await program.ambassador('Anna'), await program.ambassador('Bob')];
  await program.admin.mutate('pointsUnitSet', { key: 'points', giftsAllowed: true, ...settings });
  await program.give(anna, 100);
  return { program, anna, bob };
}

function send(from: TestAmbassador, to: TestAmbassador, amountPoints: number, input: object = {}): Promise<Answer> {
  const key = world.unique('gift');
  return from.client.mutate(
    'pointsTransfer',
    { recipientId: to.id, amountPoints, message: 'For your help', idempotencyKey: key, ...input },
    'PointsTransferred { entry { kind amountPoints reason } balance { available lifetime } } ... on TransferRefused { reason }',
  );
}

async function balances(...people: readonly TestAmbassador[]): Promise<[number, number][]> {
  return Promise.all(
    people.map(async ({ client }) => {
      const { me } = await client.ask('{ me { points { available lifetime } } }');
      return [me.points.available, me.points.lifetime] as [number, number];
    }),
  );
}

describe('points for another ambassador', () => {
  test('go from the one to the other, and count as earned for the first alone', async () => {
    const { anna, bob } = await annaAndBob();
    expect(await send(anna, bob, 30)).toMatchObject({
      entry: { kind: 'SENT', amountPoints: -30, reason: 'For your help' },
      balance: { available: 70, lifetime: 100 },
    });
    expect(await balances(anna, bob)).toEqual([
      [70, 100],
      [30, 0],
    ]);
    const { me } = await bob.client.ask('{ me { pointsEntries { nodes { kind amountPoints reason } } } }');
    expect(me.pointsEntries.nodes).toEqual([{ kind: 'RECEIVED', amountPoints: 30, reason: 'For your help' }]);
  });

  test('are refused unless the program allows them, to oneself, and below the least', async () => {
    const { program, anna, bob } = await annaAndBob({ giftPointsMin: 10 });
    expect(await send(anna, anna, 10)).toMatchObject({ __typename: 'TransferRefused', reason: 'OWN_ACCOUNT' });
    expect(await send(anna, bob, 9)).toMatchObject({ reason: 'TOO_FEW' });
    expect((await send(anna, bob, 101)).__typename).toBe('BalanceInsufficient');
    expect((await send(anna, bob, 10, { unitKey: 'credits' })).__typename).toBe('NotFound');
    const elsewhere = await (await world.program()).ambassador('Carl');
    expect((await send(anna, elsewhere, 10)).__typename).toBe('NotFound');
    await program.admin.mutate('pointsUnitSet', { key: 'points', giftsAllowed: false });
    expect(await send(anna, bob, 10)).toMatchObject({ reason: 'NOT_ALLOWED', code: 'TRANSFER_REFUSED' });
    expect(await balances(anna, bob)).toEqual([
      [100, 100],
      [0, 0],
    ]);
  });

  test('are limited by number and by points in a day of the program', async () => {
    const { anna, bob } = await annaAndBob({ giftsPerDayMax: 3, giftPointsPerDayMax: 50 });
    expect(await send(anna, bob, 51)).toMatchObject({ reason: 'LIMIT_REACHED' });
    await send(anna, bob, 40);
    expect(await send(anna, bob, 11)).toMatchObject({ reason: 'LIMIT_REACHED' });
    await send(anna, bob, 5);
    await send(anna, bob, 1);
    expect(await send(anna, bob, 1)).toMatchObject({ reason: 'LIMIT_REACHED' });
    world.clock.advance(dayMilliseconds);
    expect((await send(anna, bob, 1)).__typename).toBe('PointsTransferred');
  });

  test('go once for each key, and never more than there is, however many are sent at once', async () => {
    const { anna, bob } = await annaAndBob({ giftsPerDayMax: 100 });
    const same = await atOnce(10, () => send(anna, bob, 10, { idempotencyKey: 'the same' }));
    expect(same.every(({ __typename }) => __typename === 'PointsTransferred')).toBe(true);
    const results = await atOnce(20, () => send(anna, bob, 10));
    expect(results.filter(({ __typename }) => __typename === 'PointsTransferred')).toHaveLength(9);
    expect(results.filter(({ __typename }) => __typename === 'BalanceInsufficient')).toHaveLength(11);
    expect(await balances(anna, bob)).toEqual([
      [0, 100],
      [100, 0],
    ]);
  });

  test('cross between two who give each other at the same moment', async () => {
    const { program, anna, bob } = await annaAndBob({ giftsPerDayMax: 100 });
    await program.give(bob, 100);
    const results = await atOnce(20, (index) => (index % 2 === 0 ? send(anna, bob, 7) : send(bob, anna, 3)));
    expect(new Set(results.map(({ __typename }) => __typename))).toEqual(new Set(['PointsTransferred']));
    expect(await balances(anna, bob)).toEqual([
      [60, 100],
      [140, 100],
    ]);
  });

  test('keep their age: what was old with the one is old with the other', async () => {
    const { program, anna, bob } = await annaAndBob();
    world.clock.advance(1);
    await setTerms(program, { kind: 'AFTER_EARNING', length: 10, lengthUnit: 'DAY' });
    await program.give(anna, 40);
    world.clock.advance(5 * dayMilliseconds);
    await program.give(anna, 20);
    await expireDue(world);
    const sender = (await pointsOf(anna)).expiring;
    // 100 from before the terms, which never expire, then 30 of the 40.
    await send(anna, bob, 130);
    expect((await pointsOf(bob)).expiring).toEqual([{ points: 30, expiresAt: sender[0].expiresAt }]);
    expect((await pointsOf(anna)).expiring).toEqual([
      { points: 10, expiresAt: sender[0].expiresAt },
      { points: 20, expiresAt: sender[1].expiresAt },
    ]);
    await send(bob, anna, 110);
    world.clock.advance(6 * dayMilliseconds);
    await expireDue(world);
    expect((await pointsOf(bob)).available).toBe(0);
    expect(await pointsOf(anna)).toMatchObject({ available: 120, expiring: [{ points: 20 }] });
  });
});

async function statement(program: TestProgram, anna: TestAmbassador, args = ''): Promise<Answer> {
  const { node } = await program.analyst.ask(`{ node(id: "${anna.id}") { ... on Ambassador { statement${args} {
    opening { available pending lifetime } closing { available pending lifetime }
    movements { kind account entries points } } } } }`);
  return node.statement;
}

describe('a statement', () => {
  test('tells what was there, what came and went by kind, and what was left, as of any moment', async () => {
    const { program, anna, bob } = await annaAndBob();
    const noon = world.clock.now();
    world.clock.advance(dayMilliseconds);
    await send(anna, bob, 30);
    await program.give(anna, 5);
    const { entry } = await program.give(anna, 8);
    await program.admin.mutate('pointsReverse', { entryId: entry.id, reason: 'Undone', idempotencyKey: 'k' });
    world.clock.advance(dayMilliseconds);
    await program.give(anna, 1_000);
    const [from, to] = [1, dayMilliseconds + 1].map((after) => new Date(noon.getTime() + after).toISOString());
    expect(await statement(program, anna, `(from: "${from}", to: "${to}")`)).toEqual({
      opening: { available: 100, pending: 0, lifetime: 100 },
      closing: { available: 75, pending: 0, lifetime: 105 },
      movements: [
        { kind: 'ADJUSTMENT', account: 'AVAILABLE', entries: 2, points: 13 },
        { kind: 'REVERSAL', account: 'AVAILABLE', entries: 1, points: -8 },
        { kind: 'SENT', account: 'AVAILABLE', entries: 1, points: -30 },
      ],
    });
    const all = await statement(program, anna);
    expect(all.opening).toEqual({ available: 0, pending: 0, lifetime: 0 });
    expect(all.closing).toEqual({ available: 1_075, pending: 0, lifetime: 1_105 });
    expect((await statement(program, anna, `(to: "${noon.toISOString()}")`)).closing.available).toBe(0);
  });

  test('of a time that ends before it begins is refused', async () => {
    const { anna } = await annaAndBob();
    const wrong =
      '{ me { statement(from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z") { closing { available } } } }';
    expect(await anna.client.refusal(wrong)).toBe('BAD_USER_INPUT');
  });
});
