import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { openApplication } from '../src/app/application.js';
import { Contact } from '../src/contacts/contact.entity.js';
import { Session } from '../src/identity/session.js';
import { AttributeTables } from '../src/insight/threads/attribute-tables.js';
import { findThread } from '../src/insight/threads/thread.js';
import { CommonThreadService } from '../src/insight/threads/thread.service.js';
import { NpsResponse } from '../src/nps/response.entity.js';
import { scoreInterval } from '../src/nps/statistics/score-interval.js';
import { marginOfError } from '../src/nps/tally.js';
import { readConfig } from '../src/platform/config.js';
import { SeededRandom } from '../src/platform/random.js';
import { fisherExact } from '../src/platform/statistics/fisher-exact.js';
import { benjaminiHochberg } from '../src/platform/statistics/multiple-testing.js';

/*
 * Whether the statistics are right: how often intervals hold the truth, published worked examples, what is found of what
 * was planted and of what was shuffled; and how long the common thread of many contacts takes.
 *
 *   npm run bench:insight [-- --surveys 10000 --shuffles 1000 --contacts 100000]   DATABASE_URL: MySQL; SQLite without
 */

const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const surveys = option('surveys', 10_000);
const shuffles = option('shuffles', 1_000);
const contacts = option('contacts', 100_000);
const attributeCount = 20;
const random = new SeededRandom(20_261_122);
const say = (text: string) => process.stdout.write(`${text}\n`);
let isRight = true;
const expectThat = (holds: boolean, what: string) => {
  if (!holds) isRight = false;
  say(`${holds ? 'yes' : 'NO '}  ${what}`);
};

/** Promoters and detractors: of many, of the bank of 2021, of few detractors, of a brand in trouble. */
const shares = [
  [0.5, 0.2],
  [0.4618, 0.3438],
  [0.7, 0.05],
  [0.2, 0.5],
] as const;

function survey(n: number, promoterShare: number, detractorShare: number) {
  const counts = { responses: n, promoters: 0, passives: 0, detractors: 0 };
  for (let answer = 0; answer < n; answer++) {
    const given = random.next();
    if (given < promoterShare) counts.promoters += 1;
    else if (given < promoterShare + detractorShare) counts.detractors += 1;
    else counts.passives += 1;
  }
  return counts;
}

function showCoverage(): void {
  for (const [promoterShare, detractorShare] of shares) {
    for (const n of [30, 100, 1_000]) {
      const truth = 100 * (promoterShare - detractorShare);
      let covered = 0;
      let byClosedForm = 0;
      for (let each = 0; each < surveys; each++) {
        const counts = survey(n, promoterShare, detractorShare);
        const interval = scoreInterval(counts);
        if (interval && interval.lower <= truth && truth <= interval.upper) covered += 1;
        const score = (100 * (counts.promoters - counts.detractors)) / n;
        if (Math.abs(score - truth) <= (marginOfError(counts) ?? 0)) byClosedForm += 1;
      }
      const share = covered / surveys;
      const percent = (part: number) => `${((100 * part) / surveys).toFixed(1)}%`;
      const what = `n = ${n}, NPS ${truth.toFixed(0)}: holds the truth in ${percent(covered)} of ${surveys} surveys`;
      expectThat(share >= 0.94 && share <= 0.96, `${what} (closed form: ${percent(byClosedForm)})`);
    }
  }
}

function showExamples(): void {
  const twins = fisherExact({ withInGroup: 2, withOutside: 15, withoutInGroup: 10, withoutOutside: 3 });
  expectThat(Math.abs(twins - 0.0005367) < 1e-7, `Fisher's twins: p = ${twins.toFixed(7)}, published 0.0005367`);
  const published = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  const found = benjaminiHochberg(published).filter((q) => q <= 0.05).length;
  expectThat(found === 4, `Benjamini and Hochberg's 15 p values: ${found} are found, published 4`);
}

function person() {
  return Object.fromEntries(
    Array.from({ length: attributeCount }, (_, name) => [`a${name}`, Math.floor(random.next() * (2 + (name % 6)))]),
  );
}

function showThreads(): void {
  const people = Array.from({ length: 400 }, person);
  let foundPlanted = 0;
  let foundShuffled = 0;
  for (let run = 0; run < shuffles; run++) {
    const [planted, shuffled] = [new AttributeTables(), new AttributeTables()];
    for (const attributes of people) {
      planted.add({ attributes, isEnthusiast: random.next() < (attributes.a5 === 0 ? 0.75 : 0.35) });
      shuffled.add({ attributes, isEnthusiast: random.next() < 0.4 });
    }
    if (findThread(planted).findings.some(({ attributeName }) => attributeName === 'a5')) foundPlanted += 1;
    if (findThread(shuffled).findings.length > 0) foundShuffled += 1;
  }
  expectThat(
    foundPlanted >= 0.95 * shuffles,
    `planted among 20 attributes of 400 people: found ${foundPlanted} of ${shuffles} times`,
  );
  expectThat(foundShuffled <= 0.05 * shuffles, `shuffled: anything found ${foundShuffled} of ${shuffles} times`);
}

async function showSpeed(): Promise<void> {
  const databaseName = 'applaus_bench_insight';
  const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-bench-'));
  let environment: Record<string, string> = { APPLAUS_DATA_DIR: directory };
  if (process.env.DATABASE_URL) {
    const url = new URL(process.env.DATABASE_URL);
    url.pathname = '/';
    const administration = await mysql.createConnection({ uri: url.href.replace(/^mariadb:/, 'mysql:') });
    await administration.query(`DROP DATABASE IF EXISTS ${databaseName}`);
    await administration.query(`CREATE DATABASE ${databaseName}`);
    await administration.end();
    url.pathname = `/${databaseName}`;
    environment = { DATABASE_URL: url.href };
  }
  const config = readConfig({ ...environment, NODE_ENV: 'test', APPLAUS_DEMO: 'false' });
  const application = await openApplication(config, { log: pino({ level: 'silent' }) });
  const { database, log } = application.platform;
  const program = await application.features.programs.create({ slug: 'bench', name: 'Bench' });
  const nps = await database.read((db) => application.features.surveys.findByKey(db, program.id, 'nps'));
  if (!nps) throw new Error('A program has a survey');
  for (let first = 0; first < contacts; first += 2_000) {
    await database.transact(async (tx) => {
      const count = Math.min(2_000, contacts - first);
      const base = { programId: program.id, createdAt: tx.now };
      const people = Array.from({ length: count }, () => ({ ...base, id: tx.newId(), attributes: person() }));
      await tx.insert(Contact, people);
      const answers = people.map(({ id, attributes }) => ({
        id: tx.newId(),
        programId: program.id,
        surveyId: nps.id,
        contactId: id,
        score: random.next() < (attributes.a5 === 0 ? 0.6 : 0.4) ? 10 : 5,
        respondedAt: new Date(Date.UTC(2026, 0, 1 + (first % 300))),
        recordedAt: tx.now,
      }));
      await tx.insert(NpsResponse, answers);
    });
  }
  const session = new Session(program, { role: 'ADMIN', subject: 'bench', ambassadorId: null });
  const context = { requestId: 'bench', locale: 'en', database, log, session } as const;
  const service = new CommonThreadService(database, application.features.surveys);
  const timed = async (work: () => Promise<unknown>) => {
    const taken: number[] = [];
    for (let each = 0; each < 5; each++) {
      const start = performance.now();
      await work();
      taken.push(performance.now() - start);
    }
    return taken.sort((a, b) => a - b)[2] ?? 0;
  };
  const floor = await timed(() =>
    database.read((db) => db.query(sql`SELECT attributes FROM contact WHERE program_id = ${program.id}`)),
  );
  const taken = await timed(() => service.find(context, { surveyKey: 'nps' }));
  const thread = await service.find(context, { surveyKey: 'nps' });
  say(
    `common thread of ${contacts} contacts with ${attributeCount} attributes (${database.engine}): ${taken.toFixed(0)} ms, ` +
      `${(taken / floor).toFixed(1)} times the bare reading of their attributes in one statement; ` +
      `found ${thread?.findings.map(({ attributeName, value }) => `${attributeName} ${value}`).join(', ')}`,
  );
  await application.close();
  rmSync(directory, { recursive: true });
}

showCoverage();
showExamples();
showThreads();
await showSpeed();
if (!isRight) process.exitCode = 1;
