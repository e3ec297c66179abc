import sql from 'sql-template-tag';
import { idsOf, ofAmbassador, type PersonalData } from '../platform/personal.js';
import { SuperpromoterNomination } from './nomination.entity.js';

/** What staff noted of an ambassador: how many they convinced stays, what was written about it does not. */
export function defineNotedInfluence(personalData: PersonalData): void {
  personalData.define(
    {
      part: 'superpromoterNominations',
      entity: SuperpromoterNomination,
      of: ofAmbassador(),
      keyOf: ({ id }) => id,
      erase: async (tx, rows) => {
        await tx.execute(sql`
          UPDATE superpromoter_nomination SET text = '',
            withdrawal_reason = CASE WHEN withdrawal_reason IS NULL THEN NULL ELSE '' END
          WHERE id IN (${idsOf(rows)})`);
      },
      show: async (_, rows) =>
        rows.map(({ gate, people, text, seenAt, nominatedAt, withdrawnAt, withdrawalReason }) => {
          return { gate, people, text, seenAt, nominatedAt, withdrawnAt, withdrawalReason };
        }),
    },
    ['superpromoter_nomination'],
  );
  personalData.concernNobody('superpromoter_terms');
}
