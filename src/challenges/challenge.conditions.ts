import sql from 'sql-template-tag';
import type { ConditionDefinitions } from '../audience/conditions.js';

/** What is known of a person by what they did. */
export const challengeConditions: Pick<ConditionDefinitions, 'approvedSubmissionsAtLeast'> = {
  approvedSubmissionsAtLeast: {
    requirement: 'APPROVED_SUBMISSIONS',
    predicate: (atLeast) => sql`(
      SELECT COUNT(*) FROM ambassador JOIN submission ON submission.ambassador_id = ambassador.id
      WHERE ambassador.contact_id = contact.id AND submission.status = 'APPROVED') >= ${atLeast}`,
    sentence: (count) => ({ key: 'audience.approvedSubmissionsAtLeast', parameters: { times: count } }),
  },
};
