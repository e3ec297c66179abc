import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';
import { ChallengeKind } from './challenge.entity.js';
import { endsBeforeStart } from './challenge.inputs.js';

const percent = 'must be from 101 to 1,000';

@Validated(
  z
    .object({
      name: rules.line(80),
      multiplierPercent: z.number().int(percent).min(101, percent).max(1_000, percent),
      startsAt: rules.time,
      endsAt: rules.time,
      kinds: z
        .array(z.enum(ChallengeKind))
        .min(1, 'must name at least one')
        .max(15, 'must not be more than 15')
        .nullish(),
      challengeIds: z
        .array(rules.globalId)
        .min(1, 'must name at least one')
        .max(100, 'must not be more than 100')
        .nullish(),
    })
    .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ['endsAt'], error: endsBeforeStart }),
)
@InputType({ description: 'A new time in which challenges pay more.' })
export class BonusWindowCreateInput {
  @Field({ description: 'What ambassadors read, as in "Double points weekend"; at most 80 characters.' })
  readonly name: string;

  @Field(() => Int, { description: 'What points are multiplied with, in percent, 101 to 1,000: 200 doubles them.' })
  readonly multiplierPercent: number;

  @Field({ description: 'When it begins.' })
  readonly startsAt: Date;

  @Field({ description: 'When it ends, itself not included.' })
  readonly endsAt: Date;

  @Field(() => [ChallengeKind], {
    nullable: true,
    description: 'Only challenges of these kinds; of every kind if left out.',
  })
  readonly kinds?: readonly ChallengeKind[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only these challenges, at most 100; every one if left out.' })
  readonly challengeIds?: readonly string[] | null;
}

@Validated(z.object({ bonusWindowId: rules.globalId }))
@InputType({ description: 'A bonus window to call off.' })
export class BonusWindowCancelInput {
  @Field(() => ID, { description: 'The bonus window.' })
  readonly bonusWindowId: string;
}
