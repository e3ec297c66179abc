import { Field, Float, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { ChallengeKind } from '../../challenges/challenge.entity.js';
import { Validated } from '../../platform/graphql/input.js';
import { unitKey } from '../../points/unit.inputs.js';

const unitsMax = 10;
const percent = z.number().int().min(0, 'must be from 0 to 100').max(100, 'must be from 0 to 100').nullish();
const people = z.number().min(0, 'must be from 0 to 1000').max(1_000, 'must be from 0 to 1000').nullish();

@InputType({ description: 'What one point of a unit costs the program.' })
export class PointValueInput {
  @Field({ description: 'The unit, by its key, as in points.' })
  readonly unitKey: string;

  @Field(() => Float, { description: 'Cents, from 0 to 1,000,000, with two decimals.' })
  readonly cents: number;
}

@InputType({ description: 'What one approved submission to a challenge of a kind is worth to the program.' })
export class ActValueInput {
  @Field(() => ChallengeKind, { description: 'The kind of challenge.' })
  readonly kind: ChallengeKind;

  @Field(() => Int, { description: 'Cents, from 0 to 100,000,000.' })
  readonly cents: number;
}

const pointValue = z.object({
  unitKey,
  cents: z
    .number()
    .min(0, 'must be from 0 to 1000000')
    .max(1_000_000, 'must be from 0 to 1000000')
    .refine((value) => Math.abs(value * 100 - Math.round(value * 100)) < 1e-6, 'must have at most two decimals'),
});
const actValue = z.object({
  kind: z.enum(ChallengeKind),
  cents: z.number().int().min(0, 'must be 0 or more').max(100_000_000, 'must not be more than 100,000,000'),
});

@Validated(
  z.object({
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code, as in EUR')
      .nullish(),
    pointValues: z
      .array(pointValue)
      .max(unitsMax, `must not be more than ${unitsMax}`)
      .refine(
        (values) => new Set(values.map((each) => each.unitKey)).size === values.length,
        'must name each unit once',
      )
      .nullish(),
    actValues: z
      .array(actValue)
      .max(50)
      .refine((values) => new Set(values.map(({ kind }) => kind)).size === values.length, 'must name each kind once')
      .nullish(),
    marginPercent: percent,
    activationFromPercent: percent,
    activationToPercent: percent,
    detractorTells: people,
    detractorTellsLow: people,
    detractorTellsHigh: people,
  }),
)
@InputType({ description: 'What to change of the terms of insight; what is left out stays. It holds at once.' })
export class InsightTermsSetInput {
  @Field(() => String, { nullable: true, description: 'ISO 4217, as in EUR; null takes it away.' })
  readonly currency?: string | null;

  @Field(() => [PointValueInput], {
    nullable: true,
    description: 'All values of points; they replace the earlier ones.',
  })
  readonly pointValues?: readonly PointValueInput[] | null;

  @Field(() => [ActValueInput], { nullable: true, description: 'All values of acts; they replace the earlier ones.' })
  readonly actValues?: readonly ActValueInput[] | null;

  @Field(() => Int, { nullable: true, description: 'How much of what friends pay is gained, 0 to 100 percent.' })
  readonly marginPercent?: number | null;

  @Field(() => Int, { nullable: true, description: 'Where the goal of activation begins, 0 to 100 percent.' })
  readonly activationFromPercent?: number | null;

  @Field(() => Int, { nullable: true, description: 'Where it ends, 0 to 100 percent; not below where it begins.' })
  readonly activationToPercent?: number | null;

  @Field(() => Float, { nullable: true, description: 'How many people a detractor tells, 0 to 1,000.' })
  readonly detractorTells?: number | null;

  @Field(() => Float, { nullable: true, description: 'At the least; not more than detractorTells.' })
  readonly detractorTellsLow?: number | null;

  @Field(() => Float, { nullable: true, description: 'At the most; not less than detractorTells.' })
  readonly detractorTellsHigh?: number | null;
}
