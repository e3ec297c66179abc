import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';

/**
 * A week in which an ambassador submitted something that was approved. Kept beside the submissions because the week is
 * the one of the program's time zone when it was approved: a program that moves to another zone takes no streak away.
 */
@Entity('active_week')
export class ActiveWeek {
  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  /** The Monday it begins with, as in 2026-03-02. */
  @PrimaryColumn('varchar', { length: '10', name: 'week_start' })
  readonly weekStart: string;
}

@ObjectType({
  description:
    "Weeks in a row with an approved submission. A week begins on Monday at midnight in the program's time zone; what counts is when something was submitted, not when it was approved.",
})
export class Streak {
  @Field(() => Int, {
    description: 'How many weeks in a row up to now: the run that ends in this week or in the one before; otherwise 0.',
  })
  readonly weeks: number;

  @Field(() => Int, { description: 'The longest run there ever was. Badges go by this.' })
  readonly longestWeeks: number;

  @Field({
    description: 'Whether this week counts already; if not, something submitted before it ends carries the run on.',
  })
  readonly activeThisWeek: boolean;
}
