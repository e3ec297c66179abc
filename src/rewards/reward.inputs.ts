import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { RedemptionStatus } from './reward.entity.js';

const stockMax = 1_000_000;
const range = (min: number, max: number) => {
  const text = `must be from ${min} to ${max.toLocaleString('en')}`;
  return z.number().int().min(min, text).max(max, text);
};

@Validated(z.object({ name: rules.line(120), costPoints: range(1, 100_000_000), stock: range(0, stockMax).nullish() }))
@InputType({ description: 'A new reward.' })
export class RewardCreateInput {
  @Field({ description: 'What ambassadors read, at most 120 characters.' })
  readonly name: string;

  @Field(() => Int, { description: 'What one costs, 1 to 100,000,000.' })
  readonly costPoints: number;

  @Field(() => Int, { nullable: true, description: 'How many there are, 0 to 1,000,000; unlimited if left out.' })
  readonly stock?: number | null;
}

@Validated(z.object({ rewardId: rules.globalId, quantity: range(1, stockMax), idempotencyKey: rules.idempotencyKey }))
@InputType({ description: 'More of a reward.' })
export class RewardRestockInput {
  @Field(() => ID, { description: 'The reward; one with a stock.' })
  readonly rewardId: string;

  @Field(() => Int, { description: 'How many came, 1 to 1,000,000.' })
  readonly quantity: number;

  @Field({ description: 'Any text of the caller; the same key again answers with the first result.' })
  readonly idempotencyKey: string;
}

@Validated(z.object({ rewardId: rules.globalId, idempotencyKey: rules.idempotencyKey }))
@InputType({ description: 'A reward to buy with points.' })
export class RewardRedeemInput {
  @Field(() => ID, { description: 'The reward.' })
  readonly rewardId: string;

  @Field({ description: 'Any text of the caller; the same key again answers with the first result.' })
  readonly idempotencyKey: string;
}

@Validated(z.object({ redemptionId: rules.globalId }))
@InputType({ description: 'A redemption that was handed over.' })
export class RedemptionFulfillInput {
  @Field(() => ID, { description: 'The redemption.' })
  readonly redemptionId: string;
}

@Validated(z.object({ redemptionId: rules.globalId, reason: rules.line(200) }))
@InputType({ description: 'A redemption that will not be handed over.' })
export class RedemptionCancelInput {
  @Field(() => ID, { description: 'The redemption.' })
  readonly redemptionId: string;

  @Field({ description: 'Why, for the ambassador to read; at most 200 characters.' })
  readonly reason: string;
}

@Validated(pageRules)
@ArgsType()
export class RedemptionsArgs extends PageArgs {
  @Field(() => RedemptionStatus, { nullable: true, description: 'Only those that stand so; all if left out.' })
  readonly status?: RedemptionStatus | null;
}
