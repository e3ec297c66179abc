import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';

/**
 * A week in which an ambassador submitted something that was approved. Kept beside the submissions because the week is
 * the one of the program's time zone when it was approved: a program that moves to another zone takes no streak away.
 */
@Entity('active_week')
@Index('ix_active_week_week', ['weekStart', 'ambassadorId'])
export class ActiveWeek {
  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  /** The Monday it begins with, as in 2026-03-02. */
  @PrimaryColumn('varchar', { length: '10', name: 'week_start' })
  readonly weekStart: string;
}

/** How a program lets streaks survive. A program without such a row has no freezes, and nobody counts its weeks. */
@ObjectType({ description: 'How streaks survive a week that is missed.' })
@Entity('streak_terms')
export class StreakTerms {
  @IdColumn('program_id')
  readonly programId: string;

  @Field(() => Int, { description: 'How many freezes an ambassador can have at once; 0: none are earned or given.' })
  @Stored('integer', 'freezes_max')
  readonly freezesMax: number;

  @Field(() => Int, {
    nullable: true,
    description: 'A freeze is earned each time that a streak has so many weeks more; null: none are earned.',
  })
  @Optional('integer', 'freeze_every_weeks')
  readonly freezeEveryWeeks: number | null;
}

/** Spares one missed week, once. Written only while the balance of its ambassador is locked. */
@Entity('streak_freeze')
@Index('uq_streak_freeze_cause', ['ambassadorId', 'cause'], { unique: true })
@Index('ix_streak_freeze_week', ['programId', 'usedWeek', 'ambassadorId'])
export class StreakFreeze {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  /** What it was got for: `streak:<week>` when it was earned, `grant:<id>` when it was given. */
  @Stored('key', 'cause')
  readonly cause: string;

  @Stored('time', 'granted_at')
  readonly grantedAt: Date;

  /** The Monday of the week that it spared; null while it is left. */
  @Optional('key', 'used_week')
  readonly usedWeek: string | null;
}

@ObjectType({
  description:
    "Weeks in a row with an approved submission. A week begins on Monday at midnight in the program's time zone; what counts is when something was submitted, not when it was approved. A week that a freeze spared ends no streak, and adds nothing to it.",
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

  @Field(() => Int, { description: 'How many missed weeks it can still survive: one freeze for each, used by itself.' })
  readonly freezesLeft: number;

  @Field(() => String, {
    nullable: true,
    description: 'The Monday of the last week that a freeze spared, as in 2026-03-02; null where none did.',
  })
  readonly lastFrozenWeek: string | null;
}
