import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { Leaderboard } from './leaderboard.entity.js';
import { LeaderboardArgs, LeaderboardCreateInput, NeighboursArgs } from './leaderboard.inputs.js';
import {
  LeaderboardConnection,
  LeaderboardCreated,
  LeaderboardCreateResult,
  LeaderboardEntry,
} from './leaderboard.results.js';
import { LeaderboardService } from './leaderboard.service.js';
import { Standings } from './leaderboard.standings.js';

@Resolver(() => Leaderboard)
export class LeaderboardResolver {
  constructor(
    private readonly boards: LeaderboardService,
    private readonly standings: Standings,
  ) {}

  @Query(() => LeaderboardConnection, {
    description: 'The standings of one board, best first. Ambassadors without points are not listed.',
  })
  async leaderboard(
    @Ctx() context: RequestContext,
    @Args(() => LeaderboardArgs) args: LeaderboardArgs,
  ): Promise<LeaderboardConnection> {
    return this.standings.page(context, await this.boards.findByKey(context, args.key), args);
  }

  @Query(() => [Leaderboard], { description: 'The leaderboards of the program, in the order they were made.' })
  leaderboards(@Ctx() context: RequestContext): Promise<Leaderboard[]> {
    return this.boards.list(context);
  }

  @Mutation(() => LeaderboardCreateResult, {
    description: 'Makes a leaderboard; what was earned before counts on it, too. For admins.',
  })
  async leaderboardCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => LeaderboardCreateInput) input: LeaderboardCreateInput,
  ): Promise<typeof LeaderboardCreateResult> {
    const result = await this.boards.create(context, input);
    return result instanceof Leaderboard ? new LeaderboardCreated(result) : result;
  }
}

@Resolver(() => LeaderboardConnection)
export class LeaderboardConnectionResolver {
  constructor(private readonly standings: Standings) {}

  @FieldResolver(() => LeaderboardEntry, {
    nullable: true,
    description: "The calling ambassador's own entry, on whichever page; null for who is not listed or no ambassador.",
  })
  async viewerEntry(
    @Root() connection: LeaderboardConnection,
    @Ctx() context: RequestContext,
  ): Promise<LeaderboardEntry | undefined> {
    const { ambassadorId } = context.session;
    return ambassadorId === null ? undefined : this.standings.standing(context, connection.listing, ambassadorId);
  }
}

@Resolver(() => LeaderboardEntry)
export class LeaderboardEntryResolver {
  constructor(private readonly standings: Standings) {}

  @FieldResolver(() => Ambassador, { description: 'Who stands here.' })
  ambassador(@Root() entry: LeaderboardEntry, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, entry.row.ambassadorId);
  }

  @FieldResolver(() => [LeaderboardEntry], {
    description: 'This entry and up to `radius` others on either side, by position.',
  })
  neighbours(
    @Root() entry: LeaderboardEntry,
    @Ctx() context: RequestContext,
    @Args(() => NeighboursArgs) { radius }: NeighboursArgs,
  ): Promise<LeaderboardEntry[]> {
    return this.standings.neighbours(context, entry, radius);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorStandingResolver {
  constructor(
    private readonly boards: LeaderboardService,
    private readonly standings: Standings,
  ) {}

  @FieldResolver(() => LeaderboardEntry, {
    nullable: true,
    description: 'Where it stands on a board now; null while it has no points there.',
  })
  async standing(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Arg('leaderboard', () => String, { defaultValue: 'all-time', description: 'The key of the board.' }) key: string,
  ): Promise<LeaderboardEntry | undefined> {
    const board = await this.boards.findByKey(context, key, 'leaderboard');
    return this.standings.standing(context, this.standings.listing(board), ambassador.id);
  }
}
