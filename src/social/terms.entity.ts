import { Field, Int, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';

/** How a program lets ambassadors see each other's deeds. A program without such a row has `defaultTerms`. */
@ObjectType({ description: 'How ambassadors of the program see what others do, and praise it.' })
@Entity('social_terms')
export class SocialTerms {
  @IdColumn('program_id')
  readonly programId: string;

  @Field({ description: 'Whether there is an activity feed; true by default. Only those are shown in it who share.' })
  @Stored('boolean', 'feed_on')
  readonly feedOn: boolean;

  @Field(() => Int, { description: 'So many days an item stays in the feed, then it is forgotten; 90 by default.' })
  @Stored('integer', 'kept_days')
  readonly keptDays: number;

  @Field(() => Int, {
    description: 'How often an ambassador can give kudos in a day; 10 by default. 0: there are none.',
  })
  @Stored('integer', 'kudos_per_day_max')
  readonly kudosPerDayMax: number;

  @Field(() => Int, { description: 'The points that kudos bring who gets them; 0 by default.' })
  @Stored('integer', 'kudos_points')
  readonly kudosPoints: number;

  @Field(() => Int, {
    description: 'The points that one ambassador can get by kudos in a day; further kudos bring none. 100 by default.',
  })
  @Stored('integer', 'kudos_points_per_day_max')
  readonly kudosPointsPerDayMax: number;
}

/** What holds for the items of a program that never said how long they stay. */
export const defaultKeptDays = 90;

/** What a program has that never said otherwise. */
export function defaultTerms(programId: string): SocialTerms {
  return Object.assign(new SocialTerms(), {
    programId,
    feedOn: true,
    keptDays: defaultKeptDays,
    kudosPerDayMax: 10,
    kudosPoints: 0,
    kudosPointsPerDayMax: 100,
  });
}
