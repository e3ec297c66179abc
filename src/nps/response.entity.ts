import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';

@ObjectType({ implements: Node, description: 'An answer to the NPS question.' })
@Entity('nps_response')
@Index('uq_nps_response_contact', ['surveyId', 'contactId', 'respondedAt'], { unique: true })
@Index('uq_nps_response_source', ['surveyId', 'sourceId'], { unique: true })
@Index('ix_nps_response_score', ['surveyId', 'score', 'respondedAt'])
export class NpsResponse extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'survey_id')
  readonly surveyId: string;

  /** Null where the survey is anonymous. */
  @Optional('id', 'contact_id')
  readonly contactId: string | null;

  @Field(() => Int, { description: 'The score as it was given.' })
  @Stored('integer', 'score')
  readonly score: number;

  @Field(() => String, { nullable: true, description: 'What the respondent added in words.' })
  @Optional('text', 'comment')
  readonly comment: string | null;

  @Field({ description: 'When the answer was given.' })
  @Stored('time', 'responded_at')
  readonly respondedAt: Date;

  /** What the answer is called where it came from, to know it again; null if it has no name there. */
  @Optional('line', 'source_id')
  readonly sourceId: string | null;

  @Stored('time', 'recorded_at')
  readonly recordedAt: Date;
}
