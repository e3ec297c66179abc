import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { RedemptionService } from './redemption.service.js';
import { Redemption, Reward } from './reward.entity.js';
import {
  RedemptionCancelInput,
  RedemptionFulfillInput,
  RedemptionsArgs,
  RewardCreateInput,
  RewardRedeemInput,
  RewardRestockInput,
} from './reward.inputs.js';
import { requireReward } from './reward.loaders.js';
import {
  RedemptionCancelled,
  RedemptionCancelResult,
  RedemptionConnection,
  RedemptionFulfilled,
  RedemptionFulfillResult,
  RewardConnection,
  RewardCreated,
  RewardCreateResult,
  RewardRedeemResult,
  RewardRestocked,
  RewardRestockResult,
} from './reward.results.js';
import { RewardService } from './reward.service.js';

@Resolver(() => Reward)
export class RewardResolver {
  constructor(private readonly service: RewardService) {}

  @Query(() => RewardConnection, { description: 'What points buy, newest first.' })
  async rewards(@Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs): Promise<RewardConnection> {
    return new RewardConnection(await this.service.list(context, args));
  }

  @Mutation(() => RewardCreateResult, { description: 'Makes a reward. For admins.' })
  async rewardCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => RewardCreateInput) input: RewardCreateInput,
  ): Promise<typeof RewardCreateResult> {
    return new RewardCreated(await this.service.create(context, input));
  }

  @Mutation(() => RewardRestockResult, { description: 'Adds to the stock of a reward. For admins.' })
  async rewardRestock(
    @Ctx() context: RequestContext,
    @Arg('input', () => RewardRestockInput) input: RewardRestockInput,
  ): Promise<typeof RewardRestockResult> {
    const result = await this.service.restock(context, input);
    return result instanceof Reward ? new RewardRestocked(result) : result;
  }
}

@Resolver(() => Redemption)
export class RedemptionResolver {
  constructor(private readonly service: RedemptionService) {}

  @Query(() => RedemptionConnection, { description: 'The redemptions of the program, newest first. For staff.' })
  async redemptions(
    @Ctx() context: RequestContext,
    @Args(() => RedemptionsArgs) args: RedemptionsArgs,
  ): Promise<RedemptionConnection> {
    return new RedemptionConnection(await this.service.list(context, args));
  }

  @Mutation(() => RewardRedeemResult, { description: 'Buys a reward with the points of the calling ambassador.' })
  rewardRedeem(
    @Ctx() context: RequestContext,
    @Arg('input', () => RewardRedeemInput) input: RewardRedeemInput,
  ): Promise<typeof RewardRedeemResult> {
    return this.service.redeem(context, input);
  }

  @Mutation(() => RedemptionFulfillResult, { description: 'Says that a reward was handed over. For moderators.' })
  async redemptionFulfill(
    @Ctx() context: RequestContext,
    @Arg('input', () => RedemptionFulfillInput) input: RedemptionFulfillInput,
  ): Promise<typeof RedemptionFulfillResult> {
    const result = await this.service.fulfill(context, input);
    return result instanceof Redemption ? new RedemptionFulfilled(result) : result;
  }

  @Mutation(() => RedemptionCancelResult, {
    description: 'Gives the points of a redemption back, and what was reserved to others. For moderators.',
  })
  async redemptionCancel(
    @Ctx() context: RequestContext,
    @Arg('input', () => RedemptionCancelInput) input: RedemptionCancelInput,
  ): Promise<typeof RedemptionCancelResult> {
    const result = await this.service.cancel(context, input);
    return result instanceof Redemption ? new RedemptionCancelled(result) : result;
  }

  @FieldResolver(() => Reward, { description: 'What was bought.' })
  reward(@Root() redemption: Redemption, @Ctx() context: RequestContext): Promise<Reward> {
    return requireReward(context, redemption.rewardId);
  }

  @FieldResolver(() => Ambassador, { description: 'Who bought it.' })
  ambassador(@Root() redemption: Redemption, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, redemption.ambassadorId);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorRedemptionsResolver {
  constructor(private readonly service: RedemptionService) {}

  @FieldResolver(() => RedemptionConnection, {
    description: 'What it bought with points, newest first; for the ambassador itself and staff.',
  })
  async redemptions(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<RedemptionConnection> {
    return new RedemptionConnection(await this.service.listOfAmbassador(context, ambassador, args));
  }
}
