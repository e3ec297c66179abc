import { ArgsType, Field, Float, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { Validated } from '../../platform/graphql/input.js';
import { monthsMax } from '../periods.js';

export const GoalStanding = graphqlEnum('GoalStanding', 'Where a share stands against its goal.', {
  BELOW: 'Less than the goal begins with.',
  WITHIN: 'As the goal has it.',
  ABOVE: 'More than the goal ends with.',
});
export type GoalStanding = keyof typeof GoalStanding;

@ObjectType({
  description:
    'How many ambassadors do something: an approved submission, or a friend who was registered. Against the goal of insightTerms, 15 to 35% at first.',
})
export class Activation {
  @Field({ description: 'When it was counted.' })
  readonly at: Date;

  @Field(() => Int, { description: 'How many ambassadors there are.' })
  readonly ambassadors: number;

  @Field(() => Int, { description: 'How many of them were active in the last 30 days.' })
  readonly activeLast30Days: number;

  @Field(() => Int, { description: 'How many of them were active in the last 90 days.' })
  readonly activeLast90Days: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Their share of the last 30 days, 0 to 1; null without ambassadors.',
  })
  readonly shareLast30Days: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Their share of the last 90 days, 0 to 1; null without ambassadors.',
  })
  readonly shareLast90Days: number | null;

  @Field(() => Float, { description: 'The share that the goal begins with, 0 to 1.' })
  readonly goalFrom: number;

  @Field(() => Float, { description: 'The share that the goal ends with, 0 to 1.' })
  readonly goalTo: number;

  @Field(() => GoalStanding, {
    nullable: true,
    description: 'Where the share of the last 30 days stands; null without ambassadors.',
  })
  readonly standing: GoalStanding | null;
}

@ObjectType({ description: 'How many were active in one month.' })
export class ActivationMonth {
  @Field({ description: "When the month begins, in the program's time zone." })
  readonly from: Date;

  @Field(() => Int, { description: 'Ambassadors who had joined before it ended.' })
  readonly ambassadors: number;

  @Field(() => Int, { description: 'How many joined in it.' })
  readonly joined: number;

  @Field(() => Int, { description: 'How many of these had been brought by an ambassador, as a friend.' })
  readonly joinedAsFriends: number;

  @Field(() => Int, { description: 'How many were active in it.' })
  readonly active: number;

  @Field(() => Float, { nullable: true, description: 'active / ambassadors, 0 to 1; null without ambassadors.' })
  readonly share: number | null;
}

@ObjectType({ description: 'How many ambassadors there may be at one moment.' })
export class GrowthPoint {
  @Field({ description: 'The beginning of a month.' })
  readonly at: Date;

  @Field(() => Float, { description: 'How many, if all goes on as it did.' })
  readonly ambassadors: number;

  @Field(() => Float, { description: 'At the least, by how far the two rates can be told.' })
  readonly lower: number;

  @Field(() => Float, { description: 'At the most, by how far the two rates can be told.' })
  readonly upper: number;
}

@ObjectType({
  description:
    'What becomes of the number of ambassadors A if all goes on as in the last six whole months, less those before the first ambassador: A(next month) = A + joinsPerMonth + A × friendsPerAmbassadorMonth. With only the latter, a program grows by itself. The bounds take both rates at the ends of their exact Poisson intervals (Garwood), which hold together at least 95% of the time; they say how far the rates can be told, not what else may change.',
})
export class GrowthProjection {
  @Field({ description: 'The whole months that it is told from begin here: six, or as many as had ambassadors.' })
  readonly basedFrom: Date;

  @Field({ description: 'They end here.' })
  readonly basedTo: Date;

  @Field(() => Float, { description: 'Ambassadors who joined in an average month, without those who came as friends.' })
  readonly joinsPerMonth: number;

  @Field(() => Float, { description: 'Friends who joined for each ambassador in an average month: k by the month.' })
  readonly friendsPerAmbassadorMonth: number;

  @Field(() => [GrowthPoint], { description: 'The months to come, at most 24.' })
  readonly points: readonly GrowthPoint[];
}

const monthsText = `must be from 1 to ${monthsMax}`;

@Validated(z.object({ months: z.number().int().min(1, monthsText).max(monthsMax, monthsText) }))
@ArgsType()
export class ActivationMonthsArgs {
  @Field(() => Int, { defaultValue: 12, description: 'How many months, this one the last, from 1 to 36.' })
  readonly months: number = 12;
}

@Validated(z.object({ months: z.number().int().min(1, 'must be from 1 to 24').max(24, 'must be from 1 to 24') }))
@ArgsType()
export class ProjectionArgs {
  @Field(() => Int, { defaultValue: 12, description: 'How many months ahead, from 1 to 24.' })
  readonly months: number = 12;
}
