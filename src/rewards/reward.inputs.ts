import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { Url } from '../platform/graphql/scalars.js';
import { addressRules, DeliveryAddressInput, deliveryMaxCharacters } from './delivery.js';
import { RedemptionStatus, RewardKind } from './reward.entity.js';

const stockMax = 1_000_000;
const range = (min: number, max: number) => {
  const text = `must be from ${min} to ${max.toLocaleString('en')}`;
  return z.number().int().min(min, text).max(max, text);
};

const moneyMax = 100_000_000;
const codesMax = 1_000;
const offerRules = {
  imageUrl: rules.url.nullish(),
  fromLevelRank: range(1, 50).nullish(),
  maxPerAmbassador: range(1, stockMax).nullish(),
  lowStockAt: range(0, stockMax).nullish(),
  deliveryText: rules.text(deliveryMaxCharacters).min(1, 'must not be empty').nullish(),
};
const donationRules = z.object({
  recipient: rules.line(200),
  amountCents: range(1, moneyMax),
  currency: z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in EUR'),
});

@InputType({ description: 'What is donated for each redemption.' })
export class RewardDonationInput {
  @Field({ description: 'Who gets the money, at most 200 characters.' })
  readonly recipient: string;

  @Field(() => Int, { description: 'How much for each redemption, in cents, 1 to 100,000,000.' })
  readonly amountCents: number;

  @Field({ description: 'The currency by ISO 4217, as in EUR.' })
  readonly currency: string;
}

@InputType({ description: 'What admins say of a reward, new or not.' })
class RewardOfferInput {
  @Field(() => Url, { nullable: true, description: 'A picture of it.' })
  readonly imageUrl?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The rank of the level from which on it can be bought, 1 being the lowest; null: by everybody.',
  })
  readonly fromLevelRank?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many one ambassador can buy; null: any number.' })
  readonly maxPerAmbassador?: number | null;

  @Field(() => Int, { nullable: true, description: 'Warn staff when so many or fewer are left; null: never.' })
  readonly lowStockAt?: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of a DIGITAL reward: the text or link that every buyer sees once the redemption is fulfilled, at most 2,000 characters.',
  })
  readonly deliveryText?: string | null;
}

@Validated(
  z
    .object({
      kind: z.string(),
      name: rules.line(120),
      description: rules.text(10_000),
      costPoints: range(1, 100_000_000),
      stock: range(0, stockMax).nullish(),
      donation: donationRules.nullish(),
      ...offerRules,
    })
    .refine(({ kind, stock }) => kind !== 'VOUCHER' || typeof stock !== 'number', {
      path: ['stock'],
      error: 'must be left out: the stock of a voucher are its codes, which rewardVouchersLoad adds',
    })
    .refine(({ kind, donation }) => (kind === 'DONATION') === Boolean(donation), {
      path: ['donation'],
      error: 'is for a DONATION, which needs it',
    })
    .refine(({ kind, deliveryText }) => kind === 'DIGITAL' || !deliveryText, {
      path: ['deliveryText'],
      error: 'is for a DIGITAL reward',
    }),
)
@InputType({ description: 'A new reward.' })
export class RewardCreateInput extends RewardOfferInput {
  @Field(() => RewardKind, { defaultValue: 'DIGITAL', description: 'What it is; it stays so.' })
  readonly kind: RewardKind = 'DIGITAL';

  @Field({ description: 'What ambassadors read, at most 120 characters.' })
  readonly name: string;

  @Field({ defaultValue: '', description: 'What it is and how one gets it, at most 10,000 characters.' })
  readonly description: string = '';

  @Field(() => Int, { description: 'What one costs, 1 to 100,000,000.' })
  readonly costPoints: number;

  @Field(() => Int, {
    nullable: true,
    description:
      'How many there are, 0 to 1,000,000; unlimited if left out. Not for a VOUCHER, which begins with none.',
  })
  readonly stock?: number | null;

  @Field(() => RewardDonationInput, { nullable: true, description: 'What is donated; for a DONATION, which needs it.' })
  readonly donation?: RewardDonationInput | null;
}

@Validated(
  z.object({
    rewardId: rules.globalId,
    name: rules.line(120).optional(),
    description: rules.text(10_000).optional(),
    costPoints: range(1, 100_000_000).optional(),
    ...offerRules,
  }),
)
@InputType({
  description: 'What is to be otherwise with a reward. What is left out stays, and so does what was bought before.',
})
export class RewardUpdateInput extends RewardOfferInput {
  @Field(() => ID, { description: 'The reward.' })
  readonly rewardId: string;

  @Field(() => String, { nullable: true, description: 'What ambassadors read, at most 120 characters.' })
  readonly name?: string;

  @Field(() => String, { nullable: true, description: 'What it is and how one gets it, at most 10,000 characters.' })
  readonly description?: string;

  @Field(() => Int, { nullable: true, description: 'What one costs from now on, 1 to 100,000,000.' })
  readonly costPoints?: number;
}

@Validated(z.object({ rewardId: rules.globalId }))
@InputType({ description: 'A reward that shall be bought no more.' })
export class RewardArchiveInput {
  @Field(() => ID, { description: 'The reward.' })
  readonly rewardId: string;
}

@Validated(
  z.object({
    rewardId: rules.globalId,
    codes: z.array(rules.line(200)).min(1, 'must not be empty').max(codesMax, `must not be more than ${codesMax}`),
  }),
)
@InputType({ description: 'Voucher codes for a VOUCHER reward.' })
export class RewardVouchersLoadInput {
  @Field(() => ID, { description: 'The reward.' })
  readonly rewardId: string;

  @Field(() => [String], {
    description: 'The codes, 1 to 1,000 at a time; those that a reward of the program has already are passed over.',
  })
  readonly codes: readonly string[];
}

@Validated(pageRules)
@ArgsType()
export class RewardsArgs extends PageArgs {
  @Field(() => RewardKind, { nullable: true, description: 'Only of this kind; all if left out.' })
  readonly kind?: RewardKind | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only those of which no more than lowStockAt are left. For staff and servers.',
  })
  readonly lowStock?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true: only those that are bought no more, which the list leaves out. For staff and servers.',
  })
  readonly archived?: boolean | null;
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

@Validated(
  z.object({ rewardId: rules.globalId, deliverTo: addressRules.nullish(), idempotencyKey: rules.idempotencyKey }),
)
@InputType({ description: 'A reward to buy with points.' })
export class RewardRedeemInput {
  @Field(() => ID, { description: 'The reward.' })
  readonly rewardId: string;

  @Field(() => DeliveryAddressInput, {
    nullable: true,
    description: 'Where to send it; for a PHYSICAL reward, which needs it, and no other.',
  })
  readonly deliverTo?: DeliveryAddressInput | null;

  @Field({ description: 'Any text of the caller; the same key again answers with the first result.' })
  readonly idempotencyKey: string;
}

@Validated(
  z.object({
    redemptionId: rules.globalId,
    delivery: rules.text(deliveryMaxCharacters).min(1, 'must not be empty').nullish(),
  }),
)
@InputType({ description: 'A redemption that was handed over. Not of a VOUCHER, which its buyer reveals.' })
export class RedemptionFulfillInput {
  @Field(() => ID, { description: 'The redemption.' })
  readonly redemptionId: string;

  @Field(() => String, {
    nullable: true,
    description:
      'A text or link for this buyer alone, such as a licence key or where to follow the parcel; at most 2,000 characters. It is kept sealed. If left out, the buyer sees the deliveryText of the reward.',
  })
  readonly delivery?: string | null;
}

@Validated(z.object({ redemptionId: rules.globalId }))
@InputType({ description: 'A redemption of a VOUCHER reward, whose code its buyer wants to see.' })
export class RedemptionRevealInput {
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
