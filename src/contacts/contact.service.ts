import sql, { type Sql } from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { Events } from '../platform/events/events.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import type { AttributeChanges } from './attribute-changes.js';
import { Contact, ContactAttribute, type ContactAttributes } from './contact.entity.js';
import type { ContactInput } from './contact.inputs.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** A contact that was known before has other attributes than it had. */
    'contact.attributesChanged': { readonly contactId: string };
  }
}

/** Knows people by the owner's id or their e-mail address, and keeps what the program knows of them. */
export class ContactService {
  constructor(
    private readonly events: Events,
    private readonly attributeChanges: AttributeChanges,
  ) {}

  /**
   * The contact that an input names, made or brought up to date with what it says. An e-mail address of somebody else
   * is a problem at `path`.
   */
  async identify(
    tx: Transaction,
    programId: string,
    input: ContactInput,
    path: readonly string[],
  ): Promise<Contact | InputInvalid> {
    const known = await this.find(tx, programId, input);
    const contact = known ? merged(known, input) : created(tx, programId, input);
    try {
      if (!known) await tx.insert(Contact, contact);
      else if (!sameContact(known, contact)) await this.update(tx, contact);
    } catch (error) {
      if (!isUniqueViolation(error)) throw error;
      const email = contact.email ?? '';
      const other = await tx.first(
        Contact,
        sql`WHERE program_id = ${programId} AND email = ${email} AND id <> ${contact.id}`,
      );
      if (other && input.externalId) return InputInvalid.at([...path, 'email'], 'is the address of another contact');
      throw new RaceLost('The contact was made at the same moment');
    }
    if (input.attributes) await this.indexAttributes(tx, contact);
    if (known && !sameAttributes(known, contact)) {
      const change = { contactId: contact.id, before: known.attributes, after: contact.attributes };
      await this.attributeChanges.tell(tx, programId, [change]);
      await this.events.emit(tx, 'contact.attributesChanged', programId, { contactId: contact.id });
    }
    return contact;
  }

  /** The contact that an input names, if the program knows it: by the owner's id first, then by the address. */
  async find(tx: Transaction, programId: string, input: ContactInput): Promise<Contact | undefined> {
    const by = (condition: Sql) =>
      tx.first(Contact, sql`WHERE program_id = ${programId} AND ${condition} ${tx.forUpdate}`);
    const byExternalId = input.externalId && (await by(sql`external_id = ${input.externalId}`));
    if (byExternalId || !input.email) return byExternalId || undefined;
    const byEmail = await by(sql`email = ${input.email}`);
    const isSomebodyElse = input.externalId && byEmail?.externalId && byEmail.externalId !== input.externalId;
    return isSomebodyElse ? undefined : byEmail;
  }

  /** Takes back a contact that this very transaction made, and that nothing refers to yet. */
  async unmake(tx: Transaction, { id }: Contact): Promise<void> {
    await tx.execute(sql`DELETE FROM contact_attribute WHERE contact_id = ${id}`);
    await tx.execute(sql`DELETE FROM contact WHERE id = ${id}`);
  }

  private async update(tx: Transaction, contact: Contact): Promise<void> {
    await tx.execute(sql`
      UPDATE contact SET external_id = ${contact.externalId}, email = ${contact.email},
        display_name = ${contact.displayName}, attributes = ${JSON.stringify(contact.attributes)},
        kind = ${contact.kind}
      WHERE id = ${contact.id}`);
  }

  private async indexAttributes(tx: Transaction, contact: Contact): Promise<void> {
    await tx.execute(sql`DELETE FROM contact_attribute WHERE contact_id = ${contact.id}`);
    const rows = searchableAttributes(contact);
    if (rows.length > 0) await tx.insert(ContactAttribute, rows);
  }
}

/** The attributes that have a plain value, as the text they are searched by. */
export function searchableAttributes(contact: Pick<Contact, 'id' | 'programId' | 'attributes'>): ContactAttribute[] {
  return Object.entries(contact.attributes).flatMap(([name, value]) => {
    const text = attributeText(value);
    return text === undefined ? [] : [{ contactId: contact.id, programId: contact.programId, name, value: text }];
  });
}

/** How an attribute's value is compared; undefined for what has no plain value. */
export function attributeText(value: unknown): string | undefined {
  const plain = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return plain ? String(value).slice(0, 255) : undefined;
}

function created(tx: Transaction, programId: string, input: ContactInput): Contact {
  const contact = new Contact();
  return Object.assign(contact, {
    id: tx.newId(),
    programId,
    externalId: input.externalId ?? null,
    email: input.email ?? null,
    displayName: input.displayName ?? null,
    attributes: mergedAttributes({}, input.attributes ?? {}),
    createdAt: tx.now,
    kind: input.kind ?? null,
    erasedAt: null,
  });
}

function merged(known: Contact, input: ContactInput): Contact {
  return Object.assign(new Contact(), known, {
    externalId: input.externalId ?? known.externalId,
    email: input.email ?? known.email,
    displayName: input.displayName ?? known.displayName,
    attributes: mergedAttributes(known.attributes, input.attributes ?? {}),
    kind: input.kind ?? known.kind,
  });
}

function mergedAttributes(known: ContactAttributes, given: ContactAttributes): ContactAttributes {
  const all = Object.entries({ ...known, ...given });
  return Object.fromEntries(all.filter(([, value]) => value !== null && value !== undefined));
}

function sameAttributes(a: Contact, b: Contact): boolean {
  return JSON.stringify(a.attributes) === JSON.stringify(b.attributes);
}

function sameContact(a: Contact, b: Contact): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
