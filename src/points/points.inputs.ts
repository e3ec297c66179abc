import { ArgsType, Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { PointsAccount } from './points.entity.js';
import { defaultUnitKey } from './unit.entity.js';
import { unitKey } from './unit.inputs.js';

/** More than any program pays at once; keeps sums within GraphQL's Int. */
const amountPointsMax = 100_000_000;
export const amountPoints = z
  .number()
  .int()
  .min(-amountPointsMax, 'must be from -100,000,000 to 100,000,000')
  .max(amountPointsMax, 'must be from -100,000,000 to 100,000,000');

@Validated(
  z.object({
    ambassadorId: rules.globalId,
    amountPoints: amountPoints.refine((amount) => amount !== 0, 'must not be 0'),
    reason: rules.line(200),
    idempotencyKey: rules.idempotencyKey,
    unitKey: unitKey.nullish(),
  }),
)
@InputType({ description: 'Points to give or take by hand.' })
export class PointsAdjustInput {
  @Field(() => ID, { description: 'The ambassador.' })
  readonly ambassadorId: string;

  @Field(() => Int, { description: 'Not 0; negative takes away what is available.' })
  readonly amountPoints: number;

  @Field({ description: 'Why, for the ambassador to read; at most 200 characters.' })
  readonly reason: string;

  @Field({ description: 'Any text of the caller; the same key again answers with the first result.' })
  readonly idempotencyKey: string;

  @Field(() => String, { nullable: true, description: 'In which unit, by its key; in the default one if left out.' })
  readonly unitKey?: string | null;
}

@Validated(
  z.object({
    entryId: rules.globalId,
    amountPoints: z.number().int().min(1, 'must be 1 or more').nullish(),
    reason: rules.line(200),
    idempotencyKey: rules.idempotencyKey,
  }),
)
@InputType({ description: 'An entry to undo, whole or in part.' })
export class PointsReverseInput {
  @Field(() => ID, { description: 'The entry: an award or an adjustment.' })
  readonly entryId: string;

  @Field(() => Int, { nullable: true, description: 'A part of it, 1 or more; what is left of the entry if left out.' })
  readonly amountPoints?: number | null;

  @Field({ description: 'Why, for the ambassador to read; at most 200 characters.' })
  readonly reason: string;

  @Field({ description: 'Any text of the caller; the same key again answers with the first result.' })
  readonly idempotencyKey: string;
}

@Validated(pageRules.extend({ unitKey }))
@ArgsType()
export class PointsEntriesArgs extends PageArgs {
  @Field(() => PointsAccount, { defaultValue: PointsAccount.AVAILABLE, description: 'Which of the two accounts.' })
  readonly account: PointsAccount = PointsAccount.AVAILABLE;

  @Field({ defaultValue: defaultUnitKey, description: 'In which unit, by its key.' })
  readonly unitKey: string = defaultUnitKey;
}
