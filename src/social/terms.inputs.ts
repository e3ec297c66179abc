import { Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { Validated } from '../platform/graphql/input.js';

const within = (min: number, max: number) => {
  const text = `must be from ${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;
  return z.number().int().min(min, text).max(max, text).nullish();
};

@Validated(
  z.object({
    keptDays: within(1, 365),
    kudosPerDayMax: within(0, 1_000),
    kudosPoints: within(0, 1_000),
    kudosPointsPerDayMax: within(0, 100_000),
  }),
)
@InputType({ description: 'How ambassadors see what others do, and praise it. What is left out stays.' })
export class SocialTermsSetInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether there is an activity feed. Turned off, nothing is shown, and nothing is noted meanwhile.',
  })
  readonly feedOn?: boolean | null;

  @Field(() => Int, { nullable: true, description: 'So many days an item stays in the feed, 1 to 365.' })
  readonly keptDays?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How often an ambassador can give kudos in a day, 0 to 1,000. 0: there are none.',
  })
  readonly kudosPerDayMax?: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The points that kudos bring who gets them, 0 to 1,000; for kudos given from now on.',
  })
  readonly kudosPoints?: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'The points that one ambassador can get by kudos in a day, 0 to 100,000, and not less than kudos bring.',
  })
  readonly kudosPointsPerDayMax?: number | null;
}
