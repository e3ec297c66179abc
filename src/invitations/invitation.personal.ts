import sql from 'sql-template-tag';
import { MailStanding } from '../notify/mail/mail-standing.entity.js';
import { idsOf, type PersonalData } from '../platform/personal.js';
import { SurveyInvitation } from './invitation.entity.js';

/** That somebody was asked stays as a number; the address, and the names of the mails that went there, do not. */
export function defineInvitations(personalData: PersonalData): void {
  const ofContact = ({ contactId }: { readonly contactId: string }) => sql`contact_id = ${contactId}`;
  personalData.define(
    {
      part: 'invitations',
      entity: SurveyInvitation,
      of: ofContact,
      keyOf: ({ id }) => id,
      erase: async (tx, rows) => {
        await tx.execute(sql`UPDATE survey_invitation SET message_id = NULL WHERE id IN (${idsOf(rows)})`);
      },
      show: async (_, rows) => rows.map(({ language, mails, reason, sentAt }) => ({ language, mails, reason, sentAt })),
    },
    ['survey_invitation'],
  );
  personalData.define(
    {
      part: 'mail',
      entity: MailStanding,
      of: ofContact,
      column: sql`contact_id`,
      keyOf: ({ contactId }) => contactId,
      erase: async (tx, rows) => {
        for (const { contactId } of rows)
          await tx.execute(sql`DELETE FROM mail_standing WHERE contact_id = ${contactId}`);
      },
      show: async (_, rows) => rows.map(({ unsubscribedAt, bouncedAt }) => ({ unsubscribedAt, bouncedAt })),
    },
    ['mail_standing'],
  );
  personalData.keepNumbers('contact_ask');
  personalData.concernNobody('fatigue_terms', 'invitation_wave', 'invitation_text');
}
