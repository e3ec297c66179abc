import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { PointsBalance } from '../points/points.entity.js';
import { BalanceInsufficient } from '../points/points.results.js';
import { Redemption, Reward } from './reward.entity.js';

@ObjectType({ description: 'A page of rewards.' })
export class RewardConnection extends connectionOf(Reward) {}

@ObjectType({ description: 'A page of redemptions.' })
export class RedemptionConnection extends connectionOf(Redemption) {}

@ObjectType({ description: 'The reward is there.' })
export class RewardCreated {
  @Field(() => Reward, { description: 'The new reward.' })
  readonly reward: Reward;

  constructor(reward: Reward) {
    this.reward = reward;
  }
}

@ObjectType({ description: 'There is more of the reward.' })
export class RewardRestocked {
  @Field(() => Reward, { description: 'The reward as it is now.' })
  readonly reward: Reward;

  constructor(reward: Reward) {
    this.reward = reward;
  }
}

@ObjectType({ description: 'The reward is bought.' })
export class RewardRedeemed {
  @Field(() => Redemption, { description: 'The purchase.' })
  readonly redemption: Redemption;

  @Field(() => PointsBalance, { description: 'What the ambassador has now.' })
  readonly balance: PointsBalance;

  constructor(redemption: Redemption, balance: PointsBalance) {
    this.redemption = redemption;
    this.balance = balance;
  }
}

@ObjectType({ description: 'The redemption is handed over, or was before.' })
export class RedemptionFulfilled {
  @Field(() => Redemption, { description: 'The redemption as it is now.' })
  readonly redemption: Redemption;

  constructor(redemption: Redemption) {
    this.redemption = redemption;
  }
}

@ObjectType({ description: 'The redemption is cancelled, or was before; its points are back.' })
export class RedemptionCancelled {
  @Field(() => Redemption, { description: 'The redemption as it is now.' })
  readonly redemption: Redemption;

  constructor(redemption: Redemption) {
    this.redemption = redemption;
  }
}

@ObjectType({ implements: Problem, description: 'Nothing of this reward is left.' })
export class RewardOutOfStock extends Problem {
  constructor() {
    super('REWARD_OUT_OF_STOCK', 'problem.rewardOutOfStock');
  }
}

@ObjectType({ implements: Problem, description: 'The redemption was settled the other way before.' })
export class RedemptionSettled extends Problem {
  @Field(() => Redemption, { description: 'The redemption as it is.' })
  readonly redemption: Redemption;

  constructor(redemption: Redemption) {
    super('REDEMPTION_SETTLED', 'problem.redemptionSettled');
    this.redemption = redemption;
  }
}

export const RewardCreateResult = createUnionType({
  name: 'RewardCreateResult',
  description: 'What rewardCreate answers.',
  types: () => [RewardCreated, InputInvalid] as const,
});

export const RewardRestockResult = createUnionType({
  name: 'RewardRestockResult',
  description: 'What rewardRestock answers.',
  types: () => [RewardRestocked, InputInvalid, IdempotencyKeyReused, NotFound] as const,
});

export const RewardRedeemResult = createUnionType({
  name: 'RewardRedeemResult',
  description: 'What rewardRedeem answers.',
  types: () =>
    [RewardRedeemed, InputInvalid, IdempotencyKeyReused, BalanceInsufficient, RewardOutOfStock, NotFound] as const,
});

export const RedemptionFulfillResult = createUnionType({
  name: 'RedemptionFulfillResult',
  description: 'What redemptionFulfill answers.',
  types: () => [RedemptionFulfilled, RedemptionSettled, InputInvalid, NotFound] as const,
});

export const RedemptionCancelResult = createUnionType({
  name: 'RedemptionCancelResult',
  description: 'What redemptionCancel answers.',
  types: () => [RedemptionCancelled, RedemptionSettled, InputInvalid, NotFound] as const,
});
