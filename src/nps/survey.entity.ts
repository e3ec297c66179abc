import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import type { NpsSchemeKey } from '../programs/nps-scheme-key.js';

/** A question that answers are gathered under; every program has the survey `nps` from the start. */
@Entity('survey')
@Index('uq_survey_key', ['programId', 'key'], { unique: true })
export class Survey {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('key', 'survey_key')
  readonly key: string;

  @Stored('line', 'name')
  readonly name: string;

  /** Its own scheme; null for the program's. */
  @Optional('key', 'scheme')
  readonly schemeKey: NpsSchemeKey | null;

  @Stored('time', 'created_at')
  readonly createdAt: Date;
}
