import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { AudienceRuleNode } from '../audience/audience.inputs.js';
import type { AudienceRule } from '../audience/rule.js';
import { FatigueKind } from '../fatigue/fatigue-kind.js';
import { SurveyChannel } from '../nps/links/survey-link.entity.js';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const WaveStatus = graphqlEnum('WaveStatus', 'How far a wave is.', {
  SCHEDULED: 'Waits for its moment.',
  RUNNING: 'Asks people, or waits to remind them.',
  PAUSED: 'Sends nothing until it is resumed.',
  CANCELLED: 'Sends nothing more. What went out stays out.',
  DONE: 'Asked everybody whom it was to ask.',
});
export type WaveStatus = keyof typeof WaveStatus;

@ObjectType({ implements: Node, description: 'A survey that goes out to many people at a moment.' })
@Entity('invitation_wave')
@Index('ix_invitation_wave_program', ['programId', 'id'])
@Index('ix_invitation_wave_free', ['finishedAt', 'freeFrom'])
export class InvitationWave extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'survey_id')
  readonly surveyId: string;

  @Field(() => FatigueKind, { description: 'By which clock its people are asked: that of the survey.' })
  @Stored('key', 'ask_kind')
  readonly askKind: FatigueKind;

  @Field({ description: 'What staff call it.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field(() => SurveyChannel, { description: 'How it reaches people.' })
  @Stored('key', 'channel')
  readonly channel: SurveyChannel;

  @Field(() => AudienceRuleNode, {
    nullable: true,
    description: 'Whom it is meant for, as it holds when it begins; null where the people are named one by one.',
  })
  @Optional('json', 'audience')
  readonly audience: AudienceRule | null;

  /** Whom it is meant for, one by one; null where a rule says so. */
  @Optional('json', 'contact_ids')
  readonly contactIds: readonly string[] | null;

  @Field({ description: 'The language of those of whom no other is known, as in nl.' })
  @Stored('key', 'language')
  readonly language: string;

  @Field({ description: 'Whether everybody is asked in that language, whatever their own is.' })
  @Stored('boolean', 'is_language_fixed')
  readonly isLanguageFixed: boolean;

  @Field({ description: 'When it begins.' })
  @Stored('time', 'scheduled_at')
  readonly scheduledAt: Date;

  @Field(() => Int, { description: 'How many mails go out in a minute at most.' })
  @Stored('integer', 'rate_per_minute')
  readonly ratePerMinute: number;

  @Field(() => Int, {
    nullable: true,
    description: 'After how many days without an answer people are reminded; null: never.',
  })
  @Optional('integer', 'reminder_after_days')
  readonly reminderAfterDays: number | null;

  @Field(() => Int, { description: 'How often one person is reminded at most.' })
  @Stored('integer', 'reminders_max')
  readonly remindersMax: number;

  @Field(() => Int, { description: 'For how many days a link can be answered by, from when it goes out.' })
  @Stored('integer', 'link_days')
  readonly linkDays: number;

  /** From when the next mail may go out, by the rate. */
  @Stored('time', 'free_from')
  readonly freeFrom: Date;

  @Optional('time', 'started_at')
  readonly startedAt: Date | null;

  /** When everybody whom it is meant for had been looked at. */
  @Optional('time', 'selected_at')
  readonly selectedAt: Date | null;

  @Optional('time', 'paused_at')
  readonly pausedAt: Date | null;

  @Optional('time', 'cancelled_at')
  readonly cancelledAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When nothing was left to send; null before that.' })
  @Optional('time', 'finished_at')
  readonly finishedAt: Date | null;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => WaveStatus, { description: 'How far it is.' })
  status(): WaveStatus {
    if (this.cancelledAt !== null) return 'CANCELLED';
    if (this.finishedAt !== null) return 'DONE';
    if (this.pausedAt !== null) return 'PAUSED';
    return this.startedAt === null ? 'SCHEDULED' : 'RUNNING';
  }
}
