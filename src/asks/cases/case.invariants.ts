import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../../platform/invariant.js';

/** What must always be true of cases. */
export const caseInvariants: readonly Invariant[] = [
  checkedBySql(
    20,
    'A case, its answer and its contact are of one program, and an answer has at most one case, which names who gave it.',
    sql`SELECT c.id AS violation FROM detractor_case c
      LEFT JOIN nps_response r ON r.id = c.response_id
      LEFT JOIN contact p ON p.id = c.contact_id
      WHERE r.id IS NULL OR p.id IS NULL OR r.program_id <> c.program_id OR p.program_id <> c.program_id
        OR r.contact_id IS NULL OR r.contact_id <> c.contact_id
      UNION ALL
      SELECT MIN(id) FROM detractor_case GROUP BY response_id HAVING COUNT(*) > 1
      LIMIT 20`,
  ),
  checkedBySql(
    4,
    'A resolved case has its outcome and its moment, an open one has none, and the history holds every step.',
    sql`SELECT id AS violation FROM detractor_case
      WHERE (status = 'OPEN') <> (outcome IS NULL) OR (status = 'OPEN') <> (resolved_at IS NULL)
      UNION ALL
      SELECT c.id FROM detractor_case c LEFT JOIN detractor_case_entry e ON e.case_id = c.id
      GROUP BY c.id, c.entries HAVING COUNT(e.id) <> c.entries OR MAX(e.position) <> c.entries
      LIMIT 20`,
  ),
];
