import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

/** More steps than an academy needs. */
export const stepsMax = 50;

const challengeIds = z.array(rules.globalId).max(stepsMax, `must not be more than ${stepsMax}`);

@Validated(
  z.object({
    key: rules.key,
    title: rules.line(200),
    description: rules.text(10_000),
    challengeIds: challengeIds.min(1, 'must name at least one'),
  }),
)
@InputType({ description: 'A new track.' })
export class TrackCreateInput {
  @Field({ description: 'The name for programs, as in academy; unique in the program. Rules of badges ask for it.' })
  readonly key: string;

  @Field({ description: 'What ambassadors read first, at most 200 characters.' })
  readonly title: string;

  @Field({ defaultValue: '', description: 'What it is for, at most 10,000 characters.' })
  readonly description: string = '';

  @Field(() => [ID], { description: 'Its challenges in their order, 1 to 50, none of which is in another track.' })
  readonly challengeIds: readonly string[];
}

@Validated(
  z.object({
    trackId: rules.globalId,
    title: rules.line(200).nullish(),
    description: rules.text(10_000).nullish(),
    addChallengeIds: challengeIds.nullish(),
    archived: z.boolean().nullish(),
  }),
)
@InputType({ description: 'What to change of a track; what is left out stays as it is.' })
export class TrackUpdateInput {
  @Field(() => ID, { description: 'The track.' })
  readonly trackId: string;

  @Field(() => String, { nullable: true, description: 'What ambassadors read first, at most 200 characters.' })
  readonly title?: string | null;

  @Field(() => String, { nullable: true, description: 'What it is for, at most 10,000 characters.' })
  readonly description?: string | null;

  @Field(() => [ID], {
    nullable: true,
    description: 'Challenges to add at its end. Who has completed the track before has still completed it.',
  })
  readonly addChallengeIds?: readonly string[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'true puts it away: its challenges go without order; false takes it up again.',
  })
  readonly archived?: boolean | null;
}
