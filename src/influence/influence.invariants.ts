import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of the evidence that staff note by hand. */
export const influenceInvariants: readonly Invariant[] = [
  checkedBySql(
    20,
    'A nomination speaks for an ambassador of its own program, of at least one person seen before it was noted, and says who withdrew it exactly if it is withdrawn.',
    sql`SELECT n.id AS violation FROM superpromoter_nomination n LEFT JOIN ambassador a ON a.id = n.ambassador_id
      WHERE a.id IS NULL OR a.program_id <> n.program_id OR n.people < 1 OR n.seen_at > n.nominated_at
        OR n.gate NOT IN ('SHARES', 'INFLUENCES')
        OR (n.withdrawn_by IS NULL) <> (n.withdrawn_at IS NULL)
        OR (n.withdrawal_reason IS NULL) <> (n.withdrawn_at IS NULL)
      LIMIT 20`,
  ),
];
