import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';

const world = useWorld();
const updated = 'ProgramUpdated { program { name timeZone askFromScore } }';

describe('programUpdate', () => {
  test('changes what it names and leaves the rest', async () => {
    const program = await world.program();
    const result = await program.admin.mutate(
      'programUpdate',
      { timeZone: 'Europe/Amsterdam', askFromScore: 8 },
      updated,
    );
    expect(result.program).toMatchObject({ timeZone: 'Europe/Amsterdam', askFromScore: 8 });
    const { program: seen } = await program.analyst.ask('{ program { name timeZone askFromScore } }');
    expect(seen).toEqual(result.program);
  });

  test('refuses a time zone that there is not', async () => {
    const program = await world.program();
    expect(await program.admin.mutate('programUpdate', { timeZone: 'Mars/Base', askFromScore: 12 })).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['timeZone'] }, { path: ['askFromScore'] }],
    });
  });

  test('is for admins', async () => {
    const program = await world.program();
    const mutation = 'mutation { programUpdate(input: { name: "Mine" }) { __typename } }';
    expect(await program.moderator.refusal(mutation)).toBe('FORBIDDEN');
  });
});

describe('the program', () => {
  test('is seen by somebody anonymous who names it', async () => {
    const program = await world.program();
    const { slug } = (await program.admin.ask('{ program { slug } }')).program;
    const visitor = world.anonymous().with({ 'x-applaus-program': slug });
    expect(await visitor.ask('{ viewer { role program { slug } } }')).toEqual({
      viewer: { role: 'ANONYMOUS', program: { slug } },
    });
  });

  test('is nobody’s guess: without a name among several, and with one that there is not, it stays unknown', async () => {
    await world.program();
    await world.program();
    expect(await world.anonymous().refusal('{ program { slug } }')).toBe('UNAUTHENTICATED');
    const visitor = world.anonymous().with({ 'x-applaus-program': 'no-such-program' });
    expect(await visitor.refusal('{ program { slug } }')).toBe('UNAUTHENTICATED');
  });
});
