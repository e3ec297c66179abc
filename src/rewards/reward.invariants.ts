import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of rewards. */
export const rewardInvariants: readonly Invariant[] = [
  checkedBySql(
    12,
    'A redemption is there exactly if its points left the account; a cancelled one gave them back.',
    sql`SELECT r.id AS violation FROM redemption r
      LEFT JOIN points_transfer t ON t.ambassador_id = r.ambassador_id
        AND t.cause LIKE 'redemption:%' AND SUBSTR(t.cause, 12) = r.id
      WHERE t.id IS NULL OR t.amount_points <> r.cost_points
        OR t.reversed_points <> (CASE WHEN r.status = 'CANCELLED' THEN t.amount_points ELSE 0 END)
      UNION ALL
      SELECT t.id FROM points_transfer t WHERE t.kind = 'REDEMPTION'
        AND NOT EXISTS (SELECT 1 FROM redemption r WHERE r.id = SUBSTR(t.cause, 12))
      LIMIT 20`,
  ),
  checkedBySql(
    12,
    'Stock is never below 0: all there ever was is left, reserved or delivered.',
    sql`SELECT w.id AS violation FROM reward w
      LEFT JOIN redemption r ON r.reward_id = w.id AND r.status <> 'CANCELLED'
      WHERE w.stock IS NOT NULL GROUP BY w.id, w.stock, w.stocked
      HAVING w.stock < 0 OR w.stocked <> w.stock + COUNT(r.id) LIMIT 20`,
  ),
];
