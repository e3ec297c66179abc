import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { ContactInput, contactRules } from '../contacts/contact.inputs.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { evidenceRules, ReferralEvidenceInput } from './fraud/fraud.inputs.js';
import { ReferralChannel } from './referral.sources.js';
import { ReferralRewardRulesInput, rewardRules } from './reward-rules.inputs.js';

/** Longer than any code with blanks and hyphens that somebody could mean. */
const typedCode = rules.line(40);
const orderId = rules.line(200);
/** What GraphQL's Int and the databases hold. */
const orderCentsMax = 2_147_483_647;

const naming = {
  code: typedCode.nullish(),
  clickId: z.string().min(1, 'must not be empty').max(64, 'is not the id of a click').nullish(),
  ambassadorId: rules.globalId.nullish(),
  channel: z.enum(ReferralChannel).nullish(),
  evidence: evidenceRules.nullish(),
};

@InputType()
class ReferralNamingInput {
  @Field(() => String, {
    nullable: true,
    description:
      "The ambassador's code, as it was typed or heard: case, blanks and hyphens do not count. Goes before the click.",
  })
  readonly code?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What the landing page got as ?via=, where the friend followed the link. Of several the latest.',
  })
  readonly clickId?: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The ambassador, for staff and servers that found them by name with `ambassadors(search:)`. The code goes before it.',
  })
  readonly ambassadorId?: string | null;

  @Field(() => ReferralChannel, {
    nullable: true,
    description: 'Over which channel the friend heard, where the click does not say: SPOKEN for a call centre.',
  })
  readonly channel?: ReferralChannel | null;

  @Field(() => ReferralEvidenceInput, {
    nullable: true,
    description: 'What the caller saw of the friend, to tell fraud from friends.',
  })
  readonly evidence?: ReferralEvidenceInput | null;
}

@Validated(z.object({ ...naming, friend: contactRules }))
@InputType({ description: 'Who sent whom: the friend, a check-out, a call centre or the ambassador says so.' })
export class ReferralRegisterInput extends ReferralNamingInput {
  @Field(() => ContactInput, { description: 'The friend.' })
  readonly friend: ContactInput;
}

/** The rules of a conversion, wherever it comes from. */
export const conversionRules = z
  .object({
    ...naming,
    friend: contactRules,
    orderId,
    amountCents: z
      .number()
      .int()
      .min(0, 'must be 0 or more')
      .max(orderCentsMax, `must be ${orderCentsMax} or less`)
      .nullish(),
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in EUR')
      .nullish(),
  })
  .refine(({ amountCents, currency }) => typeof amountCents !== 'number' || currency, {
    path: ['currency'],
    error: 'is needed with amountCents',
  });

@Validated(conversionRules)
@InputType({
  description: 'The friend became a customer. Code and click are for a friend whom nobody registered before.',
})
export class ReferralConvertInput extends ReferralNamingInput {
  @Field(() => ContactInput, { description: 'The friend.' })
  readonly friend: ContactInput;

  @Field({ description: "The shop's own id of the order; the same order converts once." })
  readonly orderId: string;

  @Field(() => Int, { nullable: true, description: 'What the order was worth, in cents.' })
  readonly amountCents?: number | null;

  @Field(() => String, { nullable: true, description: 'ISO 4217, as in EUR; required with amountCents.' })
  readonly currency?: string | null;
}

@Validated(z.object({ orderId, reason: rules.line(200) }))
@InputType({ description: 'An order that was undone.' })
export class ReferralReverseInput {
  @Field({ description: "The shop's own id of the order." })
  readonly orderId: string;

  @Field({ description: 'Why, for the ambassador to read; at most 200 characters.' })
  readonly reason: string;
}

const daysMax = 365;
const friendsMax = 10_000;

@Validated(
  z.object({
    referrerPoints: z.number().int().min(0).max(1_000_000).nullish(),
    friendReward: rules.line(200).nullish(),
    holdDays: z.number().int().min(0).max(daysMax).nullish(),
    refundWindowDays: z.number().int().min(0).max(daysMax).nullish(),
    rewardRules: rewardRules.nullish(),
    attributionDays: z.number().int().min(1).max(daysMax).nullish(),
    clickDays: z.number().int().min(1).max(daysMax).nullish(),
    nominationDays: z.number().int().min(1).max(daysMax).nullish(),
    friendsPerDayMax: z.number().int().min(1).max(friendsMax).nullish(),
    friendsPerMonthMax: z.number().int().min(1).max(friendsMax).nullish(),
    landingUrl: rules.url.nullish(),
  }),
)
@InputType({ description: 'What to change of the terms; what is left out stays. Orders that converted keep theirs.' })
export class ReferralTermsSetInput {
  @Field(() => Int, { nullable: true, description: 'Points for the ambassador, 0 to 1,000,000.' })
  readonly referrerPoints?: number | null;

  @Field(() => String, { nullable: true, description: 'What the new customer gets; null takes it away.' })
  readonly friendReward?: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Days until both sides get their reward, 0 to 365; null: 14, or the refund window if it is longer.',
  })
  readonly holdDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days in which orders are taken back, 0 to 365; null for unknown.' })
  readonly refundWindowDays?: number | null;

  @Field(() => ReferralRewardRulesInput, {
    nullable: true,
    description: 'How the reward is reckoned, in place of all rules before; null: referrerPoints for every friend.',
  })
  readonly rewardRules?: ReferralRewardRulesInput | null;

  @Field(() => Int, { nullable: true, description: 'Days within which the friend has to buy, 1 to 365.' })
  readonly attributionDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Days from following the link within which the friend can be registered by that click, 1 to 365.',
  })
  readonly clickDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Days for which a friend named beforehand, or an ambassador named by a friend, waits for the other side, 1 to 365.',
  })
  readonly nominationDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many friends one ambassador may register in 24 hours.' })
  readonly friendsPerDayMax?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many friends one ambassador may register in 30 days.' })
  readonly friendsPerMonthMax?: number | null;

  @Field(() => String, { nullable: true, description: 'Where the referral link leads; null for a plain page of ours.' })
  readonly landingUrl?: string | null;
}
