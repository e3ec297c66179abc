import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { v7 } from 'uuid';
import { openApplication } from '../src/app/application.js';
import { readConfig } from '../src/platform/config.js';

/*
 * `applaus import responses` of a large export, in a process of its own, against the floor of bare multi-row INSERTs of
 * the same rows into the same tables and nothing else, in one run, on embedded SQLite and on MySQL.
 *
 *   npm run bench:import [-- --rows 1000000 --engine sqlite|mysql]   APPLAUS_BENCH_DATABASE_URL: a MySQL server
 */

type Values = readonly (string | number | null)[];
/** Runs one transaction of INSERTs, each a table with the rows for it. */
type InsertAll = (rowsByTable: Readonly<Record<string, readonly Values[]>>) => Promise<void>;

const option = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? undefined : process.argv[at + 1];
};
const rows = Number(option('rows') ?? 1_000_000);
const only = option('engine');
const batchRows = 2_000;
const serverUrl = new URL(process.env.APPLAUS_BENCH_DATABASE_URL ?? 'mysql://root@127.0.0.1:3306/');
const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-bench-import-'));
const file = path.join(directory, 'answers.csv');
const markets = ['US', 'UK', 'MEX'];

const dayOf = (index: number) => new Date(Date.UTC(2021, 0, 1 + ((index * 7) % 365)));
const nameOf = (index: number) => `Customer Number ${index}`;

async function writeFile(): Promise<void> {
  const stream = createWriteStream(file);
  stream.write('ID,Market,Survey date,Customer Name,Month,Quarter,NPS\r\n');
  for (let index = 0; index < rows; index++) {
    const day = dayOf(index);
    const month = day.getUTCMonth() + 1;
    const date = [day.getUTCDate(), month, 21].map((part) => String(part).padStart(2, '0')).join('/');
    const quarter = Math.ceil(month / 3);
    const line = `${100_000 + index},${markets[index % 3]},${date},${nameOf(index)},${month},${quarter},${index % 11}\r\n`;
    if (!stream.write(line)) await once(stream, 'drain');
  }
  stream.end();
  await once(stream, 'finish');
}

/** What `npm run applaus` runs, with the same limits on memory. */
function applausArguments(): string[] {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: { applaus: string } };
  return scripts.applaus.split(' ').slice(1);
}

/** Runs the command; answers its own rows/s and the peak of its memory. */
async function runImport(environment: Record<string, string>): Promise<{ rate: number; peakMegabytes: number }> {
  const reportPeak = 'process.on("exit", () => console.error("peak", process.resourceUsage().maxRSS, "KB"))';
  const inProcess = ['--import', `data:text/javascript,${encodeURIComponent(reportPeak)}`];
  const which = ['--id', 'ID', '--name', 'Customer Name', '--score', 'NPS', '--date', 'Survey date'];
  const how = ['--date-format', 'dd/MM/yy', '--attribute', 'Market'];
  const command = [...applausArguments(), 'import', 'responses', file, ...which, ...how];
  const child = spawn(process.execPath, [...inProcess, ...command], {
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    output += text;
  });
  const [code] = await once(child, 'close');
  const number = (pattern: RegExp) => Number(pattern.exec(output)?.[1]?.replaceAll(',', ''));
  const rate = number(/, ([\d,]+) rows\/s/);
  if (code !== 0 || !rate) throw new Error(output);
  return { rate, peakMegabytes: number(/peak (\d+) KB/) / 1024 };
}

/** Inserts the same rows in the same batches, with nothing around it; answers rows/s. */
async function runFloor(insertAll: InsertAll): Promise<number> {
  const programId = v7();
  const surveyId = v7();
  const now = '2026-01-01 00:00:00.000';
  const start = process.hrtime.bigint();
  for (let first = 0; first < rows; first += batchRows) {
    const indexes = Array.from({ length: Math.min(batchRows, rows - first) }, (_, offset) => first + offset);
    const people = indexes.map((index) => ({ index, id: v7(), market: markets[index % 3] ?? '' }));
    await insertAll({
      contact: people.map(({ index, id, market }) => {
        return [id, programId, String(100_000 + index), nameOf(index), null, JSON.stringify({ Market: market }), now];
      }),
      contact_attribute: people.map(({ id, market }) => [id, 'Market', programId, market]),
      nps_response: people.map(({ index, id }) => {
        const day = dayOf(index).toISOString().replace('T', ' ').slice(0, 23);
        return [v7(), programId, surveyId, id, index % 11, null, day, null, now];
      }),
    });
  }
  return rows / (Number(process.hrtime.bigint() - start) / 1e9);
}

const columns: Readonly<Record<string, string>> = {
  contact: 'id, program_id, external_id, display_name, email, attributes, created_at',
  contact_attribute: 'contact_id, name, program_id, value',
  nps_response: 'id, program_id, survey_id, contact_id, score, comment, responded_at, source_id, recorded_at',
};

function* insertsOf(rowsByTable: Parameters<InsertAll>[0]): Generator<{ text: string; values: Values }> {
  const chunk = 500;
  for (const [table, all] of Object.entries(rowsByTable)) {
    for (let start = 0; start < all.length; start += chunk) {
      const part = all.slice(start, start + chunk);
      const places = part.map((row) => `(${row.map(() => '?').join(', ')})`).join(', ');
      yield { text: `INSERT INTO ${table} (${columns[table]}) VALUES ${places}`, values: part.flat() };
    }
  }
}

/** Makes the tables as the application makes them. */
async function migrate(environment: Record<string, string>): Promise<void> {
  const application = await openApplication(readConfig({ ...environment, APPLAUS_LOG_LEVEL: 'silent' }));
  await application.close();
}

interface SqliteDatabase {
  pragma(text: string): unknown;
  exec(text: string): void;
  prepare(text: string): { run(values: Values): unknown };
  close(): void;
}

async function benchSqlite(): Promise<void> {
  const dataDirectory = (name: string) => ({ APPLAUS_DATA_DIR: path.join(directory, name), DATABASE_URL: '' });
  const Sqlite: new (file: string) => SqliteDatabase = createRequire(import.meta.url)('libsql');
  await migrate(dataDirectory('floor'));
  const database = new Sqlite(path.join(directory, 'floor', 'applaus.sqlite'));
  database.pragma('synchronous = FULL');
  const statements = new Map<string, ReturnType<SqliteDatabase['prepare']>>();
  const floor = await runFloor(async (rowsByTable) => {
    database.exec('BEGIN IMMEDIATE');
    for (const { text, values } of insertsOf(rowsByTable)) {
      const statement = statements.get(text) ?? database.prepare(text);
      statements.set(text, statement);
      statement.run(values);
    }
    database.exec('COMMIT');
  });
  database.close();
  rmSync(path.join(directory, 'floor'), { recursive: true });
  await report('SQLite', floor, dataDirectory('import'));
}

async function benchMysql(): Promise<void> {
  const name = 'applaus_bench_import';
  const administration = await mysql.createConnection({ uri: serverUrl.href });
  const fresh = async () => {
    await administration.query(`DROP DATABASE IF EXISTS ${name}`);
    await administration.query(`CREATE DATABASE ${name}`);
  };
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const environment = { DATABASE_URL: url.href, APPLAUS_DATA_DIR: directory };
  await fresh();
  await migrate(environment);
  const connection = await mysql.createConnection({ uri: url.href });
  const floor = await runFloor(async (rowsByTable) => {
    await connection.query('START TRANSACTION');
    for (const { text, values } of insertsOf(rowsByTable)) await connection.query(text, [...values]);
    await connection.query('COMMIT');
  });
  await connection.end();
  await fresh();
  await report('MySQL', floor, environment);
  await administration.query(`DROP DATABASE ${name}`);
  await administration.end();
}

async function report(engine: string, floor: number, environment: Record<string, string>): Promise<void> {
  const first = await runImport(environment);
  const second = await runImport(environment);
  const ratio = (first.rate / floor).toFixed(2);
  process.stdout.write(
    `${engine}, ${rows} rows: ${first.rate} rows/s, peak RSS ${first.peakMegabytes.toFixed(0)} MB; ` +
      `bare INSERTs ${Math.round(floor)} rows/s, ratio ${ratio}; ` +
      `again, all there already: ${second.rate} rows/s, peak RSS ${second.peakMegabytes.toFixed(0)} MB\n`,
  );
}

try {
  await writeFile();
  if (only !== 'mysql') await benchSqlite();
  if (only !== 'sqlite') await benchMysql();
} finally {
  rmSync(directory, { recursive: true, force: true });
}
