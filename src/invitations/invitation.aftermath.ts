import sql, { type Sql } from 'sql-template-tag';
import { Contact } from '../contacts/contact.entity.js';
import type { Fatigue } from '../fatigue/fatigue.js';
import type { RequestContext } from '../identity/session.js';
import type { MailStandings } from '../notify/mail/mail-standings.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { AppEvent } from '../platform/events/events.js';
import { NotFound } from '../platform/graphql/problem.js';
import type { MailBounceRecordInput } from './bounce.inputs.js';
import { SurveyInvitation } from './invitation.entity.js';
import { invitationIdOf } from './mail.claim.js';

/** What becomes of invitations after they went out. */
export class InvitationAftermath {
  constructor(
    private readonly database: Database,
    private readonly standings: MailStandings,
    private readonly fatigue: Fatigue,
  ) {}

  /** Follows `mail.unsubscribed`: the last invitation is the one that it was about. */
  async followUnsubscribed(tx: Transaction, { payload: { contactId } }: AppEvent<'mail.unsubscribed'>): Promise<void> {
    const last = await this.lastSent(tx, contactId);
    if (last) await this.close(tx, last, 'UNSUBSCRIBED');
  }

  /**
   * Writes down that a mail came back for good, as the provider tells some time later: by its Message-ID, or else by the
   * address. Told again it changes nothing. An answer of a person who is not known any more is NotFound.
   */
  async recordBounce(context: RequestContext, input: MailBounceRecordInput): Promise<Contact | NotFound> {
    context.session.require('mailBounce.record');
    const { program } = context.session;
    return this.database.transact(async (tx) => {
      const known = input.messageId ? await this.findByMessage(tx, program.id, input.messageId) : undefined;
      if (input.messageId && !known) return new NotFound();
      const by = known ? sql`id = ${known.contactId}` : sql`email = ${input.email ?? ''}`;
      const contact = await tx.first(Contact, sql`WHERE program_id = ${program.id} AND ${by} ${tx.forUpdate}`);
      if (!contact) return new NotFound();
      const invitation = known ?? (await this.lastSent(tx, contact.id));
      // Of a mail to an address that they have no more nothing is to be learned.
      const isOfNow = !input.email || input.email === contact.email;
      if (isOfNow) await this.standings.bounced(tx, contact, input.reason ?? '');
      if (invitation && (await this.close(tx, invitation, 'BOUNCED'))) await this.fatigue.withdraw(tx, invitation.id);
      return contact;
    });
  }

  private async close(tx: Transaction, { id }: SurveyInvitation, status: 'UNSUBSCRIBED' | 'BOUNCED'): Promise<boolean> {
    const changed = await tx.execute(sql`
      UPDATE survey_invitation SET status = ${status}, due_at = NULL, changed_at = ${tx.now}
      WHERE id = ${id} AND status IN ('SENT', 'UNCERTAIN')`);
    return changed > 0;
  }

  private lastSent(tx: Transaction, contactId: string): Promise<SurveyInvitation | undefined> {
    const sent: Sql = sql`contact_id = ${contactId} AND status IN ('SENT', 'UNCERTAIN')`;
    return tx.first(SurveyInvitation, sql`WHERE ${sent} ORDER BY id DESC LIMIT 1`);
  }

  private async findByMessage(tx: Transaction, programId: string, messageId: string) {
    const id = invitationIdOf(messageId);
    return id && tx.first(SurveyInvitation, sql`WHERE id = ${id} AND program_id = ${programId}`);
  }
}
