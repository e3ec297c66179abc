import sql from 'sql-template-tag';
import type { Contact } from '../contacts/contact.entity.js';
import { contactById } from '../contacts/contact.loaders.js';
import type { ContactService } from '../contacts/contact.service.js';
import type { RequestContext } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Ambassador } from './ambassador.entity.js';
import type { AmbassadorEnrollInput, AmbassadorsArgs, AmbassadorUpdateInput } from './ambassador.inputs.js';
import { ambassadorById, requireAmbassador } from './ambassador.loaders.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'ambassador.enrolled': { readonly ambassadorId: string; readonly contactId: string };
  }
}

/** Ambassadors: who joined, and finding them. */
export class AmbassadorService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly contacts: ContactService,
  ) {}

  /** Makes an ambassador of a contact, once: the same contact again is the same ambassador. */
  async enroll(context: RequestContext, input: AmbassadorEnrollInput): Promise<Ambassador | InputInvalid> {
    context.session.require('ambassador.enroll');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const contact = await this.contacts.identify(tx, programId, input.contact, ['contact']);
      if (contact instanceof InputInvalid) return contact;
      const known = await tx.first(Ambassador, sql`WHERE contact_id = ${contact.id}`);
      if (known) return known;
      const ambassador = Object.assign(new Ambassador(), {
        id: tx.newId(),
        programId,
        contactId: contact.id,
        displayName: input.displayName,
        searchText: searchable(input.displayName),
        language: input.language ?? null,
        privateSince: null,
        joinedAt: tx.now,
        erasedAt: null,
      });
      try {
        await tx.insert(Ambassador, ambassador);
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('The contact joined at the same moment');
        throw error;
      }
      await this.events.emit(tx, 'ambassador.enrolled', programId, {
        ambassadorId: ambassador.id,
        contactId: contact.id,
      });
      return ambassador;
    });
  }

  /** Changes how an ambassador is written to, and whether others see its name: one's own, or as staff anybody's. */
  async update(context: RequestContext, input: AmbassadorUpdateInput): Promise<Ambassador | NotFound> {
    context.session.require('ambassador.update');
    const id = input.ambassadorId ? rowId(Ambassador, input.ambassadorId) : context.session.ambassadorId;
    const { id: programId } = context.session.program;
    const result = await this.database.transact(async (tx) => {
      const known = id && (await tx.first(Ambassador, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!known || known.programId !== programId || !context.session.may('ambassador.update', known)) {
        return new NotFound();
      }
      const language = input.language === undefined ? known.language : input.language;
      const isPrivate = input.isPrivate ?? known.isPrivate();
      const privateSince = isPrivate ? (known.privateSince ?? tx.now) : null;
      await tx.execute(sql`
        UPDATE ambassador SET language = ${language}, private_since = ${privateSince} WHERE id = ${known.id}`);
      return known.id;
    });
    if (result instanceof NotFound) return result;
    ambassadorById.clear(context);
    return requireAmbassador(context, result);
  }

  /** The ambassador whose contact the program's owner calls `externalId`. */
  async findByExternalId(programId: string, externalId: string): Promise<Ambassador | undefined> {
    return this.database.read((db) =>
      db.first(
        Ambassador,
        sql`JOIN contact ON contact.id = ambassador.contact_id
          WHERE contact.program_id = ${programId} AND contact.external_id = ${externalId}`,
      ),
    );
  }

  /** An ambassador of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Ambassador | undefined> {
    if (!context.session.may('ambassador.read')) return undefined;
    const ambassador = await ambassadorById.load(context, id);
    return ambassador?.programId === context.session.program.id ? ambassador : undefined;
  }

  /** A contact that the caller may see: staff any of the program's, an ambassador its own. */
  async findContact(context: RequestContext, id: string): Promise<Contact | undefined> {
    const contact = await contactById.load(context, id);
    if (contact?.programId !== context.session.program.id) return undefined;
    const [ambassador] = await this.database.read((db) => db.select(Ambassador, sql`WHERE contact_id = ${id}`));
    return context.session.may('contact.read', { ambassadorId: ambassador?.id ?? null }) ? contact : undefined;
  }

  /** The ambassadors of the program, those who joined last first. */
  async list(context: RequestContext, args: AmbassadorsArgs): Promise<Page<Ambassador>> {
    context.session.require('ambassador.list');
    const inProgram = sql`ambassador.program_id = ${context.session.program.id} AND ambassador.erased_at IS NULL`;
    const where = args.search
      ? sql`${inProgram} AND ambassador.search_text LIKE ${`%${escapeLike(searchable(args.search))}%`} ESCAPE '!'`
      : inProgram;
    return paginate(this.database, { entity: Ambassador, where, order: newestFirst('ambassador'), page: args });
  }
}

/** A name as it is searched: without case and accents. */
export function searchable(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().slice(0, 255);
}

function escapeLike(text: string): string {
  return text.replace(/[!%_]/g, '!$&');
}
