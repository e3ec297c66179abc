import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of those who were erased. */
export const privacyInvariants: readonly Invariant[] = [
  checkedBySql(
    19,
    'Of who was erased nothing is known: no name, no address, no answer, no consent.',
    sql`SELECT c.id AS violation FROM contact c LEFT JOIN ambassador a ON a.contact_id = c.id
      WHERE c.erased_at IS NOT NULL AND (c.external_id IS NOT NULL OR c.email IS NOT NULL OR c.display_name IS NOT NULL
        OR c.kind IS NOT NULL OR a.display_name <> '' OR a.search_text <> '' OR a.language IS NOT NULL
        OR (a.id IS NOT NULL AND a.erased_at IS NULL))
      UNION ALL
      SELECT r.id FROM nps_response r JOIN contact c ON c.id = r.contact_id WHERE c.erased_at IS NOT NULL
      UNION ALL
      SELECT k.id FROM ask k JOIN contact c ON c.id = k.contact_id WHERE c.erased_at IS NOT NULL
      UNION ALL
      SELECT e.id FROM erasure e JOIN consent s ON s.contact_id = e.contact_id WHERE e.status = 'DONE'
      LIMIT 20`,
  ),
  checkedBySql(
    19,
    'A person is erased exactly if there is an erasure that was carried out, of the same program.',
    sql`SELECT c.id AS violation FROM contact c LEFT JOIN erasure e ON e.contact_id = c.id AND e.status <> 'REQUESTED'
      WHERE (c.erased_at IS NULL) <> (e.id IS NULL) OR e.program_id <> c.program_id
        OR (e.status = 'DONE') <> (e.completed_at IS NOT NULL)
      LIMIT 20`,
  ),
];
