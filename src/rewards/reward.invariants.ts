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
  checkedBySql(
    12,
    'The stock of a voucher reward are its free codes; each purchase has its own code, which is wiped once it was shown.',
    sql`SELECT w.id AS violation FROM reward w LEFT JOIN reward_voucher v ON v.reward_id = w.id
      WHERE w.kind = 'VOUCHER' GROUP BY w.id, w.stock, w.stocked
      HAVING w.stock <> SUM(CASE WHEN v.state = 'FREE' THEN 1 ELSE 0 END) OR w.stocked <> COUNT(v.id)
      UNION ALL
      SELECT r.id FROM redemption r JOIN reward w ON w.id = r.reward_id AND w.kind = 'VOUCHER'
        LEFT JOIN reward_voucher v ON v.redemption_id = r.id
      WHERE (r.status = 'CANCELLED' AND v.id IS NOT NULL)
        OR (r.status <> 'CANCELLED' AND (v.id IS NULL OR v.reward_id <> r.reward_id
          OR v.state <> (CASE WHEN r.status = 'FULFILLED' THEN 'SHOWN' ELSE 'RESERVED' END)))
      UNION ALL
      SELECT v.id FROM reward_voucher v LEFT JOIN reward w ON w.id = v.reward_id
        LEFT JOIN redemption r ON r.id = v.redemption_id
      WHERE w.id IS NULL OR w.kind <> 'VOUCHER' OR w.program_id <> v.program_id
        OR (v.state = 'FREE' AND v.redemption_id IS NOT NULL) OR (v.state <> 'FREE' AND r.id IS NULL)
        OR (v.state = 'SHOWN' AND (v.sealed_code IS NOT NULL OR v.shown_at IS NULL))
        OR (v.state <> 'SHOWN' AND (v.sealed_code IS NULL OR v.key_id IS NULL))
      LIMIT 20`,
  ),
  checkedBySql(
    12,
    'An address is kept while something waits to be sent to somebody who was not erased, and no longer; a donation has its amount.',
    sql`SELECT r.id AS violation FROM redemption r JOIN reward w ON w.id = r.reward_id
      JOIN ambassador a ON a.id = r.ambassador_id
      WHERE (r.sealed_address IS NOT NULL AND (w.kind <> 'PHYSICAL' OR r.status <> 'REQUESTED'))
        OR (r.sealed_address IS NULL AND w.kind = 'PHYSICAL' AND r.status = 'REQUESTED' AND a.erased_at IS NULL)
        OR (r.sealed_delivery IS NOT NULL AND r.status <> 'FULFILLED')
        OR ((r.key_id IS NULL) <> (r.sealed_address IS NULL AND r.sealed_delivery IS NULL))
        OR ((w.kind = 'DONATION') <> (r.donated_cents IS NOT NULL))
      LIMIT 20`,
  ),
];
