import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules } from '../platform/graphql/input.js';
import { rewardPointsMax } from './reward-rules.js';

const stepsMax = 20;
const points = z.number().int().min(0, 'must be 0 or more').max(rewardPointsMax, 'must be 1,000,000 or less');
const basisPoints = z.number().int().min(1, 'must be from 1 to 10,000').max(10_000, 'must be from 1 to 10,000');
const currency = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in EUR');

const rewardStep = z
  .object({
    fromFriend: z.number().int().min(2, 'must be 2 or more').max(10_000, 'must be 10,000 or less'),
    points: points.nullish(),
    rateBasisPoints: basisPoints.nullish(),
  })
  .refine((step) => (typeof step.points === 'number') !== (typeof step.rateBasisPoints === 'number'), {
    path: ['points'],
    error: 'either points or rateBasisPoints has to be given',
  });

export const rewardRules = z.object({
  rateBasisPoints: basisPoints.nullish(),
  pointsPerUnit: z.number().int().min(1, 'must be from 1 to 10,000').max(10_000, 'must be from 1 to 10,000').nullish(),
  currency: currency.nullish(),
  minimumOrderCents: z.number().int().min(1, 'must be 1 or more').nullish(),
  steps: z
    .array(rewardStep)
    .max(stepsMax, `must not be more than ${stepsMax}`)
    .refine((steps) => new Set(steps.map((step) => step.fromFriend)).size === steps.length, 'must not begin twice')
    .nullish(),
  pointsPerMonthMax: z.number().int().min(1, 'must be 1 or more').nullish(),
  friendsPerMonthMax: z.number().int().min(1, 'must be 1 or more').max(10_000, 'must be 10,000 or less').nullish(),
  friendPoints: points.nullish(),
  friendVoucherPoolId: rules.globalId.nullish(),
});

@InputType({ description: 'What a referrer gets from a certain friend on: either points or a part of the order.' })
export class ReferralRewardStepInput {
  @Field(() => Int, { description: 'From which friend on who became a customer, 2 or more; 3 is the third.' })
  readonly fromFriend: number;

  @Field(() => Int, { nullable: true, description: 'Points for each such friend, 0 to 1,000,000.' })
  readonly points?: number | null;

  @Field(() => Int, { nullable: true, description: 'The part of the order in hundredths of a percent; 500 is 5%.' })
  readonly rateBasisPoints?: number | null;
}

@InputType({ description: 'How the reward is reckoned. It replaces all rules; what is left out is off.' })
export class ReferralRewardRulesInput {
  @Field(() => Int, {
    nullable: true,
    description: 'The part of the order in hundredths of a percent, 1 to 10,000, instead of referrerPoints; 500 is 5%.',
  })
  readonly rateBasisPoints?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Points for one unit of the currency that the part comes to, 1 to 10,000; 100 if left out. 5% of 49.90 at 100 are 249 points: always rounded down, and never more than 1,000,000.',
  })
  readonly pointsPerUnit?: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'ISO 4217, as in EUR; needed for parts of an order and for a minimum. Orders in another are refused.',
  })
  readonly currency?: string | null;

  @Field(() => Int, { nullable: true, description: 'Orders of less, in cents, do not convert a referral.' })
  readonly minimumOrderCents?: number | null;

  @Field(() => [ReferralRewardStepInput], {
    nullable: true,
    description: 'What later friends bring, at most 20 steps.',
  })
  readonly steps?: readonly ReferralRewardStepInput[] | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Points that one ambassador gets for referrals in a calendar month at most.',
  })
  readonly pointsPerMonthMax?: number | null;

  @Field(() => Int, { nullable: true, description: 'Friends for whom one ambassador is paid in a month at most.' })
  readonly friendsPerMonthMax?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Points for the friend, 0 to 1,000,000, given once they are an ambassador themselves.',
  })
  readonly friendPoints?: number | null;

  @Field(() => ID, {
    nullable: true,
    description: 'The pool of which each friend gets a voucher code; while it is empty orders are refused.',
  })
  readonly friendVoucherPoolId?: string | null;
}
