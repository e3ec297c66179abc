import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { ambassadorById } from '../ambassadors/ambassador.loaders.js';
import { Contact } from '../contacts/contact.entity.js';
import { contactById } from '../contacts/contact.loaders.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, NotFound, Problem, SecretKeyMissing } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import type { Erasing } from './erasing.js';
import { Erasure } from './erasure.entity.js';
import type { ContactEraseInput, ErasuresArgs, MeErasureRequestInput } from './person.inputs.js';
import type { Suppressions } from './suppressions.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** An ambassador asked to be erased; an admin has to do it within a month. */
    'contact.erasureRequested': { readonly erasureId: string; readonly ambassadorId: string };
  }
}

/** Who is to be erased, and who was. */
export class ErasureService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly erasing: Erasing,
    private readonly suppressions: Suppressions,
  ) {}

  /** Forgets a person; done again it answers with the same erasure. */
  async erase(
    context: RequestContext,
    input: ContactEraseInput,
  ): Promise<Erasure | IdempotencyKeyReused | SecretKeyMissing | NotFound> {
    const { session } = context;
    session.require('contact.erase');
    const [programId, contactId] = [session.program.id, rowId(Contact, input.contactId) ?? ''];
    const result = await this.database.transact((tx) =>
      once(tx, { programId, caller: session.caller, operation: 'contactErase', input }, async () => {
        const contact = await tx.first(
          Contact,
          sql`WHERE id = ${contactId} AND program_id = ${programId} ${tx.forUpdate}`,
        );
        if (!contact) return new NotFound();
        const suppress = input.suppress || (await wantsNoMail(tx, contact));
        if (suppress && !this.suppressions.isReady) return new SecretKeyMissing();
        return (await this.erasing.erase(tx, contact, { suppress, ground: input.ground ?? null })).id;
      }),
    );
    if (result instanceof Problem) return result;
    for (const loader of [contactById, ambassadorById]) loader.clear(context);
    return (await this.find(context, result)) ?? new NotFound();
  }

  /** Notes that the calling ambassador wants to be erased, once. */
  async request(context: RequestContext, { suppress }: MeErasureRequestInput): Promise<Erasure | NotFound> {
    const ambassadorId = context.session.requireAmbassador('me.requestErasure');
    return this.database.transact(async (tx) => {
      const ambassador = await tx.first(Ambassador, sql`WHERE id = ${ambassadorId} AND erased_at IS NULL`);
      if (!ambassador) return new NotFound();
      const { contactId, programId } = ambassador;
      const known = await tx.first(Erasure, sql`WHERE contact_id = ${contactId}`);
      if (known) return known;
      const wish = { status: 'REQUESTED', ground: 'PERSON_ASKED', suppress, requestedAt: tx.now } as const;
      const row = { id: tx.newId(), programId, contactId, ...wish, erasedAt: null, completedAt: null };
      const erasure = Object.assign(new Erasure(), row);
      try {
        await tx.insert(Erasure, erasure);
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('It was asked for at the same moment');
        throw error;
      }
      await this.events.emit(tx, 'contact.erasureRequested', programId, { erasureId: erasure.id, ambassadorId });
      return erasure;
    });
  }

  /** An erasure of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Erasure | undefined> {
    if (!context.session.may('contact.erase')) return undefined;
    const { program } = context.session;
    return this.database.read((db) => db.first(Erasure, sql`WHERE id = ${id} AND program_id = ${program.id}`));
  }

  /** The erasures of the program, newest first. */
  async list(context: RequestContext, args: ErasuresArgs): Promise<Page<Erasure>> {
    context.session.require('contact.erase');
    const ofStatus = args.status ? sql` AND erasure.status = ${args.status}` : sql``;
    return paginate(this.database, {
      entity: Erasure,
      where: sql`erasure.program_id = ${context.session.program.id}${ofStatus}`,
      order: newestFirst('erasure'),
      page: args,
    });
  }
}

/** Whether the person asked for that, too. */
async function wantsNoMail(tx: Transaction, { id }: Contact): Promise<boolean> {
  const asked = await tx.first(Erasure, sql`WHERE contact_id = ${id} AND status = 'REQUESTED'`);
  return asked?.suppress ?? false;
}
