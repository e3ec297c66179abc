import { Field, Float, Int, ObjectType } from 'type-graphql';
import { ReferralChannel } from '../../referrals/referral.sources.js';

@ObjectType({ description: 'What friends paid, in one currency.' })
export class Revenue {
  @Field({ description: 'ISO 4217, as in EUR.' })
  readonly currency: string;

  @Field(() => Float, { description: 'Cents of all orders together, less what went back; a whole number.' })
  readonly amountCents: number;
}

@ObjectType({
  description:
    'What recommending brought in, each counted when it happened: clicks when the link was followed, registrations when the friend was registered, orders when the friend became a customer.',
})
export class ReferralFigures {
  @Field(() => Int, { description: 'How often links were followed.' })
  readonly clicks: number;

  @Field(() => Int, { description: 'Friends who were registered, without those that were rejected.' })
  readonly registrations: number;

  @Field(() => Int, { description: 'Friends who became customers, with those whose order was undone later.' })
  readonly conversions: number;

  @Field(() => Int, { description: 'How many of these orders were undone as a whole by now.' })
  readonly reversals: number;

  @Field(() => Int, { description: 'How many of these orders stand, but a part of their money went back.' })
  readonly partialRefunds: number;

  @Field(() => [Revenue], { description: 'What the orders that stand brought in, by currency, the biggest first.' })
  readonly revenue: readonly Revenue[];

  @Field(() => Int, { description: 'Points for the referrers of the orders that stand, posted or held.' })
  readonly referrerPoints: number;

  @Field(() => Int, { description: 'Points promised to the friends of the orders that stand.' })
  readonly friendPoints: number;

  @Field(() => Int, { description: 'Voucher codes set aside for, or given to, the friends of the orders that stand.' })
  readonly vouchers: number;

  @Field(() => Int, { description: 'Gifts in words promised to the friends of the orders that stand.' })
  readonly gifts: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Share of the orders that were undone, 0 to 1; null without orders.',
  })
  readonly reversalRate: number | null;

  constructor(counts: FigureCounts) {
    this.clicks = counts.clicks;
    this.registrations = counts.registrations;
    this.conversions = counts.conversions;
    this.reversals = counts.reversals;
    this.partialRefunds = counts.partialRefunds;
    this.referrerPoints = counts.referrerPoints;
    this.friendPoints = counts.friendPoints;
    this.vouchers = counts.vouchers;
    this.gifts = counts.gifts;
    this.reversalRate = counts.conversions === 0 ? null : counts.reversals / counts.conversions;
    this.revenue = revenueOf(counts.revenue);
  }
}

/** Cents by currency, the biggest first. */
export function revenueOf(cents: ReadonlyMap<string, number>): Revenue[] {
  return [...cents]
    .map(([currency, amountCents]) => Object.assign(new Revenue(), { currency, amountCents }))
    .sort((a, b) => b.amountCents - a.amountCents || (a.currency < b.currency ? -1 : 1));
}

/** The same while it is being counted. */
export interface FigureCounts {
  clicks: number;
  registrations: number;
  conversions: number;
  reversals: number;
  partialRefunds: number;
  referrerPoints: number;
  friendPoints: number;
  vouchers: number;
  gifts: number;
  readonly revenue: Map<string, number>;
}

export function noFigures(): FigureCounts {
  return {
    clicks: 0,
    registrations: 0,
    conversions: 0,
    reversals: 0,
    partialRefunds: 0,
    referrerPoints: 0,
    friendPoints: 0,
    vouchers: 0,
    gifts: 0,
    revenue: new Map(),
  };
}

@ObjectType({ description: 'What came over one channel.' })
export class ReferralChannelFigures {
  @Field(() => ReferralChannel, { nullable: true, description: 'The channel; null for what nobody named one of.' })
  readonly channel: ReferralChannel | null;

  @Field(() => ReferralFigures, { description: 'What it brought in.' })
  readonly figures: ReferralFigures;
}

@ObjectType({ description: 'What one period brought in.' })
export class ReferralPeriodFigures {
  @Field({ description: "When the period begins, in the program's time zone." })
  readonly from: Date;

  @Field(() => ReferralFigures, { description: 'What it brought in.' })
  readonly figures: ReferralFigures;
}

@ObjectType({ description: 'What one ambassador brought in, beside what it said itself.' })
export class ReferralAmbassadorFigures {
  readonly ambassadorId: string;

  @Field(() => ReferralFigures, { description: 'What it brought in.' })
  readonly figures: ReferralFigures;

  @Field(() => Int, { nullable: true, description: 'How many people it told, as it said last in this time (SSM).' })
  readonly statedTold: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many of them became customers, as it said last in this time (IFM).',
  })
  readonly statedFollowed: number | null;
}

@ObjectType({
  description:
    'The viral coefficient, k = i × c, as growth teams count it (D. Skok, Lessons Learned: Viral Marketing, 2009): above 1 a program grows by its referrals alone. Here i is friends registered for each ambassador, and c the share of those friends who became customers.',
})
export class KFactor {
  @Field(() => Int, { description: 'Ambassadors who had joined before the end of this time.' })
  readonly ambassadors: number;

  @Field(() => Int, { description: 'Friends who were registered in this time, without those that were rejected.' })
  readonly registrations: number;

  @Field(() => Int, { description: 'How many of these friends are customers by now, and whose order stands.' })
  readonly customers: number;

  @Field(() => Float, { nullable: true, description: 'k; null without ambassadors.' })
  readonly value: number | null;
}

@ObjectType({ description: 'How long friends take from being registered to their order.' })
export class TimeToConvert {
  @Field(() => Int, { description: 'How many orders it is told from: the last 50,000 of this time at most.' })
  readonly conversions: number;

  @Field(() => Float, { nullable: true, description: 'Half took no longer, in hours; null without orders.' })
  readonly medianHours: number | null;

  @Field(() => Float, { nullable: true, description: 'Nine in ten took no longer, in hours; null without orders.' })
  readonly p90Hours: number | null;
}

@ObjectType({
  description:
    'What ambassadors said, against what came of it: “I told 3 people”. Of the ambassadors who answered the follow-up question in this time; all null where they are fewer than 5.',
})
export class StatedAgainstObserved {
  @Field(() => Int, { description: 'How many ambassadors answered.' })
  readonly ambassadors: number;

  @Field(() => Int, { nullable: true, description: 'How many people they told, by their last answers (SSM).' })
  readonly statedTold: number | null;

  @Field(() => Int, { nullable: true, description: 'How often their links were followed.' })
  readonly clicks: number | null;

  @Field(() => Int, { nullable: true, description: 'Friends who were registered by them.' })
  readonly registrations: number | null;

  @Field(() => Int, { nullable: true, description: 'How many became customers, by their last answers (IFM).' })
  readonly statedFollowed: number | null;

  @Field(() => Int, { nullable: true, description: 'Friends of theirs who became customers.' })
  readonly conversions: number | null;
}
