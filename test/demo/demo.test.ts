import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { ChallengeKind } from '../../src/challenges/challenge.entity.js';
import { Contact } from '../../src/contacts/contact.entity.js';
import type { Answer, Client } from '../support/client.js';
import { dropDatabase, ensureDatabase } from '../support/databases.js';
import { expectInvariants } from '../support/invariants.js';
import { World } from '../support/world.js';

const worker = process.env.JEST_WORKER_ID ?? '1';
const shared = `demo-shared-${worker}`;
const other = `demo-other-${worker}`;
const world = (database: string) => new World({ APPLAUS_DEMO: 'true' }, { database });
const first = world(shared);
const second = world(shared);
const elsewhere = world(other);

beforeAll(async () => {
  for (const database of [shared, other]) {
    await dropDatabase(database);
    await ensureDatabase(database);
  }
  await Promise.all([first.start(), second.start()]);
  await elsewhere.start();
}, 240_000);

afterAll(async () => {
  for (const each of [first, second, elsewhere]) await each.stop();
  for (const database of [shared, other]) await dropDatabase(database);
});

/** Who stands where, and who has what, in the order in which they joined last. */
const standings =
  '{ ambassadors(first: 60) { nodes { displayName points { available lifetime } badges { badge { code } } } } }';

describe('The demo program', () => {
  let admin: Client;
  beforeAll(async () => {
    admin = await first.client('demo', 'ADMIN', 'admin');
  });

  test('is made once by two servers that start at once', async () => {
    const there = await second.client('demo', 'ADMIN', 'admin');
    const question = '{ program { id } submissions { totalCount } }';
    expect(await there.ask(question)).toEqual(await admin.ask(question));
  });

  test('has 400 contacts, 60 of them ambassadors', async () => {
    expect(await first.server.platform.database.read((db) => db.count(Contact, sql``))).toBe(400);
    const { ambassadors } = await admin.ask('{ ambassadors { totalCount } }');
    expect(ambassadors.totalCount).toBe(60);
  });

  test('has twelve months of answers that get better', async () => {
    const { nps } = await admin.ask(
      '{ nps(filter: { surveyKey: "relation" }) { responses trend(interval: QUARTER) { score responses } } }',
    );
    const scores: number[] = nps.trend.filter((point: Answer) => point.responses > 100).map((p: Answer) => p.score);
    expect(nps.responses).toBeGreaterThan(1_000);
    expect(Number(scores.at(-1))).toBeGreaterThan(Number(scores[0]) + 15);
  });

  test('has a challenge of every kind', async () => {
    const { challenges } = await admin.ask('{ challenges(first: 100) { nodes { kind } } }');
    expect(new Set(challenges.nodes.map(({ kind }: Answer) => kind))).toEqual(new Set(Object.keys(ChallengeKind)));
  });

  test('has submissions in every state, some with votes', async () => {
    const { pending, approved, rejected } = await admin.ask(`{
      pending: submissions(status: PENDING) { totalCount }
      approved: submissions(status: APPROVED, first: 100) { totalCount nodes { votes } }
      rejected: submissions(status: REJECTED) { totalCount } }`);
    expect(pending.totalCount).toBeGreaterThan(5);
    expect(approved.totalCount).toBeGreaterThan(300);
    expect(rejected.totalCount).toBeGreaterThan(10);
    expect(approved.nodes.some(({ votes }: Answer) => votes > 0)).toBe(true);
  });

  test('has friends at every step of their way, and rewards that were bought', async () => {
    const { referrals, redemptions, rewards } = await admin.ask(`{
      referrals(first: 100) { totalCount nodes { status } }
      redemptions(first: 100) { nodes { status } } rewards { totalCount } }`);
    const states = (page: Answer) => new Set(page.nodes.map(({ status }: Answer) => status));
    expect(referrals.totalCount).toBe(12);
    expect(states(referrals)).toEqual(new Set(['REGISTERED', 'HELD', 'REWARDED', 'REVERSED']));
    expect(states(redemptions)).toEqual(new Set(['REQUESTED', 'FULFILLED', 'CANCELLED']));
    expect(rewards.totalCount).toBe(4);
  });

  test('has an ambassador Anna who keeps a streak', async () => {
    const anna = await first.client('demo', 'AMBASSADOR', 'anna');
    const { me } = await anna.ask('{ me { displayName level { rank } badges { badge { code } } } }');
    expect(me).toMatchObject({ displayName: 'Anna de Vries', level: { rank: 3 } });
    expect(me.badges.map(({ badge }: Answer) => badge.code)).toContain('on-a-roll');
  });

  test('has boards that the year has filled, with Anna on them', async () => {
    const anna = await first.client('demo', 'AMBASSADOR', 'anna');
    const { allTime, netherlands, quarter } = await anna.ask(`{
      allTime: leaderboard { totalCount viewerEntry { position points } }
      netherlands: leaderboard(key: "netherlands") { totalCount viewerEntry { position points } }
      quarter: leaderboard(key: "in-public") { totalCount } }`);
    expect(allTime.totalCount).toBeGreaterThan(40);
    expect(netherlands.totalCount).toBeLessThan(allTime.totalCount);
    expect(netherlands.viewerEntry.points).toBe(allTime.viewerEntry.points);
    expect(quarter.totalCount).toBeGreaterThan(5);
  });

  test('keeps what must always be true', async () => {
    await expectInvariants(first.server.platform.database);
  });

  test('is the same every time', async () => {
    const stranger = await elsewhere.client('demo', 'ADMIN', 'admin');
    expect(await stranger.ask(standings)).toEqual(await admin.ask(standings));
  });
});
