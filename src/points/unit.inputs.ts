import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

export const unitKey = rules.key.max(30, 'must not be longer than 30 characters');

const range = (min: number, max: number) => {
  const text = `must be from ${min} to ${max.toLocaleString('en')}`;
  return z.number().int().min(min, text).max(max, text).nullish();
};

@Validated(
  z.object({
    key: unitKey,
    name: rules.line(60).nullish(),
    giftsAllowed: z.boolean().nullish(),
    giftPointsMin: range(1, 1_000_000),
    giftPointsPerDayMax: range(1, 100_000_000),
    giftsPerDayMax: range(1, 1_000),
  }),
)
@InputType({ description: 'A unit to add, or to change; of one that is there, what is left out stays as it is.' })
export class PointsUnitSetInput {
  @Field({ description: 'The name for programs, as in credits; at most 30 characters. The default unit is points.' })
  readonly key: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name for people, at most 60 characters; needed for a new one.',
  })
  readonly name?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether ambassadors may give them to each other; at first not.',
  })
  readonly giftsAllowed?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'The least that can be given at once; at first 1.' })
  readonly giftPointsMin?: number | null;

  @Field(() => Int, { nullable: true, description: 'The most that an ambassador can give in a day; at first 1,000.' })
  readonly giftPointsPerDayMax?: number | null;

  @Field(() => Int, { nullable: true, description: 'How often an ambassador can give in a day; at first 5.' })
  readonly giftsPerDayMax?: number | null;
}
