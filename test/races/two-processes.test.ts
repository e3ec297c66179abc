import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createChallenge, proofs } from '../support/challenges.js';
import { Client } from '../support/client.js';
import { databaseSettings, dropDatabase } from '../support/databases.js';
import { expectInvariants } from '../support/invariants.js';
import { type ServerProcess, startProcess } from '../support/server-process.js';
import { eventually, jwtSecret, type TestAmbassador, type TestProgram, World } from '../support/world.js';

/*
 * Two servers, each a process of its own, on one database: what they do at once comes to what one of them would have done.
 * The embedded database belongs to one process, so this is about MySQL.
 */

// Two processes start, on a machine that may have other work.
jest.setTimeout(180_000);
const describeOnMysql = process.env.APPLAUS_TEST_ENGINE === 'mysql' ? describe : describe.skip;
const database = `races-${process.env.JEST_WORKER_ID ?? '1'}`;
const dayMilliseconds = 86_400_000;
const [buyerCount, stock, cost] = [200, 10, 30];
const [writerCount, budget, prize] = [64, 1_000, 70];

interface Server {
  readonly process: ServerProcess;
  readonly url: string;
}

async function startServer(): Promise<Server> {
  const process = startProcess({
    ...databaseSettings(database),
    APPLAUS_JWT_SECRET: jwtSecret,
    APPLAUS_RATE_LIMIT_PER_MINUTE: '1000000',
  });
  return { process, url: await process.url };
}

/** Does something for each, twenty at a time. */
async function forEach(count: number, work: (index: number) => Promise<void>): Promise<void> {
  for (let first = 0; first < count; first += 20) {
    const length = Math.min(20, count - first);
    await Promise.all(Array.from({ length }, (_, offset) => work(first + offset)));
  }
}

describeOnMysql('Two servers on one database', () => {
  let world: World;
  let program: TestProgram;
  let rewardId: string;
  let challengeId: string;
  const buyers: TestAmbassador[] = [];
  const tokens: string[] = [];
  let servers: Server[] = [];

  /** Two months ago, by one process: people with points, things to run for, and a board whose months have winners. */
  beforeAll(async () => {
    await dropDatabase(database);
    world = new World({}, { database });
    world.clock.set(new Date(Date.now() - 62 * dayMilliseconds));
    await world.start();
    program = await world.program();
    const boards = await program.admin.ask('{ leaderboards { id key window } }');
    const month = boards.leaderboards.find(({ window }: { window: string }) => window === 'MONTH');
    await program.admin.mutate('leaderboardSeasonsSet', {
      leaderboardId: month.id,
      prizes: [{ fromPosition: 1, toPosition: 3, points: 100 }],
    });
    await forEach(buyerCount, async (index) => {
      const buyer = await program.ambassador(`Buyer ${index}`, { externalId: `buyer-${index}` });
      await program.give(buyer, cost + index);
      buyers[index] = buyer;
      tokens[index] = await world.server.features.tokens.sign(
        { sub: buyer.externalId, role: 'AMBASSADOR', program: program.program.slug },
        3_650 * 86_400,
      );
    });
    const reward = await program.admin.mutate(
      'rewardCreate',
      { name: 'Dinner', costPoints: cost, stock },
      'RewardCreated { reward { id } }',
    );
    rewardId = reward.reward.id;
    const challenge = { rewardPoints: prize, verification: 'AUTOMATIC', budgetPoints: budget, maxPerAmbassador: null };
    challengeId = (await createChallenge(program, challenge)).id;
  });

  afterAll(async () => {
    for (const { process } of servers) process.child.kill('SIGTERM');
    await Promise.all(servers.map(({ process }) => process.ended));
    await expectInvariants(world.server.platform.database).finally(() => world.stop());
    await dropDatabase(database);
  });

  /** The same person, at one of the two servers. */
  const at = (index: number) => new Client(servers[index % 2]?.url ?? '', tokens[index]);
  const pointsOf = async (index: number) =>
    (await at(index).ask('{ me { points { available } } }')).me.points.available;

  test('close a season that both find due, and pay its prizes once', async () => {
    servers = await Promise.all([startServer(), startServer()]);
    await eventually(async () => {
      const best = [199, 198, 197].map(async (index) => (await pointsOf(index)) - index - cost);
      expect(await Promise.all(best)).toEqual([100, 100, 100]);
    }, 60_000);
    const { jobs } = await program.admin.ask('{ jobs(first: 50) { nodes { name status } } }');
    expect(jobs.nodes.length).toBeGreaterThan(0);
    const { me } = await at(199).ask('{ me { pointsEntries { nodes { kind amountPoints } } } }');
    expect(me.pointsEntries.nodes.map(({ amountPoints }: { amountPoints: number }) => amountPoints)).toEqual([
      100, 229,
    ]);
  });

  test('sell 10 of a stock of 10 to 200 buyers, and debit 10', async () => {
    const before = await Promise.all(buyers.map((_, index) => pointsOf(index)));
    const results = await Promise.all(
      buyers.map((_, index) =>
        at(index).mutate('rewardRedeem', { rewardId, idempotencyKey: `buy-${index}` }, 'RewardRedeemed { __typename }'),
      ),
    );
    const bought = results.filter(({ __typename }) => __typename === 'RewardRedeemed');
    expect(bought).toHaveLength(stock);
    expect(results.filter(({ code }) => code === 'REWARD_OUT_OF_STOCK')).toHaveLength(buyerCount - stock);
    const after = await Promise.all(buyers.map((_, index) => pointsOf(index)));
    expect(before.filter((points, index) => points - after[index] === cost)).toHaveLength(stock);
    expect(before.filter((points, index) => points === after[index])).toHaveLength(buyerCount - stock);
    const { redemptions } = await program.admin.ask('{ redemptions(first: 100) { totalCount } }');
    expect(redemptions.totalCount).toBe(stock);
  });

  test('pay out a budget of 1,000 points to 64 writers, and no more', async () => {
    const results = await Promise.all(
      Array.from({ length: writerCount }, (_, index) =>
        at(index).mutate('challengeSubmit', { challengeId, proof: proofs.answer }, 'ChallengeSubmitted { __typename }'),
      ),
    );
    const paid = results.filter(({ __typename }) => __typename === 'ChallengeSubmitted');
    expect(paid).toHaveLength(Math.floor(budget / prize));
    expect(paid.length * prize).toBeLessThanOrEqual(budget);
    expect(results.every(({ __typename, code }) => __typename === 'ChallengeSubmitted' || code)).toBe(true);
  });
});
