import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { openPlatform, type Platform } from '../../src/app/platform.js';
import { SettableClock } from '../../src/platform/clock.js';
import { readConfig } from '../../src/platform/config.js';
import type { Transaction } from '../../src/platform/database/database.js';
import { Events } from '../../src/platform/events/events.js';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import { Job } from '../../src/platform/jobs/job.entity.js';
import { JobWorker } from '../../src/platform/jobs/job.worker.js';
import { Jobs, type NewRun, type ScheduledJob } from '../../src/platform/jobs/jobs.js';
import { databaseSettings, dropDatabase, ensureDatabase } from '../support/databases.js';
import { expectInvariants } from '../support/invariants.js';
import { atOnce, monday } from '../support/world.js';

declare module '../../src/platform/events/events.js' {
  interface EventMap {
    'test.counted': { readonly runKey: string; readonly number: number };
  }
}

/** A job that counts from 1 to `to`, one number in each part, and says each number by an event. */
type Count = { readonly to: number; readonly at: number };
type Trouble = (number: number, tx: Transaction, runKey: string) => Promise<void> | void;

const name = `jobs_${process.env.JEST_WORKER_ID ?? '1'}`;
const log = pino({ level: 'silent' });
const leaseMilliseconds = 60_000;
let clock: SettableClock;
let platform: Platform;

beforeAll(async () => {
  clock = new SettableClock(monday);
  await dropDatabase(name);
  await ensureDatabase(name);
  const settings = { ...databaseSettings(name), NODE_ENV: 'test', APPLAUS_JWT_SECRET: 'x'.repeat(32) };
  platform = await openPlatform(readConfig(settings), { clock, log });
});

beforeEach(async () => {
  await platform.database.transact(async (tx) => {
    await tx.execute(sql`DELETE FROM job`);
    await tx.execute(sql`DELETE FROM outbox_event`);
  });
});

afterAll(async () => {
  await expectInvariants(platform.database);
  await platform.database.close();
  await dropDatabase(name);
});

/** A process that knows the job; `trouble` comes after what a part has written. */
function openProcess(trouble: Trouble = () => {}) {
  const [jobs, events] = [new Jobs(), new Events()];
  const job = jobs.define<Count>({
    name: 'test.count',
    part: async (tx, { programId, runKey, state }) => {
      const number = state.at + 1;
      await events.emit(tx, 'test.counted', programId, { runKey, number });
      await trouble(number, tx, runKey);
      const next = number < state.to ? { ...state, at: number } : undefined;
      return { done: 1, total: state.to, ...(next && { next }) };
    },
  });
  return { job, worker: new JobWorker(platform.database, jobs, events, clock, log) };
}

function schedule(job: ScheduledJob<Count>, runKey: string, to: number, more: Partial<NewRun<Count>> = {}) {
  return platform.database.transact((tx) =>
    job.schedule(tx, { programId: 'program', runKey, state: { to, at: 0 }, ...more }),
  );
}

/** What was said, in order: as in `a1`. */
async function counted(): Promise<string[]> {
  const rows = await platform.database.read((db) =>
    db.select(OutboxEvent, sql`WHERE type = 'test.counted' ORDER BY occurred_at, id`),
  );
  return rows.map(({ payload }) => `${payload.runKey}${payload.number}`);
}

async function runOf(runKey: string): Promise<Job> {
  const job = await platform.database.read((db) => db.first(Job, sql`WHERE run_key = ${runKey}`));
  if (!job) throw new Error(`There is no run ${runKey}`);
  return job;
}

describe('a job', () => {
  test('is done in parts, in their order, and knows how far it is', async () => {
    const { job, worker } = openProcess();
    await schedule(job, 'a', 3);
    expect(await runOf('a')).toMatchObject({ status: 'WAITING', done: 0, total: null, attempts: 0, startedAt: null });
    await worker.drain();
    expect(await counted()).toEqual(['a1', 'a2', 'a3']);
    const now = clock.now();
    expect(await runOf('a')).toMatchObject({ status: 'DONE', done: 3, total: 3, startedAt: now, finishedAt: now });
  });

  test('is planned once for what it is about, however often it is asked for', async () => {
    const { job, worker } = openProcess();
    await atOnce(8, () => schedule(job, 'a', 2));
    await worker.drain();
    await schedule(job, 'a', 2);
    await worker.drain();
    expect(await counted()).toEqual(['a1', 'a2']);
  });

  test('is not planned by a transaction that is rolled back', async () => {
    const { job, worker } = openProcess();
    const rolledBack = platform.database.transact(async (tx) => {
      await job.schedule(tx, { programId: 'program', runKey: 'a', state: { to: 1, at: 0 } });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await worker.drain();
    expect(await counted()).toEqual([]);
  });

  test('does not begin before it is due, and begins late where nobody was there', async () => {
    const { job, worker } = openProcess();
    const dueAt = new Date(clock.now().getTime() + 7 * 86_400_000);
    await schedule(job, 'a', 1, { dueAt });
    clock.advance(7 * 86_400_000 - 1);
    await worker.drain();
    expect(await counted()).toEqual([]);
    clock.advance(3_600_000);
    await worker.drain();
    expect(await runOf('a')).toMatchObject({ status: 'DONE', scheduledFor: dueAt, startedAt: clock.now() });
  });

  test('that is long lets short ones pass', async () => {
    const { job, worker } = openProcess(() => clock.advance(1));
    await schedule(job, 'long', 50);
    clock.advance(1);
    await schedule(job, 'short', 1);
    await worker.drain();
    const said = await counted();
    expect(said).toHaveLength(51);
    expect(said.indexOf('short1')).toBeLessThan(said.indexOf('long50'));
  });

  test('that plans its own runs is asked for more until nothing is due', async () => {
    const [jobs, events] = [new Jobs(), new Events()];
    let left = 5;
    const daily: ScheduledJob<Record<string, never>> = jobs.define<Record<string, never>>({
      name: 'test.daily',
      part: async (tx, { programId, runKey }) => {
        await events.emit(tx, 'test.counted', programId, { runKey, number: 1 });
        return { done: 1 };
      },
      plan: async (database, now) => {
        if (left === 0) return 0;
        left -= 1;
        expect(now).toEqual(clock.now());
        await database.transact((tx) =>
          daily.schedule(tx, { programId: 'program', runKey: `day-${left}-`, state: {} }),
        );
        return 1;
      },
    });
    await new JobWorker(platform.database, jobs, events, clock, log).drain();
    expect((await counted()).sort()).toEqual([0, 1, 2, 3, 4].map((day) => `day-${day}-1`));
  });
});

describe('a part that fails', () => {
  test('leaves nothing of itself, keeps what came before, and is tried again later, ever less often', async () => {
    let failures = 2;
    const { job, worker } = openProcess((number) => {
      if (number === 2 && failures-- > 0) throw new TypeError('somebody@example.com is not a number');
    });
    await schedule(job, 'a', 3);
    await worker.drain();
    expect(await counted()).toEqual(['a1']);
    expect(await runOf('a')).toMatchObject({ status: 'WAITING', done: 1, total: 3, lastError: 'TypeError' });
    clock.advance(999);
    await worker.drain();
    expect(failures).toBe(1);
    clock.advance(1);
    await worker.drain();
    expect(failures).toBe(0);
    clock.advance(1_999);
    await worker.drain();
    expect(await counted()).toEqual(['a1']);
    clock.advance(1);
    await worker.drain();
    expect(await counted()).toEqual(['a1', 'a2', 'a3']);
    expect(await runOf('a')).toMatchObject({ status: 'DONE', lastError: null });
  });

  test('again and again is given up, says so once, and nothing else waits for it', async () => {
    const { job, worker } = openProcess((_, __, runKey) => {
      if (runKey === 'bad') throw new Error('never');
    });
    await schedule(job, 'bad', 1);
    await schedule(job, 'good', 2);
    for (let hour = 0; hour < 12; hour++) {
      await worker.drain();
      clock.advance(3_600_000);
    }
    expect(await counted()).toEqual(['good1', 'good2']);
    expect(await runOf('bad')).toMatchObject({ status: 'FAILED', attempts: 12, lastError: 'Error', dueAt: null });
    const failed = await platform.database.read((db) => db.select(OutboxEvent, sql`WHERE type = 'job.failed'`));
    expect(failed.map(({ payload }) => payload)).toEqual([
      { jobId: (await runOf('bad')).id, name: 'test.count', runKey: 'bad' },
    ]);
  });
});

describe('several processes', () => {
  test('share what is due and do each part once', async () => {
    const processes = [openProcess(), openProcess(), openProcess(), openProcess()];
    await atOnce(20, (run) => schedule(processes[0]?.job ?? openProcess().job, `run${run}-`, 3));
    await Promise.all(processes.map(({ worker }) => worker.drain()));
    await Promise.all(processes.map(({ worker }) => worker.drain()));
    const wanted = Array.from({ length: 20 }, (_, run) => [1, 2, 3].map((number) => `run${run}-${number}`)).flat();
    expect((await counted()).sort()).toEqual(wanted.sort());
  });

  test('go on with what one of them died over, once its lease has ended, after the last part that it did', async () => {
    const { job, worker } = openProcess();
    await schedule(job, 'a', 3);
    // As a process leaves it that died after its first part.
    await platform.database.transact(async (tx) => {
      const dueAt = new Date(tx.now.getTime() + leaseMilliseconds);
      await tx.execute(sql`
        UPDATE job SET status = 'RUNNING', lease = 'of the dead', attempts = 1, done = 1, total = 3, started_at = ${tx.now},
          due_at = ${dueAt}, state = ${JSON.stringify({ to: 3, at: 1 })}`);
    });
    clock.advance(leaseMilliseconds - 1);
    await worker.drain();
    expect(await counted()).toEqual([]);
    clock.advance(1);
    await worker.drain();
    expect(await counted()).toEqual(['a2', 'a3']);
    expect(await runOf('a')).toMatchObject({ status: 'DONE', done: 3 });
  });

  test('give up a run that each of them died over', async () => {
    const { job, worker } = openProcess();
    await schedule(job, 'a', 1);
    await platform.database.transact((tx) =>
      tx.execute(sql`UPDATE job SET status = 'RUNNING', lease = 'of the dead', attempts = 12`),
    );
    await worker.drain();
    expect(await counted()).toEqual([]);
    expect(await runOf('a')).toMatchObject({ status: 'FAILED', lastError: 'JobAbandoned' });
  });

  test('do nothing twice when one of them is held up for longer than its lease, after any of its parts', async () => {
    for (const heldUpAfter of [1, 2, 3, 4]) {
      const other = openProcess();
      let others: Promise<void> = Promise.resolve();
      const { job, worker } = openProcess((number, tx) => {
        if (number !== heldUpAfter) return;
        tx.afterCommit(() => {
          clock.advance(leaseMilliseconds);
          others = other.worker.drain();
        });
      });
      const runKey = `held-up-${heldUpAfter}-`;
      await schedule(job, runKey, 5);
      await worker.drain();
      await others;
      await worker.drain();
      expect(await runOf(runKey)).toMatchObject({ status: 'DONE', done: 5, total: 5 });
      expect((await counted()).filter((said) => said.startsWith(runKey)).sort()).toEqual(
        [1, 2, 3, 4, 5].map((number) => `${runKey}${number}`),
      );
    }
  });

  test('leave alone what only a newer process knows', async () => {
    const { job } = openProcess();
    await schedule(job, 'a', 1);
    await new JobWorker(platform.database, new Jobs(), new Events(), clock, log).drain();
    expect(await runOf('a')).toMatchObject({ status: 'WAITING', attempts: 0 });
  });
});

test('what is done is forgotten after 90 days, what failed is not', async () => {
  const { job, worker } = openProcess();
  await schedule(job, 'done', 1);
  await worker.drain();
  await schedule(job, 'failed', 1);
  await platform.database.transact((tx) =>
    tx.execute(sql`UPDATE job SET status = 'FAILED', due_at = NULL, finished_at = ${tx.now} WHERE run_key = 'failed'`),
  );
  clock.advance(90 * 86_400_000);
  expect(await worker.forgetSome()).toBe(0);
  clock.advance(1);
  expect(await worker.forgetSome()).toBe(1);
  const kept = await platform.database.read((db) => db.select(Job, sql``));
  expect(kept.map(({ runKey }) => runKey)).toEqual(['failed']);
});
