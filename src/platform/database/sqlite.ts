import { createRequire } from 'node:module';
import { empty } from 'sql-template-tag';
import { DataSource, type DataSourceOptions, type QueryRunner } from 'typeorm';
import type { Engine } from './engine-database.js';

/** The part of libsql's connection that is used here; it is better-sqlite3's. */
interface SqliteConnection {
  pragma(text: string): unknown;
}

const driver: unknown = createRequire(import.meta.url)('libsql');

/** How long a writer waits for its turn before it is taken for a deadlock with itself. */
const writerWaitMillisecondsMax = 10_000;

export function sqliteOptions(file: string): DataSourceOptions {
  return {
    type: 'better-sqlite3',
    driver,
    database: file,
    timeout: 5_000,
    enableWAL: true,
    prepareDatabase: (connection: SqliteConnection) => {
      connection.pragma('synchronous = FULL');
      // 64 MB of log before it is written back: a page that many commits touch is then written back once.
      connection.pragma('wal_autocheckpoint = 16000');
      connection.pragma('cache_size = -16000');
      connection.pragma('busy_timeout = 5000');
    },
  };
}

/** Writers one after the other, in the order they came, on the one connection that may write. */
class WriterQueue {
  private tail: Promise<void> = Promise.resolve();
  /** Writers that are at work or wait for their turn. */
  length = 0;

  async run<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.tail;
    this.length += 1;
    let leave = () => {};
    this.tail = new Promise((resolve) => {
      leave = () => {
        this.length -= 1;
        resolve();
      };
    });
    const entered = turn.then(() => undefined);
    try {
      await withinLimit(entered);
    } catch (error) {
      // Whoever waits behind keeps its place behind the writer that is still at work.
      entered.then(leave);
      throw error;
    }
    try {
      return await work();
    } finally {
      leave();
    }
  }
}

async function withinLimit(entered: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error('A writer waited 10 s for its turn: is a transaction opened inside another?')),
      writerWaitMillisecondsMax,
    );
  });
  await Promise.race([entered, limit]).finally(() => clearTimeout(timer));
}

/**
 * Embedded SQLite. TypeORM shares one query runner per data source, so transactions that overlap would lose
 * acknowledged writes and readers would see uncommitted rows: writers queue, readers have a connection of their own.
 */
export async function openSqlite(options: DataSourceOptions): Promise<Engine> {
  const writer = await new DataSource(options).initialize();
  // libsql ignores `readonly`; the pragma is what keeps this connection from writing.
  const reader = await new DataSource({ ...options, prepareDatabase: onlyQueries } as DataSourceOptions).initialize();
  const queue = new WriterQueue();
  const readRunner = reader.createQueryRunner();
  const writeRunner = writer.createQueryRunner();
  return {
    name: 'sqlite',
    dataSource: writer,
    begin: 'BEGIN IMMEDIATE',
    forUpdate: empty,
    forShare: empty,
    forUpdateSkipLocked: empty,
    addingTo: (column) => ` ON CONFLICT DO UPDATE SET \`${column}\` = \`${column}\` + excluded.\`${column}\``,
    withReader: (work: (runner: QueryRunner) => Promise<unknown>) => work(readRunner) as never,
    withWriter: (work) => queue.run(() => work(writeRunner)),
    // One connection writes, one reads.
    connectionUse: () => ({ open: 2, idle: queue.length === 0 ? 2 : 1, waiting: Math.max(0, queue.length - 1) }),
    close: async () => {
      await queue.run(() => writer.destroy());
      await reader.destroy();
    },
  };
}

function onlyQueries(connection: SqliteConnection): void {
  connection.pragma('busy_timeout = 5000');
  connection.pragma('query_only = ON');
}
