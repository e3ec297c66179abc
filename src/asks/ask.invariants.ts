import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of asks. */
export const askInvariants: readonly Invariant[] = [
  checkedBySql(
    20,
    'An ask, the answer that gave cause to it and the challenge that it asks for are of one program.',
    sql`SELECT a.id AS violation FROM ask a
      LEFT JOIN nps_response r ON r.id = a.response_id LEFT JOIN challenge c ON c.id = a.challenge_id
      WHERE r.id IS NULL OR r.program_id <> a.program_id OR c.program_id <> a.program_id LIMIT 20`,
  ),
];
