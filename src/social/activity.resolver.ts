import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Node, type NodeRegistry } from '../platform/graphql/node.js';
import { toGlobalId } from '../platform/ids.js';
import { Level } from '../points/level.entity.js';
import { levelsOfProgram } from '../points/level.service.js';
import { Activity } from './activity.entity.js';
import {
  ActivityFeedArgs,
  ActivityHideInput,
  ActivityRestoreInput,
  ActivitySharingSetInput,
} from './activity.inputs.js';
import {
  ActivityConnection,
  ActivityHidden,
  ActivityHideResult,
  ActivityRestored,
  ActivityRestoreResult,
  ActivitySharingChanged,
  ActivitySharingSetResult,
} from './activity.results.js';
import type { ActivityService } from './activity.service.js';
import { Kudos } from './kudos.entity.js';
import { kudosCountOfActivity, viewerKudosOf } from './kudos.loaders.js';
import { KudosConnection } from './kudos.results.js';
import type { KudosService } from './kudos.service.js';
import { type SharingService, sharesActivity } from './sharing.service.js';

@Resolver(() => Activity)
export class ActivityResolver {
  constructor(
    private readonly activities: ActivityService,
    private readonly kudosService: KudosService,
    private readonly nodes: NodeRegistry<RequestContext>,
  ) {}

  @Query(() => ActivityConnection, {
    description:
      'What ambassadors did lately, the latest first: of those who share it, and as long as the program keeps it. Empty while the program has turned its feed off.',
  })
  async activityFeed(
    @Ctx() context: RequestContext,
    @Args(() => ActivityFeedArgs) args: ActivityFeedArgs,
  ): Promise<ActivityConnection> {
    return new ActivityConnection(await this.activities.feed(context, args));
  }

  @Mutation(() => ActivityHideResult, {
    description: 'Takes an item out of the feed; done again it changes nothing. For moderators and admins.',
  })
  async activityHide(
    @Ctx() context: RequestContext,
    @Arg('input', () => ActivityHideInput) input: ActivityHideInput,
  ): Promise<typeof ActivityHideResult> {
    const result = await this.activities.hide(context, input.activityId);
    return result instanceof Activity ? new ActivityHidden(result) : result;
  }

  @Mutation(() => ActivityRestoreResult, {
    description: 'Shows a hidden item again; done again it changes nothing. For moderators and admins.',
  })
  async activityRestore(
    @Ctx() context: RequestContext,
    @Arg('input', () => ActivityRestoreInput) input: ActivityRestoreInput,
  ): Promise<typeof ActivityRestoreResult> {
    const result = await this.activities.restore(context, input.activityId);
    return result instanceof Activity ? new ActivityRestored(result) : result;
  }

  @FieldResolver(() => Ambassador, { description: 'Whose deed it is.' })
  ambassador(@Root() activity: Activity, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, activity.ambassadorId);
  }

  @FieldResolver(() => Node, {
    nullable: true,
    description:
      'What it is about: a Challenge, Submission, Badge or Kudos. Null where there is nothing that the caller may see.',
  })
  async subject(@Root() activity: Activity, @Ctx() context: RequestContext): Promise<object | null> {
    const { kind, subjectType, subjectId } = activity;
    if (kind === 'REFERRAL_REWARDED' || subjectType === null || subjectId === null) return null;
    return this.nodes.fetch(context, toGlobalId(subjectType, subjectId));
  }

  @FieldResolver(() => Level, {
    nullable: true,
    description: 'The level that was reached, as it is called now; null for other kinds, or if there is none any more.',
  })
  async level(@Root() activity: Activity, @Ctx() context: RequestContext): Promise<Level | undefined> {
    if (activity.levelRank === null) return undefined;
    const levels = await levelsOfProgram.load(context, activity.programId);
    return levels.find(({ rank }) => rank === activity.levelRank);
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: 'When a moderator hid it; null while it is shown. For moderators and admins.',
  })
  hiddenAt(@Root() activity: Activity, @Ctx() context: RequestContext): Date | null {
    return context.session.may('activity.moderate') ? activity.hiddenAt : null;
  }

  @FieldResolver(() => Int, { description: 'How many kudos it got, as far as the caller may see them.' })
  kudosCount(@Root() activity: Activity, @Ctx() context: RequestContext): Promise<number> {
    return kudosCountOfActivity.load(context, activity.id);
  }

  @FieldResolver(() => KudosConnection, {
    description: 'The kudos it got, the latest first, as far as the caller may see them.',
  })
  async kudos(
    @Root() activity: Activity,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<KudosConnection> {
    return new KudosConnection(await this.kudosService.listOfActivity(context, activity, page));
  }

  @FieldResolver(() => Kudos, {
    nullable: true,
    description: 'What the calling ambassador gave for it; null if nothing, or withdrawn, and for everybody else.',
  })
  async viewerKudos(@Root() activity: Activity, @Ctx() context: RequestContext): Promise<Kudos | undefined> {
    return context.session.ambassadorId === null ? undefined : viewerKudosOf.load(context, activity.id);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorSharingResolver {
  constructor(private readonly sharing: SharingService) {}

  @Mutation(() => ActivitySharingSetResult, {
    description:
      'The calling ambassador lets others see what it does from now on, or no longer. Nobody does unless they said so. For ambassadors.',
  })
  async activitySharingSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => ActivitySharingSetInput) input: ActivitySharingSetInput,
  ): Promise<typeof ActivitySharingSetResult> {
    return new ActivitySharingChanged(await this.sharing.set(context, input));
  }

  @FieldResolver(() => Boolean, { description: 'Whether it lets others in the program see what it does.' })
  sharesActivity(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<boolean> {
    return sharesActivity.load(context, ambassador.id);
  }
}
