import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { ActiveWeek } from '../../src/badges/streak.entity.js';
import { weekOf } from '../../src/badges/streak.js';
import { Submission } from '../../src/challenges/submission.entity.js';
import { fromGlobalId } from '../../src/platform/ids.js';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { type TestAmbassador, useWorld } from '../support/world.js';
import { badgesOf, createBadge } from './badge.js';

const world = useWorld();
const weekMilliseconds = 7 * 86_400_000;

/** Somebody in a program of that time zone, and a challenge that can be done again and again. */
async function someone(timeZone: string, verification = 'AUTOMATIC') {
  const program = await world.program({ timeZone });
  const [anna, challenge] = await Promise.all([
    program.ambassador('Anna'),
    createChallenge(program, { verification, maxPerAmbassador: null, rewardPoints: 0 }),
  ]);
  const submitAt = async (moment: string): Promise<string> => {
    world.clock.set(new Date(moment));
    return (await submit(anna, challenge.id)).submission.id;
  };
  return { program, anna, submitAt };
}

async function streakOf(ambassador: TestAmbassador): Promise<Answer> {
  const { me } = await ambassador.client.ask('{ me { streak { weeks longestWeeks activeThisWeek } } }');
  return me.streak;
}

describe('a streak', () => {
  test('is none before the first week', async () => {
    const { anna } = await someone('UTC');
    expect(await streakOf(anna)).toEqual({ weeks: 0, longestWeeks: 0, activeThisWeek: false });
  });

  test('counts a week once, lasts through the week after, and then is over but not forgotten', async () => {
    const { anna, submitAt } = await someone('UTC');
    await submitAt('2026-03-04T10:00:00Z');
    await submitAt('2026-03-06T10:00:00Z');
    expect(await streakOf(anna)).toEqual({ weeks: 1, longestWeeks: 1, activeThisWeek: true });
    await submitAt('2026-03-09T10:00:00Z');
    expect(await streakOf(anna)).toEqual({ weeks: 2, longestWeeks: 2, activeThisWeek: true });
    world.clock.advance(weekMilliseconds);
    expect(await streakOf(anna)).toEqual({ weeks: 2, longestWeeks: 2, activeThisWeek: false });
    world.clock.advance(weekMilliseconds);
    expect(await streakOf(anna)).toEqual({ weeks: 0, longestWeeks: 2, activeThisWeek: false });
    await submitAt('2026-03-24T10:00:00Z');
    expect(await streakOf(anna)).toEqual({ weeks: 1, longestWeeks: 2, activeThisWeek: true });
  });

  test('goes by when something was submitted: an older week approved later joins two runs, and wins the badge', async () => {
    const { program, anna, submitAt } = await someone('UTC', 'MANUAL');
    await createBadge(program, 'three-weeks', { streakWeeks: 3 });
    const approve = (submissionId: string) => program.moderator.mutate('submissionApprove', { submissionId });
    const first = await submitAt('2026-03-02T10:00:00Z');
    const second = await submitAt('2026-03-09T10:00:00Z');
    const third = await submitAt('2026-03-16T10:00:00Z');
    await approve(third);
    await approve(first);
    expect(await streakOf(anna)).toEqual({ weeks: 1, longestWeeks: 1, activeThisWeek: true });
    expect(await badgesOf(anna)).toEqual([]);
    await approve(second);
    expect(await streakOf(anna)).toEqual({ weeks: 3, longestWeeks: 3, activeThisWeek: true });
    expect(await badgesOf(anna)).toEqual(['three-weeks']);
  });

  test('begins its weeks on Monday at midnight of the program, also around the changes of the clock', async () => {
    // Amsterdam goes to summer time on 29 March 2026 and back on 25 October, both in the night to Sunday.
    const { anna, submitAt } = await someone('Europe/Amsterdam');
    await submitAt('2026-03-22T22:59:59Z'); // Sunday, a second before midnight, winter time
    expect(await streakOf(anna)).toMatchObject({ weeks: 1, activeThisWeek: true });
    world.clock.advance(1_000);
    expect(await streakOf(anna)).toMatchObject({ weeks: 1, activeThisWeek: false });
    await submitAt('2026-03-29T21:59:59Z'); // Sunday, a second before midnight, summer time: 167 hours later
    expect(await streakOf(anna)).toMatchObject({ weeks: 2, activeThisWeek: true });
    await submitAt('2026-03-29T22:00:00Z'); // Monday
    expect(await streakOf(anna)).toMatchObject({ weeks: 3, activeThisWeek: true });

    await submitAt('2026-10-18T22:00:00Z'); // Monday, summer time
    await submitAt('2026-10-25T22:59:59Z'); // Sunday of the same week, winter time: 169 hours in all
    expect(await streakOf(anna)).toMatchObject({ weeks: 1, longestWeeks: 3, activeThisWeek: true });
    await submitAt('2026-10-25T23:00:00Z'); // Monday
    expect(await streakOf(anna)).toMatchObject({ weeks: 2, longestWeeks: 3, activeThisWeek: true });
  });

  test('goes on over the turn of a year with 53 weeks', async () => {
    const { anna, submitAt } = await someone('America/New_York');
    for (const day of ['2026-12-21', '2026-12-28', '2027-01-04']) await submitAt(`${day}T17:00:00Z`);
    expect(await streakOf(anna)).toEqual({ weeks: 3, longestWeeks: 3, activeThisWeek: true });
  });

  test('is not taken away when the program moves to another time zone', async () => {
    const { program, anna, submitAt } = await someone('UTC');
    await submitAt('2027-02-01T00:30:00Z'); // Sunday evening in New York
    await submitAt('2027-02-08T00:30:00Z');
    await program.admin.mutate('programUpdate', { timeZone: 'America/New_York' });
    expect(await streakOf(anna)).toMatchObject({ weeks: 2, longestWeeks: 2 });
  });

  test('is made of exactly the weeks of the approved submissions', async () => {
    const { anna, submitAt } = await someone('Asia/Tokyo');
    for (const day of ['03-01', '03-02', '03-07', '03-08', '03-28', '04-05']) await submitAt(`2027-${day}T18:00:00Z`);
    const id = fromGlobalId(anna.id)?.id;
    const [weeks, submissions] = await world.server.platform.database.read(async (db) => [
      await db.select(ActiveWeek, sql`WHERE ambassador_id = ${id} ORDER BY week_start`),
      await db.select(Submission, sql`WHERE ambassador_id = ${id} AND status = 'APPROVED'`),
    ]);
    const rebuilt = new Set(submissions.map(({ submittedAt }) => weekOf(submittedAt, 'Asia/Tokyo')));
    expect(weeks.map(({ weekStart }) => weekStart)).toEqual([...rebuilt].sort());
    expect(weeks).toHaveLength(4);
  });
});
