import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

const ascending = (levels: readonly { fromPoints: number }[]) =>
  levels.every((level, index) => index === 0 || level.fromPoints > (levels[index - 1]?.fromPoints ?? 0));

@InputType({ description: 'One level.' })
export class LevelInput {
  @Field({ description: 'The name that ambassadors see, at most 60 characters.' })
  readonly name: string;

  @Field(() => Int, { description: 'The lifetime points from which on it is reached.' })
  readonly fromPoints: number;

  @Field(() => [String], {
    nullable: true,
    description: 'What it brings, as sentences for ambassadors: at most 10 of at most 200 characters.',
  })
  readonly benefits?: readonly string[] | null;
}

@Validated(
  z.object({
    levels: z
      .array(
        z.object({
          name: rules.line(60),
          fromPoints: z.number().int().min(0).max(1_000_000_000),
          benefits: z.array(rules.line(200)).max(10, 'must not be more than 10').nullish(),
        }),
      )
      .min(1, 'must have at least one level')
      .max(50, 'must not be more than 50 levels')
      .refine((levels) => levels[0]?.fromPoints === 0, 'must begin with a level from 0 points')
      .refine(ascending, 'must ascend, each from more points than the one before'),
  }),
)
@InputType({ description: 'All levels of the program, lowest first.' })
export class LevelsSetInput {
  @Field(() => [LevelInput], { description: 'From the lowest, which begins at 0 points, to the highest.' })
  readonly levels: readonly LevelInput[];
}

@Validated(
  z.object({
    months: z.number().int().min(1, 'must be from 1 to 60').max(60, 'must be from 1 to 60').nullish(),
    graceDays: z.number().int().min(0, 'must be from 0 to 365').max(365, 'must be from 0 to 365'),
  }),
)
@InputType({ description: 'Whether and how levels are lost.' })
export class LevelPolicySetInput {
  @Field(() => Int, {
    nullable: true,
    description:
      'Points that were earned in so many months before now count for the level, 1 to 60. Null: no level is ever lost.',
  })
  readonly months?: number | null;

  @Field(() => Int, {
    defaultValue: 60,
    description: 'So many days a level is kept that the points do not reach any more, 0 to 365.',
  })
  readonly graceDays: number = 60;
}
