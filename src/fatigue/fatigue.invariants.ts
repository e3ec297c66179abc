import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of how often people are asked. */
export const fatigueInvariants: readonly Invariant[] = [
  checkedBySql(
    20,
    'Nobody was asked within a span that the budget of that moment kept clear: of the same kind, or of all that goes out.',
    sql`SELECT later.id AS violation FROM contact_ask later
      JOIN contact_ask earlier ON earlier.contact_id = later.contact_id AND earlier.id < later.id
        AND earlier.asked_at <= later.asked_at
      WHERE (earlier.kind = later.kind AND earlier.asked_at > later.kind_clear_since)
        OR earlier.asked_at > later.all_clear_since
      LIMIT 20`,
  ),
];
