import sql, { join } from 'sql-template-tag';
import type { Database } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { BoardEntry, Leaderboard } from './leaderboard.entity.js';
import { inListing, type Listing, nextTo, type Place, type Side, standsBefore } from './leaderboard.order.js';
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

/** Four stretches each; SQLite takes 500 in one UNION. */
const neighbourhoodsPerStatementMax = 100;

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
type NeighbourRow = EntryRow & { readonly place: number; readonly side: Side };

async function readNeighbours(context: BaseContext, places: readonly Neighbourhood[]): Promise<Neighbours[]> {
  const stretches = places.flatMap(({ row, radius }, place) => {
    const inSameListing = sql`board_id = ${row.boardId} AND period = ${row.period}`;
    return sides.flatMap((side) =>
      nextTo(inSameListing, row, side, radius, sql`${place} AS place, ${side} AS side, ${entryColumns}`),
    );
  });
  const rows = await context.database.read((db) => db.query<NeighbourRow>(join(stretches, ' UNION ALL ')));
  const byPlace = grouped([...places.keys()], rows, (row) => Number(row.place));
  return byPlace.map((found, index) => {
    const [before, behind] = sides.map((side) =>
      nearest(
        found.filter((row) => row.side === side),
        side,
        places[index]?.radius ?? 0,
      ),
    );
    return { before: before ?? [], behind: behind ?? [] };
  });
}

const sides: readonly Side[] = ['before', 'behind'];
const entryColumns = sql`board_id, period, ambassador_id, points, reached`;
type EntryRow = Record<'board_id' | 'period' | 'ambassador_id' | 'reached', string> & { readonly points: number };

/** Up to `limit` entries next to a place on one side, in the order of the board. */
export async function entriesNextTo(
  database: Database,
  listing: Listing,
  place: Place,
  side: Side,
  limit: number,
): Promise<BoardEntry[]> {
  const stretches = nextTo(inListing(listing), place, side, limit, entryColumns);
  const rows = await database.read((db) => db.query<EntryRow>(join(stretches, ' UNION ALL ')));
  return nearest(rows, side, limit);
}

/** Of rows on one side of a place those that are nearest to it, in the order of the board. */
function nearest(rows: readonly EntryRow[], side: Side, limit: number): BoardEntry[] {
  const inOrder = rows
    .map(({ board_id, period, ambassador_id, points, reached }) =>
      Object.assign(new BoardEntry(), { boardId: board_id, period, ambassadorId: ambassador_id, points, reached }),
    )
    .sort((a, b) => (standsBefore(a, b) ? -1 : 1));
  return side === 'before' ? inOrder.slice(-limit) : inOrder.slice(0, limit);
}
