import { ArgsType, Field, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { defaultSurveyKey } from '../../nps/survey.entity.js';
import { connectionOf } from '../../platform/graphql/connection.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { Validated } from '../../platform/graphql/input.js';

export const ChurnReason = graphqlEnum('ChurnReason', 'What speaks for somebody being about to leave.', {
  DETRACTOR: 'The last score was that of a detractor.',
  FALLING: 'The last score was at least 2 points below the mean of the up to four before it.',
  LOWER_BAND: 'The last score was in a lower band than the one before it.',
  SILENT: 'No answer for more than 365 days, after there had been some.',
});
export type ChurnReason = keyof typeof ChurnReason;

/** How much each reason counts; together 100. A rule of thumb, and not a chance: nobody has measured it on a program's own leavers. */
export const churnWeights: Readonly<Record<ChurnReason, number>> = {
  DETRACTOR: 30,
  FALLING: 30,
  LOWER_BAND: 20,
  SILENT: 20,
};
export const everyChurnReason = Object.keys(churnWeights) as readonly ChurnReason[];

@ObjectType({ description: 'How much one reason counts.' })
export class ChurnWeight {
  @Field(() => ChurnReason, { description: 'The reason.' })
  readonly reason: ChurnReason;

  @Field(() => Int, { description: 'What it adds to the risk.' })
  readonly points: number;
}

@ObjectType({ description: 'Somebody whose scores say that they may be about to leave, and why.' })
export class ChurnRisk {
  readonly contactId: string;

  @Field(() => Int, { description: 'The sum of what the reasons count, 1 to 100: a rank, and not a chance.' })
  readonly risk: number;

  @Field(() => [ChurnReason], { description: 'Why, those that count most first: one to four.' })
  readonly reasons: readonly ChurnReason[];

  @Field(() => Int, { description: 'The last score.' })
  readonly lastScore: number;

  @Field({ description: 'When it was given.' })
  readonly lastAnsweredAt: Date;

  @Field(() => Int, {
    nullable: true,
    description: 'The score before it; null where there is none in these 36 months.',
  })
  readonly scoreBefore: number | null;
}

@ObjectType({ description: 'A page of people who may be about to leave.' })
export class ChurnRiskConnection extends connectionOf(ChurnRisk) {}

@ObjectType({
  description:
    'Who may be about to leave, by the course of their scores in one survey over the last 36 months: a rule that is told whole, weights and all. Anonymous answers are nobody, and in none of it.',
})
export class ChurnOutlook {
  readonly surveyId: string;

  @Field({ description: 'The survey, by its key.' })
  readonly surveyKey: string;

  @Field(() => [ChurnWeight], { description: 'How much each reason counts.' })
  readonly weights: readonly ChurnWeight[];
}

@Validated(z.object({ surveyKey: z.string().max(64, 'must not be longer than 64 characters') }))
@ArgsType()
export class ChurnArgs {
  @Field({ defaultValue: defaultSurveyKey, description: 'The survey whose answers tell it.' })
  readonly surveyKey: string = defaultSurveyKey;
}
