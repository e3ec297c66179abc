import { describe, expect, test } from '@jest/globals';
import type { TestAmbassador, TestProgram } from '../support/world.js';
import { useWorld } from '../support/world.js';
import { dayMilliseconds, expireDue, setTerms } from './expiry.js';

const world = useWorld();
const stored = 'PointsUnitStored { unit { key name isDefault giftsAllowed giftPointsMin } }';

async function withCredits() {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  await program.admin.mutate('pointsUnitSet', { key: 'credits', name: 'Credits' }, stored);
  return { program, anna };
}

function credit(program: TestProgram, anna: TestAmbassador, amountPoints: number) {
  return program.admin.mutate(
    'pointsAdjust',
    { ambassadorId: anna.id, amountPoints, unitKey: 'credits', reason: 'A gift', idempotencyKey: world.unique('k') },
    'PointsAdjusted { entry { id unit { key } amountPoints } balance { unit { name } available lifetime } }',
  );
}

describe('units', () => {
  test('are points alone at first; an admin adds others and changes them', async () => {
    const program = await world.program();
    const units = async () =>
      (await program.admin.ask('{ program { pointsUnits { key name isDefault } } }')).program.pointsUnits;
    expect(await units()).toEqual([{ key: 'points', name: 'Points', isDefault: true }]);
    expect((await program.admin.mutate('pointsUnitSet', { key: 'credits' })).issues[0].path).toEqual(['name']);
    const { unit } = await program.admin.mutate('pointsUnitSet', { key: 'credits', name: 'Credits' }, stored);
    expect(unit).toEqual({ key: 'credits', name: 'Credits', isDefault: false, giftsAllowed: false, giftPointsMin: 1 });
    await program.admin.mutate('pointsUnitSet', { key: 'points', name: 'Stars' });
    expect(await units()).toEqual([
      { key: 'points', name: 'Stars', isDefault: true },
      { key: 'credits', name: 'Credits', isDefault: false },
    ]);
    for (let index = 2; index < 10; index++)
      await program.admin.mutate('pointsUnitSet', { key: `u${index}`, name: 'U' });
    expect((await program.admin.mutate('pointsUnitSet', { key: 'u11', name: 'U' })).issues[0].path).toEqual(['key']);
    expect(await units()).toHaveLength(10);
  });

  test('have balances of their own: levels, boards and what can be spent go by each alone', async () => {
    const { program, anna } = await withCredits();
    await program.give(anna, 10);
    expect(await credit(program, anna, 5_000)).toMatchObject({
      entry: { unit: { key: 'credits' }, amountPoints: 5_000 },
      balance: { unit: { name: 'Credits' }, available: 5_000, lifetime: 5_000 },
    });
    expect((await credit(program, anna, -6_000)).__typename).toBe('BalanceInsufficient');
    const { me, leaderboard } = await anna.client.ask(`{
      me { level { rank } points { available } balances { unit { key } available }
        pointsEntries { totalCount } credits: pointsEntries(unitKey: "credits") { nodes { amountPoints } } }
      leaderboard { nodes { points } } }`);
    expect(me).toEqual({
      level: { rank: 1 },
      points: { available: 10 },
      balances: [
        { unit: { key: 'points' }, available: 10 },
        { unit: { key: 'credits' }, available: 5_000 },
      ],
      pointsEntries: { totalCount: 1 },
      credits: { nodes: [{ amountPoints: 5_000 }] },
    });
    expect(leaderboard.nodes).toEqual([{ points: 10 }]);
  });

  test('are reversed in the unit in which they were given', async () => {
    const { program, anna } = await withCredits();
    const { entry } = await credit(program, anna, 70);
    const result = await program.admin.mutate(
      'pointsReverse',
      { entryId: entry.id, amountPoints: 20, reason: 'Too many', idempotencyKey: 'k' },
      'PointsReversed { entry { amountPoints unit { key } reverses { id } } balance { available lifetime } }',
    );
    expect(result).toMatchObject({
      entry: { amountPoints: -20, unit: { key: 'credits' }, reverses: { id: entry.id } },
      balance: { available: 50, lifetime: 50 },
    });
  });

  test('expire each by its own terms', async () => {
    const { program, anna } = await withCredits();
    await setTerms(program, { unitKey: 'credits', kind: 'AFTER_EARNING', length: 3, lengthUnit: 'DAY' });
    await program.give(anna, 10);
    await credit(program, anna, 20);
    world.clock.advance(4 * dayMilliseconds);
    await expireDue(world);
    const { me } = await anna.client.ask('{ me { balances { available lifetime } } }');
    expect(me.balances).toEqual([
      { available: 10, lifetime: 10 },
      { available: 0, lifetime: 20 },
    ]);
  });

  test('that the program does not have are not found', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    expect((await credit(program, anna, 1)).__typename).toBe('NotFound');
  });
});
