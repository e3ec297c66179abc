import sql, { join } from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';
import { AskKind, asksForReferral, promotes } from './ask.kinds.js';

const everyKind = Object.values(AskKind).filter((kind) => kind !== 'THANKS');
const promoting = join(everyKind.filter(promotes));
const referring = join(everyKind.filter(asksForReferral));

/** What must always be true of asks. */
export const askInvariants: readonly Invariant[] = [
  checkedBySql(
    20,
    'An ask, what gave cause to it and the challenge that it asks for are of one program.',
    sql`SELECT a.id AS violation FROM ask a
      LEFT JOIN nps_response r ON r.id = a.response_id LEFT JOIN submission s ON s.id = a.submission_id
      LEFT JOIN challenge c ON c.id = a.challenge_id
      WHERE COALESCE(r.program_id, s.program_id, '') <> a.program_id OR c.program_id <> a.program_id LIMIT 20`,
  ),
  checkedBySql(
    10,
    'Nobody has two open asks of one kind, and an ask that is not open has the moment at which it ended.',
    sql`SELECT contact_id AS violation FROM ask WHERE status = 'OPEN' AND contact_id IS NOT NULL GROUP BY contact_id, kind HAVING COUNT(*) > 1
      UNION ALL
      SELECT id FROM ask WHERE status IS NOT NULL AND (expires_at IS NULL
        OR (status = 'OPEN' AND settled_at IS NOT NULL) OR (status <> 'OPEN' AND settled_at IS NULL)
        OR (status = 'ACCEPTED' AND settled_at >= expires_at) OR (status = 'DECLINED' AND refusal IS NULL))
      LIMIT 20`,
  ),
  checkedBySql(
    17,
    'How many asks of a kind were made to a group, and how they ended, is what the asks themselves say.',
    sql`SELECT DISTINCT violation FROM (
        SELECT t.group_key AS violation FROM ask_tally t
        LEFT JOIN (
          SELECT program_id, group_key, kind, 'ASKED' AS outcome, COUNT(*) AS asks FROM ask
          WHERE status IS NOT NULL AND candidates IS NOT NULL GROUP BY program_id, group_key, kind
          UNION ALL
          SELECT program_id, group_key, kind, status, COUNT(*) FROM ask
          WHERE status <> 'OPEN' AND candidates IS NOT NULL GROUP BY program_id, group_key, kind, status
        ) a ON a.program_id = t.program_id AND a.group_key = t.group_key AND a.kind = t.kind AND a.outcome = t.outcome
        WHERE a.asks IS NULL OR a.asks <> t.asks
        UNION ALL
        SELECT a.group_key FROM ask a
        LEFT JOIN ask_tally t ON t.program_id = a.program_id AND t.group_key = a.group_key AND t.kind = a.kind
          AND t.outcome = 'ASKED'
        WHERE a.status IS NOT NULL AND t.asks IS NULL
      ) wrong LIMIT 20`,
  ),
  checkedBySql(
    18,
    'A detractor is never asked to speak for the brand.',
    sql`SELECT id AS violation FROM ask
      WHERE (group_key = 'DETRACTOR' OR group_key LIKE 'DETRACTOR:%') AND kind IN (${promoting}) LIMIT 20`,
  ),
  checkedBySql(
    10,
    'Nobody is asked to bring somebody twice in a row.',
    sql`SELECT id AS violation FROM (
        SELECT id, kind, candidates, LAG(kind) OVER (PARTITION BY contact_id ORDER BY id) AS kind_before
        FROM ask WHERE contact_id IS NOT NULL AND kind <> 'THANKS'
      ) asked
      WHERE candidates IS NOT NULL AND kind IN (${referring}) AND kind_before IN (${referring}) LIMIT 20`,
  ),
];
