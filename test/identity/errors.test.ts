import { Writable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import type { GraphQLReply } from '../support/client.js';
import { dropDatabase } from '../support/databases.js';
import { type TestProgram, useWorld } from '../support/world.js';

const database = `errors_${process.env.JEST_WORKER_ID ?? '1'}`;
const lines: string[] = [];
const log = pino(
  { level: 'warn' },
  new Writable({
    write(chunk, _, done) {
      lines.push(String(chunk));
      done();
    },
  }),
);

const world = useWorld({}, { database, log });
let program: TestProgram;
beforeAll(async () => {
  program = await world.program();
});
afterAll(() => dropDatabase(database));

const levels = '{ program { name levels { name } } }';

/** Runs `work` while a table is not where the code looks for it: nothing real fails more truly. */
async function withoutLevels<T>(work: () => Promise<T>): Promise<T> {
  const { database: db } = world.server.platform;
  await db.transact((tx) => tx.execute(sql`ALTER TABLE level RENAME TO level_elsewhere`));
  try {
    return await work();
  } finally {
    await db.transact((tx) => tx.execute(sql`ALTER TABLE level_elsewhere RENAME TO level`));
  }
}

function expectMasked({ status, data, errors, headers }: GraphQLReply, sentence: string): void {
  const requestId = headers.get('x-request-id');
  expect(requestId).toMatch(/^[\w-]{8,}$/);
  expect(status).toBe(200);
  expect(data).toBeNull();
  expect(errors).toEqual([
    {
      message: sentence,
      path: ['program', 'levels'],
      locations: expect.any(Array),
      extensions: { code: 'INTERNAL', requestId },
    },
  ]);
  const told = lines.filter((line) => line.includes(String(requestId)));
  expect(told).toHaveLength(1);
  expect(told[0]).toContain('level');
  expect(told[0]).toContain('stack');
}

describe('what fails on our side', () => {
  test('is told by a sentence and a request id; the log has the rest under that id', async () => {
    const reply = await withoutLevels(() => program.admin.send(levels));
    expectMasked(reply, 'Something went wrong on our side. It has been noted under this request id.');
    expect(JSON.stringify(reply)).not.toMatch(/level_elsewhere|SELECT|no such table|doesn't exist|node_modules|at /);
    expect((await program.admin.ask(levels)).program.levels).toHaveLength(3);
  });

  test('is told in Dutch to who speaks it', async () => {
    const reply = await withoutLevels(() => program.admin.with({ 'accept-language': 'nl' }).send(levels));
    expectMasked(reply, 'Er ging bij ons iets mis. Het is genoteerd onder dit verzoeknummer.');
  });

  test('writes nothing of a mutation that had begun', async () => {
    const input = { levels: [{ name: 'One', fromPoints: 0 }] };
    const set = 'mutation ($input: LevelsSetInput!) { levelsSet(input: $input) { __typename } }';
    expect(await withoutLevels(() => program.admin.refusal(set, { input }))).toBe('INTERNAL');
    expect((await program.admin.ask(levels)).program.levels).toHaveLength(3);
  });

  test('every answer has a request id, and no two the same', async () => {
    const replies = [await program.admin.send(levels), await program.admin.send('{ nonsense }')];
    const ids = replies.map(({ headers }) => headers.get('x-request-id'));
    expect(new Set(ids).size).toBe(2);
    expect(replies[1]?.errors?.[0]?.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED', requestId: ids[1] });
  });

  test("what the caller did wrong is not logged as a failure, and no caller's secret is", async () => {
    const before = lines.length;
    await program.admin.send('{ nonsense }');
    await program.moderator.refusal('{ apiKeys { totalCount } }');
    await world.bearer('apk_wrong').send('{ viewer { role } }');
    expect(lines.slice(before)).toEqual([]);
    expect(lines.join('\n')).not.toMatch(/Bearer|eyJ/);
  });
});
