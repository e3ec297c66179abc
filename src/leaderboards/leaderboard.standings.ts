import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database/database.js';
import { decodeCursor, encodeCursor } from '../platform/database/paginate.js';
import type { BaseContext } from '../platform/graphql/context.js';
import type { BoardEntry, Leaderboard } from './leaderboard.entity.js';
import type { LeaderboardArgs } from './leaderboard.inputs.js';
import { countBefore, entriesNextTo, neighboursOf, rowOfAmbassador } from './leaderboard.loaders.js';
import { endOfList, type Listing, type Place, standsBefore, topOfList } from './leaderboard.order.js';
import { LeaderboardConnection, LeaderboardEntry } from './leaderboard.results.js';
import { boundsAt, periodAt } from './leaderboard.window.js';

/** Who stands where. Places are counted when they are asked for, by the one index in board order. */
export class Standings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The list of a board in the window of a moment, now unless another is given. */
  listing(board: Leaderboard, at: Date = this.clock.now()): Listing {
    return { board, period: periodAt(board, at) };
  }

  /** One page of a board. */
  async page(context: BaseContext, board: Leaderboard, args: LeaderboardArgs): Promise<LeaderboardConnection> {
    const at = args.periodOf ?? this.clock.now();
    const listing = this.listing(board, at);
    const { rows, ...more } = await this.pageOfRows(listing, args);
    const entries = await this.consecutive(context, listing, rows);
    const edges = entries.map((node) => ({ node, cursor: encodeCursor([node.points, node.row.reached]) }));
    return new LeaderboardConnection(listing, boundsAt(board, at) ?? null, {
      edges,
      pageInfo: { ...more, startCursor: edges[0]?.cursor ?? null, endCursor: edges.at(-1)?.cursor ?? null },
      countAll: () => countBefore.load(context, { listing, ...endOfList }),
    });
  }

  /** Where an ambassador stands; undefined for who has no points in this listing. */
  async standing(context: BaseContext, listing: Listing, ambassadorId: string): Promise<LeaderboardEntry | undefined> {
    const row = await rowOfAmbassador.load(context, { listing, ambassadorId });
    if (!row) return undefined;
    const [entry] = await this.consecutive(context, listing, [row]);
    return entry;
  }

  /** An entry and up to `radius` others on either side. */
  async neighbours(context: BaseContext, entry: LeaderboardEntry, radius: number): Promise<LeaderboardEntry[]> {
    const { listing, row } = entry;
    const { before, behind } = await neighboursOf.load(context, { row, radius });
    return this.consecutive(context, listing, [...before, row, ...behind]);
  }

  /** Places of rows that stand next to each other: counted for the first of them, the others follow from it. */
  private async consecutive(
    context: BaseContext,
    listing: Listing,
    rows: readonly BoardEntry[],
  ): Promise<LeaderboardEntry[]> {
    const [first] = rows;
    if (!first) return [];
    const before = (place: Place) =>
      countBefore.load(context, { listing, points: place.points, reached: place.reached });
    const [standBefore, haveMore] = await Promise.all([before(first), before({ points: first.points, reached: '' })]);
    let rank = haveMore + 1;
    return rows.map((row, index) => {
      const position = standBefore + 1 + index;
      if (row.points !== rows[index - 1]?.points && index > 0) rank = position;
      return new LeaderboardEntry(listing, row, { position, rank });
    });
  }

  /** The rows of a page, found by their place and not by counting up to it. */
  private async pageOfRows(listing: Listing, { first, last, after, before }: LeaderboardArgs): Promise<PageOfRows> {
    const [from, to] = [placeOf(after), placeOf(before)];
    if (typeof last === 'number') {
      const found = await entriesNextTo(this.database, listing, to ?? endOfList, 'before', last + 1);
      const within = from ? found.filter((row) => standsBefore(from, row)) : found;
      return {
        rows: within.slice(-last),
        hasNextPage: to !== undefined,
        hasPreviousPage: within.length > last || from !== undefined,
      };
    }
    const found = await entriesNextTo(this.database, listing, from ?? topOfList, 'behind', first + 1);
    const within = to ? found.filter((row) => standsBefore(row, to)) : found;
    return {
      rows: within.slice(0, first),
      hasNextPage: within.length > first || to !== undefined,
      hasPreviousPage: from !== undefined,
    };
  }
}

interface PageOfRows {
  readonly rows: readonly BoardEntry[];
  readonly hasNextPage: boolean;
  readonly hasPreviousPage: boolean;
}

/** The place that a cursor of ours means. */
function placeOf(cursor: string | null | undefined): Place | undefined {
  if (!cursor) return undefined;
  const [points, reached] = decodeCursor(cursor, 2);
  return { points: Number(points), reached: String(reached) };
}
