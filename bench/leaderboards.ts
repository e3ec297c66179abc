import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import mysql from 'mysql2/promise';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { openApplication } from '../src/app/application.js';
import { BoardBlock } from '../src/leaderboards/board-block.entity.js';
import { BoardEntry, Leaderboard } from '../src/leaderboards/leaderboard.entity.js';
import { BoardFolding } from '../src/leaderboards/leaderboard.folding.js';
import type { LeaderboardArgs } from '../src/leaderboards/leaderboard.inputs.js';
import { type Place, standsBefore, topOfList } from '../src/leaderboards/leaderboard.order.js';
import { Standings } from '../src/leaderboards/leaderboard.standings.js';
import { BoardTally } from '../src/leaderboards/leaderboard.tally.js';
import { readConfig } from '../src/platform/config.js';
import { encodeCursor } from '../src/platform/database/paginate.js';
import { Events } from '../src/platform/events/events.js';
import type { BaseContext } from '../src/platform/graphql/context.js';
import { SeededRandom } from '../src/platform/random.js';
import { Ledger } from '../src/points/ledger.js';

/*
 * A board of many ambassadors: how long its pages, places and neighbours take, as a multiple of the quickest thing that
 * the same database does in the same run (one row by its primary key), and what a board costs a posting.
 *
 *   npm run bench:leaderboards [-- --size 1000000 --writers 32]      DATABASE_URL: MySQL; embedded SQLite without
 */

const option = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`);
  return at < 0 ? fallback : Number(process.argv[at + 1]);
};
const size = option('size', 1_000_000);
const writers = option('writers', 32);
const postings = option('postings', 2_000);
const tries = option('tries', 15);
/** The share of the entries that are open at first, to be folded by the worker; the others come in their blocks. */
const openShare = option('open', 0.01);
const entriesPerBlock = 1_000;

const databaseName = 'applaus_bench_leaderboards';
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

const config = readConfig({
  ...(await freshDatabase()),
  NODE_ENV: 'test',
  APPLAUS_DEMO: 'false',
  APPLAUS_DATABASE_POOL: '40',
});
const { platform, features, close } = await openApplication(config, { log: pino({ level: 'error' }) });
const { database, clock, log } = platform;
const standings = new Standings(database, clock);
const context: BaseContext = { requestId: 'bench', locale: 'en', database, log };
const dice = new SeededRandom(2026);

const uuid = (head: number, tail: number) =>
  `${head.toString(16).padStart(8, '0')}-0000-7000-8000-${tail.toString(16).padStart(12, '0')}`;

/** Few have much, most have little: a Pareto tail (shape 1.2) over 10 points, in steps of 5 as challenges pay. */
const skewed = () => Math.min(1_000_000, 10 + 5 * Math.floor(2 / (1 - dice.next()) ** (1 / 1.2)));
const alike = () => 100;

async function fillBoard(key: string, points: () => number): Promise<Leaderboard> {
  const program = await features.programs.create({ slug: key, name: key });
  const board = await database.read((db) =>
    db.first(Leaderboard, sql`WHERE program_id = ${program.id} AND board_key = 'all-time'`),
  );
  if (!board) throw new Error('A program has a board of all time');
  const entries = Array.from({ length: size }, (_, index) => ({
    boardId: board.id,
    ambassadorId: uuid(1, index),
    period: '',
    points: points(),
    // Reached in an order that has nothing to do with the ambassador's own id.
    reached: uuid(2, (index * 7_919) % size),
  }));
  entries.sort((a, b) => (standsBefore(a, b) ? -1 : 1));
  const folded = Math.floor(size * (1 - openShare));
  const rows = entries.map((entry, index) =>
    index < folded
      ? { ...entry, countedPoints: entry.points, countedReached: entry.reached, isOpen: false }
      : { ...entry, isOpen: true },
  );
  const blocks = Array.from({ length: Math.ceil(folded / entriesPerBlock) }, (_, index) => ({
    id: uuid(5 + index, Math.floor(dice.next() * 2 ** 40)),
    boardId: board.id,
    period: '',
    ...(index === 0 ? topOfList : placeOf(entries[index * entriesPerBlock])),
    entries: Math.min(entriesPerBlock, folded - index * entriesPerBlock),
  }));
  const batch = 20_000;
  for (let start = 0; start < size; start += batch) {
    await database.transact((tx) => tx.insert(BoardEntry, rows.slice(start, start + batch)));
  }
  await database.transact((tx) => tx.insert(BoardBlock, blocks));
  const filled = performance.now();
  const folding = new BoardFolding(database);
  let count = 0;
  for (let some = 1; some > 0; count += some) some = await folding.foldSome();
  const rate = count / ((performance.now() - filled) / 1_000);
  process.stdout.write(`${key.padEnd(10)} ${count} open entries folded, ${rate.toFixed(0)}/s\n`);
  return board;
}

function placeOf(entry: Place | undefined): Place {
  if (!entry) throw new Error('A block begins at an entry');
  return { points: entry.points, reached: entry.reached };
}

interface Timing {
  readonly medianMilliseconds: number;
  readonly worstMilliseconds: number;
}

async function time(work: (turn: number) => Promise<unknown>): Promise<Timing> {
  const taken: number[] = [];
  for (let turn = -2; turn < tries; turn++) {
    const start = performance.now();
    await work(Math.max(0, turn));
    if (turn >= 0) taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  return { medianMilliseconds: taken[Math.floor(tries / 2)] ?? 0, worstMilliseconds: taken.at(-1) ?? 0 };
}

const page = (after?: string): LeaderboardArgs => ({ key: 'all-time', first: 20, ...(after && { after }) });
const someone = (turn: number) => uuid(1, Math.floor((size * (turn + 0.5)) / tries));

async function measure(title: string, board: Leaderboard): Promise<void> {
  const listing = standings.listing(board);
  const [middle] = await database.read((db) =>
    db.select(
      BoardEntry,
      sql`WHERE board_id = ${board.id} AND period = '' ORDER BY points DESC, reached LIMIT 1 OFFSET ${Math.floor(size / 2)}`,
    ),
  );
  if (!middle) throw new Error('The board is empty');
  const deep = encodeCursor([middle.points, middle.reached]);
  const floor = await time((turn) =>
    database.read((db) =>
      db.first(BoardEntry, sql`WHERE board_id = ${board.id} AND period = '' AND ambassador_id = ${someone(turn)}`),
    ),
  );
  const report = (name: string, { medianMilliseconds, worstMilliseconds }: Timing) =>
    process.stdout.write(
      `${title.padEnd(10)} ${name.padEnd(34)} ${medianMilliseconds.toFixed(2).padStart(9)} ms  worst ${worstMilliseconds
        .toFixed(2)
        .padStart(9)} ms  ${(medianMilliseconds / floor.medianMilliseconds).toFixed(1).padStart(7)} x floor\n`,
    );
  report('one row by primary key (floor)', floor);
  report('first page of 20', await time(() => standings.page(context, board, page())));
  report('page of 20 at the middle', await time(() => standings.page(context, board, page(deep))));
  report('totalCount', await time(async () => (await standings.page(context, board, page())).totalCount()));
  report('standing of someone', await time((turn) => standings.standing(context, listing, someone(turn))));
  const entries = await Promise.all(
    Array.from({ length: tries }, (_, turn) => standings.standing(context, listing, someone(turn))),
  );
  report(
    'neighbours of someone (radius 2)',
    await time(async (turn) => {
      const entry = entries[turn];
      if (entry) await standings.neighbours(context, entry, 2);
    }),
  );
  report(
    'standings of 100 at once',
    await time(() =>
      Promise.all(
        Array.from({ length: 100 }, (_, index) => standings.standing(context, listing, uuid(1, (index * size) / 100))),
      ),
    ),
  );
}

/** Awards a second from concurrent writers, each to ambassadors of its own. */
async function postingRate(slug: string, withBoards: boolean): Promise<number> {
  const events = new Events();
  const tally = new BoardTally();
  if (withBoards) events.followInside('points.posted', (tx, event) => tally.count(tx, event));
  const ledger = new Ledger(events);
  const program = await features.programs.findBySlug(slug);
  if (!program) throw new Error('The program is gone');
  const ids = Array.from({ length: writers * 4 }, (_, index) => `${slug}-${withBoards}-${index}`);
  await database.transact(async (tx) => {
    for (const id of ids) await ledger.open(tx, program.id, id);
  });
  let next = 0;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      while (next < postings) {
        const turn = next++;
        const ambassadorId = ids[writer * 4 + (turn % 4)] ?? '';
        await database.transact((tx) =>
          ledger.award(tx, {
            ambassadorId,
            amountPoints: 100,
            cause: `bench:${turn}`,
            category: null,
            reason: 'Bench',
            actor: 'system',
          }),
        );
      }
    }),
  );
  return postings / ((performance.now() - start) / 1_000);
}

process.stdout.write(`${size} ambassadors on a board, ${database.engine}\n`);
try {
  for (const [title, points] of [
    ['skewed', skewed],
    ['alike', alike],
  ] as const) {
    const board = await fillBoard(title, points);
    await measure(title, board);
    const without = await postingRate(title, false);
    const withBoards = await postingRate(title, true);
    process.stdout.write(
      `${title.padEnd(10)} awards at ${writers} writers: ${without.toFixed(0)}/s without boards, ${withBoards.toFixed(0)}/s with two, ratio ${(withBoards / without).toFixed(2)}\n`,
    );
  }
} finally {
  await close();
  rmSync(directory, { recursive: true, force: true });
}
