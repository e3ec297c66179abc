import sql, { raw, type Sql } from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';
import { valuesMax } from './counts/wide-attributes.js';

/** What must always be true of surveys and the answers to them. */
export const npsInvariants: readonly Invariant[] = [
  checkedBySql(
    18,
    'NPS counts answers: each has a score from 0 to 10, and a survey that it was given to.',
    sql`SELECT r.id AS violation FROM nps_response r LEFT JOIN survey s ON s.id = r.survey_id
      WHERE r.score NOT BETWEEN 0 AND 10 OR s.id IS NULL LIMIT 20`,
  ),
  checkedBySql(
    18,
    'The counts of answers, with the changes that are still open, are what counting the answers gives.',
    sql`SELECT survey_id AS violation FROM (
        SELECT r.survey_id, '' AS name, '' AS value, r.score, 1 AS n FROM nps_response r
          JOIN survey s ON s.id = r.survey_id WHERE s.counted_zone IS NOT NULL AND s.counted_from IS NULL
        UNION ALL
        SELECT r.survey_id, a.name, a.value, r.score, 1 AS n FROM nps_response r
          JOIN survey s ON s.id = r.survey_id AND s.counted_zone IS NOT NULL AND s.counted_from IS NULL
          JOIN contact_attribute a ON a.contact_id = COALESCE(r.contact_id, r.id) WHERE NOT ${isWide('a.name')}
        UNION ALL
        SELECT c.survey_id, c.name, c.value, c.score, -c.answers AS n FROM nps_count c
          JOIN survey s ON s.id = c.survey_id WHERE s.counted_from IS NULL AND NOT ${isWide('c.name')}
        UNION ALL
        SELECT c.survey_id, c.name, c.value, c.score, -c.answers AS n FROM nps_count_change c
          JOIN survey s ON s.id = c.survey_id WHERE s.counted_from IS NULL AND NOT ${isWide('c.name')}
      ) AS both_ways GROUP BY survey_id, name, value, score HAVING SUM(n) <> 0 LIMIT 20`,
  ),
  checkedBySql(
    20,
    'An answer, its survey and the contact who gave it are of one program.',
    sql`SELECT r.id AS violation FROM nps_response r
      JOIN survey s ON s.id = r.survey_id LEFT JOIN contact c ON c.id = r.contact_id
      WHERE s.program_id <> r.program_id OR c.program_id <> r.program_id LIMIT 20`,
  ),
  checkedBySql(
    18,
    'A follow-up answer follows a response, of the same contact, to a question of its survey: a number or words.',
    sql`SELECT f.response_id AS violation FROM follow_up_answer f LEFT JOIN nps_response r ON r.id = f.response_id
      LEFT JOIN follow_up_question q ON q.survey_id = f.survey_id AND q.question_key = f.question_key
      WHERE r.id IS NULL OR r.program_id <> f.program_id OR r.survey_id <> f.survey_id
        OR COALESCE(r.contact_id, '') <> COALESCE(f.contact_id, '')
        OR (f.number_value IS NULL) = (f.text_value IS NULL) OR f.number_value < 0
        OR (q.survey_id IS NULL AND COALESCE(f.metric, '') <> UPPER(f.question_key))
        OR (q.survey_id IS NOT NULL AND COALESCE(f.metric, '') <> COALESCE(q.metric, ''))
      LIMIT 20`,
  ),
];

function isWide(name: string): Sql {
  return sql`EXISTS (
    SELECT 1 FROM nps_attribute_value v WHERE v.program_id = s.program_id AND v.name = ${raw(name)}
    GROUP BY v.name HAVING COUNT(*) > ${valuesMax})`;
}
