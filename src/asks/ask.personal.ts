import sql from 'sql-template-tag';
import type { PersonalData } from '../platform/personal.js';
import { Ask } from './ask.entity.js';

/** Whom we asked what: an ask would lead from an answer back to who gave it, so both ends are cut at once. */
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
    await tx.execute(sql`UPDATE ask SET contact_id = NULL, ambassador_id = NULL WHERE contact_id = ${contactId}`);
  });
}
