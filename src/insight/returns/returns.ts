import { Field, Float, Int, ObjectType } from 'type-graphql';
import { ChallengeKind } from '../../challenges/challenge.entity.js';
import { Revenue } from '../referrals/figures.js';

@ObjectType({ description: 'What challenges of one kind brought, and what they cost.' })
export class ActReturn {
  @Field(() => ChallengeKind, { description: 'The kind of challenge.' })
  readonly kind: ChallengeKind;

  @Field(() => Int, { description: 'Submissions that were approved in this time.' })
  readonly approvedActs: number;

  @Field(() => Float, {
    description:
      'Points of the default unit that were earned by this kind in this time, less what was taken back of them.',
  })
  readonly points: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'What the points of all units cost, in cents; null where insightTerms says not of each what a point costs.',
  })
  readonly costCents: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'approvedActs times what one is worth by insightTerms, in cents; null where it does not say.',
  })
  readonly valueCents: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'What one approved act brought less what it cost, in cents; null where either is not known, or without acts.',
  })
  readonly netCentsPerAct: number | null;
}

@ObjectType({
  description:
    'What the program brought in, against what it cost: roi = (actValueCents + marginPercent of revenueCents - costCents) / costCents. What it costs is its points; reward prices beyond them, vouchers and work are not in it.',
})
export class ProgramReturn {
  @Field({ description: 'What happened at this moment or later is counted.' })
  readonly from: Date;

  @Field({ description: 'What happened before this moment is counted.' })
  readonly to: Date;

  @Field(() => String, {
    nullable: true,
    description: 'In which it is told, ISO 4217; null where insightTerms says none.',
  })
  readonly currency: string | null;

  @Field(() => [ActReturn], {
    description:
      'Each kind with approved acts or points, those with most approved acts first. Referrals pay under REFERRAL.',
  })
  readonly acts: readonly ActReturn[];

  @Field(() => Float, {
    description: 'Points of the default unit for anything else: friends, badges, streaks, by hand.',
  })
  readonly otherPoints: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'What all points together cost, in cents; null where insightTerms says not of each unit what a point costs.',
  })
  readonly costCents: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'What all approved acts are worth, in cents, kinds without a value as 0; null without a currency.',
  })
  readonly actValueCents: number | null;

  @Field(() => Int, { description: 'Friends who became customers in this time and whose order stands.' })
  readonly newCustomers: number;

  @Field(() => [Revenue], {
    description: 'What these friends paid, by currency. Only the currency of the terms counts.',
  })
  readonly revenue: readonly Revenue[];

  @Field(() => Float, {
    nullable: true,
    description: 'What they paid in the currency of the terms, in cents; null without a currency.',
  })
  readonly revenueCents: number | null;

  @Field(() => Int, { description: 'How much of the revenue counts as gained, in percent, by insightTerms.' })
  readonly marginPercent: number;

  @Field(() => Float, { nullable: true, description: 'Gained less paid, in cents; null where the cost is not known.' })
  readonly netCents: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'netCents / costCents: 0 where it earned itself back, 1 where it brought twice its cost; null without a cost.',
  })
  readonly roi: number | null;
}
