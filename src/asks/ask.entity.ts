import { ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';

@ObjectType({ description: 'What a respondent is asked next: a challenge, to join, or nothing but thanks.' })
@Entity('ask')
@Index('uq_ask_response', ['responseId'], { unique: true })
@Index('ix_ask_contact', ['contactId', 'id'])
export class Ask {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** Who is asked; null where the survey is anonymous. */
  @Optional('id', 'contact_id')
  readonly contactId: string | null;

  /** The ambassador that the contact was when it was asked; null for one who had not joined. */
  @Optional('id', 'ambassador_id')
  readonly ambassadorId: string | null;

  /** What is asked for; null where nothing was open that was not asked for just before. */
  @Optional('id', 'challenge_id')
  readonly challengeId: string | null;

  /** The answer that gave cause to ask. */
  @Stored('id', 'response_id')
  readonly responseId: string;

  @Stored('time', 'asked_at')
  readonly askedAt: Date;
}
