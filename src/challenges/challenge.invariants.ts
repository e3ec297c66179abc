import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of submissions and votes. */
export const challengeInvariants: readonly Invariant[] = [
  checkedBySql(
    9,
    'A submission is paid what it was promised and what it drew exactly if it is approved.',
    sql`SELECT s.id AS violation FROM submission s
      LEFT JOIN points_transfer t ON t.ambassador_id = s.ambassador_id AND t.cause = CONCAT('submission:', s.id)
      WHERE (s.status = 'APPROVED' AND s.reward_points + COALESCE(s.drawn_points, 0) <> COALESCE(t.amount_points, 0))
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
    9,
    'A submission says when it was decided exactly if it was, and what to change exactly while that is asked.',
    sql`SELECT id AS violation FROM submission
      WHERE (status IN ('APPROVED', 'REJECTED')) <> (decided_at IS NOT NULL)
        OR (status = 'CHANGES_REQUESTED') <> (change_request IS NOT NULL)
        OR (status <> 'PENDING' AND claimed_by IS NOT NULL)
      LIMIT 20`,
  ),
  checkedBySql(
    10,
    'No beta programme has more seats taken than there are, and each is of the program of its ambassador.',
    sql`SELECT c.id AS violation FROM challenge c JOIN seat s ON s.challenge_id = c.id AND s.status = 'TAKEN'
      WHERE c.seats IS NOT NULL GROUP BY c.id, c.seats HAVING COUNT(*) > c.seats
      UNION ALL
      SELECT s.id FROM seat s JOIN challenge c ON c.id = s.challenge_id JOIN ambassador a ON a.id = s.ambassador_id
      WHERE c.program_id <> s.program_id OR a.program_id <> s.program_id
        OR (s.status = 'TAKEN') <> (s.taken_at IS NOT NULL)
      LIMIT 20`,
  ),
  checkedBySql(
    15,
    'What peers approved has the votes that it needed, and what still waits for them has fewer.',
    sql`SELECT id AS violation FROM submission
      WHERE (decided_by = 'peers' AND (peers_needed IS NULL OR votes < peers_needed))
        OR (status = 'PENDING' AND peers_needed IS NOT NULL AND votes >= peers_needed)
      LIMIT 20`,
  ),
  checkedBySql(
    15,
    'What is said of an idea is said of an idea of its program, and what is replied has its time.',
    sql`SELECT i.submission_id AS violation FROM idea i LEFT JOIN submission s ON s.id = i.submission_id
      WHERE s.id IS NULL OR s.kind <> 'IDEA' OR s.program_id <> i.program_id
        OR (i.reply IS NOT NULL) <> (i.replied_at IS NOT NULL)
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
