import type { RequestContext } from '../identity/session.js';
import { LeaderboardPeriod } from '../leaderboards/leaderboard.results.js';
import { boundsAt, periodAt } from '../leaderboards/leaderboard.window.js';
import type { Clock } from '../platform/clock.js';
import { decodeCursor, encodeCursor } from '../platform/database/paginate.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { Loader } from '../platform/graphql/loader.js';
import type { TeamLeaderboardArgs, TeamStandingArgs } from './team.inputs.js';
import { allTime, compareTeams, type RankedTeam, rankTeams, type TeamListing, type TeamPlace } from './team.order.js';
import { TeamLeaderboardConnection, TeamStanding } from './team.results.js';

/** A board of teams in its order: put in order once, however many of its teams are asked about. */
const rankedTeams = new Loader(
  (context: BaseContext, listings: readonly TeamListing[]) =>
    Promise.all(listings.map((listing) => context.database.read((db) => rankTeams(db, listing)))),
  (listing) => JSON.stringify(listing),
);

/** Which team stands where. */
export class TeamStandings {
  constructor(private readonly clock: Clock) {}

  /** One page of a board of teams. */
  async page(context: RequestContext, args: TeamLeaderboardArgs): Promise<TeamLeaderboardConnection> {
    context.session.require('leaderboard.read');
    const listing = this.listing(context, args);
    const teams = await rankedTeams.load(context, listing);
    const [after, before] = [placeOf(args.after), placeOf(args.before)];
    const within = teams.filter(
      (team) => (!after || compareTeams(team, after) > 0) && (!before || compareTeams(team, before) < 0),
    );
    const backward = typeof args.last === 'number';
    const shown = backward ? within.slice(-(args.last ?? 0)) : within.slice(0, args.first);
    const edges = shown.map((team) => ({ node: standingFrom(listing, team), cursor: cursorOf(team) }));
    const more = shown.length < within.length;
    const pageInfo = {
      hasNextPage: backward ? before !== undefined : more,
      hasPreviousPage: backward ? more : after !== undefined,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    };
    const { from, to, period } = listing;
    const shownPeriod = period === '' ? null : Object.assign(new LeaderboardPeriod(), { from, to });
    const page = { edges, pageInfo, countAll: async () => teams.length };
    return new TeamLeaderboardConnection(page, shownPeriod, (teamId) => standingOf(listing, teams, teamId));
  }

  /** Where a team stands; undefined for one without points there. */
  async standing(context: RequestContext, teamId: string, args: TeamStandingArgs): Promise<TeamStanding | undefined> {
    context.session.require('leaderboard.read');
    const listing = this.listing(context, args);
    return standingOf(listing, await rankedTeams.load(context, listing), teamId);
  }

  private listing({ session }: RequestContext, args: TeamStandingArgs): TeamListing {
    const { id: programId, timeZone } = session.program;
    const at = args.periodOf ?? this.clock.now();
    const windowed = { window: args.window, timeZone, seasonFrom: null, seasonTo: null };
    const { by, membersMin } = args;
    return { programId, period: periodAt(windowed, at), ...(boundsAt(windowed, at) ?? allTime), by, membersMin };
  }
}

function standingOf(listing: TeamListing, teams: readonly RankedTeam[], teamId: string): TeamStanding | undefined {
  const team = teams.find((each) => each.teamId === teamId);
  return team && standingFrom(listing, team);
}

function standingFrom({ by }: TeamListing, { teamId, position, rank, points, members }: RankedTeam): TeamStanding {
  const average =
    by === 'AVERAGE' ? { members, averagePoints: points / members } : { members: null, averagePoints: null };
  return Object.assign(new TeamStanding(), { teamId, position, rank, points, ...average });
}

/** A cursor is a place, so it stays where it is while teams climb over it. */
function cursorOf({ points, members, reached }: TeamPlace): string {
  return encodeCursor([points, members, reached]);
}

function placeOf(cursor: string | null | undefined): TeamPlace | undefined {
  if (!cursor) return undefined;
  const [points, members, reached] = decodeCursor(cursor, 3);
  // Ours have members of 1 and more; what somebody else wrote means some place all the same.
  return { points: Number(points) || 0, members: Math.max(1, Number(members) || 1), reached: String(reached) };
}
