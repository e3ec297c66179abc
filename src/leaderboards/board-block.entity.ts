import { Entity, Index } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';

/**
 * A stretch of a board in its order, from `points` and `reached` on to where the next one begins, and how many entries
 * it was last known to hold. A place far down is counted by whole blocks, and entry by entry only in its own.
 */
@Entity('board_block')
@Index('uq_board_block_begin', ['boardId', 'period', 'points', 'reached'], { unique: true })
export class BoardBlock {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'board_id')
  readonly boardId: string;

  @Stored('key', 'period')
  readonly period: string;

  @Stored('integer', 'points')
  readonly points: number;

  @Stored('id', 'reached')
  readonly reached: string;

  /** Entries whose counted place lies here; those that are open have moved since, or are not counted yet. */
  @Stored('integer', 'entries')
  readonly entries: number;
}
