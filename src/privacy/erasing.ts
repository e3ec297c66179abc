import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Contact, ContactAttribute } from '../contacts/contact.entity.js';
import { searchableAttributes } from '../contacts/contact.service.js';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import type { JobPart, JobRun, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import { type NamedPerson, type Person, type PersonalData, type WalkState, walkStart } from '../platform/personal.js';
import { Erasure, type ErasureGround } from './erasure.entity.js';
import type { Suppressions } from './suppressions.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** A person was erased: whoever keeps anything of them elsewhere has to forget it, too. */
    'contact.erased': { readonly contactId: string; readonly ambassadorId: string | null };
  }
}

/** What is erased in the transaction that asks for it; the rest is left to the job. */
const rowsAtOnceMax = 200;
const rowsPerPart = 100;
/** What a request that was under way still wrote is there by then. */
const sweepMilliseconds = 60_000;

type ErasingState = WalkState & {
  readonly contactId: string;
  readonly ambassadorId: string | null;
  /** Once all is erased it is gone through a second time, for what came in meanwhile. */
  readonly isSweep: boolean;
};

export interface ErasingWish {
  readonly ground: ErasureGround | null;
  /** Whether to keep a hash of the address, so that nobody writes to it again. */
  readonly suppress: boolean;
}

/**
 * Erases people. The name goes first, in one transaction: from then on nobody finds the person, and nobody signs in as
 * them. What they wrote goes with it as far as it is little, and else part by part by a job. Ids and numbers stay.
 */
export class Erasing {
  private readonly job: ScheduledJob<ErasingState>;

  constructor(
    private readonly events: Events,
    private readonly personalData: PersonalData,
    private readonly suppressions: Suppressions,
    jobs: Jobs,
  ) {
    this.job = jobs.define<ErasingState>({ name: 'privacy.erase', part: (tx, run) => this.part(tx, run) });
  }

  /** Erases a contact, once; the caller holds its row. */
  async erase(tx: Transaction, contact: Contact, { ground, suppress }: ErasingWish): Promise<Erasure> {
    const known = await tx.first(Erasure, sql`WHERE contact_id = ${contact.id} ${tx.forUpdate}`);
    if (known && known.status !== 'REQUESTED') return known;
    const ambassador = await tx.first(Ambassador, sql`WHERE contact_id = ${contact.id} ${tx.forUpdate}`);
    const person = personOf(contact, ambassador);
    if (suppress && contact.email) await this.suppressions.add(tx, person.programId, contact.email);
    await this.personalData.eraseNamed(tx, person);
    await this.forgetNames(tx, contact, person);
    const erasure = await begin(tx, contact, known, { ground, suppress });
    const { contactId, ambassadorId, programId } = person;
    const { next } = await this.personalData.eraseSome(tx, person, walkStart, rowsAtOnceMax);
    await this.job.schedule(tx, {
      programId,
      runKey: erasure.id,
      state: { ...(next ?? walkStart), contactId, ambassadorId, isSweep: next === undefined },
      ...(next === undefined && { dueAt: sweepAt(tx) }),
    });
    await this.events.emit(tx, 'contact.erased', programId, { contactId, ambassadorId });
    return erasure;
  }

  private async part(tx: Transaction, { programId, state }: JobRun<ErasingState>): Promise<JobPart<ErasingState>> {
    const { contactId, ambassadorId, isSweep } = state;
    const person: Person = { programId, contactId, ambassadorId };
    const { done, next } = await this.personalData.eraseSome(tx, person, state, rowsPerPart);
    if (next) return { done, next: { ...state, ...next } };
    if (!isSweep) return { done, next: { ...state, ...walkStart, isSweep: true }, notBefore: sweepAt(tx) };
    await tx.execute(sql`
      UPDATE erasure SET status = 'DONE', completed_at = ${tx.now} WHERE contact_id = ${contactId} AND status = 'RUNNING'`);
    return { done };
  }

  /** What is left of a person is an id, and the attributes without which boards would change. */
  private async forgetNames(tx: Transaction, contact: Contact, person: NamedPerson): Promise<void> {
    const keptNames = await this.personalData.attributesKept(tx, person);
    const attributes = Object.fromEntries(Object.entries(contact.attributes).filter(([name]) => keptNames.has(name)));
    await tx.execute(sql`
      UPDATE contact SET external_id = NULL, email = NULL, display_name = NULL, kind = NULL,
        attributes = ${JSON.stringify(attributes)}, erased_at = ${tx.now}
      WHERE id = ${contact.id}`);
    await tx.execute(sql`DELETE FROM contact_attribute WHERE contact_id = ${contact.id}`);
    const { id, programId } = contact;
    await tx.insert(ContactAttribute, searchableAttributes({ id, programId, attributes }));
    await tx.execute(sql`
      UPDATE ambassador SET display_name = '', search_text = '', language = NULL, erased_at = ${tx.now}
      WHERE contact_id = ${contact.id}`);
    if (contact.externalId === null) return;
    await tx.execute(sql`
      DELETE FROM idempotency_key
      WHERE program_id = ${programId} AND caller = ${`AMBASSADOR:${contact.externalId}`}`);
  }
}

function personOf(contact: Contact, ambassador: Ambassador | undefined): NamedPerson {
  const { id: contactId, programId, externalId, email, attributes } = contact;
  const names = [contact.displayName, ambassador?.displayName].flatMap((name) => name || []);
  return { programId, contactId, ambassadorId: ambassador?.id ?? null, externalId, email, names, attributes };
}

async function begin(
  tx: Transaction,
  { id: contactId, programId }: Contact,
  asked: Erasure | undefined,
  { ground, suppress }: ErasingWish,
): Promise<Erasure> {
  const erasure = Object.assign(new Erasure(), {
    id: asked?.id ?? tx.newId(),
    programId,
    contactId,
    status: 'RUNNING',
    ground: ground ?? asked?.ground ?? null,
    suppress,
    requestedAt: asked?.requestedAt ?? tx.now,
    erasedAt: tx.now,
    completedAt: null,
  });
  if (!asked) await tx.insert(Erasure, erasure);
  else {
    await tx.execute(sql`
      UPDATE erasure SET status = 'RUNNING', ground = ${erasure.ground}, suppress = ${suppress}, erased_at = ${tx.now} WHERE id = ${asked.id}`);
  }
  return erasure;
}

function sweepAt(tx: Transaction): Date {
  return new Date(tx.now.getTime() + sweepMilliseconds);
}
