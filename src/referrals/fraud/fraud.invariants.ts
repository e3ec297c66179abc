import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../../platform/invariant.js';

/** What must always be true of referrals that were judged. */
export const fraudInvariants: readonly Invariant[] = [
  checkedBySql(
    13,
    'What nobody decided pays nobody: a referral with an open review has no points in the ledger.',
    sql`SELECT w.referral_id AS violation FROM referral_review w
      JOIN referral r ON r.id = w.referral_id
      LEFT JOIN points_transfer t ON t.ambassador_id = r.referrer_id
        AND t.cause LIKE 'referral:%' AND SUBSTR(t.cause, 10) = r.id
      WHERE w.status = 'OPEN' AND (t.id IS NOT NULL OR r.status IN ('REWARDED', 'REVERSED'))
      LIMIT 20`,
  ),
  checkedBySql(
    13,
    'A referral is rejected as fraud exactly while its review is denied, or the denial is appealed.',
    sql`SELECT r.id AS violation FROM referral r LEFT JOIN referral_review w ON w.referral_id = r.id
      WHERE ((r.status = 'REJECTED' AND r.refusal = 'SUSPECTED_FRAUD')
        <> (w.id IS NOT NULL AND (w.status = 'DENIED' OR (w.status = 'OPEN' AND w.appealed_at IS NOT NULL))))
      LIMIT 20`,
  ),
  checkedBySql(
    13,
    'Every decision is on the record: a review stands as the last assessment of its referral says.',
    sql`SELECT w.id AS violation FROM referral_review w
      LEFT JOIN referral_assessment a ON a.referral_id = w.referral_id
        AND a.id = (SELECT MAX(l.id) FROM referral_assessment l WHERE l.referral_id = w.referral_id)
      WHERE a.id IS NULL
        OR (w.status = 'DENIED' AND a.outcome <> 'DENIED')
        OR (w.status = 'CLEARED' AND a.outcome <> 'PASSED')
      LIMIT 20`,
  ),
];
