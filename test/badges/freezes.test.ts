import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { dropDatabase } from '../support/databases.js';
import { expectInvariants } from '../support/invariants.js';
import { type TestAmbassador, type TestProgram, useWorld, World } from '../support/world.js';

const world = useWorld();

function setTerms(program: TestProgram, terms: object): Promise<Answer> {
  return program.admin.mutate('streakTermsSet', terms, 'StreakTermsReplaced { terms { freezesMax freezeEveryWeeks } }');
}

let wishes = 0;
function grant(program: TestProgram, ambassador: TestAmbassador, idempotencyKey = `wish-${wishes++}`): Promise<Answer> {
  const input = { ambassadorId: ambassador.id, idempotencyKey };
  return program.admin.mutate(
    'streakFreezeGrant',
    input,
    'StreakFreezeGranted { ambassador { streak { freezesLeft } } }',
  );
}

async function streakOf(ambassador: TestAmbassador): Promise<Answer> {
  const { me } = await ambassador.client.ask(
    '{ me { streak { weeks longestWeeks activeThisWeek freezesLeft lastFrozenWeek } } }',
  );
  return me.streak;
}

/** Somebody in a program of that time zone, who can do something at a moment; what came due before is done before. */
async function someone(timeZone = 'UTC', verification = 'AUTOMATIC') {
  world.clock.set(new Date('2026-03-02T09:00:00Z'));
  const program = await world.program({ timeZone });
  const anna = await program.ambassador('Anna');
  const settings = { verification, maxPerAmbassador: null, rewardPoints: 0 };
  const challenge = await createChallenge(program, settings);
  const at = async (moment: string) => {
    world.clock.set(new Date(moment));
    await world.server.features.jobWorker.drain();
  };
  const submitAt = async (moment: string): Promise<string> => {
    await at(moment);
    return (await submit(anna, challenge.id)).submission.id;
  };
  return { program, anna, at, submitAt };
}

async function said(program: TestProgram, type: string): Promise<object[]> {
  const rows = await world.server.platform.database.read((db) =>
    db.select(OutboxEvent, sql`WHERE program_id = ${program.program.id} AND type = ${type} ORDER BY occurred_at, id`),
  );
  return rows.map(({ payload: { ambassadorId: _, ...rest } }) => rest);
}

describe('a streak freeze', () => {
  test('is used by itself when a week is missed: the streak goes on, and the week adds nothing', async () => {
    const { program, anna, at, submitAt } = await someone();
    expect(await setTerms(program, { freezesMax: 2 })).toMatchObject({
      terms: { freezesMax: 2, freezeEveryWeeks: null },
    });
    await grant(program, anna);
    await submitAt('2026-03-04T12:00:00Z');
    await submitAt('2026-03-11T12:00:00Z');
    await at('2026-03-23T00:00:30Z');
    expect(await streakOf(anna)).toMatchObject({ weeks: 0, freezesLeft: 1 });
    await at('2026-03-23T00:01:00Z');
    const frozen = { lastFrozenWeek: '2026-03-16', freezesLeft: 0 };
    expect(await streakOf(anna)).toEqual({ weeks: 2, longestWeeks: 2, activeThisWeek: false, ...frozen });
    await submitAt('2026-03-25T12:00:00Z');
    expect(await streakOf(anna)).toEqual({ weeks: 3, longestWeeks: 3, activeThisWeek: true, ...frozen });
    expect(await said(program, 'streak.frozen')).toEqual([{ week: '2026-03-16' }]);
    await at('2026-04-06T00:01:00Z');
    expect(await streakOf(anna)).toEqual({ weeks: 0, longestWeeks: 3, activeThisWeek: false, ...frozen });
    expect(await said(program, 'streak.broken')).toEqual([{ week: '2026-03-30', weeks: 3 }]);
  });

  test('spares as many weeks in a row as there are freezes, also when nobody was there to do it', async () => {
    const { program, anna, at, submitAt } = await someone();
    await setTerms(program, { freezesMax: 3 });
    await grant(program, anna);
    await grant(program, anna);
    await submitAt('2026-03-04T12:00:00Z');
    await at('2026-03-25T12:00:00Z');
    expect(await streakOf(anna)).toMatchObject({ weeks: 1, freezesLeft: 0, lastFrozenWeek: '2026-03-16' });
    await submitAt('2026-03-25T12:00:00Z');
    expect(await streakOf(anna)).toMatchObject({ weeks: 2, longestWeeks: 2 });
  });

  test('is given back when the week turns out not to be missed: what was submitted in it is approved later', async () => {
    const { program, anna, at, submitAt } = await someone('UTC', 'MANUAL');
    await setTerms(program, { freezesMax: 1 });
    await grant(program, anna);
    const first = await submitAt('2026-03-04T12:00:00Z');
    await program.moderator.mutate('submissionApprove', { submissionId: first });
    const second = await submitAt('2026-03-11T12:00:00Z');
    await at('2026-03-17T12:00:00Z');
    expect(await streakOf(anna)).toMatchObject({ weeks: 1, freezesLeft: 0, lastFrozenWeek: '2026-03-09' });
    await program.moderator.mutate('submissionApprove', { submissionId: second });
    expect(await streakOf(anna)).toMatchObject({ weeks: 2, freezesLeft: 1, lastFrozenWeek: null });
  });

  test('is earned by weeks in a row, up to as many as are allowed', async () => {
    const { program, anna, submitAt } = await someone();
    await setTerms(program, { freezesMax: 1, freezeEveryWeeks: 2 });
    const left: number[] = [];
    for (const day of ['04', '11', '18', '25']) {
      await submitAt(`2026-03-${day}T12:00:00Z`);
      left.push((await streakOf(anna)).freezesLeft);
    }
    expect(left).toEqual([0, 1, 1, 1]);
  });

  test("is for weeks of the program's time zone", async () => {
    const { program, anna, at, submitAt } = await someone('America/New_York');
    await grant(program, anna);
    await submitAt('2026-03-09T03:30:00Z');
    await at('2026-03-16T04:00:30Z');
    expect((await streakOf(anna)).lastFrozenWeek).toBeNull();
    await at('2026-03-16T04:01:00Z');
    expect(await streakOf(anna)).toMatchObject({ weeks: 1, lastFrozenWeek: '2026-03-09' });
  });

  test('is given once for each key, to the end of what is allowed, and not in another program', async () => {
    const { program, anna } = await someone();
    await setTerms(program, { freezesMax: 1 });
    expect(await grant(program, anna, 'one')).toMatchObject({ ambassador: { streak: { freezesLeft: 1 } } });
    expect(await grant(program, anna, 'one')).toMatchObject({ ambassador: { streak: { freezesLeft: 1 } } });
    expect(await grant(program, anna, 'two')).toMatchObject({
      issues: [{ path: ['ambassadorId'], message: 'has 1 freezes already, and can have 1' }],
    });
    expect(await grant(await world.program(), anna)).toMatchObject({ __typename: 'NotFound' });
    const { program: read } = await program.admin.ask('{ program { streakTerms { freezesMax } } }');
    expect(read.streakTerms).toEqual({ freezesMax: 1 });
  });
});

test('a year of weeks, months, streaks and freezes passes in seconds', async () => {
  const database = `year-${process.env.JEST_WORKER_ID ?? '1'}`;
  await dropDatabase(database);
  const year = new World({}, { database });
  await year.start();
  try {
    const program = await year.program({ timeZone: 'Europe/Amsterdam' });
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    await setTerms(program, { freezesMax: 2, freezeEveryWeeks: 4 });
    const week = {
      key: 'week',
      name: 'Week',
      window: 'WEEK',
      seasonPrizes: [{ fromPosition: 1, toPosition: 1, points: 3 }],
    };
    await program.admin.mutate('leaderboardCreate', week);
    const badge = { code: 'monthly', name: 'Monthly', description: '', rule: { lifetimePoints: 20 }, repeats: 'MONTH' };
    await program.admin.mutate('badgeCreate', badge);
    const settings = { verification: 'AUTOMATIC', maxPerAmbassador: null, rewardPoints: 10 };
    const challenge = await createChallenge(program, settings);
    for (let weeks = 0; weeks < 52; weeks++) {
      // Anna misses every tenth week, Bert every other one.
      if (weeks % 10 !== 9) await submit(anna, challenge.id);
      if (weeks % 2 === 0) await submit(bert, challenge.id);
      year.clock.advance(7 * 86_400_000);
      await year.server.features.jobWorker.drain();
    }
    expect(await streakOf(anna)).toMatchObject({ weeks: 47, longestWeeks: 47 });
    expect(await streakOf(bert)).toMatchObject({ weeks: 0, longestWeeks: 1, freezesLeft: 0 });
    const { me, leaderboards } = await anna.client.ask(`{
      me { badges { timesEarned } points { lifetime } seasonStandings { totalCount } }
      leaderboards { key seasons { totalCount } } }`);
    expect(me.badges).toEqual([{ timesEarned: 12 }]);
    expect(leaderboards.find(({ key }: Answer) => key === 'week').seasons.totalCount).toBe(53);
    expect(me.seasonStandings.totalCount).toBe(47);
    await expectInvariants(year.server.platform.database);
  } finally {
    await year.stop();
    await dropDatabase(database);
  }
  // A year's requests take seconds; a busy machine takes its time over them.
}, 120_000);
