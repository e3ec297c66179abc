import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { pino } from 'pino';
import { Ambassador } from '../src/ambassadors/ambassador.entity.js';
import { type Application, openApplication } from '../src/app/application.js';
import { Session } from '../src/identity/session.js';
import { ReferralInsightService } from '../src/insight/referrals/insight.service.js';
import { NpsResponse } from '../src/nps/response.entity.js';
import { readConfig } from '../src/platform/config.js';
import { SeededRandom } from '../src/platform/random.js';
import type { Program } from '../src/programs/program.entity.js';
import { Referral, ReferralClick } from '../src/referrals/referral.entity.js';

/*
 * What came of recommending, of many clicks and referrals: how long each question takes.
 *
 *   npm run bench:referrals [-- --clicks 1000000 --referrals 100000]      DATABASE_URL: MySQL; embedded SQLite without
 */

const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const clicks = option('clicks', 1_000_000);
const referrals = option('referrals', 100_000);
const ambassadors = option('ambassadors', 10_000);
const tries = option('tries', 3);
const batchSize = 2_000;
const yearMilliseconds = 365 * 86_400_000;
const channels = ['WHATSAPP', 'EMAIL', 'FACEBOOK', 'LINKEDIN', 'X', 'COPY', 'QR', null] as const;
const random = new SeededRandom(20_260_301);
const below = (limit: number): number => Math.floor((Buffer.from(random.bytes(4)).readUInt32BE() / 2 ** 32) * limit);

async function fill({ platform, features }: Application, program: Program): Promise<void> {
  const { database, clock } = platform;
  const begin = clock.now().getTime() - yearMilliseconds;
  const someTime = () => new Date(begin + below(yearMilliseconds - 86_400_000));
  const survey = await database.read((db) => features.surveys.findByKey(db, program.id, 'nps'));
  const ids = Array.from({ length: ambassadors }, () => '');
  await inBatches(ambassadors, async (from, to) => {
    await database.transact(async (tx) => {
      const rows = range(from, to).map((index) => {
        const id = tx.newId();
        ids[index] = id;
        return {
          id,
          programId: program.id,
          contactId: `c-${index}`,
          displayName: `A ${index}`,
          searchText: `a ${index}`,
          joinedAt: new Date(begin),
        };
      });
      await tx.insert(Ambassador, rows);
    });
  });
  // A few bring many: the square of an even chance.
  const someone = () => ids[Math.floor((below(1_000_000) / 1_000_000) ** 2 * ambassadors)] ?? '';
  await inBatches(clicks, (from, to) =>
    database.transact((tx) =>
      tx.insert(
        ReferralClick,
        range(from, to).map((index) => ({
          id: tx.newId(),
          programId: program.id,
          ambassadorId: someone(),
          clickedAt: someTime(),
          channel: channels[below(channels.length)] ?? null,
          token: `t-${index}`,
        })),
      ),
    ),
  );
  await inBatches(referrals, (from, to) =>
    database.transact(async (tx) => {
      const rows = range(from, to).map((index) => referralOf(program, tx.newId(), someone(), index, someTime()));
      await tx.insert(Referral, rows);
      if (!survey) return;
      await tx.insert(
        NpsResponse,
        range(from, to).map((index) => ({
          id: tx.newId(),
          programId: program.id,
          surveyId: survey.id,
          contactId: index % 2 ? `friend-${index}` : `c-${index}`,
          score: below(11),
          comment: null,
          respondedAt: new Date(begin + yearMilliseconds - 1_000 - index),
          sourceId: null,
          recordedAt: tx.now,
        })),
      );
    }),
  );
}

function referralOf(program: Program, id: string, referrerId: string, index: number, registeredAt: Date) {
  const converted = index % 3 === 0;
  const status = converted ? (index % 30 === 0 ? 'REVERSED' : 'REWARDED') : 'REGISTERED';
  return {
    id,
    programId: program.id,
    referrerId,
    friendId: `friend-${index}`,
    claimedFriendId: `friend-${index}`,
    status,
    registeredAt,
    source: 'CODE',
    channel: channels[below(channels.length)] ?? null,
    clickId: null,
    convertedAt: converted ? new Date(registeredAt.getTime() + below(86_400_000)) : null,
    heldUntil: null,
    orderId: converted ? `order-${index}` : null,
    amountCents: converted ? 1_000 + below(50_000) : null,
    currency: converted ? (['EUR', 'GBP', 'USD'][below(3)] ?? 'EUR') : null,
    refundedCents: null,
    referrerPoints: converted ? 100 : 0,
    friendPoints: null,
    promisedFriendReward: 'WELCOME',
  } as const;
}

async function inBatches(count: number, work: (from: number, to: number) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += batchSize) await work(from, Math.min(count, from + batchSize));
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

async function measure(name: string, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  for (let count = 0; count < tries; count++) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const middle = times[Math.floor(times.length / 2)] ?? 0;
  process.stdout.write(`${name.padEnd(28)} ${middle.toFixed(0).padStart(7)} ms\n`);
}

async function run(application: Application): Promise<void> {
  const { platform, features } = application;
  const program = await features.programs.create({ slug: 'bench', name: 'Bench', timeZone: 'Europe/Amsterdam' });
  const started = performance.now();
  await fill(application, program);
  process.stdout.write(
    `${platform.database.engine}: ${clicks} clicks, ${referrals} referrals, ${ambassadors} ambassadors, filled in ${((performance.now() - started) / 1_000).toFixed(0)} s\n`,
  );
  const session = new Session(program, { role: 'ANALYST', subject: 'bench', ambassadorId: null });
  const context = {
    requestId: 'bench',
    locale: 'en',
    database: platform.database,
    log: platform.log,
    session,
  } as const;
  const service = new ReferralInsightService(platform.database, platform.clock, features.surveys);
  const year = service.insight(context, {});
  const monthAgo = new Date(platform.clock.now().getTime() - 30 * 86_400_000);
  const month = service.insight(context, { from: monthAgo });
  await measure('totals of a year', () => service.totals(year));
  await measure('totals of a month', () => service.totals(month));
  await measure('by channel', () => service.byChannel(year));
  await measure('by month', () => service.byPeriod(context, year, 'MONTH'));
  await measure('by day', () => service.byPeriod(context, year, 'DAY'));
  await measure('by ambassador, 20', () => service.byAmbassador(year, 20));
  await measure('by ambassador, 100', () => service.byAmbassador(year, 100));
  await measure('K-factor', () => service.kFactor(year));
  await measure('time to convert', () => service.timeToConvert(year));
  await measure('stated against observed', () => service.statedAgainstObserved(year));
  await measure('quality', () => service.quality(context, year));
  const gates = ['ENTHUSIASTIC', 'SHARES', 'INFLUENCES'] as const;
  const superpromoters = () => features.superpromoters.list(context, { first: 50, gates });
  await measure('superpromoters, a page of 50', superpromoters);
  await measure('superpromoters, how many', async () => (await superpromoters()).countAll());
}

async function main(): Promise<void> {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-bench-referrals-'));
  const url = process.env.DATABASE_URL && new URL('/applaus_bench_referrals', process.env.DATABASE_URL).href;
  if (url) await onServer(url, 'CREATE DATABASE');
  const config = readConfig({
    ...(url ? { DATABASE_URL: url } : { APPLAUS_DATA_DIR: directory }),
    NODE_ENV: 'test',
    APPLAUS_JWT_SECRET: 'only for the benchmark, and long enough for it',
    APPLAUS_DEMO: 'false',
  });
  const application = await openApplication(config, { log: pino({ level: 'silent' }) });
  try {
    await run(application);
  } finally {
    await application.close();
    if (url) await onServer(url, 'DROP DATABASE');
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Makes or drops the database that the address names. */
async function onServer(url: string, verb: 'CREATE DATABASE' | 'DROP DATABASE'): Promise<void> {
  const { pathname, href } = new URL(url);
  const connection = await mysql.createConnection({ uri: href.replace(pathname, '/') });
  await connection.query(`${verb} \`${pathname.slice(1)}\``);
  await connection.end();
}

await main();
