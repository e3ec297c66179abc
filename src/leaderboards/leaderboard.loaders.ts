import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { BoardEntry, Leaderboard } from './leaderboard.entity.js';
import { inListing, isBefore, isBehind, type Listing } from './leaderboard.order.js';
import { countPlaces, type PlaceInListing } from './leaderboard.places.js';

/** The boards of a program, in the order they were made. */
export const boardsOfProgram = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(Leaderboard, sql`WHERE program_id IN (${join([...programIds])}) ORDER BY id`),
  );
  return grouped(programIds, rows, (row) => row.programId);
});

/** How many stand before a place. Standings move while a request runs, so nothing is remembered of them. */
export const countBefore = new Loader(
  (context: BaseContext, places: readonly PlaceInListing[]) => countPlaces(context.database, places),
  undefined,
  'batch',
);

interface Standing {
  readonly listing: Listing;
  readonly ambassadorId: string;
}

/** What an ambassador has on a board; undefined for who is not listed. */
export const rowOfAmbassador = new Loader(
  async (context: BaseContext, standings: readonly Standing[]) => {
    const wanted = standings.map(
      ({ listing, ambassadorId }) => sql`(${inListing(listing)} AND ambassador_id = ${ambassadorId})`,
    );
    const rows = await context.database.read((db) =>
      db.select(BoardEntry, sql`WHERE points > 0 AND (${join(wanted, ' OR ')})`),
    );
    const rowKey = (boardId: string, period: string, ambassadorId: string) => `${boardId} ${period} ${ambassadorId}`;
    const byKey = new Map(rows.map((row) => [rowKey(row.boardId, row.period, row.ambassadorId), row]));
    return standings.map(({ listing, ambassadorId }) =>
      byKey.get(rowKey(listing.board.id, listing.period, ambassadorId)),
    );
  },
  undefined,
  'batch',
);

interface Neighbourhood {
  readonly row: BoardEntry;
  readonly radius: number;
}

export interface Neighbours {
  /** In the order of the board. */
  readonly before: readonly BoardEntry[];
  readonly behind: readonly BoardEntry[];
}

/** Half of what SQLite takes in one UNION. */
const neighbourhoodsPerStatementMax = 200;

/** Who stands next to an entry, on either side. */
export const neighboursOf = new Loader(
  async (context: BaseContext, places: readonly Neighbourhood[]) => {
    const answers: Neighbours[] = [];
    for (let start = 0; start < places.length; start += neighbourhoodsPerStatementMax) {
      answers.push(...(await readNeighbours(context, places.slice(start, start + neighbourhoodsPerStatementMax))));
    }
    return answers;
  },
  undefined,
  'batch',
);

/** One of the neighbours of one of the entries asked for. */
type NeighbourRow = Record<'board_id' | 'period' | 'ambassador_id' | 'reached', string> & {
  readonly place: number;
  readonly is_before: number;
  readonly points: number;
};

async function readNeighbours(context: BaseContext, places: readonly Neighbourhood[]): Promise<Neighbours[]> {
  const sides = places.flatMap(({ row, radius }, place) => {
    const inSameListing = sql`board_id = ${row.boardId} AND period = ${row.period}`;
    const columns = sql`board_id, period, ambassador_id, points, reached`;
    return [
      sql`SELECT * FROM (SELECT ${place} AS place, 1 AS is_before, ${columns} FROM board_entry
        WHERE ${inSameListing} AND ${isBefore(row)} ORDER BY points ASC, reached DESC LIMIT ${radius}) AS side`,
      sql`SELECT * FROM (SELECT ${place} AS place, 0 AS is_before, ${columns} FROM board_entry
        WHERE ${inSameListing} AND ${isBehind(row)} ORDER BY points DESC, reached ASC LIMIT ${radius}) AS side`,
    ];
  });
  const rows = await context.database.read((db) => db.query<NeighbourRow>(join(sides, ' UNION ALL ')));
  const byPlace = grouped([...places.keys()], rows, (row) => Number(row.place));
  return byPlace.map((found) => ({
    before: inBoardOrder(found.filter((row) => Number(row.is_before) === 1)),
    behind: inBoardOrder(found.filter((row) => Number(row.is_before) === 0)),
  }));
}

function inBoardOrder(rows: readonly NeighbourRow[]): BoardEntry[] {
  return rows
    .map(({ board_id, period, ambassador_id, points, reached }) =>
      Object.assign(new BoardEntry(), { boardId: board_id, period, ambassadorId: ambassador_id, points, reached }),
    )
    .sort((a, b) => b.points - a.points || (a.reached < b.reached ? -1 : 1));
}
