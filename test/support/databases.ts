import { mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import Sqlite from 'libsql';
import mysql from 'mysql2/promise';

/** Where the MySQL side of the suite runs; each worker adds its number to the database's name. */
export const mysqlTestUrl = process.env.APPLAUS_TEST_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306/applaus_test';

export const sqliteTestDirectory = path.join(os.tmpdir(), `applaus-test-${process.getuid?.() ?? 0}`);

/** The settings of a database that belongs to one worker of the runner, or to one name of a test's choosing. */
export function databaseSettings(name: string): Record<string, string> {
  if (process.env.APPLAUS_TEST_ENGINE === 'mysql') return { DATABASE_URL: mysqlUrl(name) };
  return { APPLAUS_DATA_DIR: path.join(sqliteTestDirectory, name) };
}

function mysqlUrl(name: string): string {
  const url = new URL(mysqlTestUrl);
  url.pathname = `${url.pathname}_${name}`;
  return url.href;
}

/** Makes the database if it is not there. */
export async function ensureDatabase(name: string): Promise<void> {
  if (process.env.APPLAUS_TEST_ENGINE === 'mysql') {
    await onServer((connection) =>
      connection.query(`CREATE DATABASE IF NOT EXISTS \`${databaseName(mysqlUrl(name))}\``),
    );
  } else {
    mkdirSync(path.join(sqliteTestDirectory, name), { recursive: true });
  }
}

export async function dropDatabase(name: string): Promise<void> {
  if (process.env.APPLAUS_TEST_ENGINE === 'mysql') {
    await onServer((connection) => connection.query(`DROP DATABASE IF EXISTS \`${databaseName(mysqlUrl(name))}\``));
  } else {
    rmSync(path.join(sqliteTestDirectory, name), { recursive: true, force: true });
  }
}

/** Takes every row out of a database that nobody uses, so that the next test file begins with nothing and what it checks stays small. */
export async function emptyDatabase(name: string): Promise<void> {
  if (process.env.APPLAUS_TEST_ENGINE === 'mysql') {
    await onServer(async (connection) => {
      const schema = databaseName(mysqlUrl(name));
      const [rows] = await connection.query<mysql.RowDataPacket[]>(
        'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?',
        [schema],
      );
      await connection.query('SET foreign_key_checks = 0');
      for (const table of tablesOf(rows)) await connection.query(`DELETE FROM \`${schema}\`.\`${table}\``);
    });
  } else {
    const database = new Sqlite(path.join(sqliteTestDirectory, name, 'applaus.sqlite'));
    database.exec('PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN');
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
      .all();
    for (const table of tablesOf(tables)) database.exec(`DELETE FROM "${table}"`);
    database.exec('COMMIT');
    database.close();
  }
}

/** All tables but the one that knows which migrations are in. */
function tablesOf(rows: readonly unknown[]): string[] {
  return rows.map((row) => (row as { readonly name: string }).name).filter((name) => name !== 'migration');
}

/** Whether a MySQL server answers where the suite looks for one. */
export async function mysqlAnswers(): Promise<boolean> {
  try {
    await onServer((connection) => connection.ping());
    return true;
  } catch {
    return false;
  }
}

function databaseName(url: string): string {
  return new URL(url).pathname.slice(1);
}

async function onServer(work: (connection: mysql.Connection) => Promise<unknown>): Promise<void> {
  const url = new URL(mysqlTestUrl);
  url.pathname = '/';
  const connection = await mysql.createConnection({ uri: url.href, connectTimeout: 3_000 });
  try {
    await work(connection);
  } finally {
    await connection.end();
  }
}
