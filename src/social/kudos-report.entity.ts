import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';

/** That an ambassador thinks that some kudos should not be there; gone once a moderator has decided. */
@Entity('kudos_report')
export class KudosReport {
  @IdColumn('kudos_id')
  readonly kudosId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'reporter_id' })
  readonly reporterId: string;

  @Stored('time', 'reported_at')
  readonly reportedAt: Date;
}
