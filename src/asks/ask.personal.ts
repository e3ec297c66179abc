import sql from 'sql-template-tag';
import type { PersonalData } from '../platform/personal.js';
import { Ask } from './ask.entity.js';
import { Case } from './cases/case.entity.js';

/**
 * Whom we asked what: an ask would lead from an answer back to who gave it, so both ends are cut at once. A case is about
 * nothing but the person, and goes with them.
 */
export function defineAsks(personalData: PersonalData): void {
  personalData.define(
    {
      part: 'asks',
      entity: Ask,
      of: ({ contactId }) => sql`contact_id = ${contactId}`,
      keyOf: ({ id }) => id,
      show: async (_, rows) => rows.map(({ challengeId, askedAt }) => ({ challengeId, askedAt })),
    },
    ['ask'],
  );
  personalData.whileNamed(async (tx, { contactId }) => {
    await tx.execute(sql`
      UPDATE ask SET contact_id = NULL, ambassador_id = NULL WHERE contact_id = ${contactId}`);
    await tx.execute(sql`
      DELETE FROM detractor_case_entry WHERE case_id IN (SELECT id FROM detractor_case WHERE contact_id = ${contactId})`);
    await tx.execute(sql`DELETE FROM detractor_case WHERE contact_id = ${contactId}`);
  });
  personalData.define(
    {
      part: 'cases',
      entity: Case,
      of: ({ contactId }) => sql`contact_id = ${contactId}`,
      keyOf: ({ id }) => id,
      show: async (_, rows) =>
        rows.map(({ status, outcome, openedAt, resolvedAt }) => ({ status, outcome, openedAt, resolvedAt })),
    },
    ['detractor_case', 'detractor_case_entry'],
  );
  personalData.concernNobody('ask_tally', 'ask_order', 'case_terms');
}
