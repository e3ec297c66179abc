import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import type { FollowUpAnswer } from '../followups/follow-up.entity.js';

/** A follow-up answer that waits with the score it follows. */
export type WaitingFollowUp = Pick<FollowUpAnswer, 'questionKey' | 'metric' | 'number' | 'text'>;

/**
 * An answer to an anonymous survey that waits until there are enough others to go in with. Nothing leads from it to
 * whoever gave it: no contact, no link, no time but the day; and its id, which the response takes over, is no time either.
 */
@Entity('waiting_answer')
@Index('ix_waiting_answer_day', ['surveyId', 'day'])
export class WaitingAnswer {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'survey_id')
  readonly surveyId: string;

  /** In the program's time zone, as 20260302. */
  @Stored('integer', 'day')
  readonly day: number;

  @Stored('integer', 'score')
  readonly score: number;

  @Optional('text', 'comment')
  readonly comment: string | null;

  @Stored('json', 'follow_ups')
  readonly followUps: readonly WaitingFollowUp[];
}
