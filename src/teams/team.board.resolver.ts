import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { Team } from './team.entity.js';
import { TeamLeaderboardArgs, TeamStandingArgs } from './team.inputs.js';
import { requireTeam, teamIdOfAmbassador } from './team.loaders.js';
import { TeamLeaderboardConnection, TeamStanding } from './team.results.js';
import type { TeamStandings } from './team.standings.js';

@Resolver(() => Team)
export class TeamBoardResolver {
  constructor(private readonly standings: TeamStandings) {}

  @Query(() => TeamLeaderboardConnection, {
    description:
      'The teams by what their members earned for them, best first. Teams without points are not listed, nor archived ones in a window that was open then.',
  })
  teamLeaderboard(
    @Ctx() context: RequestContext,
    @Args(() => TeamLeaderboardArgs) args: TeamLeaderboardArgs,
  ): Promise<TeamLeaderboardConnection> {
    return this.standings.page(context, args);
  }

  @FieldResolver(() => TeamStanding, {
    nullable: true,
    description: 'Where it stands among the teams; null while it has no points there, or too few members.',
  })
  standing(
    @Root() team: Team,
    @Ctx() context: RequestContext,
    @Args(() => TeamStandingArgs) args: TeamStandingArgs,
  ): Promise<TeamStanding | undefined> {
    return this.standings.standing(context, team.id, args);
  }
}

@Resolver(() => TeamLeaderboardConnection)
export class TeamLeaderboardConnectionResolver {
  @FieldResolver(() => TeamStanding, {
    nullable: true,
    description: "Where the calling ambassador's team stands, on whichever page; null for who is in none.",
  })
  async viewerStanding(
    @Root() connection: TeamLeaderboardConnection,
    @Ctx() context: RequestContext,
  ): Promise<TeamStanding | undefined> {
    const { ambassadorId } = context.session;
    const teamId = ambassadorId === null ? undefined : await teamIdOfAmbassador.load(context, ambassadorId);
    return teamId === undefined ? undefined : connection.standingOf(teamId);
  }
}

@Resolver(() => TeamStanding)
export class TeamStandingResolver {
  @FieldResolver(() => Team, { description: 'Which team stands here.' })
  team(@Root() standing: TeamStanding, @Ctx() context: RequestContext): Promise<Team> {
    return requireTeam(context, standing.teamId);
  }
}
