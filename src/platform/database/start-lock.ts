import { createHash } from 'node:crypto';
import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';

/** What one process does at its start may take long; who waits longer than this is told so. */
const waitSecondsMax = 300;
const retryMilliseconds = 50;
const waitedTooLong = 'Another process has been preparing this database for too long.';

/** The part of libsql's connection that is used here; it is better-sqlite3's. */
interface LockFile {
  exec(text: string): void;
  close(): void;
}

/** Takes the missing migrations, one process at a time: TypeORM lets two that start together create the same table. */
export function migrate(dataSource: DataSource): Promise<readonly { readonly name: string }[]> {
  return exclusively(dataSource, () => dataSource.runMigrations());
}

/**
 * Does what only one process at a time may do with a database when it starts; others wait. The lock ends with the process
 * that holds it, however that ends.
 */
export async function exclusively<T>(dataSource: DataSource, work: () => Promise<T>): Promise<T> {
  const unlock = await (dataSource.options.type === 'better-sqlite3' ? lockFile : lockServer)(dataSource);
  try {
    return await work();
  } finally {
    await unlock();
  }
}

/** Holds an empty database beside the real one, which the operating system frees when the process is gone. */
async function lockFile({ options }: DataSource): Promise<() => Promise<void>> {
  const Connection = createRequire(import.meta.url)('libsql') as new (file: string) => LockFile;
  const connection = new Connection(`${String(options.database)}-starting`);
  for (let waited = 0; ; waited += retryMilliseconds) {
    try {
      connection.exec('BEGIN EXCLUSIVE');
      return async () => connection.close();
    } catch (error) {
      if (waited < waitSecondsMax * 1_000) {
        // Waits here and not in SQLite, whose own waiting would stop this whole process.
        await sleep(retryMilliseconds);
        continue;
      }
      connection.close();
      throw new Error(waitedTooLong, { cause: error });
    }
  }
}

/** Holds a named lock of the server, which it frees when the connection is gone. */
async function lockServer(dataSource: DataSource): Promise<() => Promise<void>> {
  const runner = dataSource.createQueryRunner();
  const database = String(dataSource.driver.database);
  const name = `applaus-start-${createHash('sha256').update(database).digest('hex').slice(0, 32)}`;
  const [row]: readonly { held: unknown }[] = await runner.query('SELECT GET_LOCK(?, ?) AS held', [
    name,
    waitSecondsMax,
  ]);
  if (Number(row?.held) !== 1) {
    await runner.release();
    throw new Error(waitedTooLong);
  }
  return async () => {
    await runner.query('SELECT RELEASE_LOCK(?)', [name]);
    await runner.release();
  };
}
