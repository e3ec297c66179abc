import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import type { NpsSchemeKey } from './nps-scheme-key.js';

@ObjectType({ implements: Node, description: "One brand's program. Nothing crosses from one program to another." })
@Entity('program')
@Index('uq_program_slug', ['slug'], { unique: true })
export class Program extends Node {
  @IdColumn()
  override readonly id: string;

  @Field({ description: 'The name for programs and addresses, as in demo.' })
  @Stored('key', 'slug')
  readonly slug: string;

  @Field({ description: 'The name for people.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field({
    description: 'IANA time zone, as in Europe/Amsterdam. Weeks, months and other windows begin at midnight there.',
  })
  @Stored('key', 'time_zone')
  readonly timeZone: string;

  @Stored('key', 'nps_scheme')
  readonly npsSchemeKey: NpsSchemeKey;

  /** Of the scheme OWN; null for any other. */
  @Optional('integer', 'detractor_to')
  readonly detractorTo: number | null;

  @Optional('integer', 'promoter_from')
  readonly promoterFrom: number | null;

  @Field(() => Int, {
    description: 'From this score on a response is answered with a call to action; 7 by default, whatever the bands.',
  })
  @Stored('integer', 'ask_from_score')
  readonly askFromScore: number;

  @Field({ description: 'When the program began.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;
}
