import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { DeliveryAddress } from './delivery.js';
import type { Deliveries } from './delivery.service.js';
import { donationOf, RewardDonation } from './donation.js';
import { RedemptionService } from './redemption.service.js';
import { Redemption, Reward } from './reward.entity.js';
import {
  RedemptionCancelInput,
  RedemptionFulfillInput,
  RedemptionRevealInput,
  RedemptionsArgs,
  RewardArchiveInput,
  RewardCreateInput,
  RewardRedeemInput,
  RewardRestockInput,
  RewardsArgs,
  RewardUpdateInput,
  RewardVouchersLoadInput,
} from './reward.inputs.js';
import { requireReward } from './reward.loaders.js';
import {
  RedemptionCancelled,
  RedemptionCancelResult,
  RedemptionConnection,
  RedemptionFulfilled,
  RedemptionFulfillResult,
  RedemptionRevealResult,
  RewardArchived,
  RewardArchiveResult,
  RewardConnection,
  RewardCreated,
  RewardCreateResult,
  RewardRedeemResult,
  RewardRestocked,
  RewardRestockResult,
  RewardUpdated,
  RewardUpdateResult,
  RewardVouchersLoadResult,
} from './reward.results.js';
import { RewardService } from './reward.service.js';
import type { RewardVouchers } from './reward-voucher.service.js';

@Resolver(() => Reward)
export class RewardResolver {
  constructor(
    private readonly service: RewardService,
    private readonly vouchers: RewardVouchers,
  ) {}

  @Query(() => RewardConnection, { description: 'What points buy, newest first; without what is bought no more.' })
  async rewards(@Ctx() context: RequestContext, @Args(() => RewardsArgs) args: RewardsArgs): Promise<RewardConnection> {
    return new RewardConnection(await this.service.list(context, args));
  }

  @Mutation(() => RewardCreateResult, { description: 'Makes a reward. For admins.' })
  async rewardCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => RewardCreateInput) input: RewardCreateInput,
  ): Promise<typeof RewardCreateResult> {
    const result = await this.service.create(context, input);
    return result instanceof Reward ? new RewardCreated(result) : result;
  }

  @Mutation(() => RewardUpdateResult, { description: 'Changes a reward for whoever buys from now on. For admins.' })
  async rewardUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => RewardUpdateInput) input: RewardUpdateInput,
  ): Promise<typeof RewardUpdateResult> {
    const result = await this.service.update(context, input);
    return result instanceof Reward ? new RewardUpdated(result) : result;
  }

  @Mutation(() => RewardArchiveResult, {
    description: 'Offers a reward no more; what was bought before stays, and is handed over. For admins.',
  })
  async rewardArchive(
    @Ctx() context: RequestContext,
    @Arg('input', () => RewardArchiveInput) input: RewardArchiveInput,
  ): Promise<typeof RewardArchiveResult> {
    const result = await this.service.archive(context, input);
    return result instanceof Reward ? new RewardArchived(result) : result;
  }

  @Mutation(() => RewardVouchersLoadResult, {
    description:
      'Adds voucher codes to a VOUCHER reward, and to its stock; sending them again adds nothing. Nobody can list them. For admins.',
  })
  rewardVouchersLoad(
    @Ctx() context: RequestContext,
    @Arg('input', () => RewardVouchersLoadInput) input: RewardVouchersLoadInput,
  ): Promise<typeof RewardVouchersLoadResult> {
    return this.vouchers.load(context, input);
  }

  @FieldResolver(() => RewardDonation, {
    nullable: true,
    description: 'What it gives to whom, and has given so far; null unless it is a DONATION.',
  })
  donation(@Root() reward: Reward, @Ctx() context: RequestContext): Promise<RewardDonation | null> {
    return donationOf(context, reward);
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
  constructor(
    private readonly service: RedemptionService,
    private readonly deliveries: Deliveries,
  ) {}

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

  @Mutation(() => RedemptionRevealResult, {
    description:
      'Shows the code of a VOUCHER redemption to its buyer, once: it is wiped by this, and the redemption is fulfilled.',
  })
  redemptionReveal(
    @Ctx() context: RequestContext,
    @Arg('input', () => RedemptionRevealInput) input: RedemptionRevealInput,
  ): Promise<typeof RedemptionRevealResult> {
    return this.service.reveal(context, input);
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

  @FieldResolver(() => DeliveryAddress, {
    nullable: true,
    description:
      'Where to send it; null where nothing is sent, and once it is settled. For the buyer, servers, moderators and admins.',
  })
  deliverTo(@Root() redemption: Redemption): DeliveryAddress | null {
    return this.deliveries.addressOf(redemption);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      'The text or link that was bought, or what was said when it was fulfilled; null until then. For the buyer, servers, moderators and admins.',
  })
  async delivery(@Root() redemption: Redemption, @Ctx() context: RequestContext): Promise<string | null> {
    return this.deliveries.deliveryOf(redemption, await requireReward(context, redemption.rewardId));
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
