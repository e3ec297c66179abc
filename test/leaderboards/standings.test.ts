import { describe, expect, jest, test } from '@jest/globals';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const entry = '{ position rank points ambassador { displayName } }';

/** The board as an ambassador's line each: position, rank, points, name. */
async function lines(program: TestProgram, argument = 'first: 100'): Promise<string[]> {
  const { leaderboard } = await program.admin.ask(`{ leaderboard(${argument}) { nodes ${entry} } }`);
  return leaderboard.nodes.map(line);
}

function line(node: { position: number; rank: number; points: number; ambassador: { displayName: string } }): string {
  return `${node.position} ${node.rank} ${node.points} ${node.ambassador.displayName}`;
}

/** Ambassadors named after what they have, given in that order. */
async function ranked(program: TestProgram, points: readonly number[]): Promise<TestAmbassador[]> {
  const ambassadors: TestAmbassador[] = [];
  for (const amount of points) {
    const ambassador = await program.ambassador(`A${ambassadors.length + 1}`);
    await program.give(ambassador, amount);
    ambassadors.push(ambassador);
  }
  return ambassadors;
}

describe('leaderboard', () => {
  test('equal points share a rank, and who reached them first stands first', async () => {
    const program = await world.program();
    await ranked(program, [10, 30, 20, 30, 5]);
    expect(await lines(program)).toEqual(['1 1 30 A2', '2 1 30 A4', '3 3 20 A3', '4 4 10 A1', '5 5 5 A5']);
  });

  test('who comes to the same points later stands behind', async () => {
    const program = await world.program();
    const [first] = await ranked(program, [10, 15]);
    if (first) await program.give(first, 5);
    expect(await lines(program)).toEqual(['1 1 15 A2', '2 1 15 A1']);
  });

  test('lists nobody without points, and says null for them', async () => {
    const program = await world.program();
    const [anna] = await ranked(program, [10]);
    const none = await program.ambassador('None');
    const query = `{ leaderboard { totalCount nodes { points } viewerEntry ${entry} } me { standing ${entry} } }`;
    const reply = await none.client.ask(query);
    expect(reply).toEqual({
      leaderboard: { totalCount: 1, nodes: [{ points: 10 }], viewerEntry: null },
      me: { standing: null },
    });
    const own = await anna?.client.ask(query);
    expect(line(own.leaderboard.viewerEntry)).toBe('1 1 10 A1');
    expect(line(own.me.standing)).toBe('1 1 10 A1');
  });

  test('a reversal takes points off the board, whole or in part', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const bert = await program.ambassador('Bert');
    const gift = await program.give(anna, 30);
    await program.give(bert, 20);
    const reverse = (amountPoints: number) =>
      program.admin.mutate('pointsReverse', {
        entryId: gift.entry.id,
        amountPoints,
        reason: 'By mistake',
        idempotencyKey: world.unique('reverse'),
      });
    await reverse(10);
    expect(await lines(program)).toEqual(['1 1 20 Bert', '2 1 20 Anna']);
    await reverse(20);
    expect(await lines(program)).toEqual(['1 1 20 Bert']);
  });

  test('points that are taken by hand after they were earned still count', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 30);
    await program.give(anna, -10);
    expect(await lines(program)).toEqual(['1 1 30 Anna']);
  });

  test('pages forward and backward, each place once', async () => {
    const program = await world.program();
    await ranked(program, [7, 9, 9, 3, 9, 1, 7]);
    const all = await lines(program);
    expect(all).toEqual(['1 1 9 A2', '2 1 9 A3', '3 1 9 A5', '4 4 7 A1', '5 4 7 A7', '6 6 3 A4', '7 7 1 A6']);
    const page = async (argument: string) =>
      (
        await program.admin.ask(`{ leaderboard(${argument}) { nodes ${entry}
          pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`)
      ).leaderboard;
    const one = await page('first: 3');
    const two = await page(`first: 3, after: "${one.pageInfo.endCursor}"`);
    const three = await page(`first: 3, after: "${two.pageInfo.endCursor}"`);
    expect([...one.nodes, ...two.nodes, ...three.nodes].map(line)).toEqual(all);
    expect([one, two, three].map(({ pageInfo }) => pageInfo.hasNextPage)).toEqual([true, true, false]);
    const back = await page(`last: 2, before: "${three.pageInfo.startCursor}"`);
    expect(back.nodes.map(line)).toEqual(all.slice(4, 6));
    expect(back.pageInfo).toMatchObject({ hasPreviousPage: true, hasNextPage: true });
    expect((await page('last: 2')).nodes.map(line)).toEqual(all.slice(5));
  });

  test('a cursor goes on at its place when others climb over it', async () => {
    const program = await world.program();
    const ambassadors = await ranked(program, [50, 40, 30, 20, 10]);
    const { leaderboard } = await program.admin.ask('{ leaderboard(first: 3) { pageInfo { endCursor } } }');
    if (ambassadors[4]) await program.give(ambassadors[4], 100);
    expect(await lines(program, `after: "${leaderboard.pageInfo.endCursor}"`)).toEqual(['5 5 20 A4']);
  });

  test('neighbours are the entry itself and up to radius on either side', async () => {
    const program = await world.program();
    const ambassadors = await ranked(program, [90, 80, 70, 70, 70, 60, 50]);
    const ask = async (index: number, radius: string) => {
      const reply = await ambassadors[index]?.client.ask(`{ me { standing { neighbours${radius} ${entry} } } }`);
      return reply?.me.standing.neighbours.map(line);
    };
    expect(await ask(3, '')).toEqual(['2 2 80 A2', '3 3 70 A3', '4 3 70 A4', '5 3 70 A5', '6 6 60 A6']);
    expect(await ask(0, '(radius: 1)')).toEqual(['1 1 90 A1', '2 2 80 A2']);
    expect(await ask(6, '(radius: 1)')).toEqual(['6 6 60 A6', '7 7 50 A7']);
    expect(await ask(4, '(radius: 25)')).toHaveLength(7);
    expect(await program.admin.refusal('{ leaderboard { nodes { neighbours(radius: 26) { points } } } }')).toBe(
      'BAD_USER_INPUT',
    );
  });

  test('a key that no board has is the caller’s mistake, by name', async () => {
    const program = await world.program();
    const { errors } = await program.admin.send('{ leaderboard(key: "nobody") { totalCount } }');
    expect(errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    expect(errors?.[0]?.message).toContain('"nobody"');
    const anna = await program.ambassador('Anna');
    expect(await anna.client.refusal('{ me { standing(leaderboard: "nobody") { rank } } }')).toBe('BAD_USER_INPUT');
    expect(await program.admin.refusal('{ leaderboard(after: "nonsense") { totalCount } }')).toBe('BAD_USER_INPUT');
    expect(await program.admin.refusal('{ leaderboard(first: 101) { totalCount } }')).toBe('BAD_USER_INPUT');
  });

  test('shows nothing of another program, and nothing to strangers', async () => {
    const [one, other] = [await world.program(), await world.program()];
    await ranked(one, [10]);
    await other.admin.mutate('leaderboardCreate', { key: 'theirs', name: 'Theirs', window: 'ALL_TIME' });
    expect(await lines(other)).toEqual([]);
    expect(await one.admin.refusal('{ leaderboard(key: "theirs") { totalCount } }')).toBe('BAD_USER_INPUT');
    expect(await world.anonymous().refusal('{ leaderboard { totalCount } }')).toBe('UNAUTHENTICATED');
    const { leaderboards } = await other.admin.ask('{ leaderboards { id key } }');
    expect(leaderboards.map(({ key }: { key: string }) => key)).toEqual(['all-time', 'month', 'theirs']);
    const seen = await one.admin.ask('query ($id: ID!) { node(id: $id) { id } }', { id: leaderboards[2].id });
    expect(seen.node).toBeNull();
    const own = await other.admin.ask('query ($id: ID!) { node(id: $id) { ... on Leaderboard { name } } }', {
      id: leaderboards[2].id,
    });
    expect(own.node).toEqual({ name: 'Theirs' });
  });

  test('points given at once to many, and many times to one, all count', async () => {
    const program = await world.program();
    const ambassadors = await atOnce(8, (index) => program.ambassador(`A${index}`));
    await atOnce(64, (index) => {
      const ambassador = ambassadors[index % 8];
      return ambassador ? program.give(ambassador, 1 + (index % 8)) : Promise.resolve();
    });
    const board = await lines(program);
    expect(board.map((each) => Number(each.split(' ')[2]))).toEqual([64, 56, 48, 40, 32, 24, 16, 8]);
  });

  test('a page of 100 with names, levels and neighbours takes no more queries than a page of 2', async () => {
    const program = await world.program();
    const ambassadors = await atOnce(100, (index) => program.ambassador(`A${index}`));
    await atOnce(100, (index) => {
      const ambassador = ambassadors[index];
      return ambassador ? program.give(ambassador, 1 + (index % 10)) : Promise.resolve();
    });
    const { database } = world.server.platform;
    const reads = jest.spyOn(database, 'read');
    const queriesOnce = async (first: number) => {
      reads.mockClear();
      const { leaderboard } = await program.admin.ask(
        `{ leaderboard(first: ${first}) { totalCount nodes { position
          ambassador { displayName level { name } standing { rank } } neighbours { position } } } }`,
      );
      expect(leaderboard.nodes).toHaveLength(first);
      return reads.mock.calls.length;
    };
    // Background work reads too; of some tries the fewest are the request's own.
    const queries = async (first: number) =>
      Math.min(await queriesOnce(first), await queriesOnce(first), await queriesOnce(first));
    // A query for each entry would be a hundred more; a batch that falls in two is not.
    expect(await queries(100)).toBeLessThan((await queries(2)) + 10);
  });
});
