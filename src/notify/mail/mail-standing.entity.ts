import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';

/** What stands in the way of writing to somebody; no row where nothing does. */
@Entity('mail_standing')
@Index('ix_mail_standing_program', ['programId'])
export class MailStanding {
  @IdColumn('contact_id')
  readonly contactId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** When they asked for no more mail; null if they did not. */
  @Optional('time', 'unsubscribed_at')
  readonly unsubscribedAt: Date | null;

  @Optional('time', 'bounced_at')
  readonly bouncedAt: Date | null;

  /** The address that took no mail. Once the contact has another one, it stands in nobody's way. */
  @Optional('line', 'bounced_address')
  readonly bouncedAddress: string | null;

  /** The code that the provider gave, as in 550 5.1.1. */
  @Optional('line', 'bounce_reason')
  readonly bounceReason: string | null;
}
