import sql from 'sql-template-tag';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database/database.js';
import { paginate, type SortKey } from '../platform/database/paginate.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { BoardEntry, type Leaderboard } from './leaderboard.entity.js';
import type { LeaderboardArgs } from './leaderboard.inputs.js';
import { countBefore, neighboursOf, rowOfAmbassador } from './leaderboard.loaders.js';
import { endOfList, inListing, type Listing, type Place } from './leaderboard.order.js';
import { LeaderboardConnection, LeaderboardEntry } from './leaderboard.results.js';
import { boundsAt, periodAt } from './leaderboard.window.js';

const bestFirst: readonly SortKey<BoardEntry>[] = [
  { column: 'board_entry.points', direction: 'DESC', read: (row) => row.points },
  { column: 'board_entry.reached', direction: 'ASC', read: (row) => row.reached },
];

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
    const rows = await paginate(this.database, {
      entity: BoardEntry,
      where: sql`${inListing(listing)} AND points > 0`,
      order: bestFirst,
      page: args,
    });
    const entries = await this.consecutive(
      context,
      listing,
      rows.edges.map(({ node }) => node),
    );
    const edges = entries.map((node, index) => ({ node, cursor: rows.edges[index]?.cursor ?? '' }));
    const countAll = () => countBefore.load(context, { listing, ...endOfList });
    return new LeaderboardConnection(listing, boundsAt(board, at) ?? null, { ...rows, edges, countAll });
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
}
