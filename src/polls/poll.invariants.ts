import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of polls. */
export const pollInvariants: readonly Invariant[] = [
  checkedBySql(
    15,
    'A ballot of a poll was cast before its close by an ambassador of its program, and chooses as much as it allows.',
    sql`SELECT p.id AS violation FROM poll p
      JOIN poll_ballot b ON b.poll_id = p.id
      JOIN ambassador a ON a.id = b.ambassador_id
      LEFT JOIN poll_choice c ON c.poll_id = b.poll_id AND c.ambassador_id = b.ambassador_id
      LEFT JOIN poll_option o ON o.id = c.option_id AND o.poll_id = p.id
      GROUP BY p.id, b.ambassador_id
      HAVING SUM(CASE WHEN a.program_id <> p.program_id OR b.cast_at > p.closes_at THEN 1 ELSE 0 END) > 0
        OR COUNT(c.option_id) < 1 OR COUNT(c.option_id) > MAX(p.choices_max) OR COUNT(o.id) <> COUNT(c.option_id)
      UNION ALL
      SELECT c.poll_id FROM poll_choice c
      LEFT JOIN poll_ballot b ON b.poll_id = c.poll_id AND b.ambassador_id = c.ambassador_id
      WHERE b.poll_id IS NULL
      LIMIT 20`,
  ),
];
