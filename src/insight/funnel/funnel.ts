import { ArgsType, Field, Float, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { rules, Validated } from '../../platform/graphql/input.js';
import { SpanArgs } from '../periods.js';
import { Revenue } from '../referrals/figures.js';

export const LoopCohort = graphqlEnum('LoopCohort', 'What puts people in the cohort of a month.', {
  ASKED: 'Their first invitation of this time to any survey, as far as it went out.',
  ANSWERED: 'Their first answer of this time, to any survey. Anonymous answers are nobody, and in none.',
  JOINED: 'Becoming an ambassador.',
});
export type LoopCohort = keyof typeof LoopCohort;

export const LoopStep = graphqlEnum(
  'LoopStep',
  'How far somebody came in the loop; each step has taken all before it.',
  {
    ASKED: 'Was invited to answer a survey.',
    ANSWERED: 'Answered a survey in this time.',
    PROMOTER: 'Gave at least one answer of a promoter in this time, by the scheme of its survey.',
    JOINED: 'Became an ambassador.',
    ACTIVE: 'Did something: an approved submission, or anything of SHARED.',
    SHARED: 'Was heard: its link was followed, a friend was registered, or an approved submission shared something.',
    CONVERTED: 'A friend became a customer, and the order stands.',
  },
);
export type LoopStep = keyof typeof LoopStep;

/** The steps of each kind of cohort, in their order. */
export const stepsOf: Readonly<Record<LoopCohort, readonly LoopStep[]>> = {
  ASKED: ['ASKED', 'ANSWERED', 'PROMOTER', 'JOINED', 'ACTIVE', 'SHARED', 'CONVERTED'],
  ANSWERED: ['ANSWERED', 'PROMOTER', 'JOINED', 'ACTIVE', 'SHARED', 'CONVERTED'],
  JOINED: ['JOINED', 'ACTIVE', 'SHARED', 'CONVERTED'],
};

@ObjectType({ description: 'One step of the loop.' })
export class FunnelStep {
  @Field(() => LoopStep, { description: 'Which step.' })
  readonly step: LoopStep;

  @Field(() => Int, { description: 'How many people took it and all before it, until now.' })
  readonly people: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Their share of the first step, 0 to 1; null where nobody took that.',
  })
  readonly share: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Their share of the step before, 0 to 1; null at the first step, and where nobody took the one before.',
  })
  readonly conversion: number | null;
}

@ObjectType({ description: 'How far people came in the loop, and what it brought.' })
export class Funnel {
  @Field(() => [FunnelStep], { description: 'Each step of the kind of cohort, in order.' })
  readonly steps: readonly FunnelStep[];

  @Field(() => Int, {
    description: 'Friends of those who took the last step who became customers, and whose order stands.',
  })
  readonly newCustomers: number;

  @Field(() => [Revenue], {
    description: 'What these friends paid less what went back, by currency, the biggest first.',
  })
  readonly revenue: readonly Revenue[];
}

@ObjectType({ description: 'Those who came into the loop in one month.' })
export class FunnelCohort {
  @Field({ description: "When the month begins, in the program's time zone." })
  readonly from: Date;

  @Field(() => Funnel, {
    nullable: true,
    description:
      'How far they came until now; null where they are fewer than 5, or where fewer than 5 others could be told by subtraction.',
  })
  readonly funnel: Funnel | null;
}

@ObjectType({
  description:
    'The loop from the question to the new customer, by the month in which people came into it. Younger cohorts have had less time.',
})
export class LoopFunnel {
  @Field({ description: 'Whoever came in at this moment or later: the beginning of a month.' })
  readonly from: Date;

  @Field({ description: 'Whoever came in before this moment.' })
  readonly to: Date;

  @Field(() => LoopCohort, { description: 'What puts people in the cohort of a month.' })
  readonly by: LoopCohort;

  @Field(() => Funnel, { nullable: true, description: 'All together; null where they are fewer than 5.' })
  readonly all: Funnel | null;

  @Field(() => [FunnelCohort], { description: 'By month, oldest first, without gaps, at most 36.' })
  readonly cohorts: readonly FunnelCohort[];
}

@Validated(
  z
    .object({ by: z.enum(LoopCohort), from: rules.time.nullish(), to: rules.time.nullish() })
    .refine(({ from, to }) => !from || !to || from < to, { path: ['to'], error: 'must be later than from' }),
)
@ArgsType()
export class LoopFunnelArgs extends SpanArgs {
  @Field(() => LoopCohort, { defaultValue: LoopCohort.ANSWERED, description: 'What puts people in a cohort.' })
  readonly by: LoopCohort = LoopCohort.ANSWERED;
}
