import sql, { join, type Sql } from 'sql-template-tag';
import { Contact } from '../contacts/contact.entity.js';
import type { Reader } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import { Consent, type ConsentBases, ConsentPolicyRow, type ConsentPurpose, defaultBases } from './consent.entity.js';
import type { Suppressions } from './suppressions.js';

/** Whom something may be done with. Whoever is about to mail, invite or ask people asks here first. */
export class Consents {
  constructor(private readonly suppressions: Suppressions) {}

  /**
   * Which of these contacts of a program may be reached for a purpose: by their last decision, or by what holds in the
   * program without one. Nobody who was erased, and nobody whose address is suppressed. Two queries for each 500 contacts,
   * and one for the policy.
   */
  async allows(
    db: Reader,
    programId: string,
    contactIds: readonly string[],
    purpose: ConsentPurpose,
  ): Promise<ReadonlySet<string>> {
    const allowed = new Set<string>();
    if (contactIds.length === 0) return allowed;
    const basis = (await basesOf(db, programId))[purpose];
    for (const ids of listsOf([...new Set(contactIds)])) {
      const decisions = await lastDecisions(db, ids, purpose);
      const contacts = await db.select(
        Contact,
        sql`WHERE id IN (${join(ids)}) AND program_id = ${programId} AND erased_at IS NULL`,
      );
      const emails = contacts.flatMap(({ email }) => email ?? []);
      const suppressed = await this.suppressions.among(db, programId, emails);
      for (const { id, email } of contacts) {
        const decision = decisions.get(id)?.decision ?? (basis === 'OPT_IN' ? 'WITHDRAWN' : 'GRANTED');
        if (decision === 'GRANTED' && !(email && suppressed.has(email))) allowed.add(id);
      }
    }
    return allowed;
  }
}

/**
 * SQL for a row of `contact`: since when it may not be reached for a purpose; null where it may. Suppressed addresses are
 * not looked at: they are known by a keyed hash alone, which `allows` compares.
 */
export function refusedSince(purpose: ConsentPurpose): Sql {
  const last = sql`FROM consent WHERE consent.contact_id = contact.id AND consent.purpose = ${purpose}
    ORDER BY consent.id DESC LIMIT 1`;
  const isOptIn = sql`EXISTS (SELECT 1 FROM consent_policy WHERE consent_policy.program_id = contact.program_id
    AND JSON_EXTRACT(consent_policy.bases, ${`$.${purpose}`}) LIKE '%OPT_IN%')`;
  return sql`CASE COALESCE((SELECT consent.decision ${last}), CASE WHEN ${isOptIn} THEN 'MISSING' ELSE 'GRANTED' END)
    WHEN 'WITHDRAWN' THEN (SELECT consent.decided_at ${last}) WHEN 'MISSING' THEN contact.created_at END`;
}

/** What holds in a program for those who have not decided. */
export async function basesOf(db: Reader, programId: string): Promise<ConsentBases> {
  const row = await db.first(ConsentPolicyRow, sql`WHERE program_id = ${programId}`);
  return { ...defaultBases, ...row?.bases };
}

/** The decisions that hold, by contact. */
async function lastDecisions(
  db: Reader,
  contactIds: readonly string[],
  purpose: ConsentPurpose,
): Promise<ReadonlyMap<string, Consent>> {
  const rows = await db.select(
    Consent,
    sql`WHERE id IN (SELECT MAX(id) FROM consent
      WHERE contact_id IN (${join([...contactIds])}) AND purpose = ${purpose} GROUP BY contact_id)`,
  );
  return new Map(rows.map((row) => [row.contactId, row]));
}
