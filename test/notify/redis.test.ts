import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type LivePosting, LiveUpdates } from '../../src/notify/live-updates.js';
import { eventually } from '../support/world.js';

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** A Redis server of this test's own; undefined where none is installed. */
async function startRedis(port: number) {
  const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const started = await Promise.race([
    once(server, 'error').then(() => false),
    once(server.stdout, 'data').then(() => true),
  ]).catch(() => false);
  return started ? server : undefined;
}

const port = await freePort();
const redis = await startRedis(port);
afterAll(() => {
  redis?.kill();
});

const posting: LivePosting = {
  programId: 'program',
  ambassadorId: 'anna',
  entryId: 'entry',
  category: null,
  earnedPoints: 10,
  earnedAt: '2026-03-02T09:00:00.000Z',
};

(redis ? test : test.skip)(
  'with Redis a posting that one process delivers reaches subscribers of another',
  async () => {
    const log = pino({ level: 'silent' });
    const [one, other] = [
      new LiveUpdates(`redis://127.0.0.1:${port}`, log),
      new LiveUpdates(`redis://127.0.0.1:${port}`, log),
    ];
    const told: LivePosting[] = [];
    const inbox = other.follow('program', ({ entryId }) => entryId);
    const listening = (async () => {
      for await (const each of inbox) told.push(each);
    })();
    const { programId, ...payload } = posting;
    const event = { id: 'event', type: 'points.posted' as const, programId, occurredAt: new Date(0) };
    const posted = {
      ...payload,
      transferId: 'transfer',
      kind: 'AWARD' as const,
      cause: null,
      releasedCause: null,
      lifetimePoints: 10,
    };
    // The subscription of the other process takes a moment; the outbox, too, delivers more than once if it must.
    await eventually(async () => {
      await one.publish({ ...event, payload: posted });
      expect(told[0]).toEqual(posting);
    });
    await inbox.return();
    await listening;
    await Promise.all([one.close(), other.close()]);
  },
);
