import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of surveys and the answers to them. */
export const npsInvariants: readonly Invariant[] = [
  checkedBySql(
    18,
    'NPS counts answers: each has a score from 0 to 10, and a survey that it was given to.',
    sql`SELECT r.id AS violation FROM nps_response r LEFT JOIN survey s ON s.id = r.survey_id
      WHERE r.score NOT BETWEEN 0 AND 10 OR s.id IS NULL LIMIT 20`,
  ),
  checkedBySql(
    20,
    'An answer, its survey and the contact who gave it are of one program.',
    sql`SELECT r.id AS violation FROM nps_response r
      JOIN survey s ON s.id = r.survey_id LEFT JOIN contact c ON c.id = r.contact_id
      WHERE s.program_id <> r.program_id OR c.program_id <> r.program_id LIMIT 20`,
  ),
];
