import sql, { type Sql } from 'sql-template-tag';
import { parse, stringify, validate } from 'uuid';
import { Contact } from '../../contacts/contact.entity.js';
import type { Config } from '../../platform/config.js';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import type { Events } from '../../platform/events/events.js';
import type { Sealer } from '../../platform/sealed.js';
import { Program } from '../../programs/program.entity.js';
import { MailStanding } from './mail-standing.entity.js';

declare module '../../platform/events/events.js' {
  interface EventMap {
    /** Somebody wants no more mail of the program. */
    'mail.unsubscribed': { readonly contactId: string };
    /** The address of somebody takes no mail. */
    'mail.bounced': { readonly contactId: string };
  }
}

const purpose = 'unsubscribe';

/** Who stands behind a link to unsubscribe, as far as its page has to know. */
export interface Subscription {
  readonly programName: string;
  readonly isUnsubscribed: boolean;
}

/** Who wants no mail of a program, and whose address takes none. */
export class MailStandings {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly sealer: Sealer,
    private readonly config: Pick<Config, 'APPLAUS_PUBLIC_URL'>,
  ) {}

  /** Where somebody unsubscribes: signed, so that nobody can do it for others, and without an end. */
  unsubscribeUrlOf(contactId: string): string {
    return `${this.config.APPLAUS_PUBLIC_URL}/u/${this.tokenOf(contactId)}`;
  }

  /** What stands at the end of that address. */
  tokenOf(contactId: string): string {
    return this.sealer.sign(parse(contactId), purpose);
  }

  /** Whom a token of such a link stands for; undefined for what we did not sign, and for who is gone. */
  async find(token: string): Promise<Subscription | undefined> {
    return this.database.read(async (db) => {
      const contact = await this.contactOf(db, token);
      const program = contact && (await db.first(Program, sql`WHERE id = ${contact.programId}`));
      if (!program) return undefined;
      const standing = await db.first(MailStanding, sql`WHERE contact_id = ${contact.id}`);
      return { programName: program.name, isUnsubscribed: Boolean(standing?.unsubscribedAt) };
    });
  }

  /** Writes down that somebody wants no more mail; done again it changes nothing. */
  async unsubscribe(token: string): Promise<void> {
    await this.database.transact(async (tx) => {
      const contact = await this.contactOf(tx, token, tx.forUpdate);
      if (!contact) return;
      const known = await tx.first(MailStanding, sql`WHERE contact_id = ${contact.id}`);
      if (known?.unsubscribedAt) return;
      await this.write(tx, contact, known, { unsubscribedAt: tx.now });
      await this.events.emit(tx, 'mail.unsubscribed', contact.programId, { contactId: contact.id });
    });
  }

  /** Writes down that an address takes no mail. Who holds the contact's row calls it. */
  async bounced(tx: Transaction, contact: Contact, reason: string): Promise<void> {
    const known = await tx.first(MailStanding, sql`WHERE contact_id = ${contact.id}`);
    if (contact.email === null || known?.bouncedAddress === contact.email) return;
    const changes = { bouncedAt: tx.now, bouncedAddress: contact.email, bounceReason: reason };
    await this.write(tx, contact, known, changes);
    await this.events.emit(tx, 'mail.bounced', contact.programId, { contactId: contact.id });
  }

  private async write(
    tx: Transaction,
    { id: contactId, programId }: Contact,
    known: MailStanding | undefined,
    changes: Partial<MailStanding>,
  ): Promise<void> {
    if (known) await tx.execute(sql`DELETE FROM mail_standing WHERE contact_id = ${contactId}`);
    await tx.insert(MailStanding, { ...known, contactId, programId, ...changes });
  }

  private async contactOf(db: Reader, token: string, lock: Sql = sql``): Promise<Contact | undefined> {
    const bytes = this.sealer.isReady ? this.sealer.signed(token, purpose) : undefined;
    const id = bytes?.length === 16 ? stringify(bytes) : '';
    return validate(id) ? db.first(Contact, sql`WHERE id = ${id} ${lock}`) : undefined;
  }
}

/* SQL for a row of `contact`. */

/** When they unsubscribed; null if they did not. */
export const unsubscribedAt = sql`(SELECT mail_standing.unsubscribed_at FROM mail_standing
  WHERE mail_standing.contact_id = contact.id)`;

/** When the address that they still have bounced; null if it did not. */
export const bouncedAt = sql`(SELECT mail_standing.bounced_at FROM mail_standing
  WHERE mail_standing.contact_id = contact.id AND mail_standing.bounced_address = contact.email)`;
