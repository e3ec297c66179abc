import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import {
  IdempotencyKeyReused,
  InputInvalid,
  NotFound,
  Problem,
  SecretKeyMissing,
} from '../platform/graphql/problem.js';
import { Level } from '../points/level.entity.js';
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

@ObjectType({ description: 'The reward is changed.' })
export class RewardUpdated {
  @Field(() => Reward, { description: 'The reward as it is now.' })
  readonly reward: Reward;

  constructor(reward: Reward) {
    this.reward = reward;
  }
}

@ObjectType({ description: 'The reward is bought no more, or was not before.' })
export class RewardArchived {
  @Field(() => Reward, { description: 'The reward as it is now.' })
  readonly reward: Reward;

  constructor(reward: Reward) {
    this.reward = reward;
  }
}

@ObjectType({ description: 'The codes are there for whoever buys.' })
export class RewardVouchersLoaded {
  @Field(() => Reward, { description: 'The reward as it is now, with what is left of it.' })
  readonly reward: Reward;

  @Field(() => Int, { description: 'How many codes are new.' })
  readonly loaded: number;

  @Field(() => Int, { description: 'How many a reward of the program had already, or were given twice.' })
  readonly alreadyThere: number;

  constructor(reward: Reward, loaded: number, alreadyThere: number) {
    this.reward = reward;
    this.loaded = loaded;
    this.alreadyThere = alreadyThere;
  }
}

@ObjectType({ description: 'The buyer sees the code: now, and never again.' })
export class RedemptionRevealed {
  @Field(() => Redemption, { description: 'The redemption, which is fulfilled by this.' })
  readonly redemption: Redemption;

  @Field({ description: 'The code. It is shown this once and wiped: keep it.' })
  readonly voucherCode: string;

  constructor(redemption: Redemption, voucherCode: string) {
    this.redemption = redemption;
    this.voucherCode = voucherCode;
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

@ObjectType({ implements: Problem, description: 'The reward is bought no more.' })
export class RewardNotOffered extends Problem {
  constructor() {
    super('REWARD_NOT_OFFERED', 'problem.rewardNotOffered');
  }
}

@ObjectType({ implements: Problem, description: 'The reward is for those of a higher level.' })
export class RewardNotEligible extends Problem {
  @Field(() => Level, {
    nullable: true,
    description: 'The level from which on it can be bought; null where no level of the program is as high.',
  })
  readonly level: Level | null;

  constructor(level: Level | null) {
    super('REWARD_NOT_ELIGIBLE', 'problem.rewardNotEligible');
    this.level = level;
  }
}

@ObjectType({ implements: Problem, description: 'The ambassador has bought as many of the reward as one can.' })
export class RewardLimitReached extends Problem {
  @Field(() => Int, { description: 'How many one ambassador can buy.' })
  readonly maxPerAmbassador: number;

  constructor(maxPerAmbassador: number) {
    super('REWARD_LIMIT_REACHED', 'problem.rewardLimitReached', { count: maxPerAmbassador });
    this.maxPerAmbassador = maxPerAmbassador;
  }
}

@ObjectType({ implements: Problem, description: 'The code was shown to its buyer before; that happens once.' })
export class VoucherShown extends Problem {
  constructor() {
    super('VOUCHER_SHOWN', 'problem.voucherShown');
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
  types: () => [RewardCreated, SecretKeyMissing, InputInvalid] as const,
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
    [
      RewardRedeemed,
      InputInvalid,
      IdempotencyKeyReused,
      RewardNotOffered,
      RewardNotEligible,
      RewardLimitReached,
      BalanceInsufficient,
      RewardOutOfStock,
      SecretKeyMissing,
      NotFound,
    ] as const,
});

export const RedemptionFulfillResult = createUnionType({
  name: 'RedemptionFulfillResult',
  description: 'What redemptionFulfill answers.',
  types: () => [RedemptionFulfilled, RedemptionSettled, SecretKeyMissing, InputInvalid, NotFound] as const,
});

export const RedemptionCancelResult = createUnionType({
  name: 'RedemptionCancelResult',
  description: 'What redemptionCancel answers.',
  types: () => [RedemptionCancelled, RedemptionSettled, InputInvalid, NotFound] as const,
});

export const RewardUpdateResult = createUnionType({
  name: 'RewardUpdateResult',
  description: 'What rewardUpdate answers.',
  types: () => [RewardUpdated, InputInvalid, NotFound] as const,
});

export const RewardArchiveResult = createUnionType({
  name: 'RewardArchiveResult',
  description: 'What rewardArchive answers.',
  types: () => [RewardArchived, InputInvalid, NotFound] as const,
});

export const RewardVouchersLoadResult = createUnionType({
  name: 'RewardVouchersLoadResult',
  description: 'What rewardVouchersLoad answers.',
  types: () => [RewardVouchersLoaded, SecretKeyMissing, InputInvalid, NotFound] as const,
});

export const RedemptionRevealResult = createUnionType({
  name: 'RedemptionRevealResult',
  description: 'What redemptionReveal answers.',
  types: () => [RedemptionRevealed, VoucherShown, RedemptionSettled, InputInvalid, NotFound] as const,
});
