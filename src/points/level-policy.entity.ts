import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';

/** How levels are lost. A program without such a row takes none away. */
@ObjectType({ description: 'How levels are lost: by what was earned lately, and after a time of grace.' })
@Entity('level_policy')
export class LevelPolicy {
  @IdColumn('program_id')
  readonly programId: string;

  @Field(() => Int, { description: 'Points that were earned in so many months before now count for the level.' })
  @Stored('integer', 'months')
  readonly months: number;

  @Field(() => Int, { description: 'So many days a level is kept that the points do not reach any more.' })
  @Stored('integer', 'grace_days')
  readonly graceDays: number;
}

/** The level that an ambassador keeps although newer points may not reach it. Written by the job that lowers levels. */
@Entity('level_hold')
@Index('ix_level_hold_program', ['programId', 'ambassadorId'])
export class LevelHold {
  @IdColumn('ambassador_id')
  readonly ambassadorId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** The points that reached the level that is kept. */
  @Stored('integer', 'points')
  readonly points: number;

  /** When the grace ends; null while the points reach the level. */
  @Optional('time', 'lower_at')
  readonly lowerAt: Date | null;
}
