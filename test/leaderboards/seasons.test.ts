import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { composeFeatures } from '../../src/app/features.js';
import { Events } from '../../src/platform/events/events.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import { badgesOf, createBadge } from '../badges/badge.js';
import type { Answer } from '../support/client.js';
import { dropDatabase } from '../support/databases.js';
import { expectInvariants } from '../support/invariants.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld, World } from '../support/world.js';

const world = useWorld();
const dayMilliseconds = 86_400_000;

/** Everything that has come due is done, a minute after the moment at which it did. */
async function pass(to: string): Promise<void> {
  world.clock.set(new Date(Date.parse(to) + 60_000));
  await world.server.features.jobWorker.drain();
}

async function boardId(program: TestProgram, key: string): Promise<string> {
  const { leaderboards } = await program.admin.ask('{ leaderboards { id key } }');
  return leaderboards.find((board: Answer) => board.key === key).id;
}

async function keepSeasons(program: TestProgram, key: string, prizes: readonly object[] | null): Promise<Answer> {
  const input = { leaderboardId: await boardId(program, key), prizes };
  return program.admin.mutate(
    'leaderboardSeasonsSet',
    input,
    'LeaderboardSeasonsReplaced { leaderboard { keepsSeasons } }',
  );
}

async function season(program: TestProgram, board: string, key: string): Promise<Answer> {
  const { node } = await program.admin.ask(
    `query ($id: ID!, $key: String!) { node(id: $id) { ... on Leaderboard { season(key: $key) {
      id key from to status closedAt prizes { fromPosition toPosition points badgeCode }
      standings { totalCount nodes { position rank points ambassador { displayName } prize { points badgeCode } } } } } } }`,
    { id: await boardId(program, board), key },
  );
  return node.season;
}

/** The final standing as `1 1 Anna 30`. */
async function standings(program: TestProgram, board: string, key: string): Promise<string[]> {
  const found = await season(program, board, key);
  return found.standings.nodes.map(
    ({ position, rank, points, ambassador }: Answer) => `${position} ${rank} ${ambassador.displayName} ${points}`,
  );
}

async function balanceOf(ambassador: TestAmbassador): Promise<number> {
  const { me } = await ambassador.client.ask('{ me { points { available } } }');
  return me.points.available;
}

const podium = [
  { fromPosition: 1, toPosition: 1, points: 100, badgeCode: 'gold' },
  { fromPosition: 2, toPosition: 3, points: 50, badgeCode: null },
];

/** March 2026 in which Anna has 30, Bert and then Cees 20, and Dora 10 points. */
async function march(settings: { readonly timeZone?: string } = {}) {
  world.clock.set(new Date('2026-03-10T12:00:00Z'));
  const program = await world.program(settings);
  await createBadge(program, 'gold', { lifetimePoints: 1_000_000 });
  expect(await keepSeasons(program, 'month', podium)).toEqual({
    __typename: 'LeaderboardSeasonsReplaced',
    leaderboard: { keepsSeasons: true },
  });
  const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
  const [cees, dora] = [await program.ambassador('Cees'), await program.ambassador('Dora')];
  await program.give(bert, 20);
  await program.give(cees, 20);
  await program.give(anna, 30);
  const dorasGift = await program.give(dora, 10);
  return { program, anna, bert, cees, dora, dorasGift };
}

describe('a season of a board by window', () => {
  test('ends in a final standing, with ties as on the board, and pays its prizes', async () => {
    const { program, anna, bert, cees, dora } = await march();
    expect(await season(program, 'month', '2026-03')).toMatchObject({ status: 'OPEN', standings: { totalCount: 0 } });
    await pass('2026-04-01T00:00:00Z');
    const closed = await season(program, 'month', '2026-03');
    expect(closed).toMatchObject({
      ...{ key: '2026-03', status: 'CLOSED', closedAt: '2026-04-01T00:01:00.000Z', prizes: podium },
      ...{ from: '2026-03-01T00:00:00.000Z', to: '2026-04-01T00:00:00.000Z' },
    });
    expect(await standings(program, 'month', '2026-03')).toEqual([
      '1 1 Anna 30',
      '2 2 Bert 20',
      '3 2 Cees 20',
      '4 4 Dora 10',
    ]);
    expect(closed.standings.nodes.map(({ prize }: Answer) => prize)).toEqual([
      ...[
        { points: 100, badgeCode: 'gold' },
        { points: 50, badgeCode: null },
        { points: 50, badgeCode: null },
      ],
      null,
    ]);
    expect(await Promise.all([anna, bert, cees, dora].map(balanceOf))).toEqual([130, 70, 70, 10]);
    expect(await badgesOf(anna)).toEqual(['gold']);
    expect(await badgesOf(bert)).toEqual([]);
  });

  test('stays as it closed, whatever is posted or reversed later, and prizes give nobody a start in the next', async () => {
    const { program, anna, dora, dorasGift } = await march();
    await pass('2026-04-01T00:00:00Z');
    const before = await season(program, 'month', '2026-03');
    await program.give(dora, 500);
    const entryId: string = dorasGift.entry.id;
    await program.admin.mutate('pointsReverse', { entryId, reason: 'Wrong', idempotencyKey: 'back' });
    expect(await season(program, 'month', '2026-03')).toEqual(before);
    const { leaderboard } = await program.admin.ask(
      '{ leaderboard(key: "month") { nodes { points ambassador { displayName } } } }',
    );
    expect(leaderboard.nodes).toEqual([{ points: 500, ambassador: { displayName: 'Dora' } }]);
    const { all } = await anna.client.ask('{ all: leaderboard { nodes { points } } }');
    expect(all.nodes.map(({ points }: Answer) => points)).toEqual([500, 130, 70, 70]);
  });

  test('counts a reversal that comes before it closes', async () => {
    const { program, dorasGift } = await march();
    world.clock.set(new Date('2026-04-01T00:00:30Z'));
    const entryId: string = dorasGift.entry.id;
    await program.admin.mutate('pointsReverse', { entryId, reason: 'Wrong', idempotencyKey: 'back' });
    await pass('2026-04-01T00:00:00Z');
    expect(await standings(program, 'month', '2026-03')).toEqual(['1 1 Anna 30', '2 2 Bert 20', '3 2 Cees 20']);
  });

  test("ends at midnight in the program's time zone, and follows it when it moves", async () => {
    const { program, dora } = await march({ timeZone: 'America/New_York' });
    await pass('2026-04-01T03:58:00Z');
    expect(await season(program, 'month', '2026-03')).toMatchObject({ status: 'OPEN', to: '2026-04-01T04:00:00.000Z' });
    await program.give(dora, 50);
    await pass('2026-04-01T04:00:00Z');
    expect((await standings(program, 'month', '2026-03'))[0]).toBe('1 1 Dora 60');
    expect(await season(program, 'month', '2026-04')).toMatchObject({ status: 'OPEN', to: '2026-05-01T04:00:00.000Z' });
    await program.admin.mutate('programUpdate', { timeZone: 'Asia/Tokyo' });
    await pass('2026-04-30T15:00:00Z');
    expect(await season(program, 'month', '2026-04')).toMatchObject({
      ...{ from: '2026-03-31T15:00:00.000Z', to: '2026-04-30T15:00:00.000Z', status: 'CLOSED' },
    });
  });

  test('is followed by the next; each window that nobody was there for is closed late, in order', async () => {
    const { program, anna } = await march();
    await pass('2026-06-15T00:00:00Z');
    const { node, me } = await anna.client.ask(
      `query ($id: ID!) { node(id: $id) { ... on Leaderboard { seasons { totalCount nodes { key status viewerStanding { position } } } } }
        me { seasonStandings { nodes { position points season { key leaderboard { key } } } } } }`,
      { id: await boardId(program, 'month') },
    );
    expect(node.seasons).toEqual({
      totalCount: 4,
      nodes: [
        { key: '2026-06', status: 'OPEN', viewerStanding: null },
        { key: '2026-05', status: 'CLOSED', viewerStanding: null },
        { key: '2026-04', status: 'CLOSED', viewerStanding: null },
        { key: '2026-03', status: 'CLOSED', viewerStanding: { position: 1 } },
      ],
    });
    expect(me.seasonStandings.nodes).toEqual([
      { position: 1, points: 30, season: { key: '2026-03', leaderboard: { key: 'month' } } },
    ]);
  });

  test('is the last one when the board keeps no more', async () => {
    const { program } = await march();
    await keepSeasons(program, 'month', null);
    await pass('2026-05-01T00:00:00Z');
    expect(await season(program, 'month', '2026-03')).toMatchObject({ status: 'CLOSED' });
    expect(await season(program, 'month', '2026-04')).toBeNull();
  });

  test('has the prizes that it was given last while it is under way', async () => {
    const { program, anna } = await march();
    await keepSeasons(program, 'month', [{ fromPosition: 1, toPosition: 1, points: 7 }]);
    await pass('2026-04-01T00:00:00Z');
    await keepSeasons(program, 'month', []);
    expect(await balanceOf(anna)).toBe(37);
    expect((await season(program, 'month', '2026-03')).prizes).toHaveLength(1);
    expect((await season(program, 'month', '2026-04')).prizes).toEqual([]);
  });

  test('that is closed twice is as it was', async () => {
    const { program, anna } = await march();
    await pass('2026-04-01T00:00:00Z');
    const before = await season(program, 'month', '2026-03');
    for (const step of ['copy', 'rank', 'pay']) {
      const state = { seasonId: fromGlobalId(before.id)?.id, step, after: '', position: 0, rank: 0, points: 0 };
      await world.server.platform.database.transact((tx) =>
        tx.execute(sql`UPDATE job SET status = 'WAITING', due_at = ${tx.now}, finished_at = NULL,
          state = ${JSON.stringify(state)}
          WHERE program_id = ${program.program.id} AND run_key = 'month:2026-03'`),
      );
      await world.server.features.jobWorker.drain();
    }
    expect(await season(program, 'month', '2026-03')).toEqual(before);
    expect(await balanceOf(anna)).toBe(130);
  });

  test('with more ambassadors than one part takes has each of them once', async () => {
    world.clock.set(new Date('2026-09-10T12:00:00Z'));
    const program = await world.program();
    await keepSeasons(program, 'month', [{ fromPosition: 1, toPosition: 60, points: 1 }]);
    await atOnce(255, async (index) => program.give(await program.ambassador(`Member ${index}`), 1 + (index % 7)));
    await pass('2026-10-01T00:00:00Z');
    const closed = await season(program, 'month', '2026-09');
    expect(closed).toMatchObject({ status: 'CLOSED', standings: { totalCount: 255 } });
    const { jobs } = await program.admin.ask(
      '{ jobs(name: "leaderboards.close", status: DONE) { nodes { runKey progress { done total } } } }',
    );
    expect(jobs.nodes).toEqual([{ runKey: 'month:2026-09', progress: { done: 510, total: 510 } }]);
    const { available } = await world.server.platform.database.read(async (db) => {
      const [row] = await db.query<{ available: number | string }>(
        sql`SELECT COUNT(*) AS available FROM points_transfer WHERE program_id = ${program.program.id} AND cause LIKE 'season:%'`,
      );
      return { available: Number(row?.available) };
    });
    expect(available).toBe(60);
  }, 120_000);
});

describe('a board of one season', () => {
  const settings = { key: 'spring', name: 'Spring', window: 'SEASON' };

  test('counts what is earned between two moments, and ends in a final standing', async () => {
    world.clock.set(new Date('2026-03-10T12:00:00Z'));
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    await program.give(bert, 1_000);
    const times = { from: '2026-03-20T08:00:00Z', to: '2026-04-10T20:00:00Z' };
    const prize = { fromPosition: 1, toPosition: 1, points: 5 };
    const made = await program.admin.mutate(
      'leaderboardCreate',
      { ...settings, ...times, seasonPrizes: [prize] },
      'LeaderboardCreated { leaderboard { seasonFrom seasonTo keepsSeasons } }',
    );
    expect(made.leaderboard).toEqual({
      ...{ seasonFrom: '2026-03-20T08:00:00.000Z', seasonTo: '2026-04-10T20:00:00.000Z', keepsSeasons: true },
    });
    world.clock.set(new Date('2026-03-20T07:59:59.999Z'));
    await program.give(bert, 100);
    world.clock.set(new Date('2026-03-20T08:00:00Z'));
    await program.give(bert, 20);
    await program.give(anna, 30);
    const { leaderboard } = await program.admin.ask(
      '{ leaderboard(key: "spring") { nodes { points } period { to } } }',
    );
    expect(leaderboard).toEqual({
      nodes: [{ points: 30 }, { points: 20 }],
      period: { to: '2026-04-10T20:00:00.000Z' },
    });
    world.clock.set(new Date('2026-04-10T20:00:00Z'));
    await program.give(bert, 500);
    await pass('2026-04-10T20:00:00Z');
    expect(await standings(program, 'spring', 'spring')).toEqual(['1 1 Anna 30', '2 2 Bert 20']);
    expect(await balanceOf(anna)).toBe(35);
  });

  test('and prizes have to make sense', async () => {
    const program = await world.program();
    const issues = async (input: object) => {
      const result = await program.admin.mutate('leaderboardCreate', { ...settings, ...input });
      return result.issues?.map(({ path, message }: Answer) => `${path.join('.')}: ${message}`);
    };
    const times = { from: '2027-01-01T00:00:00Z', to: '2027-02-01T00:00:00Z' };
    expect(await issues({})).toEqual(['from: must be given for a board of one season']);
    expect(await issues({ ...times, to: times.from })).toEqual([
      'to: must be given for a board of one season, after `from`',
    ]);
    expect(await issues({ window: 'WEEK', from: times.from })).toEqual(['from: is only for a board of one season']);
    expect(await issues({ window: 'ALL_TIME', seasonPrizes: [] })).toEqual([
      'seasonPrizes: a board of all time never ends',
    ]);
    const prize = { fromPosition: 1, toPosition: 2, points: 5 };
    expect(await issues({ ...times, seasonPrizes: [{ ...prize, toPosition: 0 }] })).toContain(
      'seasonPrizes.0.toPosition: must be from 1 to 1000',
    );
    expect(await issues({ ...times, seasonPrizes: [{ ...prize, points: null }] })).toEqual([
      'seasonPrizes.0: must have points, a badge, or both',
    ]);
    expect(await issues({ ...times, seasonPrizes: [prize, { ...prize, fromPosition: 2 }] })).toEqual([
      'seasonPrizes: must ascend, each from a later place than the one before ends with',
    ]);
    expect(await issues({ ...times, seasonPrizes: [{ ...prize, badgeCode: 'nobody-knows' }] })).toEqual([
      'prizes: there is no badge "nobody-knows"',
    ]);
  });
});

test('seasons that two servers close at once pay their prizes once', async () => {
  const database = `seasons-${process.env.JEST_WORKER_ID ?? '1'}`;
  await dropDatabase(database);
  const [one, another] = [new World({}, { database }), new World({}, { database })];
  await one.start();
  // An embedded database belongs to one process: there the other server shares the connection that writes.
  const apart = one.server.platform.database.engine === 'mysql';
  if (apart) await another.start();
  const other = apart ? another.server.features : composeFeatures({ ...one.server.platform, events: new Events() });
  const both = [one.server.features.jobWorker, other.jobWorker];
  try {
    const program = await one.program();
    const seasonPrizes = [{ fromPosition: 1, toPosition: 5, points: 10 }];
    await program.admin.mutate('leaderboardCreate', { key: 'week', name: 'Week', window: 'WEEK', seasonPrizes });
    const crowd = await atOnce(8, (index) => program.ambassador(`Member ${index}`));
    for (let week = 0; week < 4; week++) {
      for (const [index, member] of crowd.entries()) await program.give(member, 1 + ((index + week) % 8));
      for (const { clock } of [one, another]) clock.advance(7 * dayMilliseconds);
      await Promise.all(both.map((worker) => worker.drain()));
      await Promise.all(both.map((worker) => worker.drain()));
    }
    const { leaderboards } = await program.admin.ask(
      '{ leaderboards { key seasons { nodes { status standings { totalCount } } } } }',
    );
    const { nodes } = leaderboards.find(({ key }: Answer) => key === 'week').seasons;
    expect(nodes.slice(1)).toEqual(Array(4).fill({ status: 'CLOSED', standings: { totalCount: 8 } }));
    const [paid] = await one.server.platform.database.read((db) =>
      db.query<{ n: number | string }>(sql`SELECT COUNT(*) AS n FROM points_transfer WHERE cause LIKE 'season:%'`),
    );
    expect(Number(paid?.n)).toBe(20);
    await expectInvariants(one.server.platform.database);
  } finally {
    if (apart) await another.stop();
    await one.stop();
    await dropDatabase(database);
  }
}, 120_000);
