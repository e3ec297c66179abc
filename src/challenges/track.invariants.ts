import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of tracks. */
export const trackInvariants: readonly Invariant[] = [
  checkedBySql(
    11,
    'Who completed a track has an approved submission to every step that it had then.',
    sql`SELECT CONCAT(c.track_id, ' ', c.ambassador_id) AS violation FROM track_completion c
      JOIN track_step t ON t.track_id = c.track_id AND t.position <= c.steps
      WHERE NOT EXISTS (SELECT 1 FROM submission s WHERE s.challenge_id = t.challenge_id
        AND s.ambassador_id = c.ambassador_id AND s.status = 'APPROVED')
      LIMIT 20`,
  ),
  checkedBySql(
    20,
    'A track, its steps and who completed it, and a challenge and its prerequisites are of one program.',
    sql`SELECT t.id AS violation FROM track t JOIN track_step s ON s.track_id = t.id
      LEFT JOIN challenge c ON c.id = s.challenge_id WHERE c.id IS NULL OR c.program_id <> t.program_id
      UNION ALL
      SELECT t.id FROM track t JOIN track_completion d ON d.track_id = t.id
      LEFT JOIN ambassador a ON a.id = d.ambassador_id WHERE a.id IS NULL OR a.program_id <> t.program_id
      UNION ALL
      SELECT p.challenge_id FROM challenge_prerequisite p JOIN challenge c ON c.id = p.challenge_id
      LEFT JOIN challenge r ON r.id = p.required_id WHERE r.id IS NULL OR r.program_id <> c.program_id
      LIMIT 20`,
  ),
];
