import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import { rowId } from '../../src/platform/graphql/node.js';
import { createChallenge, submit } from '../support/challenges.js';
import { atOnce, monday, type TestAmbassador, type TestProgram, useWorld, World } from '../support/world.js';
import { dayMilliseconds, expireDue, pointsOf, setTerms } from './expiry.js';

const world = useWorld();
const tenDays = { kind: 'AFTER_EARNING', length: 10, lengthUnit: 'DAY' };

async function take(program: TestProgram, anna: TestAmbassador, amountPoints: number) {
  return program.give(anna, -amountPoints);
}

/** Lets so many days pass; what is due expires at the end. */
async function pass(days: number): Promise<void> {
  world.clock.advance(days * dayMilliseconds);
  await expireDue(world);
}

describe('points expire', () => {
  test('at the end of the day, so many days after they were earned, oldest first', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await setTerms(program, tenDays);
    const begun = world.clock.now();
    await program.give(anna, 30);
    await pass(4);
    await program.give(anna, 20);
    await take(program, anna, 10);
    const midnight = (day: number) =>
      new Date(Date.UTC(2026, begun.getUTCMonth(), begun.getUTCDate() + day)).toISOString();
    expect(await pointsOf(anna)).toEqual({
      available: 40,
      lifetime: 50,
      debt: 0,
      expiring: [
        { points: 20, expiresAt: midnight(11) },
        { points: 20, expiresAt: midnight(15) },
      ],
    });
    await pass(6);
    expect((await pointsOf(anna)).available).toBe(40);
    await pass(1);
    expect(await pointsOf(anna)).toMatchObject({ available: 20, lifetime: 50 });
    const { me } = await anna.client.ask('{ me { pointsEntries(first: 1) { nodes { kind amountPoints reason } } } }');
    expect(me.pointsEntries.nodes).toEqual([{ kind: 'EXPIRY', amountPoints: -20, reason: 'Not used in time' }]);
    await pass(4);
    expect(await pointsOf(anna)).toMatchObject({ available: 0, expiring: [] });
  });

  test('at the end of a calendar year, in the time zone of the program', async () => {
    const program = await world.program({ timeZone: 'America/New_York' });
    const anna = await program.ambassador('Anna');
    const result = await setTerms(program, { kind: 'CALENDAR_YEAR', length: 1 });
    expect(result.terms).toMatchObject({ kind: 'CALENDAR_YEAR', length: 1, lengthUnit: 'YEAR' });
    await program.give(anna, 30);
    expect((await pointsOf(anna)).expiring).toEqual([{ points: 30, expiresAt: '2028-01-01T05:00:00.000Z' }]);
  });

  test('all together after a time without earning, spending or sending', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await setTerms(program, { kind: 'AFTER_INACTIVITY', length: 10, lengthUnit: 'DAY' });
    const challenge = await createChallenge(program, { verification: 'AUTOMATIC', maxPerAmbassador: null });
    await submit(anna, challenge.id);
    await pass(9);
    await submit(anna, challenge.id);
    await pass(9);
    expect((await pointsOf(anna)).available).toBe(100);
    await pass(2);
    expect((await pointsOf(anna)).available).toBe(0);
  });

  test('not before the day from which on they do, and never what was earned before', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 100);
    const inForceFrom = new Date(world.clock.now().getTime() + 5 * dayMilliseconds).toISOString();
    const { terms } = await setTerms(program, { ...tenDays, inForceFrom });
    expect(terms).toMatchObject({ earlierPoints: 'KEEP_TERMS', inForceFrom });
    await pass(2);
    await program.give(anna, 10);
    await pass(4);
    await program.give(anna, 1);
    await pass(30);
    expect(await pointsOf(anna)).toMatchObject({ available: 110, expiring: [] });
  });

  test('if the new terms say so, also what was there before, counted from their first day', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 100);
    await pass(100);
    await setTerms(program, { ...tenDays, earlierPoints: 'COUNT_FROM_START' });
    await pass(10);
    expect((await pointsOf(anna)).available).toBe(100);
    await pass(1);
    expect((await pointsOf(anna)).available).toBe(0);
  });

  test('by the terms under which they were earned when kinder ones, or stricter ones, come later', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await setTerms(program, tenDays);
    await program.give(anna, 1);
    await pass(1);
    await setTerms(program, { kind: 'AFTER_EARNING', length: 1, lengthUnit: 'YEAR' });
    await program.give(anna, 10);
    await pass(1);
    await setTerms(program, { kind: 'AFTER_EARNING', length: 2, lengthUnit: 'DAY' });
    await program.give(anna, 100);
    await pass(4);
    expect((await pointsOf(anna)).available).toBe(11);
    await pass(10);
    expect((await pointsOf(anna)).available).toBe(10);
    await pass(366);
    expect((await pointsOf(anna)).available).toBe(0);
    const { program: answer } = await anna.client.ask('{ program { pointsExpiry { kind length lengthUnit } } }');
    expect(answer.pointsExpiry.map((terms: { length: number }) => terms.length)).toEqual([2, 1, 10]);
  });

  test('of terms that have not come into force only the last', async () => {
    const program = await world.program();
    const inDays = (days: number) => new Date(world.clock.now().getTime() + days * dayMilliseconds).toISOString();
    await setTerms(program, { ...tenDays, inForceFrom: inDays(5) });
    await setTerms(program, { ...tenDays, length: 20, inForceFrom: inDays(3) });
    const { program: answer } = await program.admin.ask('{ program { pointsExpiry { length inForceFrom } } }');
    expect(answer.pointsExpiry).toEqual([{ length: 20, inForceFrom: inDays(3) }]);
    expect((await setTerms(program, { ...tenDays, inForceFrom: inDays(-1) })).issues[0].path).toEqual(['inForceFrom']);
    expect((await setTerms(program, { ...tenDays, length: 0 })).issues[0].path).toEqual(['length']);
    expect((await setTerms(program, { ...tenDays, length: 9_999 })).issues[0].path).toEqual(['length']);
    expect((await setTerms(program, { ...tenDays, unitKey: 'nothing' })).__typename).toBe('NotFound');
  });

  test('once, however many processes walk at once, in batches that go on where one stopped', async () => {
    const program = await world.program();
    await setTerms(program, tenDays);
    const people = await atOnce(8, (index) => program.ambassador(`Anna ${index}`));
    for (const each of people) await program.give(each, 10);
    world.clock.advance(11 * dayMilliseconds);
    const other = new World();
    other.clock.set(world.clock.now());
    await other.start();
    await Promise.all([expireDue(world), expireDue(other)]);
    await other.stop();
    for (const each of people) {
      const { me } = await each.client.ask('{ me { points { available } pointsEntries { nodes { kind } } } }');
      expect(me).toEqual({
        points: { available: 0 },
        pointsEntries: { nodes: [{ kind: 'EXPIRY' }, { kind: 'ADJUSTMENT' }] },
      });
    }
    const { jobs } = await program.admin.ask('{ jobs(first: 1) { nodes { name runKey status progress { done } } } }');
    const runKey = `points:${world.clock.now().toISOString().slice(0, 10)}`;
    expect(jobs.nodes).toEqual([{ name: 'points.expire', runKey, status: 'DONE', progress: { done: 8 } }]);
  });

  test('and are not taken a second time when what earned them is reversed', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await setTerms(program, tenDays);
    const { entry } = await program.give(anna, 100);
    await take(program, anna, 30);
    await pass(11);
    const reversed = await program.admin.mutate(
      'pointsReverse',
      { entryId: entry.id, reason: 'A double', idempotencyKey: 'k' },
      'PointsReversed { entry { amountPoints } balance { available lifetime debt } }',
    );
    // 30 were spent and are owed; the 70 that expired are not.
    expect(reversed.balance).toEqual({ available: -30, lifetime: 0, debt: 30 });
  });

  test('not sooner than 30 days after they came back from a redemption', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await setTerms(program, tenDays);
    await program.give(anna, 100);
    const { reward } = await program.admin.mutate(
      'rewardCreate',
      { name: 'Mug', costPoints: 60 },
      'RewardCreated { reward { id } }',
    );
    const { redemption } = await anna.client.mutate(
      'rewardRedeem',
      { rewardId: reward.id, idempotencyKey: 'k' },
      'RewardRedeemed { redemption { id } }',
    );
    await pass(11);
    expect((await pointsOf(anna)).available).toBe(0);
    await program.admin.mutate('redemptionCancel', { redemptionId: redemption.id, reason: 'Lost' });
    expect((await pointsOf(anna)).available).toBe(60);
    await pass(30);
    expect((await pointsOf(anna)).available).toBe(60);
    await pass(1);
    expect((await pointsOf(anna)).available).toBe(0);
  });
});

describe('the preview of what expires', () => {
  async function threeOfProgram() {
    const program = await world.program();
    const [anna, bob, carl] = [
      await program.ambassador('Anna'),
      await program.ambassador('Bob'),
      await program.ambassador('Carl'),
    ];
    await program.give(anna, 30);
    await program.give(bob, 20);
    return { program, anna, bob, carl };
  }
  const preview = (args: string) => `{ pointsExpiryPreview(${args}) {
    nodes { ambassador { displayName } points expiring { points } } totals { points ambassadors complete }
    pageInfo { hasNextPage endCursor } } }`;
  const inDays = (days: number) => new Date(world.clock.now().getTime() + days * dayMilliseconds).toISOString();

  test('names who would lose what, page by page, and adds it up', async () => {
    const { program } = await threeOfProgram();
    await setTerms(program, { ...tenDays, earlierPoints: 'COUNT_FROM_START' });
    const until = `until: "${inDays(20)}"`;
    const first = (await program.analyst.ask(preview(`${until}, first: 1`))).pointsExpiryPreview;
    expect(first).toMatchObject({
      nodes: [{ ambassador: { displayName: 'Anna' }, points: 30, expiring: [{ points: 30 }] }],
      totals: { points: 50, ambassadors: 2, complete: true },
      pageInfo: { hasNextPage: true },
    });
    const rest = (await program.analyst.ask(preview(`${until}, after: "${first.pageInfo.endCursor}"`)))
      .pointsExpiryPreview;
    expect(rest).toMatchObject({ nodes: [{ ambassador: { displayName: 'Bob' } }], pageInfo: { hasNextPage: false } });
    expect((await program.analyst.ask(preview(`until: "${inDays(9)}"`))).pointsExpiryPreview).toMatchObject({
      nodes: [],
      totals: { points: 0, ambassadors: 0 },
    });
  });

  test('tries out other terms, and sets nothing', async () => {
    const { program, anna } = await threeOfProgram();
    const tried = 'terms: { kind: AFTER_EARNING, length: 5, lengthUnit: DAY, earlierPoints: COUNT_FROM_START }';
    const answer = await program.admin.ask(preview(`until: "${inDays(6)}", ${tried}`));
    expect(answer.pointsExpiryPreview.totals).toEqual({ points: 50, ambassadors: 2, complete: true });
    expect((await program.admin.ask('{ program { pointsExpiry { kind } } }')).program.pointsExpiry).toEqual([]);
    await pass(10);
    expect((await pointsOf(anna)).available).toBe(30);
    expect(await anna.client.refusal(preview(`until: "${inDays(6)}"`))).toBe('FORBIDDEN');
  });
});

test('an ambassador is told once, so many days before points expire', async () => {
  world.clock.set(new Date(monday.getTime() + 2_000 * dayMilliseconds));
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  await setTerms(program, { ...tenDays, noticeDays: 3 });
  await program.give(anna, 40);
  const notices = () =>
    world.server.platform.database.read((db) =>
      db.select(OutboxEvent, sql`WHERE program_id = ${program.program.id} AND type = 'points.expiring'`),
    );
  await pass(7);
  expect(await notices()).toEqual([]);
  await pass(1);
  const [notice] = await notices();
  expect(notice?.payload).toEqual({
    ambassadorId: rowId({ name: 'Ambassador' }, anna.id),
    unitKey: 'points',
    points: 40,
    expiresAt: (await pointsOf(anna)).expiring[0].expiresAt,
  });
  await pass(1);
  await pass(1);
  expect(await notices()).toHaveLength(1);
  expect((await pointsOf(anna)).available).toBe(40);
});
