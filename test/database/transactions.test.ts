import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import { openPlatform, type Platform } from '../../src/app/platform.js';
import { readConfig } from '../../src/platform/config.js';
import type { Transaction } from '../../src/platform/database/database.js';
import { NotFound } from '../../src/platform/graphql/problem.js';
import { Level } from '../../src/points/level.entity.js';
import { databaseSettings, dropDatabase, ensureDatabase } from '../support/databases.js';
import { atOnce } from '../support/world.js';

const name = `transactions_${process.env.JEST_WORKER_ID ?? '1'}`;
const isSqlite = process.env.APPLAUS_TEST_ENGINE !== 'mysql';
let platform: Platform;

beforeAll(async () => {
  await dropDatabase(name);
  await ensureDatabase(name);
  const settings = { ...databaseSettings(name), NODE_ENV: 'test', APPLAUS_LOG_LEVEL: 'silent' };
  platform = await openPlatform(readConfig({ ...settings, APPLAUS_JWT_SECRET: 'x'.repeat(32) }));
});

afterAll(async () => {
  await platform.database.close();
  await dropDatabase(name);
});

const level = (programId: string, rank: number) => ({ programId, rank, name: `Level ${rank}`, fromPoints: rank });

async function ranks(programId: string): Promise<number[]> {
  const rows = await platform.database.read((db) =>
    db.select(Level, sql`WHERE program_id = ${programId} ORDER BY rank_number`),
  );
  return rows.map((row) => row.rank);
}

/** Lets every other transaction take a step. */
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('transactions that overlap', () => {
  test('keep what was acknowledged and nothing of what was rolled back', async () => {
    const work = (index: number) => async (tx: Transaction) => {
      await tx.insert(Level, level('overlap', index));
      await turn();
      if (index % 2 === 1) throw new Error('rolled back');
      await turn();
      await tx.insert(Level, level('overlap', 100 + index));
      return index;
    };
    const outcomes = await Promise.allSettled(
      Array.from({ length: 40 }, (_, index) => platform.database.transact(work(index))),
    );
    const acknowledged = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(acknowledged).toHaveLength(20);
    expect(await ranks('overlap')).toEqual([...acknowledged, ...acknowledged.map((index) => 100 + index)]);
  });

  test('are not seen by readers before they commit', async () => {
    const seen = await platform.database.transact(async (tx) => {
      await tx.insert(Level, level('unseen', 1));
      return ranks('unseen');
    });
    expect(seen).toEqual([]);
    expect(await ranks('unseen')).toEqual([1]);
  });

  test('run again as a whole when they deadlock', async () => {
    await platform.database.transact((tx) => tx.insert(Level, [level('deadlock', 1), level('deadlock', 2)]));
    const raise = (first: number, second: number) =>
      platform.database.transact(async (tx) => {
        for (const rank of [first, second]) {
          await tx.execute(sql`
            UPDATE level SET from_points = from_points + 1 WHERE program_id = 'deadlock' AND rank_number = ${rank}`);
          await turn();
        }
      });
    await atOnce(20, (index) => (index % 2 === 0 ? raise(1, 2) : raise(2, 1)));
    const rows = await platform.database.read((db) => db.select(Level, sql`WHERE program_id = 'deadlock'`));
    expect(rows.map((row) => row.fromPoints).sort((a, b) => a - b)).toEqual([21, 22]);
  });

  test('leave nothing when their work answers with a problem', async () => {
    const answer = await platform.database.transact(async (tx) => {
      await tx.insert(Level, level('problem', 1));
      return new NotFound();
    });
    expect(answer).toBeInstanceOf(NotFound);
    expect(await ranks('problem')).toEqual([]);
  });

  test('run what waits for the commit once, and only after it', async () => {
    const order: string[] = [];
    await platform.database.transact(async (tx) => {
      tx.afterCommit(() => order.push('after'));
      order.push('inside');
    });
    await platform.database
      .transact(async (tx) => {
        tx.afterCommit(() => order.push('never'));
        throw new Error('rolled back');
      })
      .catch(() => undefined);
    expect(order).toEqual(['inside', 'after']);
  });
});

(isSqlite ? describe : describe.skip)('the one connection that TypeORM shares on SQLite', () => {
  test('is why writers queue: without the queue, rolled-back writes are kept or acknowledged ones are lost', async () => {
    const { dataSource } = platform.database;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        dataSource.transaction(async (manager) => {
          await manager.insert(Level, level('naive', index));
          await turn();
          if (index % 2 === 1) throw new Error('rolled back');
          return index;
        }),
      ),
    );
    const acknowledged = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []));
    expect(await ranks('naive')).not.toEqual(acknowledged.length === 10 ? acknowledged : []);
  });

  test('is not the one that reads: the reading connection cannot write', async () => {
    await expect(
      platform.database.read((db) => db.query(sql`DELETE FROM level WHERE program_id = 'none'`)),
    ).rejects.toThrow(/readonly|query_only|attempt to write/i);
  });
});

(isSqlite ? describe.skip : describe)('MySQL', () => {
  test('runs a transaction again when its connection is lost before the commit', async () => {
    let attempts = 0;
    await platform.database.transact(async (tx) => {
      attempts += 1;
      await tx.insert(Level, level('lost', 1));
      if (attempts === 1) {
        const [row] = await tx.query<{ id: number }>(sql`SELECT CONNECTION_ID() AS id`);
        await platform.database.dataSource.query(`KILL ${row?.id}`);
      }
      await tx.insert(Level, level('lost', 2));
    });
    expect(attempts).toBe(2);
    expect(await ranks('lost')).toEqual([1, 2]);
  });

  test('reads what is committed, at READ COMMITTED', async () => {
    const isolation = await platform.database.transact(async (tx) => {
      const rows = await tx.query<{ Value: string }>(
        sql`SHOW SESSION VARIABLES WHERE Variable_name IN ('tx_isolation', 'transaction_isolation')`,
      );
      return rows[0]?.Value;
    });
    expect(isolation).toBe('READ-COMMITTED');
  });
});
