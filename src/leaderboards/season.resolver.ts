import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Leaderboard } from './leaderboard.entity.js';
import { prizeAt, Season, SeasonPrize, SeasonStanding } from './season.entity.js';
import { LeaderboardSeasonsSetInput } from './season.inputs.js';
import { boardById, seasonById } from './season.loaders.js';
import {
  LeaderboardSeasonsReplaced,
  LeaderboardSeasonsSetResult,
  SeasonConnection,
  SeasonStandingConnection,
} from './season.results.js';
import { SeasonService } from './season.service.js';

async function requireSeason(context: RequestContext, id: string): Promise<Season> {
  const season = await seasonById.load(context, id);
  if (!season) throw new Error('The season of a standing is gone');
  return season;
}

@Resolver(() => Leaderboard)
export class LeaderboardSeasonsResolver {
  constructor(private readonly service: SeasonService) {}

  @FieldResolver(() => SeasonConnection, { description: 'Its seasons, the latest first; the first may be under way.' })
  async seasons(@Root() board: Leaderboard, @Args(() => PageArgs) page: PageArgs): Promise<SeasonConnection> {
    return new SeasonConnection(await this.service.ofBoard(board, page));
  }

  @FieldResolver(() => Season, { nullable: true, description: 'One of its seasons; null where there is none.' })
  season(
    @Root() board: Leaderboard,
    @Arg('key', () => String, { description: 'The window, as in 2026-03, or the key of a board of one season.' })
    key: string,
  ): Promise<Season | undefined> {
    return this.service.ofBoardByKey(board, key);
  }

  @Mutation(() => LeaderboardSeasonsSetResult, {
    description: 'Lets the windows of a board end in final standings with prizes, or not any more. For admins.',
  })
  async leaderboardSeasonsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => LeaderboardSeasonsSetInput) input: LeaderboardSeasonsSetInput,
  ): Promise<typeof LeaderboardSeasonsSetResult> {
    const result = await this.service.set(context, input);
    return result instanceof Leaderboard ? new LeaderboardSeasonsReplaced(result) : result;
  }
}

@Resolver(() => Season)
export class SeasonResolver {
  constructor(private readonly service: SeasonService) {}

  @FieldResolver(() => Leaderboard, { description: 'The board whose season it is.' })
  async leaderboard(@Root() season: Season, @Ctx() context: RequestContext): Promise<Leaderboard> {
    const board = await boardById.load(context, season.boardId);
    if (!board) throw new Error('The board of a season is gone');
    return board;
  }

  @FieldResolver(() => SeasonStandingConnection, {
    description: 'The final standing, best first. Empty until the season is closed: see `leaderboard` until then.',
  })
  async standings(@Root() season: Season, @Args(() => PageArgs) page: PageArgs): Promise<SeasonStandingConnection> {
    return new SeasonStandingConnection(await this.service.standings(season, page));
  }

  @FieldResolver(() => SeasonStanding, {
    nullable: true,
    description: 'Where the calling ambassador ended; null until the season is closed, and for who had no points.',
  })
  viewerStanding(@Root() season: Season, @Ctx() context: RequestContext): Promise<SeasonStanding | undefined> {
    return this.service.viewerStanding(context, season);
  }
}

@Resolver(() => SeasonStanding)
export class SeasonStandingResolver {
  @FieldResolver(() => Ambassador, { description: 'Who ended in this place.' })
  ambassador(@Root() standing: SeasonStanding, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, standing.ambassadorId);
  }

  @FieldResolver(() => Season, { description: 'The season that ended.' })
  season(@Root() standing: SeasonStanding, @Ctx() context: RequestContext): Promise<Season> {
    return requireSeason(context, standing.seasonId);
  }

  @FieldResolver(() => SeasonPrize, { nullable: true, description: 'What was won with it; null where nothing.' })
  async prize(@Root() standing: SeasonStanding, @Ctx() context: RequestContext): Promise<SeasonPrize | undefined> {
    const { prizes } = await requireSeason(context, standing.seasonId);
    return prizeAt(prizes, standing.position ?? 0);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorSeasonsResolver {
  constructor(private readonly service: SeasonService) {}

  @FieldResolver(() => SeasonStandingConnection, {
    description: 'Where it ended in the seasons that are closed, those begun last first.',
  })
  async seasonStandings(
    @Root() ambassador: Ambassador,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<SeasonStandingConnection> {
    return new SeasonStandingConnection(await this.service.ofAmbassador(ambassador, page));
  }
}
