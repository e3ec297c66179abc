import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { openApplication } from '../src/app/application.js';
import { Session } from '../src/identity/session.js';
import { CountReading } from '../src/nps/counts/count-reading.js';
import { Days } from '../src/nps/counts/days.js';
import type { NpsFilter } from '../src/nps/nps.inputs.js';
import { NpsService } from '../src/nps/nps.service.js';
import { readConfig } from '../src/platform/config.js';

/*
 * `nps`, its trend and its groups over many answers, while others answer: how long they take, beside the quickest that
 * the same database can count all of the answers in the same run, and whether they are exact.
 *
 *   npm run bench:nps [-- --answers 1000000 --tries 15]      DATABASE_URL: MySQL; embedded SQLite without
 */

const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const answers = option('answers', 1_000_000);
const tries = option('tries', 15);
const batch = 2_000;
const days = 730;
const markets = ['NL', 'BE', 'DE', 'FR', 'UK', 'US', 'ES', 'IT'];
const databaseName = 'applaus_bench_nps';
const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-bench-'));

async function freshDatabase(): Promise<Record<string, string>> {
  if (!process.env.DATABASE_URL) return { APPLAUS_DATA_DIR: directory };
  const url = new URL(process.env.DATABASE_URL);
  url.pathname = '/';
  const administration = await mysql.createConnection({ uri: url.href.replace(/^mariadb:/, 'mysql:') });
  await administration.query(`DROP DATABASE IF EXISTS ${databaseName}`);
  await administration.query(`CREATE DATABASE ${databaseName}`);
  await administration.end();
  url.pathname = `/${databaseName}`;
  return { DATABASE_URL: url.href };
}

const config = readConfig({ ...(await freshDatabase()), NODE_ENV: 'test', APPLAUS_DEMO: 'false' });
const application = await openApplication(config, { log: pino({ level: 'silent' }) });
const { platform, features } = application;
const { database } = platform;
const program = await features.programs.create({ slug: 'bench', name: 'Bench', timeZone: 'Europe/Amsterdam' });
const survey = await database.read((db) => features.surveys.findByKey(db, program.id, 'nps'));
if (!survey) throw new Error('A program has a survey');

const answerOf = (index: number) => ({
  row: { line: index, fields: [] },
  contact: { externalId: `c-${index}`, attributes: { market: markets[index % 8], size: index % 50 } },
  score: (index * 7) % 11,
  comment: null,
  respondedAt: new Date(Date.UTC(2024, 0, 1 + (index % days), index % 24)),
  sourceId: null,
});
for (let first = 0; first < answers; first += batch) {
  const part = Array.from({ length: Math.min(batch, answers - first) }, (_, offset) => answerOf(first + offset));
  await features.batchWriter.write({ programId: program.id, surveyId: survey.id }, part as never);
}
const started = performance.now();
while ((await features.countPast.countSome()) > 0);
process.stdout.write(`${answers} answers counted from nothing in ${seconds(started)} s\n`);

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(1);
}

const reading = new Days();
const nps = new NpsService(database, features.surveys, new CountReading(reading), reading);
const session = new Session(program, { role: 'ADMIN', subject: 'bench', ambassadorId: null });
const context = { requestId: 'bench', locale: 'en', database, log: platform.log, session } as const;

async function median(work: () => Promise<unknown>): Promise<number> {
  const taken: number[] = [];
  for (let each = 0; each < tries; each++) {
    const start = performance.now();
    await work();
    taken.push(performance.now() - start);
  }
  return taken.sort((a, b) => a - b)[Math.floor(tries / 2)] ?? 0;
}

let written = 0;
let isWriting = true;
/** Answers that keep coming while it is measured. */
async function write(): Promise<void> {
  while (isWriting) {
    const { contact, score } = answerOf(answers + written);
    await features.responses.record(context, { surveyKey: 'nps', contact, score } as never);
    written += 1;
  }
}
async function foldOn(): Promise<void> {
  while (isWriting) {
    await features.countFolding.foldSome();
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
const background = [write(), write(), foldOn()];

const filter = (given: NpsFilter = {}) => nps.summarize(context, given);
const floor = await median(() =>
  database.read((db) => db.query(sql`SELECT COUNT(*) AS n FROM nps_response WHERE survey_id = ${survey.id}`)),
);
const market = { name: 'market', value: 'NL' };
const asked: [string, () => Promise<unknown>][] = [
  ['nps', () => filter()],
  ['nps of a span', () => filter({ from: new Date('2024-03-05T10:00:00Z'), to: new Date('2025-02-07T11:00:00Z') })],
  ['nps of an attribute', () => filter({ attribute: market })],
  ['trend by month', async () => nps.trend(context, await filter(), 'MONTH')],
  ['trend by day', async () => nps.trend(context, await filter({ to: new Date('2026-01-01') }), 'DAY')],
  ['trend of an attribute by month', async () => nps.trend(context, await filter({ attribute: market }), 'MONTH')],
  ['by attribute, 8 values', async () => nps.breakDown(context, await filter(), 'market')],
  ['by attribute, 50 values', async () => nps.breakDown(context, await filter(), 'size')],
];
process.stdout.write(`counting all answers, bare: ${floor.toFixed(1)} ms\n`);
for (const [name, work] of asked) {
  const taken = await median(work);
  process.stdout.write(`${name}: ${taken.toFixed(1)} ms, ${(taken / floor).toFixed(2)} of it\n`);
}
isWriting = false;
await Promise.all(background);
const [{ n = 0 } = {}] = await database.read((db) =>
  db.query<{ n: number | string }>(sql`SELECT COUNT(*) AS n FROM nps_response`),
);
const { responses } = await filter();
process.stdout.write(`${written} answers came in meanwhile; counts say ${responses}, there are ${n}\n`);
if (responses !== Number(n)) process.exitCode = 1;
await application.close();
rmSync(directory, { recursive: true });
