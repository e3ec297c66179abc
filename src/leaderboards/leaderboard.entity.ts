import { Field, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { ChallengeKind } from '../challenges/challenge.entity.js';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import { LeaderboardWindow } from './leaderboard.window.js';
import type { SeasonPrize } from './season.entity.js';

@ObjectType({ description: 'The attribute that ambassadors must have to stand on a board.' })
export class LeaderboardAttribute {
  @Field({ description: 'The name of the attribute, as in market.' })
  readonly name: string;

  @Field({ description: 'Its value as text: NL, 40, true.' })
  readonly value: string;
}

@ObjectType({
  implements: Node,
  description:
    'A leaderboard: ambassadors by the points they earned and kept, the most first. Points that are spent still count; points that are reversed do not. Who has none is not listed.',
})
@Entity('leaderboard')
@Index('uq_leaderboard_key', ['programId', 'key'], { unique: true })
export class Leaderboard extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'The name for programs, unique in the program, as in all-time.' })
  @Stored('key', 'board_key')
  readonly key: string;

  @Field({ description: 'The name for people.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field(() => LeaderboardWindow, { description: 'Over which time points count; each window begins at 0.' })
  @Stored('key', 'window_length')
  readonly window: LeaderboardWindow;

  /** The program's, kept here because every posting needs it: in which zone the entries of this board are counted. */
  @Stored('key', 'time_zone')
  readonly timeZone: string;

  @Field(() => [ChallengeKind], {
    nullable: true,
    description: 'Points of these kinds only; null: all points, also those given by hand.',
  })
  @Optional('json', 'kinds')
  readonly kinds: readonly ChallengeKind[] | null;

  @Optional('key', 'attribute_name')
  readonly attributeName: string | null;

  @Optional('line', 'attribute_value')
  readonly attributeValue: string | null;

  /** While the board is being counted from the ledger: the last ambassador that is done, '' before the first. */
  @Optional('id', 'filled_to')
  readonly filledTo: string | null;

  @Field(() => Date, { nullable: true, description: 'Of a board of one season, from when points count; else null.' })
  @Optional('time', 'season_from')
  readonly seasonFrom: Date | null;

  @Field(() => Date, {
    nullable: true,
    description: 'Of a board of one season, until when points count, itself not included; else null.',
  })
  @Optional('time', 'season_to')
  readonly seasonTo: Date | null;

  /** What its seasons win from now on; null while its windows end without a final standing. */
  @Optional('json', 'season_prizes')
  readonly seasonPrizes: readonly SeasonPrize[] | null;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => LeaderboardAttribute, {
    nullable: true,
    description: 'Ambassadors with this attribute only; null: all of them.',
  })
  attribute(): LeaderboardAttribute | null {
    if (this.attributeName === null || this.attributeValue === null) return null;
    return { name: this.attributeName, value: this.attributeValue };
  }

  @Field({ description: 'Whether its windows end in final standings: see `seasons`.' })
  keepsSeasons(): boolean {
    return this.seasonPrizes !== null;
  }

  @Field({
    description: 'Whether all points of the past are counted. A new board of a big program takes a while to be filled.',
  })
  isComplete(): boolean {
    return this.filledTo === null;
  }
}

/**
 * What one ambassador earned on one board in one window. A function of the ledger: points are the sum of what the
 * matching transfers earned, `reached` is the last of these transfers. Listed only while the points are above 0.
 */
@Entity('board_entry')
@Index('ix_board_entry_order', ['boardId', 'period', 'points', 'reached'])
@Index('ix_board_entry_counted', ['boardId', 'period', 'countedPoints', 'countedReached'])
@Index('ix_board_entry_period', ['boardId', 'period', 'ambassadorId'])
@Index('ix_board_entry_open', ['isOpen', 'boardId', 'period'])
export class BoardEntry {
  @PrimaryColumn('varchar', { length: '36', name: 'board_id' })
  readonly boardId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  /** Which window, as in 2026-03; '' on a board of all time. */
  @PrimaryColumn('varchar', { length: '64', name: 'period' })
  readonly period: string;

  @Stored('integer', 'points')
  readonly points: number;

  /** Ids of transfers sort by time and no two ambassadors share one, so this settles the order of equal points. */
  @Stored('id', 'reached')
  readonly reached: string;

  /** The place at which the blocks count this entry; null until they do. */
  @Optional('integer', 'counted_points')
  readonly countedPoints: number | null;

  @Optional('id', 'counted_reached')
  readonly countedReached: string | null;

  /** Whether it has moved since the blocks counted it. */
  @Stored('boolean', 'is_open')
  readonly isOpen: boolean;
}
