import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import type { Answer } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const dayMilliseconds = 86_400_000;

function setPolicy(program: TestProgram, input: object): Promise<Answer> {
  return program.admin.mutate('levelPolicySet', input, 'LevelPolicyReplaced { policy { months graceDays } }');
}

async function standingOf(ambassador: TestAmbassador): Promise<Answer> {
  const { me } = await ambassador.client.ask(
    '{ me { level { name } levelStanding { level { name } countedPoints next { name } pointsToNext keptUntil } } }',
  );
  expect(me.level).toEqual(me.levelStanding.level);
  return me.levelStanding;
}

/** Time goes on until the day that begins so many days later, and what came due is done. */
async function pass(days: number): Promise<void> {
  world.clock.set(new Date(Math.floor(world.clock.now().getTime() / dayMilliseconds + days) * dayMilliseconds));
  await world.server.features.jobWorker.drain();
}

async function said(program: TestProgram): Promise<string[]> {
  const rows = await world.server.platform.database.read((db) =>
    db.select(
      OutboxEvent,
      sql`WHERE program_id = ${program.program.id} AND type LIKE 'level.%' ORDER BY occurred_at, id`,
    ),
  );
  return rows.map(({ type, payload }) => `${type} ${payload.rank ?? `${payload.fromRank} to ${payload.toRank}`}`);
}

describe('a level', () => {
  test('tells what it brings, and what the next one takes', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const levels = [
      { name: 'Seed', fromPoints: 0 },
      { name: 'Tree', fromPoints: 50, benefits: ['Early news', 'A seat at the summer party'] },
    ];
    await program.admin.mutate('levelsSet', { levels });
    await program.give(anna, 20);
    const { program: read } = await anna.client.ask('{ program { levels { name benefits } levelPolicy { months } } }');
    expect(read).toEqual({
      levels: [
        { name: 'Seed', benefits: [] },
        { name: 'Tree', benefits: ['Early news', 'A seat at the summer party'] },
      ],
      levelPolicy: null,
    });
    const tree = { next: { name: 'Tree' }, pointsToNext: 30, keptUntil: null };
    expect(await standingOf(anna)).toEqual({ level: { name: 'Seed' }, countedPoints: 20, ...tree });
    await program.give(anna, 30);
    const top = { next: null, pointsToNext: null, keptUntil: null };
    expect(await standingOf(anna)).toEqual({ level: { name: 'Tree' }, countedPoints: 50, ...top });
  });

  test('is said to be reached once, when points that were earned do, and the highest of those passed', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 249);
    expect(await said(program)).toEqual([]);
    await program.give(anna, 1);
    await program.give(anna, 10);
    expect(await said(program)).toEqual(['level.reached 2']);
    const ben = await program.ambassador('Ben');
    await program.give(ben, 5_000);
    await program.give(ben, -5_000);
    expect(await said(program)).toEqual(['level.reached 2', 'level.reached 3']);
  });

  test('is never lost unless the program says so', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 1_000);
    await pass(3 * 365);
    expect(await standingOf(anna)).toMatchObject({ level: { name: 'Superpromoter' }, keptUntil: null });
    expect(await said(program)).toEqual(['level.reached 3']);
  });

  test('is lost when the points of the last months do not reach it any more, after the grace', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    expect(await setPolicy(program, { months: 12, graceDays: 30 })).toMatchObject({
      policy: { months: 12, graceDays: 30 },
    });
    await program.give(anna, 1_000);
    await pass(360);
    await program.give(anna, 300);
    expect(await standingOf(anna)).toMatchObject({
      level: { name: 'Superpromoter' },
      countedPoints: 1_300,
      keptUntil: null,
    });
    await pass(10);
    const keptUntil = new Date(world.clock.now().getTime() + 30 * dayMilliseconds).toISOString();
    expect(await standingOf(anna)).toEqual({
      ...{ level: { name: 'Superpromoter' }, countedPoints: 300, next: null, pointsToNext: null },
      keptUntil,
    });
    await pass(29);
    expect(await standingOf(anna)).toMatchObject({ level: { name: 'Superpromoter' }, keptUntil });
    await pass(1);
    expect(await standingOf(anna)).toMatchObject({
      ...{ level: { name: 'Ambassador' }, countedPoints: 300, pointsToNext: 700, keptUntil: null },
    });
    const lost = ['level.reached 3', 'level.endangered 3', 'level.lowered 3 to 2'];
    expect(await said(program)).toEqual(lost);
    await program.give(anna, 700);
    expect(await standingOf(anna)).toMatchObject({ level: { name: 'Superpromoter' } });
    expect(await said(program)).toEqual([...lost, 'level.reached 3']);
  });

  test('is kept by points that are earned within the grace', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await setPolicy(program, { months: 1, graceDays: 10 });
    await program.give(anna, 250);
    await pass(32);
    expect((await standingOf(anna)).keptUntil).not.toBeNull();
    await program.give(anna, 250);
    expect(await standingOf(anna)).toMatchObject({ level: { name: 'Ambassador' }, keptUntil: null });
    await pass(11);
    expect(await standingOf(anna)).toMatchObject({ level: { name: 'Ambassador' }, keptUntil: null });
    expect(await said(program)).toEqual(['level.reached 2', 'level.endangered 2']);
  });

  test('that lifetime points reached is kept for the grace when levels begin to be lost, and comes back when they end to be', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.give(anna, 1_000);
    await pass(400);
    await setPolicy(program, { months: 12, graceDays: 5 });
    expect(await standingOf(anna)).toMatchObject({ level: { name: 'Superpromoter' }, countedPoints: 0 });
    await pass(1);
    await pass(5);
    expect(await standingOf(anna)).toMatchObject({ level: { name: 'Promoter' } });
    expect(await setPolicy(program, { months: null, graceDays: 0 })).toMatchObject({ policy: null });
    expect(await standingOf(anna)).toMatchObject({ level: { name: 'Superpromoter' }, countedPoints: 1_000 });
    await pass(2);
    const { jobs } = await program.admin.ask('{ jobs(name: "points.levels") { nodes { status } } }');
    expect(jobs.nodes.every(({ status }: Answer) => status === 'DONE')).toBe(true);
  });
});
