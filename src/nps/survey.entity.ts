import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import type { NpsSchemeKey } from '../programs/nps-scheme-key.js';

/** The survey that every program has from the start. */
export const defaultSurveyKey = 'nps';

@ObjectType({
  implements: Node,
  description: 'A question that answers are gathered under; every program has the survey `nps` from the start.',
})
@Entity('survey')
@Index('uq_survey_key', ['programId', 'key'], { unique: true })
export class Survey extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'The name for programs, as in nps or enps-2026; unique in the program.' })
  @Stored('key', 'survey_key')
  readonly key: string;

  @Field({ description: 'The name for people.' })
  @Stored('line', 'name')
  readonly name: string;

  /** Its own scheme; null for the program's. */
  @Optional('key', 'scheme')
  readonly schemeKey: NpsSchemeKey | null;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  /** The zone by whose days its answers are counted; null before that has begun. */
  @Optional('key', 'counted_zone')
  readonly countedZone: string | null;

  /** While what was there before is being counted: answers from this moment on are. Null when all are. */
  @Optional('time', 'counted_from')
  readonly countedFrom: Date | null;
}
