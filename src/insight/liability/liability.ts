import { ArgsType, Field, Float, Int, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { Validated } from '../../platform/graphql/input.js';
import { defaultUnitKey } from '../../points/unit.entity.js';
import { unitKey } from '../../points/unit.inputs.js';
import { monthsMax } from '../periods.js';

@ObjectType({ description: 'What ambassadors have in one unit, and could still ask rewards for.' })
export class UnitLiability {
  @Field({ description: 'The unit, by its key.' })
  readonly unitKey: string;

  @Field(() => Float, { description: 'Points that can be spent now, of all whose balance is above 0.' })
  readonly availablePoints: number;

  @Field(() => Float, { description: 'Points that become available when their pending period passes.' })
  readonly pendingPoints: number;

  @Field(() => Float, { description: 'Points that ambassadors owe: spent before they were reversed.' })
  readonly debtPoints: number;

  @Field(() => Float, { description: 'availablePoints and pendingPoints less debtPoints.' })
  readonly outstandingPoints: number;

  @Field(() => Float, {
    nullable: true,
    description: 'What the outstanding points cost, in cents; null where insightTerms says not what a point costs.',
  })
  readonly valueCents: number | null;
}

@ObjectType({ description: 'What the program owes its ambassadors in points, at this moment.' })
export class PointsLiability {
  @Field({ description: 'When it was counted.' })
  readonly at: Date;

  @Field(() => String, { nullable: true, description: 'In which values are told, ISO 4217; null without any.' })
  readonly currency: string | null;

  @Field(() => [UnitLiability], { description: 'Each unit of the program, the default one first.' })
  readonly units: readonly UnitLiability[];
}

@ObjectType({ description: 'What expires of the outstanding points if nobody earns or spends anything until then.' })
export class LiabilityExpiry {
  @Field({ description: 'Until then.' })
  readonly until: Date;

  @Field(() => Float, { description: 'How many points expire.' })
  readonly points: number;

  @Field(() => Float, {
    nullable: true,
    description: 'What they would have cost, in cents; null where insightTerms says not what a point costs.',
  })
  readonly valueCents: number | null;

  @Field({ description: 'Whether everybody was counted; of more than 20,000 ambassadors only so many are.' })
  readonly isComplete: boolean;
}

@ObjectType({ description: 'How what the program owes changed in one month.' })
export class LiabilityMonth {
  @Field({ description: "When the month begins, in the program's time zone." })
  readonly from: Date;

  @Field(() => Float, { description: 'Points given less points taken back.' })
  readonly issuedPoints: number;

  @Field(() => Float, { description: 'Points spent on rewards less those that came back from cancelled ones.' })
  readonly redeemedPoints: number;

  @Field(() => Float, { description: 'Points that expired less those that were given back.' })
  readonly expiredPoints: number;

  @Field(() => Float, { description: 'Outstanding points, debts taken off, at the end of the month, or now.' })
  readonly outstandingPoints: number;

  @Field(() => Float, {
    nullable: true,
    description: 'What these cost, in cents at what a point costs now; null where insightTerms does not say it.',
  })
  readonly valueCents: number | null;
}

@Validated(
  z.object({
    unitKey,
    months: z.number().int().min(1, `must be from 1 to ${monthsMax}`).max(monthsMax, `must be from 1 to ${monthsMax}`),
  }),
)
@ArgsType()
export class LiabilityMonthsArgs {
  @Field({ defaultValue: defaultUnitKey, description: 'Which unit, by its key.' })
  readonly unitKey: string = defaultUnitKey;

  @Field(() => Int, { defaultValue: 12, description: 'How many months, this one the last, from 1 to 36.' })
  readonly months: number = 12;
}

@Validated(z.object({ days: z.number().int().min(1, 'must be from 1 to 1095').max(1_095, 'must be from 1 to 1095') }))
@ArgsType()
export class LiabilityExpiryArgs {
  @Field(() => Int, { defaultValue: 365, description: 'How many days ahead, from 1 to 1,095.' })
  readonly days: number = 365;
}
