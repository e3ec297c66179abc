import sql from 'sql-template-tag';
import type { Mail } from '../notify/mail/mail.js';
import type { MailStandings } from '../notify/mail/mail-standings.js';
import { formOf } from '../nps/forms/survey-form.js';
import type { SurveyTextService } from '../nps/forms/survey-text.service.js';
import type { SurveyLinks } from '../nps/links/survey-links.js';
import { Survey } from '../nps/survey.entity.js';
import type { Database } from '../platform/database/database.js';
import { builtInTexts, filledIn, frameFor, InvitationText, textFor } from './invitation-text.js';
import { type ClaimedMail, mailKey } from './mail.claim.js';
import { htmlOf, textOf } from './mail.template.js';

/** Writes the mails of invitations: the program's words and its survey's question, and a link for each score. */
export class InvitationMails {
  constructor(
    private readonly database: Database,
    private readonly surveyTexts: SurveyTextService,
    private readonly links: SurveyLinks,
    private readonly standings: MailStandings,
  ) {}

  async compose({ wave, invitation, contact, linkId }: ClaimedMail): Promise<Mail> {
    const wanted = [invitation.language, wave.language];
    const { form, own } = await this.database.read(async (db) => {
      const survey = await db.first(Survey, sql`WHERE id = ${wave.surveyId}`);
      if (!survey) throw new Error('The survey of a wave is gone');
      const form = formOf(await this.surveyTexts.words(db, survey, wanted));
      return { form, own: await db.select(InvitationText, sql`WHERE program_id = ${wave.programId}`) };
    });
    const words = textFor([...own, ...builtInTexts(wave.programId)], wanted);
    const isReminder = invitation.mails > 0;
    const values = { name: contact.displayName, program: form.brand, question: form.question };
    const frame = frameFor(words.language);
    const content = {
      language: words.language,
      program: form.brand,
      frame: { ...frame, why: filledIn(frame.why, values) },
      lowest: form.lowestLabel,
      highest: form.highestLabel,
      body: filledIn(isReminder ? words.reminderBody : words.body, values),
      footer: filledIn(words.footer, values),
      scores: Array.from({ length: form.highestScore - form.lowestScore + 1 }, (_, index) => form.lowestScore + index),
      url: this.links.issued(linkId).url,
      unsubscribeUrl: this.standings.unsubscribeUrlOf(contact.id),
    };
    return {
      to: { address: contact.email ?? '', name: contact.displayName },
      subject: filledIn(isReminder ? words.reminderSubject : words.subject, values),
      text: textOf(content),
      html: await htmlOf(content),
      language: words.language,
      key: mailKey(invitation),
      unsubscribeUrl: content.unsubscribeUrl,
    };
  }
}
