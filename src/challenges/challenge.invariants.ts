import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of submissions and votes. */
export const challengeInvariants: readonly Invariant[] = [
  checkedBySql(
    9,
    'A submission is paid what it was promised exactly if it is approved.',
    sql`SELECT s.id AS violation FROM submission s
      LEFT JOIN points_transfer t ON t.ambassador_id = s.ambassador_id AND t.cause = CONCAT('submission:', s.id)
      WHERE (s.status = 'APPROVED' AND s.reward_points <> COALESCE(t.amount_points, 0))
        OR (s.status <> 'APPROVED' AND t.id IS NOT NULL)
      LIMIT 20`,
  ),
  checkedBySql(
    15,
    "The votes of a submission are the distinct ambassadors who voted, and never one's own.",
    sql`SELECT s.id AS violation FROM submission s
      LEFT JOIN submission_vote v ON v.submission_id = s.id
      GROUP BY s.id, s.votes, s.ambassador_id
      HAVING s.votes <> COUNT(v.ambassador_id)
        OR SUM(CASE WHEN v.ambassador_id = s.ambassador_id THEN 1 ELSE 0 END) > 0
      LIMIT 20`,
  ),
  checkedBySql(
    20,
    'A submission, its challenge, its ambassador and its voters are of one program.',
    sql`SELECT s.id AS violation FROM submission s
      JOIN challenge c ON c.id = s.challenge_id
      JOIN ambassador a ON a.id = s.ambassador_id
      WHERE c.program_id <> s.program_id OR a.program_id <> s.program_id OR c.kind <> s.kind
      UNION ALL
      SELECT v.submission_id FROM submission_vote v
      JOIN submission s ON s.id = v.submission_id
      JOIN ambassador a ON a.id = v.ambassador_id
      WHERE a.program_id <> s.program_id
      LIMIT 20`,
  ),
];
