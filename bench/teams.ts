import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { openApplication } from '../src/app/application.js';
import { type RequestContext, Session } from '../src/identity/session.js';
import { readConfig } from '../src/platform/config.js';
import { Events } from '../src/platform/events/events.js';
import { Jobs } from '../src/platform/jobs/jobs.js';
import { SeededRandom } from '../src/platform/random.js';
import { Ledger } from '../src/points/ledger.js';
import { Team, TeamCredit, TeamMember, TeamPoints } from '../src/teams/team.entity.js';
import type { TeamLeaderboardArgs } from '../src/teams/team.inputs.js';
import { TeamStandings } from '../src/teams/team.standings.js';
import { TeamTally } from '../src/teams/team.tally.js';

/*
 * A board of as many teams as a program can have: how long its pages and places take, and what it costs a posting that
 * all writers are in one team.
 *
 *   npm run bench:teams [-- --teams 10000 --members 20]      DATABASE_URL: an empty MySQL; embedded SQLite without
 */

const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const teams = option('teams', 10_000);
const membersEach = option('members', 20);
const openCredits = option('open', 2_000);
const writers = option('writers', 32);
const postings = option('postings', 2_000);
const tries = option('tries', 15);
const batch = 20_000;

const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-bench-'));
const { DATABASE_URL } = process.env;
const config = readConfig({
  ...(DATABASE_URL ? { DATABASE_URL } : { APPLAUS_DATA_DIR: directory }),
  ...{ NODE_ENV: 'test', APPLAUS_DEMO: 'false', APPLAUS_DATABASE_POOL: '40' },
});
const { platform, features, close } = await openApplication(config, { log: pino({ level: 'error' }) });
const { database, clock, log } = platform;
const dice = new SeededRandom(2026);
const since = new Date(clock.now().getTime() - 86_400_000);
const uuid = (head: number, tail: number) =>
  `${head.toString(16).padStart(8, '0')}-0000-7000-8000-${tail.toString(16).padStart(12, '0')}`;

async function fill(programId: string): Promise<void> {
  const inBatches = async <Row>(rows: readonly Row[], insert: (some: readonly Row[]) => Promise<void>) => {
    for (let start = 0; start < rows.length; start += batch) await insert(rows.slice(start, start + batch));
  };
  const indices = Array.from({ length: teams }, (_, index) => index);
  const made = indices.map((index) => ({
    ...{ id: uuid(1, index), programId, key: `team-${index}`, name: `Team ${index}`, description: '' },
    ...{ joining: 'OPEN' as const, membersMax: 1_000, captainId: null, invitationHash: null },
    ...{ timeZone: 'UTC', createdAt: since, archivedAt: null },
  }));
  await inBatches(made, (some) => database.transact((tx) => tx.insert(Team, some)));
  const sums = indices.map((index) => {
    const points = Math.floor(dice.next() * 5_000) * 5;
    return { teamId: uuid(1, index), period: '', programId, points, reached: uuid(2, (index * 7_919) % teams) };
  });
  await inBatches(sums, (some) => database.transact((tx) => tx.insert(TeamPoints, some)));
  const members = Array.from({ length: teams * membersEach }, (_, index) => ({
    ...{ id: uuid(3, index), programId, teamId: uuid(1, index % teams), ambassadorId: uuid(4, index) },
    ...{ joinedAt: since, leftAt: null },
  }));
  await inBatches(members, (some) => database.transact((tx) => tx.insert(TeamMember, some)));
  const credits = Array.from({ length: openCredits }, (_, index) => ({
    ...{ transferId: uuid(5, index), programId, teamId: uuid(1, (index * 7) % teams), earnedPoints: 5 },
    ...{ earnedAt: clock.now(), category: null, isOpen: true },
  }));
  await inBatches(credits, (some) => database.transact((tx) => tx.insert(TeamCredit, some)));
}

/** Milliseconds by the clock and of this process's processor: on a busy machine only the latter says much. */
async function report(name: string, work: (turn: number) => Promise<unknown>): Promise<void> {
  const taken: { readonly wall: number; readonly processor: number }[] = [];
  for (let turn = -2; turn < tries; turn++) {
    const [start, before] = [performance.now(), process.cpuUsage()];
    await work(Math.max(0, turn));
    const { user, system } = process.cpuUsage(before);
    if (turn >= 0) taken.push({ wall: performance.now() - start, processor: (user + system) / 1_000 });
  }
  const median = (of: 'wall' | 'processor') =>
    (taken.map((each) => each[of]).sort((one, other) => one - other)[Math.floor(tries / 2)] ?? 0)
      .toFixed(1)
      .padStart(8);
  process.stdout.write(`${name.padEnd(34)} ${median('wall')} ms  ${median('processor')} ms of processor\n`);
}

async function measure(context: RequestContext): Promise<void> {
  const standings = new TeamStandings(clock);
  for (const by of ['TOTAL', 'AVERAGE'] as const) {
    const args: TeamLeaderboardArgs = { window: 'ALL_TIME', by, membersMin: 3, first: 20 };
    const half = await standings.page(context, { ...args, first: Math.floor(teams / 2) });
    const after = half.edges.at(-1)?.cursor ?? null;
    await report(`${by}: first page of 20`, () => standings.page({ ...context }, args));
    await report(`${by}: page of 20 at the middle`, () => standings.page({ ...context }, { ...args, after }));
    await report(`${by}: standing of a team`, (turn) => standings.standing({ ...context }, uuid(1, turn * 31), args));
  }
}

/** Awards a second by many writers, whose ambassadors are all in one team, or in none. */
async function postingRate(programId: string, teamId: string | undefined): Promise<number> {
  const events = new Events();
  const tally = new TeamTally(database, new Jobs());
  events.followInside('points.posted', (tx, event) => tally.credit(tx, event));
  const ledger = new Ledger(events);
  const ids = Array.from({ length: writers * 4 }, (_, index) => uuid(teamId ? 6 : 7, index));
  await database.transact(async (tx) => {
    for (const id of ids) {
      await ledger.open(tx, programId, id);
      if (!teamId) continue;
      await tx.insert(TeamMember, {
        ...{ id: tx.newId(), programId, teamId },
        ambassadorId: id,
        joinedAt: since,
        leftAt: null,
      });
    }
  });
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      while (next < postings) {
        const turn = next++;
        const award = { amountPoints: 100, cause: `bench:${turn}`, category: null, reason: 'Bench', actor: 'system' };
        const ambassadorId = ids[writer * 4 + (turn % 4)] ?? '';
        await database.transact((tx) => ledger.award(tx, { ...award, ambassadorId }));
      }
    }),
  );
  return postings / ((performance.now() - start) / 1_000);
}

try {
  const program = await features.programs.create({ slug: 'bench', name: 'Bench' });
  const session = new Session(program, { role: 'ADMIN', subject: 'bench', ambassadorId: null });
  await fill(program.id);
  process.stdout.write(`${teams} teams of ${membersEach}, ${openCredits} open credits, ${database.engine}\n`);
  await measure({ requestId: 'bench', locale: 'en', database, log, session });
  const start = performance.now();
  let folded = 0;
  for (let some = 1; some > 0; folded += some) some = await features.teamTally.foldSome();
  process.stdout.write(
    `${folded} credits taken in, ${(folded / ((performance.now() - start) / 1_000)).toFixed(0)}/s\n`,
  );
  const alone = await postingRate(program.id, undefined);
  const together = await postingRate(program.id, uuid(1, 1));
  process.stdout.write(
    `awards by ${writers} writers: ${alone.toFixed(0)}/s in no team, ${together.toFixed(0)}/s in one\n`,
  );
  const open = await database.read((db) => db.count(TeamCredit, sql`WHERE is_open = 1`));
  const takingIn = performance.now();
  for (let some = 1; some > 0; ) some = await features.teamTally.foldSome();
  process.stdout.write(
    `${open} credits of one team taken in, ${(open / ((performance.now() - takingIn) / 1_000)).toFixed(0)}/s\n`,
  );
} finally {
  await close();
  rmSync(directory, { recursive: true, force: true });
}
