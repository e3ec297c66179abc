import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Answer, Client } from '../support/client.js';
import { expectInvariants } from '../support/invariants.js';
import { atOnce, monday, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { createTeam, join, leave, move } from './team.js';

const world = useWorld();

/** A moment later: who joins and earns in one millisecond is not told apart. */
const pass = (milliseconds = 1_000) => world.clock.advance(milliseconds);

async function board(client: Client, argument = ''): Promise<Answer> {
  const nodes = 'nodes { position rank points members averagePoints team { name } }';
  const page = 'pageInfo { hasNextPage hasPreviousPage startCursor endCursor } period { from to }';
  return (
    await client.ask(`{ teamLeaderboard${argument} { totalCount ${nodes} ${page} viewerStanding { position } } }`)
  ).teamLeaderboard;
}

/** The board as a line for each team: position, rank, points, name. */
async function lines({ admin }: TestProgram, argument = ''): Promise<string[]> {
  const { nodes } = await board(admin, argument);
  return nodes.map((node: Answer) => `${node.position} ${node.rank} ${node.points} ${node.team.name}`);
}

async function member(program: TestProgram, name: string, teamId: string): Promise<TestAmbassador> {
  const ambassador = await program.ambassador(name);
  await join(ambassador, teamId);
  pass();
  return ambassador;
}

async function fold(): Promise<void> {
  while ((await world.server.features.teamTally.foldSome()) > 0);
}

describe('a board of teams', () => {
  test('counts what members earned while they were members, and keeps it when they go', async () => {
    const program = await world.program();
    const [north, south] = [await createTeam(world, program, 'North'), await createTeam(world, program, 'South')];
    const anna = await program.ambassador('Anna');
    await program.give(anna, 100);
    pass();
    await join(anna, north);
    pass();
    await program.give(anna, 30);
    pass();
    await move(anna, south);
    pass();
    await program.give(anna, 20);
    pass();
    await leave(anna);
    pass();
    await program.give(anna, 500);
    expect(await lines(program)).toEqual(['1 1 30 North', '2 2 20 South']);
  });

  test('lowers the team that had got the points, wherever their ambassador is by then', async () => {
    const program = await world.program();
    const [north, south] = [await createTeam(world, program, 'North'), await createTeam(world, program, 'South')];
    const anna = await member(program, 'Anna', north);
    const { entry } = await program.give(anna, 30);
    pass();
    await move(anna, south);
    pass();
    await program.give(anna, 20);
    await fold();
    const reverse = (amountPoints: number) =>
      program.admin.mutate('pointsReverse', {
        ...{ entryId: entry.id, amountPoints, reason: 'By mistake' },
        idempotencyKey: world.unique('reverse'),
      });
    await reverse(15);
    expect(await lines(program)).toEqual(['1 1 20 South', '2 2 15 North']);
    await reverse(15);
    expect(await lines(program)).toEqual(['1 1 20 South']);
  });

  test('puts equal teams on one rank, first who reached it first, the same before and after it is summed', async () => {
    const program = await world.program();
    const teams = [];
    for (const name of ['A', 'B', 'C', 'D']) teams.push(await createTeam(world, program, name));
    const [a, b, c, d] = await Promise.all(
      teams.map(async (teamId, index) => {
        const ambassador = await program.ambassador(`M${index}`);
        await join(ambassador, teamId);
        return ambassador;
      }),
    );
    if (!a || !b || !c || !d) throw new Error('Four ambassadors are there');
    pass();
    for (const [who, points] of [
      [b, 10],
      [a, 10],
      [c, 30],
      [d, 5],
    ] as const)
      await program.give(who, points);
    const expected = ['1 1 30 C', '2 2 10 B', '3 2 10 A', '4 4 5 D'];
    expect(await lines(program)).toEqual(expected);
    await fold();
    expect(await lines(program)).toEqual(expected);
    await program.give(d, 5);
    expect(await lines(program)).toEqual(['1 1 30 C', '2 2 10 B', '3 2 10 A', '4 2 10 D']);
    const one = await board(d.client, '(first: 2)');
    expect(one).toMatchObject({ totalCount: 4, viewerStanding: { position: 4 }, pageInfo: { hasNextPage: true } });
    expect(await lines(program, `(first: 2, after: "${one.pageInfo.endCursor}")`)).toEqual(['3 2 10 A', '4 2 10 D']);
    expect(await lines(program, '(last: 1)')).toEqual(['4 2 10 D']);
    const last = await board(program.admin, '(last: 1)');
    expect(await lines(program, `(last: 2, before: "${last.pageInfo.startCursor}")`)).toEqual(['2 2 10 B', '3 2 10 A']);
  });

  test('by average divides by all who were members in the window, and leaves out teams that are too small', async () => {
    const program = await world.program();
    const [big, small] = [await createTeam(world, program, 'Big'), await createTeam(world, program, 'Small')];
    const bigs = [];
    for (const name of ['A', 'B', 'C']) bigs.push(await member(program, name, big));
    const dora = await member(program, 'D', small);
    const smalls = [dora, await member(program, 'E', small)];
    for (const [index, who] of [...bigs, ...smalls].entries()) await program.give(who, 10 * (index + 1));
    pass();
    const [idle] = bigs;
    if (idle) await leave(idle);
    pass();
    const average = await board(program.admin, '(by: AVERAGE, membersMin: 2)');
    expect(average.nodes).toMatchObject([
      { position: 1, points: 90, members: 2, averagePoints: 45, team: { name: 'Small' } },
      { position: 2, points: 60, members: 3, averagePoints: 20, team: { name: 'Big' } },
    ]);
    expect(average.totalCount).toBe(2);
    expect(await lines(program, '(by: AVERAGE)')).toEqual(['1 1 60 Big']);
    const { me } = await dora.client.ask(
      '{ me { team { standing { position members } average: standing(by: AVERAGE) { position } } } }',
    );
    expect(me.team).toEqual({ standing: { position: 1, members: null }, average: null });
  });

  test('shows each window by itself, and earlier ones', async () => {
    world.clock.set(monday);
    const program = await world.program({ timeZone: 'Europe/Amsterdam' });
    const [north, south] = [await createTeam(world, program, 'North'), await createTeam(world, program, 'South')];
    const [anna, bert] = [await member(program, 'Anna', north), await member(program, 'Bert', south)];
    await program.give(anna, 30);
    await program.give(bert, 20);
    world.clock.set(new Date('2026-04-02T10:00:00Z'));
    await program.give(bert, 5);
    await fold();
    expect(await lines(program, '(window: MONTH)')).toEqual(['1 1 5 South']);
    expect(await lines(program, '(window: MONTH, periodOf: "2026-03-15T00:00:00Z")')).toEqual([
      '1 1 30 North',
      '2 2 20 South',
    ]);
    expect(await lines(program, '(window: YEAR)')).toEqual(['1 1 30 North', '2 2 25 South']);
    const { period } = await board(program.admin, '(window: MONTH)');
    expect(period).toEqual({ from: '2026-03-31T22:00:00.000Z', to: '2026-04-30T22:00:00.000Z' });
    expect(await program.admin.refusal('{ teamLeaderboard(window: SEASON) { totalCount } }')).toBe('BAD_USER_INPUT');
  });

  test('has an archived team in windows that had ended, and in no other', async () => {
    world.clock.set(monday);
    const program = await world.program();
    const north = await createTeam(world, program, 'North');
    await program.give(await member(program, 'Anna', north), 30);
    world.clock.set(new Date('2026-04-02T10:00:00Z'));
    await program.admin.mutate('teamArchive', { teamId: north });
    expect(await lines(program)).toEqual([]);
    expect(await lines(program, '(window: MONTH, periodOf: "2026-03-15T00:00:00Z")')).toEqual(['1 1 30 North']);
  });

  test('is summed anew when the program counts its days in another zone', async () => {
    world.clock.set(new Date('2026-03-31T22:30:00Z'));
    const program = await world.program({ timeZone: 'UTC' });
    const north = await createTeam(world, program, 'North');
    await program.give(await member(program, 'Anna', north), 30);
    await fold();
    const march = '(window: MONTH, periodOf: "2026-03-15T00:00:00Z")';
    expect(await lines(program, march)).toEqual(['1 1 30 North']);
    await program.admin.mutate('programUpdate', { timeZone: 'Europe/Amsterdam' });
    await world.server.features.jobWorker.drain();
    expect(await lines(program, march)).toEqual([]);
    await fold();
    expect(await lines(program, march)).toEqual([]);
    expect(await lines(program, '(window: MONTH)')).toEqual(['1 1 30 North']);
  });

  test('loses and doubles nothing while members earn, come and go, and sums are made at once', async () => {
    const program = await world.program();
    const teams = [await createTeam(world, program, 'North'), await createTeam(world, program, 'South')];
    const people = await atOnce(4, (index) => program.ambassador(`P${index}`));
    const deed = fc.record({
      who: fc.nat({ max: 3 }),
      kind: fc.constantFrom('give', 'give', 'take', 'join', 'move', 'leave', 'fold', 'wait'),
      team: fc.nat({ max: 1 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 6, maxLength: 12 }), async (deeds) => {
        await Promise.all(
          deeds.map(async ({ who, kind, team }) => {
            const [ambassador, teamId] = [people[who], teams[team]];
            if (!ambassador || teamId === undefined) return;
            if (kind === 'give') await program.give(ambassador, 5 + who);
            if (kind === 'take') await takeBack(program, ambassador);
            if (kind === 'join') await join(ambassador, teamId);
            if (kind === 'move') await move(ambassador, teamId);
            if (kind === 'leave') await leave(ambassador);
            if (kind === 'fold') await world.server.features.teamTally.foldSome();
            if (kind === 'wait') pass(1);
          }),
        );
        await expectInvariants(world.server.platform.database);
      }),
      { numRuns: 8 },
    );
  });
});

/** Reverses what was last given. */
async function takeBack({ admin }: TestProgram, { client }: TestAmbassador): Promise<void> {
  const { me } = await client.ask('{ me { pointsEntries(first: 1) { nodes { id } } } }');
  const [last] = me.pointsEntries.nodes;
  const input = { entryId: last?.id, reason: 'Wrong', idempotencyKey: world.unique('reverse') };
  if (last) await admin.mutate('pointsReverse', input);
}
