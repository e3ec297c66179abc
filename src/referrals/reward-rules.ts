import { Field, Int, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What a referrer gets from a certain friend on: so many points, or a part of the order.' })
export class ReferralRewardStep {
  @Field(() => Int, { description: 'From which friend on, counted over all who became customers; 3 is the third.' })
  readonly fromFriend: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Points for each such friend; null where it is a part of the order.',
  })
  readonly points: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The part of the order in hundredths of a percent, as in 500 for 5%; null where it is so many points.',
  })
  readonly rateBasisPoints: number | null;
}

@ObjectType({ description: 'How the reward for a new customer is reckoned beyond a fixed number of points.' })
export class ReferralRewardRules {
  @Field(() => Int, {
    nullable: true,
    description: 'The part of the order that the referrer gets, in hundredths of a percent; null: referrerPoints.',
  })
  readonly rateBasisPoints: number | null;

  @Field(() => Int, {
    description: 'Points for one unit of the currency that the part comes to, as in 100 for a euro.',
  })
  readonly pointsPerUnit: number;

  @Field(() => String, {
    nullable: true,
    description: 'The currency (ISO 4217) that parts and the minimum order are reckoned in; null where neither is set.',
  })
  readonly currency: string | null;

  @Field(() => Int, { nullable: true, description: 'Orders of less, in cents, are not rewarded; null for no minimum.' })
  readonly minimumOrderCents: number | null;

  @Field(() => [ReferralRewardStep], { description: 'What later friends bring; the last step that is reached holds.' })
  readonly steps: readonly ReferralRewardStep[];

  @Field(() => Int, {
    nullable: true,
    description:
      "Points for referrals that one ambassador gets in a calendar month of the program's time zone at most.",
  })
  readonly pointsPerMonthMax: number | null;

  @Field(() => Int, {
    nullable: true,
    description: "Friends for whom one ambassador is paid in a calendar month of the program's time zone at most.",
  })
  readonly friendsPerMonthMax: number | null;

  @Field(() => Int, { description: 'Points for the friend, given when they are an ambassador themselves; 0 for none.' })
  readonly friendPoints: number;

  /** The pool of which each friend gets a voucher code. */
  readonly friendVoucherPoolId: string | null;
}

/** A fixed number of points for every friend, and nothing else. */
export const plainRules: ReferralRewardRules = {
  rateBasisPoints: null,
  pointsPerUnit: 100,
  currency: null,
  minimumOrderCents: null,
  steps: [],
  pointsPerMonthMax: null,
  friendsPerMonthMax: null,
  friendPoints: 0,
  friendVoucherPoolId: null,
};

/** No order brings more, however large it is: far below what an account can hold. */
export const rewardPointsMax = 1_000_000;

/** What was promised for an order, kept with it: later terms change nothing, and a refund is reckoned by it. */
export interface RewardBasis {
  /** The part of the order; null where it was so many points. */
  readonly rateBasisPoints: number | null;
  readonly pointsPerUnit: number;
  readonly minimumOrderCents: number | null;
}

/** So many points, or a part of the order. */
type Rate = Pick<ReferralRewardStep, 'points' | 'rateBasisPoints'>;

/** What the referrer gets for this friend, the third for instance. */
export function rateOfFriend(rules: ReferralRewardRules, fixedPoints: number, friendNumber: number): Rate {
  const reached = rules.steps.filter(({ fromFriend }) => fromFriend <= friendNumber);
  const [last] = reached.sort((a, b) => b.fromFriend - a.fromFriend);
  if (last) return last;
  return rules.rateBasisPoints === null
    ? { points: fixedPoints, rateBasisPoints: null }
    : { points: null, rateBasisPoints: rules.rateBasisPoints };
}

/** Points for a part of so much money, rounded down to whole points. */
export function pointsOfOrder(amountCents: number, { rateBasisPoints, pointsPerUnit }: RewardBasis): number {
  // Cents to units: 100; basis points to the whole: 10,000. The product is larger than a number holds exactly.
  const points = (BigInt(amountCents) * BigInt(rateBasisPoints ?? 0) * BigInt(pointsPerUnit)) / 1_000_000n;
  return Number(points < BigInt(rewardPointsMax) ? points : BigInt(rewardPointsMax));
}
