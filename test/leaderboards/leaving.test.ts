import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { expectInvariants } from '../support/invariants.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

async function boardId({ admin }: TestProgram, key: string): Promise<string> {
  const { leaderboards } = await admin.ask('{ leaderboards { id key } }');
  return leaderboards.find((board: Answer) => board.key === key).id;
}

async function names(client: Client, key = 'all-time'): Promise<string[]> {
  const { leaderboard } = await client.ask(
    'query ($key: String!) { leaderboard(key: $key) { totalCount nodes { position ambassador { displayName } } } }',
    { key },
  );
  expect(leaderboard.totalCount).toBe(leaderboard.nodes.length);
  return leaderboard.nodes.map((node: Answer) => `${node.position} ${node.ambassador.displayName}`);
}

const whoLeft = 'ambassador { leaderboardsLeft { key } }';

async function leave({ client }: TestAmbassador, leaderboardId: string | null = null): Promise<string[]> {
  const { ambassador } = await client.mutate('leaderboardLeave', { leaderboardId }, `LeaderboardLeft { ${whoLeft} }`);
  return ambassador.leaderboardsLeft.map((board: Answer) => board.key);
}

async function comeBack({ client }: TestAmbassador, leaderboardId: string | null = null): Promise<string[]> {
  const { ambassador } = await client.mutate(
    'leaderboardReturn',
    { leaderboardId },
    `LeaderboardReturned { ${whoLeft} }`,
  );
  return ambassador.leaderboardsLeft.map((board: Answer) => board.key);
}

/** Anna has 30 points, Bert 20, Cees 10, on the boards that every program has. */
async function three() {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  const bert = await program.ambassador('Bert');
  const cees = await program.ambassador('Cees');
  await program.give(anna, 30);
  await program.give(bert, 20);
  await program.give(cees, 10);
  return { program, anna, bert, cees };
}

describe('leaving a board', () => {
  test('takes no place there, on no other board, and says so to who left', async () => {
    const { program, anna } = await three();
    const own = '{ me { standing { position } points { lifetime } } leaderboards { key viewerHasLeft } }';
    expect(await leave(anna, await boardId(program, 'all-time'))).toEqual(['all-time']);
    expect(await names(program.admin)).toEqual(['1 Bert', '2 Cees']);
    expect(await names(program.admin, 'month')).toEqual(['1 Anna', '2 Bert', '3 Cees']);
    expect(await anna.client.ask(own)).toEqual({
      me: { standing: null, points: { lifetime: 30 } },
      leaderboards: [
        { key: 'all-time', viewerHasLeft: true },
        { key: 'month', viewerHasLeft: false },
      ],
    });
    const bystander = await program.admin.ask('{ leaderboard { leaderboard { viewerHasLeft } } }');
    expect(bystander.leaderboard.leaderboard.viewerHasLeft).toBe(false);
  });

  test('is undone by coming back: one stands where all points put one, those of meanwhile too', async () => {
    const { program, bert } = await three();
    const board = await boardId(program, 'all-time');
    await leave(bert, board);
    await leave(bert, board);
    await program.give(bert, 15);
    expect(await names(program.admin)).toEqual(['1 Anna', '2 Cees']);
    expect(await comeBack(bert, board)).toEqual([]);
    await comeBack(bert, board);
    expect(await names(program.admin)).toEqual(['1 Bert', '2 Anna', '3 Cees']);
  });

  test('of all boards holds for those that are made later, until one comes back to one or to all', async () => {
    const { program, anna } = await three();
    expect(await leave(anna)).toEqual(['all-time', 'month']);
    await program.admin.mutate('leaderboardCreate', { key: 'later', name: 'Later', window: 'YEAR' });
    await program.give(anna, 5);
    expect(await names(program.admin, 'later')).toEqual(['1 Bert', '2 Cees']);
    expect(await comeBack(anna, await boardId(program, 'later'))).toEqual(['all-time', 'month']);
    expect(await names(program.admin, 'later')).toEqual(['1 Anna', '2 Bert', '3 Cees']);
    expect(await names(program.admin)).toEqual(['1 Bert', '2 Cees']);
    expect(await comeBack(anna)).toEqual([]);
    expect(await names(program.admin)).toEqual(['1 Anna', '2 Bert', '3 Cees']);
  });

  test('wins no prize of a season that closes meanwhile: the next in line does', async () => {
    const { program, anna, bert } = await three();
    const leaderboardId = await boardId(program, 'month');
    const prizes = [{ fromPosition: 1, toPosition: 1, points: 100 }];
    await program.admin.mutate('leaderboardSeasonsSet', { leaderboardId, prizes });
    await leave(anna, leaderboardId);
    world.clock.set(new Date('2026-04-01T00:01:00Z'));
    await world.server.features.jobWorker.drain();
    const lifetime = async ({ client }: TestAmbassador) =>
      (await client.ask('{ me { points { lifetime } } }')).me.points.lifetime;
    expect([await lifetime(anna), await lifetime(bert)]).toEqual([30, 120]);
  });

  test('is kept by a board that is counted anew', async () => {
    const { program, anna } = await three();
    await leave(anna, await boardId(program, 'all-time'));
    await world.server.features.boardFill.rebuild(program.program.id, 'all-time');
    expect(await names(program.admin)).toEqual(['1 Bert', '2 Cees']);
  });

  test('is exact while points are posted, and one leaves and comes back at once', async () => {
    const { program, anna, bert } = await three();
    const board = await boardId(program, 'all-time');
    await atOnce(12, async (index) => {
      if (index % 3 === 0) await program.give(anna, 1);
      else if (index % 3 === 1) await leave(anna, board);
      else await comeBack(anna, board);
    });
    await Promise.all([program.give(bert, 50), leave(bert, board), program.give(bert, 50)]);
    await expectInvariants(world.server.platform.database);
    await comeBack(anna, board);
    expect(await names(program.admin)).toEqual(['1 Anna', '2 Cees']);
  });

  test('of another program finds nothing, and what one left only staff see', async () => {
    const { program, anna, bert } = await three();
    const elsewhere = await world.program();
    const foreign = { leaderboardId: await boardId(elsewhere, 'all-time') };
    expect(await anna.client.mutate('leaderboardLeave', foreign)).toMatchObject({ __typename: 'NotFound' });
    const ask = 'query ($id: ID!) { node(id: $id) { ... on Ambassador { leaderboardsLeft { key } } } }';
    expect(await bert.client.refusal(ask, { id: anna.id })).toBe('FORBIDDEN');
    expect((await program.analyst.ask(ask, { id: anna.id })).node.leaderboardsLeft).toEqual([]);
  });
});
