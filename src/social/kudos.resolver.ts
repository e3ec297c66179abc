import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Activity } from './activity.entity.js';
import type { ActivityService } from './activity.service.js';
import { Kudos } from './kudos.entity.js';
import { KudosGiveInput, KudosWithdrawInput } from './kudos.inputs.js';
import { kudosCountOfAmbassador } from './kudos.loaders.js';
import { KudosConnection, KudosGiven, KudosGiveResult, KudosWithdrawn, KudosWithdrawResult } from './kudos.results.js';
import type { KudosService } from './kudos.service.js';

@Resolver(() => Kudos)
export class KudosResolver {
  constructor(
    private readonly service: KudosService,
    private readonly activities: ActivityService,
  ) {}

  @Mutation(() => KudosGiveResult, {
    description:
      'Praises another ambassador of the program, once for each item of the feed. For ambassadors, as often in a day as the program allows.',
  })
  async kudosGive(
    @Ctx() context: RequestContext,
    @Arg('input', () => KudosGiveInput) input: KudosGiveInput,
  ): Promise<typeof KudosGiveResult> {
    const result = await this.service.give(context, input);
    return result instanceof Kudos ? new KudosGiven(result) : result;
  }

  @Mutation(() => KudosWithdrawResult, {
    description:
      'Takes kudos back for good, with their words and the points they paid: one’s own, or for moderators and admins any. Done again it changes nothing.',
  })
  async kudosWithdraw(
    @Ctx() context: RequestContext,
    @Arg('input', () => KudosWithdrawInput) input: KudosWithdrawInput,
  ): Promise<typeof KudosWithdrawResult> {
    const result = await this.service.withdraw(context, input);
    return result instanceof Kudos ? new KudosWithdrawn(result) : result;
  }

  @FieldResolver(() => Ambassador, { description: 'Who praises.' })
  from(@Root() kudos: Kudos, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, kudos.fromId);
  }

  @FieldResolver(() => Ambassador, { description: 'Who is praised.' })
  to(@Root() kudos: Kudos, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, kudos.toId);
  }

  @FieldResolver(() => Activity, {
    nullable: true,
    description: 'The item of the feed that it is for; null if for none, or if that is not in the feed any more.',
  })
  async activity(@Root() kudos: Kudos, @Ctx() context: RequestContext): Promise<Activity | undefined> {
    return kudos.activityId === null ? undefined : this.activities.find(context, kudos.activityId);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorKudosResolver {
  constructor(private readonly service: KudosService) {}

  @FieldResolver(() => KudosConnection, {
    description: 'The kudos it got, the latest first, as far as the caller may see them.',
  })
  async kudos(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<KudosConnection> {
    return new KudosConnection(await this.service.listOfAmbassador(context, ambassador, page));
  }

  @FieldResolver(() => Int, {
    description: 'How many kudos it got, as far as the caller may see them; for lists of ambassadors.',
  })
  kudosCount(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<number> {
    return kudosCountOfAmbassador.load(context, ambassador.id);
  }
}
