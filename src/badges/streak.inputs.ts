import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

@Validated(
  z.object({
    freezesMax: z.number().int().min(0, 'must be from 0 to 10').max(10, 'must be from 0 to 10'),
    freezeEveryWeeks: z.number().int().min(1, 'must be from 1 to 52').max(52, 'must be from 1 to 52').nullish(),
  }),
)
@InputType({ description: 'How streaks survive a week that is missed.' })
export class StreakTermsSetInput {
  @Field(() => Int, { description: 'How many freezes an ambassador can have at once, 0 to 10.' })
  readonly freezesMax: number;

  @Field(() => Int, {
    nullable: true,
    description: 'A freeze is earned each time that a streak has so many weeks more, 1 to 52; none if left out.',
  })
  readonly freezeEveryWeeks?: number | null;
}

@Validated(z.object({ ambassadorId: rules.globalId, idempotencyKey: rules.idempotencyKey }))
@InputType({ description: 'A freeze for an ambassador.' })
export class StreakFreezeGrantInput {
  @Field(() => ID, { description: 'Whose streak shall survive a week more.' })
  readonly ambassadorId: string;

  @Field({ description: 'A fresh key for each wish: the same key gives one freeze.' })
  readonly idempotencyKey: string;
}
