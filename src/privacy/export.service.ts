import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Contact } from '../contacts/contact.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { type PersonalData, type WalkState, walkStart } from '../platform/personal.js';
import type { ContactExportInput, MeExportInput } from './person.inputs.js';
import { ContactExported, type PersonalDataItem } from './person.results.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** What is known of a contact was given out, from its first page on. */
    'contact.exported': { readonly contactId: string; readonly by: 'STAFF' | 'SELF' };
  }
}

const itemsPerPage = 500;

/** Gives out what is known of a person, by the same list by which it is erased. */
export class ExportService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly personalData: PersonalData,
  ) {}

  /** A page of what is known of a contact. */
  async ofContact(
    context: RequestContext,
    { contactId, after }: ContactExportInput,
  ): Promise<ContactExported | InputInvalid | NotFound> {
    context.session.require('contact.export');
    return this.page(context, rowId(Contact, contactId) ?? '', after ?? null, 'STAFF');
  }

  /** A page of what is known of the calling ambassador. */
  async ofCaller(
    context: RequestContext,
    { after }: MeExportInput,
  ): Promise<ContactExported | InputInvalid | NotFound> {
    const ambassadorId = context.session.requireAmbassador('me.export');
    const ambassador = await this.database.read((db) => db.first(Ambassador, sql`WHERE id = ${ambassadorId}`));
    return this.page(context, ambassador?.contactId ?? '', after ?? null, 'SELF');
  }

  private async page(
    { session }: RequestContext,
    contactId: string,
    after: string | null,
    by: 'STAFF' | 'SELF',
  ): Promise<ContactExported | InputInvalid | NotFound> {
    const programId = session.program.id;
    const state = after === null ? walkStart : readCursor(after);
    if (!state) return InputInvalid.at(['after'], 'is not a cursor of this export');
    const exported = await this.database.read(async (db) => {
      const contact = await db.first(Contact, sql`WHERE id = ${contactId} AND program_id = ${programId}`);
      if (!contact) return undefined;
      const ambassador = await db.first(Ambassador, sql`WHERE contact_id = ${contactId}`);
      const person = { programId, contactId, ambassadorId: ambassador?.id ?? null };
      const first = after === null ? whoItIs(contact, ambassador) : [];
      const { shown, next } = await this.personalData.showSome(db, person, state, itemsPerPage - first.length);
      const items = [...first, ...shown].map(({ part, content }) => ({ part, content: plain(content) }));
      return new ContactExported(items, next ? writeCursor(next) : null);
    });
    if (!exported) return new NotFound();
    if (after === null) {
      await this.database.transact((tx) => this.events.emit(tx, 'contact.exported', programId, { contactId, by }));
    }
    return exported;
  }
}

function whoItIs(contact: Contact, ambassador: Ambassador | undefined) {
  const { externalId, email, displayName, attributes, kind, createdAt, erasedAt } = contact;
  const asContact = { externalId, email, displayName, attributes, kind, createdAt, erasedAt };
  const asAmbassador = ambassador && {
    displayName: ambassador.displayName,
    language: ambassador.language,
    joinedAt: ambassador.joinedAt,
  };
  return [
    { part: 'contact', content: asContact },
    ...(asAmbassador ? [{ part: 'ambassador', content: asAmbassador }] : []),
  ];
}

/** As JSON carries it: times become text. */
function plain(content: object): PersonalDataItem['content'] {
  return JSON.parse(JSON.stringify(content));
}

function writeCursor({ part, after }: WalkState): string {
  return Buffer.from(`${part} ${after}`).toString('base64url');
}

function readCursor(cursor: string): WalkState | undefined {
  const [, part, after] = /^(\d{1,3}) (\S*)$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return part === undefined || after === undefined ? undefined : { part: Number(part), after };
}
