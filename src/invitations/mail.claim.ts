import type { Contact } from '../contacts/contact.entity.js';
import type { SurveyInvitation } from './invitation.entity.js';
import type { InvitationWave } from './wave.entity.js';

/** An invitation whose mail is one process's to send, as it was before that; and to whom it goes. */
export interface ClaimedMail {
  readonly wave: InvitationWave;
  readonly invitation: SurveyInvitation;
  readonly contact: Contact;
  readonly claim: string;
  readonly linkId: string;
}

/** What tells the mails of an invitation apart: the second is the first reminder. */
export function mailKey({ id, mails }: Pick<SurveyInvitation, 'id' | 'mails'>): string {
  return `${id}.${mails + 1}`;
}

/** The invitation that a Message-ID speaks of; undefined for those that are not ours. */
export function invitationIdOf(messageId: string): string | undefined {
  return /^<?([0-9a-f-]{36})\.\d+@/.exec(messageId.trim())?.[1];
}
