import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { ChallengeSubmitted } from '../challenges/submission.results.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Badge, EarnedBadge } from './badge.entity.js';
import { BadgeCreateInput, BadgeGrantInput, BadgeUpdateInput } from './badge.inputs.js';
import { badgeById, winsOf } from './badge.loaders.js';
import { BadgeProgress } from './badge.progress.js';
import {
  BadgeConnection,
  BadgeCreated,
  BadgeCreateResult,
  BadgeGranted,
  BadgeGrantResult,
  BadgeUpdated,
  BadgeUpdateResult,
} from './badge.results.js';
import { BadgeService } from './badge.service.js';

@Resolver(() => Badge)
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

  @Mutation(() => BadgeUpdateResult, {
    description:
      'Changes a badge, or archives it. A changed rule takes nothing away; who qualifies by it gets the badge. For admins.',
  })
  async badgeUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => BadgeUpdateInput) input: BadgeUpdateInput,
  ): Promise<typeof BadgeUpdateResult> {
    const result = await this.badges.update(context, input);
    return result instanceof Badge ? new BadgeUpdated(result) : result;
  }

  @Mutation(() => BadgeGrantResult, {
    description: 'Gives a badge to an ambassador, whatever its rule says. For moderators, admins and servers.',
  })
  async badgeGrant(
    @Ctx() context: RequestContext,
    @Arg('input', () => BadgeGrantInput) input: BadgeGrantInput,
  ): Promise<typeof BadgeGrantResult> {
    const result = await this.badges.grant(context, input);
    return result instanceof EarnedBadge ? new BadgeGranted(result) : result;
  }

  @FieldResolver(() => [Badge], {
    description: 'The tiers of its family that the caller may see, the lowest first; itself alone where it has none.',
  })
  tiers(@Root() badge: Badge, @Ctx() context: RequestContext): Promise<Badge[]> {
    return this.badges.tiers(context, badge);
  }

  @FieldResolver(() => BadgeProgress, {
    nullable: true,
    description:
      'How near the calling ambassador is to winning it, now or in the current period; null for everybody else.',
  })
  progress(@Root() badge: Badge, @Ctx() context: RequestContext): Promise<BadgeProgress | undefined> {
    return this.badges.progress(context, badge);
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

  @FieldResolver(() => Int, { description: 'How often it was won: 1, or more where it can be won again.' })
  async timesEarned(@Root() earned: EarnedBadge, @Ctx() context: RequestContext): Promise<number> {
    return (await winsOf.load(context, earned))?.times ?? 1;
  }

  @FieldResolver(() => Date, { description: 'When it was won last.' })
  async lastEarnedAt(@Root() earned: EarnedBadge, @Ctx() context: RequestContext): Promise<Date> {
    return (await winsOf.load(context, earned))?.lastAt ?? earned.earnedAt;
  }
}

@Resolver(() => Ambassador)
export class AmbassadorBadgesResolver {
  constructor(private readonly service: BadgeService) {}

  @FieldResolver(() => [EarnedBadge], { description: 'The badges it has won, in the order in which it did.' })
  badges(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<EarnedBadge[]> {
    return this.service.earnedBy(context, ambassador);
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
