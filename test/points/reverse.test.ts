import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

const reversed =
  'PointsReversed { entry { kind amountPoints reason reverses { id } } balance { available lifetime debt } }';

async function annaWith(points: number) {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  const gift = await program.give(anna, points);
  return { program, anna, entryId: gift.entry.id };
}

function reverse(program: TestProgram, entryId: string, input: object = {}): Promise<Answer> {
  const idempotencyKey = world.unique('reverse');
  return program.admin.mutate('pointsReverse', { entryId, reason: 'By mistake', idempotencyKey, ...input }, reversed);
}

describe('pointsReverse', () => {
  test('undoes a whole entry by a new one that names it', async () => {
    const { program, entryId } = await annaWith(100);
    expect(await reverse(program, entryId)).toEqual({
      __typename: 'PointsReversed',
      entry: { kind: 'REVERSAL', amountPoints: -100, reason: 'By mistake', reverses: { id: entryId } },
      balance: { available: 0, lifetime: 0, debt: 0 },
    });
  });

  test('undoes a part, then what is left, then nothing', async () => {
    const { program, entryId } = await annaWith(100);
    expect((await reverse(program, entryId, { amountPoints: 30 })).balance.available).toBe(70);
    expect(await reverse(program, entryId, { amountPoints: 71 })).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['amountPoints'], message: 'must not be more than the 70 that are left' }],
    });
    expect((await reverse(program, entryId)).entry.amountPoints).toBe(-70);
    expect((await reverse(program, entryId)).__typename).toBe('AlreadyReversed');
  });

  test('of points that were taken since makes a debt, which the next points pay', async () => {
    const { program, anna, entryId } = await annaWith(100);
    await program.give(anna, -80);
    expect((await reverse(program, entryId)).balance).toEqual({ available: -80, lifetime: 0, debt: 80 });
    expect((await program.give(anna, 50)).balance).toMatchObject({ available: -30, debt: 30 });
    expect((await program.give(anna, 50)).balance).toMatchObject({ available: 20, debt: 0 });
  });

  test('of an adjustment that took points gives them back, and lifetime stays', async () => {
    const { program, anna } = await annaWith(100);
    const taken = await program.give(anna, -40);
    const result = await reverse(program, taken.entry.id);
    expect(result.entry.amountPoints).toBe(40);
    expect(result.balance).toMatchObject({ available: 100, lifetime: 100 });
  });

  test('of a reversal is refused', async () => {
    const { program, anna, entryId } = await annaWith(100);
    await reverse(program, entryId);
    const { me } = await anna.client.ask('{ me { pointsEntries(first: 1) { nodes { id } } } }');
    expect(await reverse(program, me.pointsEntries.nodes[0].id)).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['entryId'] }],
    });
  });

  test('20 times at once with different keys takes the points back once', async () => {
    const { program, anna, entryId } = await annaWith(100);
    const results = await atOnce(20, () => reverse(program, entryId));
    expect(results.filter((result) => result.__typename === 'PointsReversed')).toHaveLength(1);
    expect(results.filter((result) => result.__typename === 'AlreadyReversed')).toHaveLength(19);
    const { me } = await anna.client.ask('{ me { points { available } } }');
    expect(me.points.available).toBe(0);
  });

  test('in parts at once never takes more than there was', async () => {
    const { program, anna, entryId } = await annaWith(100);
    const results = await atOnce(15, () => reverse(program, entryId, { amountPoints: 10 }));
    expect(results.filter((result) => result.__typename === 'PointsReversed')).toHaveLength(10);
    const { me } = await anna.client.ask('{ me { points { available } } }');
    expect(me.points.available).toBe(0);
  });

  test('with the same key again answers with the first result; with another input it is a reused key', async () => {
    const { program, entryId } = await annaWith(100);
    const input = { amountPoints: 10, idempotencyKey: 'key' };
    const first = await reverse(program, entryId, input);
    expect(await reverse(program, entryId, input)).toEqual(first);
    expect((await reverse(program, entryId, { ...input, amountPoints: 20 })).__typename).toBe('IdempotencyKeyReused');
  });

  test('does not find an entry of another program', async () => {
    const { entryId } = await annaWith(100);
    const other = await world.program();
    expect((await reverse(other, entryId)).__typename).toBe('NotFound');
  });

  test('20 times at once with one key reverses once and all get the result', async () => {
    const { program, entryId } = await annaWith(100);
    const results = await atOnce(20, () => reverse(program, entryId, { idempotencyKey: 'the same' }));
    expect(results).toEqual(Array(20).fill(results[0]));
    expect(results[0]).toMatchObject({ entry: { amountPoints: -100 }, balance: { available: 0 } });
  });
});
