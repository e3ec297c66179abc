import { describe, expect, test } from '@jest/globals';
import { atOnce, eventually, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const created = 'LeaderboardCreated { leaderboard { key name window kinds isComplete attribute { name value } } }';

async function points(program: TestProgram, key: string, periodOf?: string): Promise<Record<string, number>> {
  const period = periodOf ? `, periodOf: "${periodOf}"` : '';
  const { leaderboard } = await program.admin.ask(
    `{ leaderboard(key: "${key}", first: 100${period}) { nodes { points ambassador { displayName } } } }`,
  );
  return Object.fromEntries(
    leaderboard.nodes.map((node: { points: number; ambassador: { displayName: string } }) => [
      node.ambassador.displayName,
      node.points,
    ]),
  );
}

/** Pays as an approved submission of that kind does. */
async function award(ambassador: TestAmbassador, category: string, amountPoints: number): Promise<void> {
  const { database } = world.server.platform;
  await database.transact((tx) =>
    world.server.features.ledger.award(tx, {
      ambassadorId: Buffer.from(ambassador.id, 'base64url').toString().replace('Ambassador:', ''),
      amountPoints,
      cause: world.unique('cause'),
      category,
      reason: 'Well done',
      actor: 'system',
    }),
  );
}

describe('leaderboardCreate', () => {
  test('a new board counts what was earned before', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    await program.give(anna, 10);
    await program.give(bert, 20);
    await program.give(anna, 5);
    const result = await program.admin.mutate(
      'leaderboardCreate',
      { key: 'again', name: 'Again', window: 'ALL_TIME' },
      created,
    );
    expect(result.leaderboard).toEqual({
      key: 'again',
      name: 'Again',
      window: 'ALL_TIME',
      kinds: null,
      isComplete: true,
      attribute: null,
    });
    expect(await points(program, 'again')).toEqual({ Anna: 15, Bert: 20 });
    await program.give(bert, 1);
    expect(await points(program, 'again')).toEqual({ Anna: 15, Bert: 21 });
  });

  test('postings while a board is made are counted once, whichever comes first', async () => {
    const program = await world.program();
    const ambassadors = await atOnce(6, (index) => program.ambassador(`A${index}`));
    const given = atOnce(60, async (index) => {
      const ambassador = ambassadors[index % 6];
      if (ambassador) await program.give(ambassador, 1 + (index % 6));
    });
    const made = atOnce(4, (index) =>
      program.admin.mutate('leaderboardCreate', { key: `board-${index}`, name: 'Board', window: 'YEAR' }),
    );
    await Promise.all([given, made]);
    const whole = await points(program, 'all-time');
    expect(whole).toEqual({ A0: 10, A1: 20, A2: 30, A3: 40, A4: 50, A5: 60 });
    for (const index of [0, 1, 2, 3]) expect(await points(program, `board-${index}`)).toEqual(whole);
  });

  test('a board of kinds counts these alone, and nothing given by hand', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await award(anna, 'REVIEW', 10);
    await program.admin.mutate('leaderboardCreate', {
      key: 'writers',
      name: 'Writers',
      window: 'ALL_TIME',
      kinds: ['REVIEW', 'BLOG_POST'],
    });
    await award(anna, 'BLOG_POST', 7);
    await award(anna, 'IDEA', 100);
    await program.give(anna, 1_000);
    expect(await points(program, 'writers')).toEqual({ Anna: 17 });
    expect(await points(program, 'all-time')).toEqual({ Anna: 1_117 });
  });

  test('a board of an attribute follows who gets it and who loses it', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna', { attributes: { market: 'NL' } });
    const bert = await program.ambassador('Bert', { attributes: { market: 'BE' } });
    const cees = await program.ambassador('Cees', { attributes: { market: 'nl' } });
    await program.give(anna, 10);
    await program.admin.mutate('leaderboardCreate', {
      key: 'nl',
      name: 'The Netherlands',
      window: 'ALL_TIME',
      attribute: { name: 'market', value: 'NL' },
    });
    for (const ambassador of [anna, bert, cees]) await program.give(ambassador, 5);
    expect(await points(program, 'nl')).toEqual({ Anna: 15 });
    const move = (ambassador: TestAmbassador, market: string) =>
      program.admin.mutate('ambassadorEnroll', {
        contact: { externalId: ambassador.externalId, attributes: { market } },
        displayName: 'Ignored',
      });
    await move(anna, 'BE');
    await move(bert, 'NL');
    await eventually(async () => expect(await points(program, 'nl')).toEqual({ Bert: 5 }));
    await program.give(anna, 1);
    await move(anna, 'NL');
    await eventually(async () => expect(await points(program, 'nl')).toEqual({ Anna: 16, Bert: 5 }));
  });

  test('refuses what makes no sense, with the path', async () => {
    const program = await world.program();
    const refused = async (input: object) => {
      const result = await program.admin.mutate('leaderboardCreate', {
        key: 'board',
        name: 'Board',
        window: 'ALL_TIME',
        ...input,
      });
      return result.issues.map(({ path }: { path: string[] }) => path);
    };
    expect(await refused({ key: 'all-time' })).toEqual([['key']]);
    expect(await refused({ key: 'Not A Key' })).toEqual([['key']]);
    expect(await refused({ name: ' ' })).toEqual([['name']]);
    expect(await refused({ kinds: [] })).toEqual([['kinds']]);
    expect(await refused({ attribute: { name: 'market', value: '' } })).toEqual([['attribute', 'value']]);
    expect(
      await program.moderator.refusal(
        'mutation { leaderboardCreate(input: { key: "x", name: "x", window: DAY }) { __typename } }',
      ),
    ).toBe('FORBIDDEN');
  });

  test('the same key at once makes one board', async () => {
    const program = await world.program();
    const results = await atOnce(10, () =>
      program.admin.mutate('leaderboardCreate', { key: 'race', name: 'Race', window: 'DAY' }),
    );
    expect(results.filter(({ __typename }) => __typename === 'LeaderboardCreated')).toHaveLength(1);
    expect(results.filter(({ __typename }) => __typename === 'InputInvalid')).toHaveLength(9);
  });
});

describe('windows', () => {
  test('begin at midnight in the zone of the program, weeks on Monday', async () => {
    const program = await world.program({ timeZone: 'Europe/Amsterdam' });
    for (const window of ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR']) {
      await program.admin.mutate('leaderboardCreate', { key: window.toLowerCase(), name: window, window });
    }
    const anna = await program.ambassador('Anna');
    // Sunday 29 March 2026 is the day on which summer time begins in Amsterdam.
    world.clock.set(new Date('2026-03-29T21:59:59.999Z'));
    await program.give(anna, 10);
    world.clock.set(new Date('2026-03-29T22:00:00.000Z'));
    await program.give(anna, 1);
    expect(await points(program, 'day')).toEqual({ Anna: 1 });
    expect(await points(program, 'week')).toEqual({ Anna: 1 });
    expect(await points(program, 'month')).toEqual({ Anna: 11 });
    world.clock.set(new Date('2026-03-31T22:00:00.000Z'));
    await program.give(anna, 100);
    expect(await points(program, 'month')).toEqual({ Anna: 100 });
    expect(await points(program, 'quarter')).toEqual({ Anna: 100 });
    expect(await points(program, 'year')).toEqual({ Anna: 111 });
    expect(await points(program, 'month', '2026-03-15T12:00:00Z')).toEqual({ Anna: 11 });
    expect(await points(program, 'day', '2026-03-29T12:00:00Z')).toEqual({ Anna: 10 });
    const { leaderboard } = await program.admin.ask('{ leaderboard(key: "quarter") { period { from to } } }');
    expect(leaderboard.period).toEqual({ from: '2026-03-31T22:00:00.000Z', to: '2026-06-30T22:00:00.000Z' });
  });

  test('a reversal counts in the window in which the points were earned', async () => {
    world.clock.set(new Date('2026-05-20T12:00:00.000Z'));
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { entry } = await program.give(anna, 10);
    world.clock.set(new Date('2026-06-02T12:00:00.000Z'));
    await program.give(anna, 3);
    await program.admin.mutate('pointsReverse', {
      entryId: entry.id,
      amountPoints: 4,
      reason: 'By mistake',
      idempotencyKey: 'k',
    });
    expect(await points(program, 'month')).toEqual({ Anna: 3 });
    expect(await points(program, 'month', '2026-05-31T23:59:59Z')).toEqual({ Anna: 6 });
  });

  test('another time zone of the program counts its windows anew', async () => {
    world.clock.set(new Date('2026-07-31T22:30:00.000Z'));
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 10);
    expect(await points(program, 'month', '2026-07-15T12:00:00Z')).toEqual({ Anna: 10 });
    await program.admin.mutate('programUpdate', { timeZone: 'Europe/Amsterdam' });
    await world.server.features.jobWorker.drain();
    expect(await points(program, 'month', '2026-07-15T12:00:00Z')).toEqual({});
    expect(await points(program, 'month')).toEqual({ Anna: 10 });
    await program.give(anna, 1);
    expect(await points(program, 'month')).toEqual({ Anna: 11 });
  });
});
