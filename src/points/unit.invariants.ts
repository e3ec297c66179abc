import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of units other than the default one, and of what goes from one ambassador to another. */
export const unitInvariants: readonly Invariant[] = [
  checkedBySql(
    2,
    'A balance in another unit is the sum of its entries, and lifetime points of what was earned in it.',
    sql`SELECT COALESCE(b.ambassador_id, e.ambassador_id) AS violation FROM (
        SELECT ambassador_id, unit_key, SUM(available) AS available, SUM(pending) AS pending FROM (
          SELECT ambassador_id, SUBSTR(account, 11) AS unit_key, amount_points AS available, 0 AS pending
          FROM points_entry WHERE ambassador_id IS NOT NULL AND account LIKE 'AVAILABLE/%'
          UNION ALL
          SELECT ambassador_id, SUBSTR(account, 9), 0, amount_points
          FROM points_entry WHERE ambassador_id IS NOT NULL AND account LIKE 'PENDING/%'
        ) line GROUP BY ambassador_id, unit_key
      ) e
      LEFT JOIN points_unit_balance b ON b.ambassador_id = e.ambassador_id AND b.unit_key = e.unit_key
      LEFT JOIN (
        SELECT ambassador_id, unit_key, SUM(earned_points) AS lifetime FROM points_transfer
        WHERE unit_key IS NOT NULL GROUP BY ambassador_id, unit_key
      ) t ON t.ambassador_id = e.ambassador_id AND t.unit_key = e.unit_key
      WHERE b.ambassador_id IS NULL OR b.available <> e.available OR b.pending <> e.pending OR b.lifetime <> t.lifetime
      UNION ALL
      SELECT b.ambassador_id FROM points_unit_balance b
      WHERE (b.available <> 0 OR b.pending <> 0 OR b.lifetime <> 0) AND NOT EXISTS (
        SELECT 1 FROM points_transfer t WHERE t.ambassador_id = b.ambassador_id AND t.unit_key = b.unit_key)
      LIMIT 20`,
  ),
  checkedBySql(
    2,
    'An entry is in the unit of its transfer, and the unit is one of the program.',
    sql`SELECT e.id AS violation FROM points_entry e JOIN points_transfer t ON t.id = e.transfer_id
      WHERE CASE WHEN t.unit_key IS NULL THEN e.account LIKE '%/%'
        ELSE SUBSTR(e.account, 1 + INSTR(e.account, '/')) <> t.unit_key END
      UNION ALL
      SELECT t.id FROM points_transfer t
      WHERE t.unit_key IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM points_unit u WHERE u.program_id = t.program_id AND u.unit_key = t.unit_key)
      LIMIT 20`,
  ),
  checkedBySql(
    3,
    'Nothing available in another unit is below 0, except by a reversal of what was spent; nothing pending ever is.',
    sql`SELECT b.ambassador_id AS violation FROM points_unit_balance b
      WHERE b.pending < 0 OR (b.available < 0 AND NOT EXISTS (
        SELECT 1 FROM points_transfer t
        WHERE t.ambassador_id = b.ambassador_id AND t.kind = 'REVERSAL' AND t.unit_key = b.unit_key))
      LIMIT 20`,
  ),
  checkedBySql(
    7,
    'What is pending in another unit is exactly what waits.',
    sql`SELECT b.ambassador_id AS violation FROM points_unit_balance b
      LEFT JOIN (
        SELECT h.ambassador_id, t.unit_key, SUM(h.amount_points) AS waiting
        FROM points_hold h JOIN points_transfer t ON t.id = h.transfer_id
        WHERE t.unit_key IS NOT NULL GROUP BY h.ambassador_id, t.unit_key
      ) h ON h.ambassador_id = b.ambassador_id AND h.unit_key = b.unit_key
      WHERE b.pending <> COALESCE(h.waiting, 0) LIMIT 20`,
  ),
  checkedBySql(
    1,
    'What one ambassador sent another received, in the same program and unit; nothing of it was earned.',
    sql`SELECT s.id AS violation FROM points_transfer s
      LEFT JOIN points_transfer r ON r.kind = 'RECEIVED' AND r.cause LIKE 'received:%' AND SUBSTR(r.cause, 10) = s.id
      WHERE s.kind = 'SENT' AND (r.id IS NULL OR r.amount_points <> s.amount_points OR r.program_id <> s.program_id
        OR COALESCE(r.unit_key, '') <> COALESCE(s.unit_key, '') OR r.ambassador_id = s.ambassador_id
        OR r.earned_points <> 0 OR s.earned_points <> 0)
      UNION ALL
      SELECT r.id FROM points_transfer r WHERE r.kind = 'RECEIVED' AND NOT EXISTS (
        SELECT 1 FROM points_transfer s WHERE s.kind = 'SENT' AND s.id = SUBSTR(r.cause, 10))
      UNION ALL
      SELECT p.transfer_id FROM points_received_part p JOIN points_transfer r ON r.id = p.transfer_id
      GROUP BY p.transfer_id, r.kind, r.amount_points
      HAVING r.kind <> 'RECEIVED' OR SUM(p.points) <> r.amount_points
      LIMIT 20`,
  ),
];
