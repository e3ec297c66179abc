import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const SeasonStatus = graphqlEnum('SeasonStatus', 'How far a season is.', {
  OPEN: 'Points still count, or it has only just ended.',
  CLOSING: 'It is over, and its final standing is being written.',
  CLOSED: 'Its final standing is there for good, and its prizes are paid.',
});
export type SeasonStatus = keyof typeof SeasonStatus;

@ObjectType({ description: 'What those get who end a season in these places.' })
export class SeasonPrize {
  @Field(() => Int, { description: 'The first place that wins it; 1 is the best.' })
  readonly fromPosition: number;

  @Field(() => Int, { description: 'The last place that wins it.' })
  readonly toPosition: number;

  @Field(() => Int, { nullable: true, description: 'Points for each of these places; null: none.' })
  readonly points?: number | null;

  @Field(() => String, { nullable: true, description: 'The code of the badge that each of them wins; null: none.' })
  readonly badgeCode?: string | null;
}

/** A stretch of time on one board that ends with a final standing. The times are those of its listing. */
@ObjectType({
  implements: Node,
  description:
    'A stretch of time on a leaderboard that ends in a final standing. What is posted or reversed once it has closed changes nothing of it.',
})
@Entity('season')
@Index('uq_season_key', ['boardId', 'key'], { unique: true })
export class Season extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'board_id')
  readonly boardId: string;

  @Field({ description: 'Its name on its board: the window, as in 2026-03, or the key of a board of one season.' })
  @Stored('key', 'season_key')
  readonly key: string;

  /** The listing of the board that it closes. */
  @Stored('key', 'period')
  readonly period: string;

  @Field({ description: 'From when points count.' })
  @Stored('time', 'from_at')
  readonly from: Date;

  @Field({ description: 'Until when points count, itself not included.' })
  @Stored('time', 'to_at')
  readonly to: Date;

  @Field(() => SeasonStatus, { description: 'Whether points still count, and whether the final standing is there.' })
  @Stored('key', 'status')
  readonly status: SeasonStatus;

  @Field(() => [SeasonPrize], { description: 'What can be won, best places first; empty: the place alone.' })
  @Stored('json', 'prizes')
  readonly prizes: readonly SeasonPrize[];

  @Field(() => Date, { nullable: true, description: 'When its final standing was complete; null until then.' })
  @Optional('time', 'closed_at')
  readonly closedAt: Date | null;
}

/** A place in the final standing. Written while its season closes, never again. */
@ObjectType({ description: 'A place in the final standing of a season.' })
@Entity('season_standing')
@Index('ix_season_standing_order', ['seasonId', 'position', 'points', 'reached'])
export class SeasonStanding {
  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'season_id' })
  readonly seasonId: string;

  @Field(() => Int, { description: 'What it had earned when the season closed.' })
  @Stored('integer', 'points')
  readonly points: number;

  @Stored('id', 'reached')
  readonly reached: string;

  /** Null until all who stand before are counted: never in a season that is closed. */
  @Field(() => Int, {
    description: '1, 2, 3, 4: unique. Of those with equal points, who reached them first stands first.',
  })
  @Optional('integer', 'position')
  readonly position: number | null;

  @Field(() => Int, { description: '1, 2, 2, 4: shared by those with equal points.' })
  @Optional('integer', 'rank_number')
  readonly rank: number | null;
}

/** The prize of a place; undefined where there is none. */
export function prizeAt(prizes: readonly SeasonPrize[], position: number): SeasonPrize | undefined {
  return prizes.find(({ fromPosition, toPosition }) => fromPosition <= position && position <= toPosition);
}
