import sql from 'sql-template-tag';
import { idsOf, type PersonalData } from '../platform/personal.js';
import { Consent } from './consent.entity.js';

/** What is known of a person by what they decided, and by what they are. */
export function definePrivacy(personalData: PersonalData): void {
  personalData.define(
    {
      part: 'consents',
      entity: Consent,
      of: ({ contactId }) => sql`contact_id = ${contactId}`,
      keyOf: ({ id }) => id,
      erase: async (tx, rows) => {
        await tx.execute(sql`DELETE FROM consent WHERE id IN (${idsOf(rows)})`);
      },
      show: async (_, rows) =>
        rows.map(({ purpose, decision, decidedAt, source, textVersion }) => {
          return { purpose, decision, decidedAt, source, textVersion };
        }),
    },
    ['consent', 'contact', 'contact_attribute', 'ambassador', 'idempotency_key'],
  );
  personalData.keepNumbers('erasure', 'suppressed_address');
  personalData.concernNobody(
    ...['consent_policy', 'retention_terms', 'retention_progress', 'program', 'api_key', 'segment', 'job'],
    'outbox_delivery',
  );
}
