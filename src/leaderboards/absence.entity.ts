import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';

/** In place of a board: what an ambassador says of every board, also of those that are made later. */
export const everyBoard = '';

/** That an ambassador left a board, or every board; or, of one board, that it came back to it alone. */
@Entity('board_absence')
export class BoardAbsence {
  @IdColumn('ambassador_id')
  readonly ambassadorId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'board_id' })
  readonly boardId: string;

  @Stored('boolean', 'is_away')
  readonly isAway: boolean;
}
