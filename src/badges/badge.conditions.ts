import sql from 'sql-template-tag';
import type { ConditionDefinitions } from '../audience/conditions.js';

/** What is known of a person by the badges that they hold. */
export const badgeConditions: Pick<ConditionDefinitions, 'badge'> = {
  badge: {
    requirement: 'BADGE',
    predicate: (code, { programId }) => sql`EXISTS (
      SELECT 1 FROM ambassador JOIN earned_badge ON earned_badge.ambassador_id = ambassador.id
      JOIN badge ON badge.id = earned_badge.badge_id
      WHERE ambassador.contact_id = contact.id AND badge.program_id = ${programId}
        AND badge.code_key = ${code.toLowerCase()})`,
    sentence: (code) => ({ key: 'audience.badge', parameters: { code } }),
    refusal: async (db, code, programId) => {
      const [known] = await db.query(
        sql`SELECT 1 FROM badge WHERE program_id = ${programId} AND code_key = ${code.toLowerCase()}`,
      );
      return known ? undefined : `asks for the badge ${code}, which the program does not have`;
    },
  },
};
