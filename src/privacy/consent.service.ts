import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Contact } from '../contacts/contact.entity.js';
import { contactById } from '../contacts/contact.loaders.js';
import type { ContactService } from '../contacts/contact.service.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import {
  Consent,
  type ConsentBases,
  type ConsentDecision,
  ConsentPolicyRow,
  type ConsentPurpose,
  type ConsentRule,
  type ConsentStanding,
  everyPurpose,
} from './consent.entity.js';
import type { ConsentPolicySetInput, ConsentRecordInput } from './consent.inputs.js';
import { ConsentRecorded } from './consent.results.js';
import { basesOf, type Consents } from './consents.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** Somebody granted or withdrew something. */
    'consent.recorded': {
      readonly contactId: string;
      readonly purpose: ConsentPurpose;
      readonly decision: ConsentDecision;
    };
  }
}

/** Consent by purpose: what people decided, and what holds for those who did not. */
export class ConsentService {
  /** How contacts of the caller's program stand, whatever their number in as many queries. */
  private readonly standings = new Loader(
    (context: RequestContext, contacts: readonly Contact[]) =>
      context.database.read((db) => this.standingsIn(db, context.session.program.id, contacts)),
    ({ id }) => id,
  );

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly contacts: ContactService,
    private readonly consents: Consents,
  ) {}

  /** Keeps what somebody decided: an ambassador for itself, staff and servers for anybody. */
  async record(
    context: RequestContext,
    input: ConsentRecordInput,
  ): Promise<ConsentRecorded | InputInvalid | IdempotencyKeyReused | NotFound> {
    const { session } = context;
    session.require('consent.record');
    const result = await this.database.transact((tx) =>
      once(
        tx,
        { programId: session.program.id, caller: session.caller, operation: 'consentRecord', input },
        async () => {
          const contact = await this.contactOf(tx, context, input);
          return contact instanceof Problem ? contact : this.recordIn(tx, context, contact, input);
        },
      ),
    );
    if (result instanceof Problem) return result;
    this.standings.clear(context);
    const consent = await this.database.read((db) => db.first(Consent, sql`WHERE id = ${result}`));
    const contact = consent && (await contactById.load(context, consent.contactId));
    // What was decided by somebody who was erased since is gone.
    return consent && contact ? new ConsentRecorded(consent, contact) : new NotFound();
  }

  /** Whether each purpose is allowed with a contact, whom the caller sees. */
  standingsOf(context: RequestContext, contact: Contact): Promise<ConsentStanding[]> {
    return this.standings.load(context, contact);
  }

  /** All that a contact ever decided, the last decision first. */
  async history({ id }: Contact, page: PageArgs): Promise<Page<Consent>> {
    const where = sql`consent.contact_id = ${id}`;
    return paginate(this.database, { entity: Consent, where, order: newestFirst('consent'), page });
  }

  async policyOf(programId: string): Promise<ConsentRule[]> {
    return rulesOf(await this.database.read((db) => basesOf(db, programId)));
  }

  async setPolicy(context: RequestContext, { rules }: ConsentPolicySetInput): Promise<ConsentRule[]> {
    context.session.require('privacy.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const row = await tx.first(ConsentPolicyRow, sql`WHERE program_id = ${programId} ${tx.forUpdate}`);
      const changes = Object.fromEntries(rules.map(({ purpose, basis }) => [purpose, basis]));
      const bases = { ...(await basesOf(tx, programId)), ...changes };
      if (row) {
        await tx.execute(sql`
          UPDATE consent_policy SET bases = ${JSON.stringify(bases)} WHERE program_id = ${programId}`);
        return rulesOf(bases);
      }
      try {
        await tx.insert(ConsentPolicyRow, { programId, bases });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('Somebody set the policy at the same moment');
        throw error;
      }
      return rulesOf(bases);
    });
  }

  private async standingsIn(db: Reader, programId: string, contacts: readonly Contact[]): Promise<ConsentStanding[][]> {
    const ids = contacts.map(({ id }) => id);
    const bases = await basesOf(db, programId);
    const decisions = await db.select(
      Consent,
      sql`WHERE id IN (SELECT MAX(id) FROM consent WHERE contact_id IN (${join(ids)}) GROUP BY contact_id, purpose)`,
    );
    const allowed = new Map<ConsentPurpose, ReadonlySet<string>>();
    for (const purpose of everyPurpose) {
      allowed.set(purpose, await this.consents.allows(db, programId, ids, purpose));
    }
    return grouped(ids, decisions, ({ contactId }) => contactId).map((ofContact, index) =>
      everyPurpose.map((purpose) => ({
        purpose,
        basis: bases[purpose],
        isAllowed: allowed.get(purpose)?.has(ids[index] ?? '') ?? false,
        decision: ofContact.find((each) => each.purpose === purpose) ?? null,
      })),
    );
  }

  private async contactOf(
    tx: Transaction,
    { session }: RequestContext,
    { contact, contactId }: ConsentRecordInput,
  ): Promise<Contact | InputInvalid | NotFound> {
    if (contact && contactId) return InputInvalid.at(['contactId'], 'must not be given beside contact');
    const own = session.ambassadorId;
    if (own !== null && !contact) {
      const ambassador = await tx.first(Ambassador, sql`WHERE id = ${own}`);
      const isOwn = !contactId || rowId(Contact, contactId) === ambassador?.contactId;
      const found = ambassador && isOwn && (await held(tx, session.program.id, ambassador.contactId));
      return found || new NotFound();
    }
    if (own !== null) return new NotFound();
    if (contact) return this.contacts.identify(tx, session.program.id, contact, ['contact']);
    if (!contactId) return InputInvalid.at(['contactId'], 'is needed, or contact');
    return (await held(tx, session.program.id, rowId(Contact, contactId) ?? '')) ?? new NotFound();
  }

  private async recordIn(
    tx: Transaction,
    { session }: RequestContext,
    { id: contactId, programId }: Contact,
    { purpose, decision, source, textVersion }: ConsentRecordInput,
  ): Promise<string> {
    const id = tx.newId();
    await tx.insert(Consent, {
      ...{ id, programId, contactId, purpose, decision, decidedAt: tx.now, recordedBy: session.caller },
      ...{ source: source ?? null, textVersion: textVersion ?? null },
    });
    await this.events.emit(tx, 'consent.recorded', programId, { contactId, purpose, decision });
    return id;
  }
}

/** A contact who is not erased, held: decisions of one contact come one after the other. */
function held(tx: Transaction, programId: string, id: string): Promise<Contact | undefined> {
  return tx.first(Contact, sql`WHERE id = ${id} AND program_id = ${programId} AND erased_at IS NULL ${tx.forUpdate}`);
}

function rulesOf(bases: ConsentBases): ConsentRule[] {
  return everyPurpose.map((purpose) => ({ purpose, basis: bases[purpose] }));
}
