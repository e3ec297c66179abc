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

/** What must always be true of survey links, and of the answers to anonymous surveys. */
export const surveyLinkInvariants: readonly Invariant[] = [
  checkedBySql(
    14,
    'A survey link is used by one answer: of its own survey and contact, and no link that is not used leads to one.',
    sql`SELECT l.id AS violation FROM survey_link l
      JOIN survey s ON s.id = l.survey_id LEFT JOIN nps_response r ON r.id = l.response_id
      WHERE l.program_id <> s.program_id
        OR (NOT l.is_used AND (l.used_at IS NOT NULL OR l.response_id IS NOT NULL))
        OR (l.is_used AND NOT s.is_anonymous AND (l.used_at IS NULL OR l.response_id IS NULL)
          AND NOT EXISTS (SELECT 1 FROM contact c WHERE c.id = l.contact_id AND c.erased_at IS NOT NULL))
        OR r.survey_id <> l.survey_id OR COALESCE(r.contact_id, l.contact_id) <> l.contact_id
      LIMIT 20`,
  ),
  checkedBySql(
    18,
    'Nothing leads from an anonymous answer to anybody: no contact, no link with its time, and never fewer than 5 at one moment.',
    sql`SELECT violation FROM (
        SELECT l.id AS violation FROM survey_link l JOIN survey s ON s.id = l.survey_id
          WHERE s.is_anonymous AND (l.used_at IS NOT NULL OR l.response_id IS NOT NULL)
        UNION ALL
        SELECT r.id FROM nps_response r JOIN survey s ON s.id = r.survey_id
          WHERE s.is_anonymous AND (r.contact_id IS NOT NULL OR r.recorded_at <> r.responded_at)
        UNION ALL
        SELECT MIN(r.id) FROM nps_response r JOIN survey s ON s.id = r.survey_id
          WHERE s.is_anonymous GROUP BY r.survey_id, r.responded_at HAVING COUNT(*) < 5
        UNION ALL
        SELECT w.id FROM waiting_answer w LEFT JOIN survey s ON s.id = w.survey_id
          WHERE s.id IS NULL OR NOT s.is_anonymous OR w.program_id <> s.program_id OR w.score NOT BETWEEN 0 AND 10
      ) AS any_of LIMIT 20`,
  ),
  checkedBySql(
    18,
    'The bands of a survey cover every score once: own ones come with the scheme OWN, and do not overlap.',
    sql`SELECT s.id AS violation FROM survey s
      WHERE s.kind NOT IN ('NPS', 'ENPS') OR (COALESCE(s.scheme, '') = 'OWN') <> (s.promoter_from IS NOT NULL)
        OR s.detractor_to >= s.promoter_from LIMIT 20`,
  ),
];
