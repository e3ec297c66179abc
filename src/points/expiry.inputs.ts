import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { EarlierPoints, PointsExpiryKind, PointsExpiryUnit } from './expiry.entity.js';
import { defaultUnitKey } from './unit.entity.js';
import { unitKey } from './unit.inputs.js';

/** Ten years: nobody plans points longer. */
const lengthMax = { DAY: 3_650, MONTH: 120, YEAR: 10 } as const;

const termsFields = {
  unitKey,
  kind: z.enum(PointsExpiryKind),
  length: z.number().int().min(0, 'must be 0 or more'),
  lengthUnit: z.enum(PointsExpiryUnit),
  earlierPoints: z.enum(EarlierPoints),
  noticeDays: z.number().int().min(0, 'must be from 0 to 365').max(365, 'must be from 0 to 365'),
  inForceFrom: rules.time.nullish(),
};
const termsRules = z.object(termsFields).superRefine(({ kind, length, lengthUnit }, issues) => {
  const wrong = (message: string) => issues.addIssue({ code: 'custom', path: ['length'], message });
  if (kind === 'NEVER') return;
  const unit = kind === 'CALENDAR_YEAR' ? 'YEAR' : lengthUnit;
  if (length === 0 && kind !== 'CALENDAR_YEAR') wrong('must be 1 or more');
  if (length > lengthMax[unit]) wrong(`must not be more than ${lengthMax[unit].toLocaleString('en')}`);
});

@Validated(termsRules)
@InputType({ description: 'New terms of expiry for the points of one unit.' })
export class PointsExpirySetInput {
  @Field({ defaultValue: defaultUnitKey, description: 'The unit whose points they are, by its key.' })
  readonly unitKey: string = defaultUnitKey;

  @Field(() => PointsExpiryKind, { description: 'When points expire.' })
  readonly kind: PointsExpiryKind;

  @Field(() => Int, {
    defaultValue: 0,
    description: 'How long they last, at most ten years. Of CALENDAR_YEAR: how many years after that of earning.',
  })
  readonly length: number = 0;

  @Field(() => PointsExpiryUnit, {
    defaultValue: PointsExpiryUnit.MONTH,
    description: 'What the length is counted in; of CALENDAR_YEAR always years.',
  })
  readonly lengthUnit: PointsExpiryUnit = PointsExpiryUnit.MONTH;

  @Field(() => EarlierPoints, {
    defaultValue: EarlierPoints.KEEP_TERMS,
    description: 'What becomes of points that are there already.',
  })
  readonly earlierPoints: EarlierPoints = EarlierPoints.KEEP_TERMS;

  @Field(() => Int, {
    defaultValue: 30,
    description: 'So many days before points expire their ambassador is told, 0 to 365; 0: not at all.',
  })
  readonly noticeDays: number = 30;

  @Field(() => Date, { nullable: true, description: 'From then on, never in the past; from now on if left out.' })
  readonly inForceFrom?: Date | null;
}

@Validated(z.object({ until: rules.time, unitKey }))
@ArgsType()
export class ExpiringPointsArgs {
  @Field({ description: 'What expires until then.' })
  readonly until: Date;

  @Field({ defaultValue: defaultUnitKey, description: 'The unit, by its key.' })
  readonly unitKey: string = defaultUnitKey;
}

@Validated(
  z.object({
    until: rules.time,
    unitKey,
    terms: termsRules.nullish(),
    first: z.number().int().min(1, 'must be from 1 to 100').max(100, 'must be from 1 to 100'),
    after: z.string().max(500, 'is not a cursor').nullish(),
  }),
)
@ArgsType()
export class ExpiryPreviewArgs extends ExpiringPointsArgs {
  @Field(() => PointsExpirySetInput, {
    nullable: true,
    description: 'Terms to try out: what if they were set now? Nothing is set. The present terms if left out.',
  })
  readonly terms?: PointsExpirySetInput | null;

  @Field(() => Int, { defaultValue: 20, description: 'How many ambassadors, from 1 to 100.' })
  readonly first: number = 20;

  @Field(() => String, { nullable: true, description: 'The cursor after which to go on.' })
  readonly after?: string | null;
}
