import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { Validated } from '../platform/graphql/input.js';
import { FatigueKind } from './fatigue-kind.js';

const daysError = 'must be from 0 to 730';
const days = z.number().int(daysError).min(0, daysError).max(730, daysError);

@InputType({ description: 'How often one person is asked for things of one kind.' })
export class FatigueClockInput {
  @Field(() => FatigueKind, { description: 'What is asked.' })
  readonly kind: FatigueKind;

  @Field(() => Int, { description: 'At most once in so many days, 0 to 730; 0: as often as there is cause to.' })
  readonly days: number;
}

@Validated(
  z.object({
    allDays: days.nullish(),
    clocks: z
      .array(z.object({ kind: z.enum(FatigueKind), days }))
      .refine((clocks) => new Set(clocks.map(({ kind }) => kind)).size === clocks.length, {
        error: 'must not name a kind twice',
      })
      .nullish(),
  }),
)
@InputType({ description: 'What to change of how often one person is asked; what is left out stays as it is.' })
export class FatigueBudgetSetInput {
  @Field(() => Int, {
    nullable: true,
    description: 'Nothing goes out to somebody who was asked for anything in so many days, 0 to 730.',
  })
  readonly allDays?: number | null;

  @Field(() => [FatigueClockInput], { nullable: true, description: 'The clocks of these kinds.' })
  readonly clocks?: readonly FatigueClockInput[] | null;
}
