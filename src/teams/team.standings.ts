import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import { LeaderboardPeriod } from '../leaderboards/leaderboard.results.js';
import { boundsAt, periodAt } from '../leaderboards/leaderboard.window.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database/database.js';
import { decodeCursor, encodeCursor } from '../platform/database/paginate.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import type { TeamLeaderboardArgs, TeamStandingArgs } from './team.inputs.js';
import { allTime, rankedTeams, standsBeside, type TeamListing, type TeamPlace, type TeamRow } from './team.order.js';
import { TeamLeaderboardConnection, TeamStanding } from './team.results.js';

interface Asked {
  readonly listing: TeamListing;
  readonly teamId: string;
}

const listingKey = ({ listing }: Asked): string => JSON.stringify(listing);

/** Where teams stand: one question for each board, however many of its teams are asked about. */
const standingsOf = new Loader(
  async (context: BaseContext, asked: readonly Asked[]) => {
    const keys = [...new Set(asked.map(listingKey))];
    const found = new Map<string, TeamStanding>();
    for (const group of grouped(keys, asked, listingKey)) {
      const [first] = group;
      if (!first) continue;
      const rows = await context.database.read((db) =>
        db.query<TeamRow>(sql`${rankedTeams(first.listing)}
          SELECT * FROM ranked WHERE team_id IN (${join([...new Set(group.map(({ teamId }) => teamId))])})`),
      );
      for (const row of rows) found.set(`${listingKey(first)} ${row.team_id}`, standingFrom(first.listing, row));
    }
    return asked.map((each) => found.get(`${listingKey(each)} ${each.teamId}`));
  },
  undefined,
  'batch',
);

/** Which team stands where. */
export class TeamStandings {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** One page of a board of teams. */
  async page(context: RequestContext, args: TeamLeaderboardArgs): Promise<TeamLeaderboardConnection> {
    context.session.require('leaderboard.read');
    const listing = this.listing(context, args);
    const [after, before] = [placeOf(args.after), placeOf(args.before)];
    const bounds = [
      ...(after ? [standsBeside(after, 'behind')] : []),
      ...(before ? [standsBeside(before, 'before')] : []),
    ];
    const backward = typeof args.last === 'number';
    const size = args.last ?? args.first;
    const where = bounds.length > 0 ? sql`WHERE ${join(bounds, ' AND ')}` : sql``;
    const order = backward ? sql`place_number DESC` : sql`place_number ASC`;
    const rows = await this.database.read((db) =>
      db.query<TeamRow>(sql`${rankedTeams(listing)} SELECT * FROM ranked ${where} ORDER BY ${order} LIMIT ${size + 1}`),
    );
    const shown = rows.slice(0, size);
    if (backward) shown.reverse();
    const edges = shown.map((row) => ({ node: standingFrom(listing, row), cursor: cursorOf(row) }));
    const more = rows.length > size;
    const pageInfo = {
      hasNextPage: backward ? before !== undefined : more,
      hasPreviousPage: backward ? more : after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
    const page = { edges, pageInfo, countAll: () => this.countAll(listing) };
    const { from, to, period } = listing;
    const shownPeriod = period === '' ? null : Object.assign(new LeaderboardPeriod(), { from, to });
    return new TeamLeaderboardConnection(page, shownPeriod, (teamId) => standingsOf.load(context, { listing, teamId }));
  }

  /** Where a team stands; undefined for one without points there. */
  standing(context: RequestContext, teamId: string, args: TeamStandingArgs): Promise<TeamStanding | undefined> {
    context.session.require('leaderboard.read');
    return standingsOf.load(context, { listing: this.listing(context, args), teamId });
  }

  private listing({ session }: RequestContext, args: TeamStandingArgs): TeamListing {
    const { id: programId, timeZone } = session.program;
    const at = args.periodOf ?? this.clock.now();
    const windowed = { window: args.window, timeZone, seasonFrom: null, seasonTo: null };
    const { by, membersMin } = args;
    return { programId, period: periodAt(windowed, at), ...(boundsAt(windowed, at) ?? allTime), by, membersMin };
  }

  private async countAll(listing: TeamListing): Promise<number> {
    const [row] = await this.database.read((db) =>
      db.query<{ n: number | string }>(sql`${rankedTeams(listing)} SELECT COUNT(*) AS n FROM ranked`),
    );
    return Number(row?.n ?? 0);
  }
}

function standingFrom({ by }: TeamListing, row: TeamRow): TeamStanding {
  const [points, members] = [Number(row.points), Number(row.members)];
  return Object.assign(new TeamStanding(), {
    position: Number(row.place_number),
    rank: Number(row.rank_number),
    points,
    members: by === 'AVERAGE' ? members : null,
    averagePoints: by === 'AVERAGE' ? points / members : null,
    teamId: row.team_id,
    reached: row.reached,
  });
}

/** A cursor is a place, so it stays where it is while teams climb over it. */
function cursorOf({ points, members, reached }: TeamRow): string {
  return encodeCursor([Number(points), Number(members), reached]);
}

function placeOf(cursor: string | null | undefined): TeamPlace | undefined {
  if (!cursor) return undefined;
  const [points, members, reached] = decodeCursor(cursor, 3);
  // Nobody but we make cursors with members below 1; a forged one means some place all the same.
  return { points: Number(points) || 0, members: Math.max(1, Number(members) || 1), reached: String(reached) };
}
