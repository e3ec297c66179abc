import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';

const world = useWorld();
const replaced = 'LevelsReplaced { levels { rank name fromPoints } }';

describe('levels', () => {
  test('follow lifetime points, from Promoter over Ambassador to Superpromoter', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const level = async () => (await anna.client.ask('{ me { level { name rank } } }')).me.level;
    expect(await level()).toEqual({ name: 'Promoter', rank: 1 });
    await program.give(anna, 249);
    expect(await level()).toEqual({ name: 'Promoter', rank: 1 });
    await program.give(anna, 1);
    expect(await level()).toEqual({ name: 'Ambassador', rank: 2 });
    await program.give(anna, 750);
    expect(await level()).toEqual({ name: 'Superpromoter', rank: 3 });
    await program.give(anna, -900);
    expect(await level()).toEqual({ name: 'Superpromoter', rank: 3 });
  });

  test("have the program's own names and thresholds, and everybody stands on them at once", async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 50);
    const levels = [
      { name: 'Seed', fromPoints: 0 },
      { name: 'Tree', fromPoints: 50 },
    ];
    expect((await program.admin.mutate('levelsSet', { levels }, replaced)).levels).toEqual([
      { rank: 1, ...levels[0] },
      { rank: 2, ...levels[1] },
    ]);
    const answer = await anna.client.ask('{ me { level { name } } program { levels { name } } }');
    expect(answer).toEqual({
      me: { level: { name: 'Tree' } },
      program: { levels: [{ name: 'Seed' }, { name: 'Tree' }] },
    });
  });

  test.each([
    ['do not begin at 0', [{ name: 'A', fromPoints: 1 }], ['levels']],
    [
      'do not ascend',
      [
        { name: 'A', fromPoints: 0 },
        { name: 'B', fromPoints: 0 },
      ],
      ['levels'],
    ],
    ['are none', [], ['levels']],
    ['have no name', [{ name: ' ', fromPoints: 0 }], ['levels', '0', 'name']],
  ])('are refused when they %s', async (_, levels, path) => {
    const program = await world.program();
    const result = await program.admin.mutate('levelsSet', { levels });
    expect(result.__typename).toBe('InputInvalid');
    expect(result.issues[0].path).toEqual(path);
    expect((await program.admin.ask('{ program { levels { name } } }')).program.levels).toHaveLength(3);
  });

  test('are for admins to set', async () => {
    const program = await world.program();
    const mutation = 'mutation { levelsSet(input: { levels: [{ name: "A", fromPoints: 0 }] }) { __typename } }';
    expect(await program.moderator.refusal(mutation)).toBe('FORBIDDEN');
    expect(await world.anonymous().refusal(mutation)).toBe('UNAUTHENTICATED');
  });
});
