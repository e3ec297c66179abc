import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of the feed and of kudos. */
export const socialInvariants: readonly Invariant[] = [
  checkedBySql(
    9,
    'Kudos pay who got them once, what they say; kudos that were withdrawn gave it back.',
    sql`SELECT k.id AS violation FROM kudos k
      LEFT JOIN points_transfer t ON t.ambassador_id = k.to_id AND t.cause = CONCAT('kudos:', k.id)
      WHERE COALESCE(t.amount_points, 0) <> k.points OR (k.withdrawn_at IS NOT NULL AND t.reversed_points < t.amount_points)
      LIMIT 20`,
  ),
  checkedBySql(
    15,
    'Nobody praises themselves, or an item twice; an item is praised only as the deed of who gets the kudos.',
    sql`SELECT k.id AS violation FROM kudos k LEFT JOIN activity a ON a.id = k.activity_id
      WHERE k.from_id = k.to_id OR a.ambassador_id <> k.to_id
      UNION ALL
      SELECT MIN(id) FROM kudos WHERE activity_id IS NOT NULL
      GROUP BY activity_id, from_id HAVING COUNT(*) > 1
      LIMIT 20`,
  ),
  checkedBySql(
    17,
    'An event makes at most one item of the feed.',
    sql`SELECT event_id AS violation FROM activity GROUP BY event_id HAVING COUNT(*) > 1 LIMIT 20`,
  ),
  checkedBySql(
    20,
    'Feed and kudos stay within their program.',
    sql`SELECT a.id AS violation FROM activity a LEFT JOIN ambassador m ON m.id = a.ambassador_id
      WHERE m.program_id IS NULL OR m.program_id <> a.program_id
      UNION ALL
      SELECT k.id FROM kudos k
      LEFT JOIN ambassador f ON f.id = k.from_id LEFT JOIN ambassador t ON t.id = k.to_id
      WHERE f.program_id IS NULL OR t.program_id IS NULL OR f.program_id <> k.program_id OR t.program_id <> k.program_id
      UNION ALL
      SELECT s.ambassador_id FROM activity_sharing s LEFT JOIN ambassador m ON m.id = s.ambassador_id
      WHERE m.program_id IS NULL OR m.program_id <> s.program_id
      LIMIT 20`,
  ),
];
