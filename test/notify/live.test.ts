import { afterEach, describe, expect, test } from '@jest/globals';
import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Answer } from '../support/client.js';
import { eventually, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const clients: Client[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});

/** What one subscription was told. */
interface Watch {
  readonly told: Answer[];
  readonly refusals: Answer[];
  readonly stop: () => void;
}

async function watch(program: TestProgram, role: 'ADMIN' | 'AMBASSADOR', sub: string, query: string): Promise<Watch> {
  const token = await world.server.features.tokens.sign({ sub, role, program: program.program.slug }, 864_000);
  const client = createClient({
    url: `${world.server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });
  clients.push(client);
  const told: Answer[] = [];
  const refusals: Answer[] = [];
  const stop = client.subscribe(
    { query: `subscription { ${query} }` },
    {
      next: ({ data, errors }) => (errors ? refusals.push(...errors) : told.push(data)),
      error: (error) => refusals.push(...(Array.isArray(error) ? error : [error])),
      complete: () => undefined,
    },
  );
  // An answer over the same socket shows that the subscription before it has been taken.
  await new Promise<void>((resolve, reject) => {
    client.subscribe({ query: '{ viewer { role } }' }, { next: () => resolve(), error: reject, complete: () => {} });
  });
  return { told, refusals, stop };
}

const asAmbassador = (program: TestProgram, { externalId }: TestAmbassador, query: string) =>
  watch(program, 'AMBASSADOR', externalId, query);

describe('leaderboardChanged', () => {
  const changed = 'leaderboardChanged { position rank points ambassador { displayName points { lifetime } } }';

  test('tells where an ambassador stands after each change, each time anew', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    await program.give(anna, 10);
    const admin = await watch(program, 'ADMIN', 'alice', changed);
    const entry = (position: number, points: number, displayName: string) => ({
      leaderboardChanged: {
        position,
        rank: position,
        points,
        ambassador: { displayName, points: { lifetime: points } },
      },
    });
    await program.give(bert, 5);
    await eventually(async () => expect(admin.told.at(-1)).toEqual(entry(2, 5, 'Bert')));
    await program.give(bert, 6);
    await eventually(async () => expect(admin.told.at(-1)).toEqual(entry(1, 11, 'Bert')));
    expect(admin.refusals).toEqual([]);
  });

  test('tells nothing of another program, of other kinds, nor of points that do not count', async () => {
    const [program, other] = [await world.program(), await world.program()];
    const [anna, stranger] = [await program.ambassador('Anna'), await other.ambassador('Stranger')];
    await program.admin.mutate('leaderboardCreate', {
      key: 'reviews',
      name: 'Reviews',
      window: 'ALL_TIME',
      kinds: ['REVIEW'],
    });
    const reviews = await watch(program, 'ADMIN', 'alice', 'leaderboardChanged(key: "reviews") { points }');
    const all = await watch(program, 'ADMIN', 'alice', 'leaderboardChanged { points }');
    await other.give(stranger, 1_000);
    await program.give(anna, 10);
    await program.give(anna, -5);
    await program.give(anna, 1);
    await eventually(async () => expect(all.told.at(-1)).toEqual({ leaderboardChanged: { points: 11 } }));
    expect(all.told.every(({ leaderboardChanged }) => leaderboardChanged.points <= 11)).toBe(true);
    expect(reviews.told).toEqual([]);
  });

  test('refuses a board that is not there, and whoever may not see any', async () => {
    const program = await world.program();
    const missing = await watch(program, 'ADMIN', 'alice', 'leaderboardChanged(key: "nobody") { points }');
    await eventually(async () => expect(missing.refusals[0]?.extensions.code).toBe('BAD_USER_INPUT'));
  });

  test('ends when the subscriber leaves', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const [gone, here] = [
      await watch(program, 'ADMIN', 'alice', changed),
      await watch(program, 'ADMIN', 'bob', changed),
    ];
    gone.stop();
    await program.give(anna, 10);
    await eventually(async () => expect(here.told).toHaveLength(1));
    expect(gone.told).toEqual([]);
  });
});

describe('pointsPosted', () => {
  const posted = 'pointsPosted { amountPoints reason kind }';

  test('tells an ambassador of its own account alone', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    const watching = await asAmbassador(program, anna, posted);
    await program.give(bert, 7);
    await program.give(anna, 10);
    await program.give(anna, -3);
    await eventually(async () => expect(watching.told).toHaveLength(2));
    const amounts = watching.told.map(({ pointsPosted }) => pointsPosted.amountPoints);
    expect(amounts.sort()).toEqual([-3, 10]);
    expect(watching.told[0].pointsPosted).toMatchObject({ reason: 'A gift', kind: 'ADJUSTMENT' });
  });

  test('is for ambassadors', async () => {
    const program = await world.program();
    const admin = await watch(program, 'ADMIN', 'alice', posted);
    await eventually(async () => expect(admin.refusals[0]?.extensions.code).toBe('FORBIDDEN'));
  });
});
