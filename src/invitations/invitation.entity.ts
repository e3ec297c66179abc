import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';
import { NotAskedReason } from './reason.js';

export const InvitationStatus = graphqlEnum(
  'InvitationStatus',
  'How far an invitation is. Opening it is not watched.',
  {
    PLANNED: 'Waits for its turn, or for the provider to take it.',
    SENDING: 'Is being handed to the provider.',
    SENT: 'The provider has it, or the link is handed out. Whether it arrived, nobody knows.',
    UNCERTAIN: 'The connection broke while it was handed over: it went out, or did not. It is not sent again.',
    ANSWERED: 'Its link was answered by; not told of anonymous surveys.',
    BOUNCED: 'The address takes no mail.',
    UNSUBSCRIBED: 'They want no more of this.',
    FAILED: 'The provider would not have it, or not within some hours.',
    NOT_ASKED: 'It was not sent, for a reason.',
  },
);
export type InvitationStatus = keyof typeof InvitationStatus;

@ObjectType({ implements: Node, description: 'That a wave asks one person. There is one for each person and wave.' })
@Entity('survey_invitation')
@Index('uq_survey_invitation_contact', ['waveId', 'contactId'], { unique: true })
@Index('ix_survey_invitation_due', ['waveId', 'dueAt'])
@Index('ix_survey_invitation_status', ['waveId', 'storedStatus', 'reason'])
@Index('ix_survey_invitation_person', ['contactId', 'id'])
@Index('ix_survey_invitation_sending', ['storedStatus', 'changedAt'])
export class SurveyInvitation extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'wave_id')
  readonly waveId: string;

  @Stored('id', 'contact_id')
  readonly contactId: string;

  /** All but ANSWERED, which is what its link says. */
  @Stored('key', 'status')
  readonly storedStatus: InvitationStatus;

  @Field(() => NotAskedReason, { nullable: true, description: 'Why it was not sent; null where it was or will be.' })
  @Optional('key', 'reason')
  readonly reason: NotAskedReason | null;

  @Field({ description: 'The language that they are asked in, as in nl.' })
  @Stored('key', 'language')
  readonly language: string;

  /** Their link; null before it is needed. */
  @Optional('id', 'link_id')
  readonly linkId: string | null;

  @Field(() => Int, { description: 'How many mails went out for it, reminders included.' })
  @Stored('integer', 'mails')
  readonly mails: number;

  /** How often the mail that is due now was tried. */
  @Stored('integer', 'attempts')
  readonly attempts: number;

  /** When the next mail is due; null where none is. */
  @Optional('time', 'due_at')
  readonly dueAt: Date | null;

  /** Who sends it now: what comes of it is written down by nobody else. */
  @Optional('id', 'claim')
  readonly claim: string | null;

  /** Of the last mail. */
  @Optional('line', 'message_id')
  readonly messageId: string | null;

  @Field(() => Date, { nullable: true, description: 'When it first went out; null before that.' })
  @Optional('time', 'sent_at')
  readonly sentAt: Date | null;

  @Stored('time', 'changed_at')
  readonly changedAt: Date;
}
