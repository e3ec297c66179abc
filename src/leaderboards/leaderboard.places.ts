import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from '../platform/database/database.js';
import { inListing, isAt, isBefore, type Listing, type Place, topOfList } from './leaderboard.order.js';

export interface PlaceInListing extends Place {
  readonly listing: Pick<Listing, 'period'> & { readonly board: { readonly id: string } };
}

/** SQLite takes 500 parts in one UNION. */
const placesPerStatementMax = 200;
/** Blocks are seldom joined; whoever meets it this often counts without them. */
const attemptsMax = 4;

/**
 * How many entries stand before each of these places, exactly: the blocks before the place's own, corrected by the
 * entries that moved since they were counted, and the entries of its own block one by one. All of it is one statement,
 * and so of one moment; only where the own block begins is looked up before, and checked again in the statement.
 */
export async function countPlaces(database: Database, places: readonly PlaceInListing[]): Promise<number[]> {
  const counts: number[] = [];
  for (let start = 0; start < places.length; start += placesPerStatementMax) {
    counts.push(...(await countSome(database, places.slice(start, start + placesPerStatementMax))));
  }
  return counts;
}

interface CountRow {
  readonly place: number;
  readonly begins: number | string;
  readonly n: number | string;
}

async function countSome(database: Database, places: readonly PlaceInListing[]): Promise<number[]> {
  for (let attempt = 1; ; attempt++) {
    const begins = attempt < attemptsMax ? await beginsOfBlocks(database, places) : places.map(() => topOfList);
    const counts = places.map((place, index) => countOne(index, place, begins[index] ?? topOfList));
    const rows = await database.read((db) => db.query<CountRow>(join(counts, ' UNION ALL ')));
    if (rows.some((row) => Number(row.begins) === 0)) continue;
    const byPlace = new Map(rows.map((row) => [Number(row.place), Number(row.n)]));
    return places.map((_, index) => byPlace.get(index) ?? 0);
  }
}

/** Where the block of each place begins: at the top while there are no blocks. */
async function beginsOfBlocks(database: Database, places: readonly PlaceInListing[]): Promise<Place[]> {
  const blocks = places.map(
    (place, index) => sql`
      SELECT * FROM (SELECT ${index} AS place, points, reached FROM board_block
        WHERE ${inListing(place.listing)} AND (${isBefore(place)} OR ${isAt(place)})
        ORDER BY points ASC, reached DESC LIMIT 1) AS own`,
  );
  const rows = await database.read((db) => db.query<Place & { place: number }>(join(blocks, ' UNION ALL ')));
  const byPlace = new Map(rows.map(({ place, points, reached }) => [Number(place), { points, reached }]));
  return places.map((_, index) => byPlace.get(index) ?? topOfList);
}

function countOne(index: number, place: PlaceInListing, begin: Place): Sql {
  const listing = inListing(place.listing);
  const entries = countBetween(listing, begin, place);
  if (begin.points === topOfList.points) return sql`SELECT ${index} AS place, 1 AS begins, ${entries} AS n`;
  return sql`SELECT ${index} AS place,
    (SELECT COUNT(*) FROM board_block WHERE ${listing} AND ${isAt(begin)}) AS begins,
    (SELECT COALESCE(SUM(entries), 0) FROM board_block WHERE ${listing} AND ${isBefore(begin)})
    + (SELECT COUNT(*) FROM board_entry WHERE ${listing} AND is_open = 1 AND ${isOpenBefore(begin)})
    - (SELECT COUNT(*) FROM board_entry WHERE ${listing} AND is_open = 1 AND ${isCountedBefore(begin)})
    + ${entries} AS n`;
}

/** Entries from one place, itself included, to another, itself not: each part is one stretch of the index. */
function countBetween(listing: Sql, from: Place, to: Place): Sql {
  const count = (condition: Sql) => sql`(SELECT COUNT(*) FROM board_entry WHERE ${listing} AND ${condition})`;
  if (from.points === to.points) {
    return count(sql`points = ${from.points} AND reached >= ${from.reached} AND reached < ${to.reached}`);
  }
  return sql`(${count(sql`points = ${from.points} AND reached >= ${from.reached}`)}
    + ${count(sql`points < ${from.points} AND points > ${to.points}`)}
    + ${count(sql`points = ${to.points} AND reached < ${to.reached}`)})`;
}

/** Open entries are few and have an index of their own; the sum keeps the database from taking that of the order. */
function isOpenBefore({ points, reached }: Place): Sql {
  return sql`(points + 0 > ${points} OR (points + 0 = ${points} AND reached < ${reached}))`;
}

/** Open entries that the blocks count before a place; none that they do not count at all. */
function isCountedBefore({ points, reached }: Place): Sql {
  return sql`(counted_points + 0 > ${points} OR (counted_points + 0 = ${points} AND counted_reached < ${reached}))`;
}
