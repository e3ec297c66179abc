import { mkdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
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
