import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';

/** Of points that came from another ambassador: those of one age. They keep it, or sending would make points young. */
@Entity('points_received_part')
export class ReceivedPart {
  @IdColumn('transfer_id')
  readonly transferId: string;

  /** 0, 1, 2 …, oldest first. */
  @PrimaryColumn('integer', { name: 'part' })
  readonly part: number;

  @Stored('integer', 'points')
  readonly points: number;

  @Stored('time', 'earned_at')
  readonly earnedAt: Date;
}
