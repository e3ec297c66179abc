import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { ChallengeSubmitted } from '../challenges/submission.results.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Badge, EarnedBadge } from './badge.entity.js';
import { BadgeCreateInput } from './badge.inputs.js';
import { badgeById } from './badge.loaders.js';
import { BadgeConnection, BadgeCreated, BadgeCreateResult } from './badge.results.js';
import { BadgeService } from './badge.service.js';
import { Streak } from './streak.entity.js';

@Resolver()
export class BadgeResolver {
  constructor(private readonly badges: BadgeService) {}

  @Query(() => BadgeConnection, { name: 'badges', description: 'The badges of the program, newest first.' })
  async list(@Ctx() context: RequestContext, @Args(() => PageArgs) page: PageArgs): Promise<BadgeConnection> {
    return new BadgeConnection(await this.badges.list(context, page));
  }

  @Mutation(() => BadgeCreateResult, {
    description:
      'Makes a badge. Who qualifies already gets it too: the first 200 ambassadors before this answers, the rest soon after. For admins.',
  })
  async badgeCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => BadgeCreateInput) input: BadgeCreateInput,
  ): Promise<typeof BadgeCreateResult> {
    const result = await this.badges.create(context, input);
    return result instanceof Badge ? new BadgeCreated(result) : result;
  }
}

@Resolver(() => EarnedBadge)
export class EarnedBadgeResolver {
  @FieldResolver(() => Badge, { description: 'The badge that was won.' })
  async badge(@Root() earned: EarnedBadge, @Ctx() context: RequestContext): Promise<Badge> {
    const badge = await badgeById.load(context, earned.badgeId);
    if (!badge) throw new Error('A badge that was won is gone');
    return badge;
  }
}

@Resolver(() => Ambassador)
export class AmbassadorBadgesResolver {
  constructor(private readonly service: BadgeService) {}

  @FieldResolver(() => [EarnedBadge], { description: 'The badges it has won, in the order in which it did.' })
  badges(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<EarnedBadge[]> {
    return this.service.earnedBy(context, ambassador);
  }

  @FieldResolver(() => Streak, { description: 'Its weeks in a row with an approved submission.' })
  streak(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<Streak> {
    return this.service.streak(context, ambassador);
  }
}

@Resolver(() => ChallengeSubmitted)
export class SubmittedBadgesResolver {
  constructor(private readonly service: BadgeService) {}

  @FieldResolver(() => [EarnedBadge], {
    description: 'The badges won by this very submission; none yet where somebody has to approve it first.',
  })
  earnedBadges(@Root() { submission }: ChallengeSubmitted, @Ctx() context: RequestContext): Promise<EarnedBadge[]> {
    return this.service.earnedBySubmission(context, submission.id);
  }
}
