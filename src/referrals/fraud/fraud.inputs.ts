import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../../platform/graphql/connection.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { ReferralReviewDecision, ReferralReviewStatus, ReferralStrictness } from './fraud.enums.js';

const fingerprint = z.string().min(1, 'must not be empty').max(500, 'must not be longer than 500 characters').nullish();

/** What an evidence input may hold; also within the inputs that carry one. */
export const evidenceRules = z.object({
  ipAddress: z.union([z.ipv4(), z.ipv6()], 'must be an IPv4 or IPv6 address').nullish(),
  deviceId: fingerprint,
  paymentId: fingerprint,
});

@InputType({
  description:
    "What the caller saw of a person, to tell fraud from friends. Kept as keyed hashes only; the network for seven days. Taken from servers and staff; of anybody else only the connection's own address counts.",
})
export class ReferralEvidenceInput {
  @Field(() => String, {
    nullable: true,
    description: "The person's own network address, IPv4 or IPv6; not a server's.",
  })
  readonly ipAddress?: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Any stable text by which the caller knows the person's device. Not that of a shared counter or kiosk.",
  })
  readonly deviceId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Any stable text by which the caller knows the means of payment, as a payment provider's fingerprint.",
  })
  readonly paymentId?: string | null;
}

@Validated(z.object({ ambassadorId: rules.globalId, evidence: evidenceRules }))
@InputType({ description: 'What a server saw of an ambassador, to compare friends with.' })
export class ReferralEvidenceRecordInput {
  @Field(() => ID, { description: 'Whose it is.' })
  readonly ambassadorId: string;

  @Field(() => ReferralEvidenceInput, { description: 'What was seen.' })
  readonly evidence: ReferralEvidenceInput;
}

const reason = rules.text(1_000).min(1, 'must not be empty');

@Validated(z.object({ referralId: rules.globalId, decision: z.enum(ReferralReviewDecision), reason }))
@InputType({ description: 'What a person decides about a referral under review.' })
export class ReferralReviewDecideInput {
  @Field(() => ID, { description: 'The referral.' })
  readonly referralId: string;

  @Field(() => ReferralReviewDecision, { description: 'Whether it counts.' })
  readonly decision: ReferralReviewDecision;

  @Field({ description: 'Why, for the ambassador to read and for the record; at most 1,000 characters.' })
  readonly reason: string;
}

@Validated(z.object({ referralId: rules.globalId, statement: reason }))
@InputType({ description: 'An appeal against the denial of a referral.' })
export class ReferralAppealInput {
  @Field(() => ID, { description: 'The referral.' })
  readonly referralId: string;

  @Field({ description: 'What the ambassador has to say; at most 1,000 characters.' })
  readonly statement: string;
}

@Validated(z.object({ strictness: z.enum(ReferralStrictness) }))
@InputType({ description: 'How strictly the program looks at referrals from now on.' })
export class ReferralFraudPolicySetInput {
  @Field(() => ReferralStrictness, { description: 'From which score on a referral is not paid by itself.' })
  readonly strictness: ReferralStrictness;
}

@Validated(pageRules.extend({ status: z.enum(ReferralReviewStatus).nullish() }))
@ArgsType()
export class ReferralReviewsArgs extends PageArgs {
  @Field(() => ReferralReviewStatus, { nullable: true, description: 'Only these; OPEN is the queue. All if left out.' })
  readonly status?: ReferralReviewStatus | null;
}
