import { Field, ID, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

const placesMax = 1_000;

const place = z
  .number()
  .int()
  .min(1, `must be from 1 to ${placesMax}`)
  .max(placesMax, `must be from 1 to ${placesMax}`);

const seasonPrize = z
  .object({
    fromPosition: place,
    toPosition: place,
    points: z.number().int().min(1, 'must be 1 or more').max(1_000_000, 'must not be more than 1,000,000').nullish(),
    badgeCode: rules.line(64).nullish(),
  })
  .refine(({ fromPosition, toPosition }) => fromPosition <= toPosition, {
    error: 'must not come before the first place',
    path: ['toPosition'],
  })
  .refine(({ points, badgeCode }) => points || badgeCode, 'must have points, a badge, or both');

type Places = { readonly fromPosition: number; readonly toPosition: number };

const apart = (prizes: readonly Places[]) =>
  prizes.every((prize, index) => index === 0 || prize.fromPosition > (prizes[index - 1]?.toPosition ?? 0));

/** Prizes by place, best places first. */
export const seasonPrizes = z
  .array(seasonPrize)
  .max(20, 'must not be more than 20 prizes')
  .refine(apart, 'must ascend, each from a later place than the one before ends with');

@InputType({ description: 'What those win who end a season in these places: points, a badge, or both.' })
export class SeasonPrizeInput {
  @Field(() => Int, { description: 'The first place that wins it, from 1.' })
  readonly fromPosition: number;

  @Field(() => Int, { description: 'The last place that wins it, up to 1,000.' })
  readonly toPosition: number;

  @Field(() => Int, { nullable: true, description: 'Points for each of these places, up to 1,000,000.' })
  readonly points?: number | null;

  @Field(() => String, { nullable: true, description: 'The code of a badge that each of them wins.' })
  readonly badgeCode?: string | null;
}

@Validated(z.object({ leaderboardId: rules.globalId, prizes: seasonPrizes.nullish() }))
@InputType({ description: 'Whether the windows of a board end in final standings, and what is won.' })
export class LeaderboardSeasonsSetInput {
  @Field(() => ID, { description: 'Which board; not one of all time.' })
  readonly leaderboardId: string;

  @Field(() => [SeasonPrizeInput], {
    nullable: true,
    description:
      'What the best places win, from the season under way on; an empty list for the final standing alone. Null: the season under way is the last.',
  })
  readonly prizes?: readonly SeasonPrizeInput[] | null;
}
