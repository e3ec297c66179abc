import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { ContactInput, contactRules } from '../contacts/contact.inputs.js';
import { rules, Validated } from '../platform/graphql/input.js';

/** Longer than any code with blanks and hyphens that somebody could mean. */
const typedCode = rules.line(40);
const orderId = rules.line(200);

@Validated(z.object({ code: typedCode, friend: contactRules }))
@InputType({ description: 'Who sent whom: the friend, a check-out, a call centre or the ambassador says so.' })
export class ReferralRegisterInput {
  @Field({ description: "The ambassador's code, as it was typed or heard: case, blanks and hyphens do not count." })
  readonly code: string;

  @Field(() => ContactInput, { description: 'The friend.' })
  readonly friend: ContactInput;
}

@Validated(
  z
    .object({
      code: typedCode.nullish(),
      friend: contactRules,
      orderId,
      amountCents: z.number().int().min(0, 'must be 0 or more').nullish(),
      currency: z
        .string()
        .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in EUR')
        .nullish(),
    })
    .refine(({ amountCents, currency }) => typeof amountCents !== 'number' || currency, {
      path: ['currency'],
      error: 'is needed with amountCents',
    }),
)
@InputType({ description: 'The friend became a customer.' })
export class ReferralConvertInput {
  @Field(() => String, { nullable: true, description: "The ambassador's code, for a friend nobody registered before." })
  readonly code?: string | null;

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
    attributionDays: z.number().int().min(1).max(daysMax).nullish(),
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

  @Field(() => Int, { nullable: true, description: 'Days until both sides get their reward, 0 to 365.' })
  readonly holdDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'Days within which the friend has to buy, 1 to 365.' })
  readonly attributionDays?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many friends one ambassador may register in 24 hours.' })
  readonly friendsPerDayMax?: number | null;

  @Field(() => Int, { nullable: true, description: 'How many friends one ambassador may register in 30 days.' })
  readonly friendsPerMonthMax?: number | null;

  @Field(() => String, { nullable: true, description: 'Where the referral link leads; null for a plain page of ours.' })
  readonly landingUrl?: string | null;
}
