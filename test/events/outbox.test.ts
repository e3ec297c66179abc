import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { openPlatform, type Platform } from '../../src/app/platform.js';
import { SettableClock } from '../../src/platform/clock.js';
import { readConfig } from '../../src/platform/config.js';
import { type AppEvent, Events } from '../../src/platform/events/events.js';
import { OutboxEvent } from '../../src/platform/events/outbox.entity.js';
import { OutboxWorker } from '../../src/platform/events/outbox.js';
import { databaseSettings, dropDatabase, ensureDatabase } from '../support/databases.js';
import { atOnce, monday } from '../support/world.js';

declare module '../../src/platform/events/events.js' {
  interface EventMap {
    'test.happened': { readonly number: number };
  }
}

const name = `outbox_${process.env.JEST_WORKER_ID ?? '1'}`;
const log = pino({ level: 'silent' });
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
    await tx.execute(sql`DELETE FROM outbox_delivery`);
    await tx.execute(sql`DELETE FROM outbox_event`);
  });
});

afterAll(async () => {
  await platform.database.close();
  await dropDatabase(name);
});

function emit(events: Events, number: number): Promise<void> {
  return platform.database.transact((tx) => events.emit(tx, 'test.happened', 'program', { number }));
}

/** A consumer that notes what it hears, and fails when it is told to. */
function listener(fails: (event: AppEvent<'test.happened'>) => boolean = () => false) {
  const events = new Events();
  const heard: number[] = [];
  events.followAfter('test.happened', 'ear', async (event) => {
    heard.push(event.payload.number);
    if (fails(event)) throw new Error('deaf');
  });
  return { events, heard, worker: new OutboxWorker(platform.database, events, clock, log) };
}

describe('the outbox', () => {
  test('delivers each event once, with what it says', async () => {
    const { events, heard, worker } = listener();
    for (const number of [1, 2, 3]) await emit(events, number);
    await worker.drain();
    await worker.drain();
    expect(heard.sort()).toEqual([1, 2, 3]);
  });

  test('keeps no event of a transaction that was rolled back', async () => {
    const { events, heard, worker } = listener();
    const rolledBack = platform.database.transact(async (tx) => {
      await events.emit(tx, 'test.happened', 'program', { number: 1 });
      throw new Error('rolled back');
    });
    await expect(rolledBack).rejects.toThrow('rolled back');
    await worker.drain();
    expect(heard).toEqual([]);
    expect(await platform.database.read((db) => db.count(OutboxEvent, sql``))).toBe(0);
  });

  test('delivers again later what a consumer failed on, ever less often', async () => {
    let failures = 2;
    const { events, heard, worker } = listener(() => failures-- > 0);
    await emit(events, 7);
    await worker.drain();
    await worker.drain();
    expect(heard).toEqual([7]);
    clock.advance(1_000);
    await worker.drain();
    expect(heard).toEqual([7, 7]);
    clock.advance(1_999);
    await worker.drain();
    expect(heard).toEqual([7, 7]);
    clock.advance(1);
    await worker.drain();
    expect(heard).toEqual([7, 7, 7]);
  });

  test('gives what a process died over to another', async () => {
    const dead = listener();
    await emit(dead.events, 1);
    // A process that claims and then dies, as it leaves the row.
    await platform.database.transact((tx) =>
      tx.execute(sql`UPDATE outbox_delivery SET due_at = ${new Date(tx.now.getTime() + 60_000)}, attempts = 1`),
    );
    const { heard, worker } = listener();
    await worker.drain();
    expect(heard).toEqual([]);
    clock.advance(60_000);
    await worker.drain();
    expect(heard).toEqual([1]);
  });

  test('forgets what everybody heard after 90 days, and keeps what somebody still has to hear', async () => {
    const { events, worker } = listener();
    await emit(events, 1);
    await worker.drain();
    await emit(events, 2);
    clock.advance(90 * 86_400_000);
    expect(await worker.forgetSome()).toBe(0);
    clock.advance(1);
    expect(await worker.forgetSome()).toBe(1);
    const kept = await platform.database.read((db) => db.select(OutboxEvent, sql``));
    expect(kept.map(({ payload }) => payload)).toEqual([{ number: 2 }]);
  });

  test('shared by four workers is heard once by one of them', async () => {
    const listeners = [listener(), listener(), listener(), listener()];
    const [first] = listeners;
    await atOnce(60, (number) => emit(first?.events ?? new Events(), number));
    await Promise.all(listeners.map(({ worker }) => worker.drain()));
    await Promise.all(listeners.map(({ worker }) => worker.drain()));
    const heard = listeners.flatMap((one) => one.heard).sort((a, b) => a - b);
    expect(heard).toEqual(Array.from({ length: 60 }, (_, index) => index));
  });
});
