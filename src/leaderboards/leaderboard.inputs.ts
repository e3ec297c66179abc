import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { AttributeFilter, attributeFilterRules } from '../contacts/attribute-filter.js';
import { pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { LeaderboardWindow } from './leaderboard.window.js';
import { SeasonPrizeInput, seasonPrizes } from './season.inputs.js';

/** As many on either side as a screen shows; each costs the reader an object. */
const radiusMax = 25;

@Validated(
  z.object({
    key: rules.key,
    name: rules.line(),
    kinds: z
      .array(z.enum(ChallengeKind))
      .min(1, 'must name at least one kind; leave it out for all points')
      .transform((kinds) => [...new Set(kinds)])
      .nullish(),
    attribute: attributeFilterRules.nullish(),
    from: rules.time.nullish(),
    to: rules.time.nullish(),
    seasonPrizes: seasonPrizes.nullish(),
  }),
)
@InputType({ description: 'A new leaderboard.' })
export class LeaderboardCreateInput {
  @Field({ description: 'The name for programs, unique in the program: lower-case letters, digits, hyphens.' })
  readonly key: string;

  @Field({ description: 'The name for people, at most 200 characters.' })
  readonly name: string;

  @Field(() => LeaderboardWindow, { description: 'Over which time points count.' })
  readonly window: LeaderboardWindow;

  @Field(() => [ChallengeKind], {
    nullable: true,
    description: 'Points of these kinds only; all points, also those given by hand, if left out.',
  })
  readonly kinds?: readonly ChallengeKind[] | null;

  @Field(() => AttributeFilter, {
    nullable: true,
    description: 'Ambassadors with this attribute only. Who gets or loses it later comes and goes with all points.',
  })
  readonly attribute?: AttributeFilter | null;

  @Field(() => Date, { nullable: true, description: 'Of a board of one season (SEASON), from when points count.' })
  readonly from?: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Of a board of one season (SEASON), until when points count, itself not included.',
  })
  readonly to?: Date | null;

  @Field(() => [SeasonPrizeInput], {
    nullable: true,
    description:
      'What the best places win when a window or the season ends; an empty list for the final standing alone. Left out, windows end without one; a board of one season always has it.',
  })
  readonly seasonPrizes?: readonly SeasonPrizeInput[] | null;
}

@Validated(pageRules.extend({ periodOf: rules.time.nullish() }))
@ArgsType()
export class LeaderboardArgs {
  @Field(() => String, { defaultValue: 'all-time', description: 'The key of the board.' })
  readonly key: string = 'all-time';

  @Field(() => Int, { defaultValue: 10, description: 'How many, from 1 to 100.' })
  readonly first: number = 10;

  @Field(() => String, { nullable: true, description: 'The cursor after which to go on.' })
  readonly after?: string | null;

  @Field(() => Int, { nullable: true, description: 'How many from the end, from 1 to 100; goes before `first`.' })
  readonly last?: number | null;

  @Field(() => String, { nullable: true, description: 'The cursor before which to end.' })
  readonly before?: string | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'Any moment of the window to look at; the current one if left out. Means nothing on a board of all time.',
  })
  readonly periodOf?: Date | null;
}

@Validated(
  z.object({
    radius: z.number().int().min(1, `must be from 1 to ${radiusMax}`).max(radiusMax, `must be from 1 to ${radiusMax}`),
  }),
)
@ArgsType()
export class NeighboursArgs {
  @Field(() => Int, { defaultValue: 2, description: `How many on either side, from 1 to ${radiusMax}.` })
  readonly radius: number = 2;
}
