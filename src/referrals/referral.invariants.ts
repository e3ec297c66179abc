import sql from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';

interface Branch {
  readonly id: string;
  readonly friend: string;
  readonly above: string;
}

/** What must always be true of referrals. */
export const referralInvariants: readonly Invariant[] = [
  checkedBySql(
    13,
    'A friend has one referrer of its own program, and a referral claims its friend exactly while it counts.',
    sql`SELECT r.id AS violation FROM referral r
      JOIN ambassador a ON a.id = r.referrer_id JOIN contact c ON c.id = r.friend_id
      WHERE a.program_id <> r.program_id OR c.program_id <> r.program_id OR a.contact_id = r.friend_id
        OR (r.status = 'REJECTED') <> (r.claimed_friend_id IS NULL)
        OR (r.claimed_friend_id IS NOT NULL AND r.claimed_friend_id <> r.friend_id)
      LIMIT 20`,
  ),
  checkedBySql(
    13,
    'A referral stands where its last step took it, and its steps follow each other in time.',
    sql`SELECT r.id AS violation FROM referral r
      LEFT JOIN referral_step s ON s.referral_id = r.id
        AND s.position = (SELECT COUNT(*) FROM referral_step c WHERE c.referral_id = r.id)
      LEFT JOIN referral_step b ON b.referral_id = r.id AND b.position = s.position - 1
      WHERE s.status IS NULL OR s.status <> r.status OR b.at > s.at
      LIMIT 20`,
  ),
  checkedBySql(
    13,
    'A nomination leads to a referral by the ambassador who named the friend, each to one.',
    sql`SELECT n.id AS violation FROM referral_nomination n
      LEFT JOIN referral r ON r.id = n.referral_id
      LEFT JOIN referral_nomination o ON o.referral_id = n.referral_id AND o.id <> n.id
      WHERE n.referral_id IS NOT NULL
        AND (r.id IS NULL OR r.referrer_id <> n.ambassador_id OR r.program_id <> n.program_id OR o.id IS NOT NULL)
      LIMIT 20`,
  ),
  {
    number: 13,
    sentence: 'Referrals are a forest: nobody was brought by those whom they brought.',
    violations: cycles,
  },
  checkedBySql(
    13,
    'Both sides of a referral are paid, or neither: held, posted and reversed with its status.',
    sql`SELECT r.id AS violation FROM referral r
      LEFT JOIN points_transfer t ON t.ambassador_id = r.referrer_id
        AND t.cause LIKE 'referral:%' AND SUBSTR(t.cause, 10) = r.id
      LEFT JOIN points_hold h ON h.transfer_id = t.id
      WHERE (r.status IN ('REGISTERED', 'REJECTED') AND t.id IS NOT NULL)
        OR (r.status NOT IN ('REGISTERED', 'REJECTED') AND r.referrer_points > 0 AND t.id IS NULL
          AND NOT EXISTS (SELECT 1 FROM referral_review w WHERE w.referral_id = r.id AND w.status IN ('OPEN', 'WITHDRAWN')))
        OR (r.status = 'HELD' AND t.id IS NOT NULL AND h.transfer_id IS NULL AND t.reversed_points < t.amount_points)
        OR (r.status <> 'HELD' AND h.transfer_id IS NOT NULL)
        OR (r.status = 'REVERSED' AND t.reversed_points < t.amount_points)
      LIMIT 20`,
  ),
  checkedBySql(
    13,
    'What a friend is promised in points is theirs exactly while the referral is rewarded and they are an ambassador.',
    sql`SELECT r.id AS violation FROM referral r
      LEFT JOIN ambassador a ON a.contact_id = r.friend_id
      LEFT JOIN points_transfer t ON t.ambassador_id = a.id
        AND t.cause LIKE 'referralFriend:%' AND SUBSTR(t.cause, 16) = r.id
      WHERE (t.id IS NULL AND r.status = 'REWARDED' AND r.friend_points > 0 AND a.id IS NOT NULL)
        OR (t.id IS NOT NULL AND r.status NOT IN ('REWARDED', 'REVERSED'))
        OR (t.id IS NOT NULL AND r.status = 'REVERSED' AND t.reversed_points < t.amount_points)
        OR t.amount_points <> r.friend_points
      LIMIT 20`,
  ),
  checkedBySql(
    13,
    'What was paid back of an order is the sum of its refunds, at most the order, and the referrer keeps no more than is left.',
    sql`SELECT r.id AS violation FROM referral r
      LEFT JOIN (SELECT referral_id, SUM(amount_cents) AS cents FROM referral_refund GROUP BY referral_id) f
        ON f.referral_id = r.id
      LEFT JOIN points_transfer t ON t.ambassador_id = r.referrer_id
        AND t.cause LIKE 'referral:%' AND SUBSTR(t.cause, 10) = r.id
      WHERE COALESCE(r.refunded_cents, 0) <> COALESCE(f.cents, 0) OR r.refunded_cents > r.amount_cents
        OR t.amount_points - t.reversed_points > r.referrer_points
      LIMIT 20`,
  ),
  checkedBySql(
    13,
    'A voucher is reserved, given and revoked with its referral, free without one, and goes to one friend.',
    sql`SELECT r.id AS violation FROM referral r LEFT JOIN friend_voucher v ON v.id = r.friend_voucher_id
      WHERE r.friend_voucher_id IS NOT NULL AND (v.referral_id IS NULL OR v.referral_id <> r.id
        OR v.program_id <> r.program_id
        OR v.state <> CASE r.status WHEN 'HELD' THEN 'RESERVED' WHEN 'REWARDED' THEN 'GIVEN' ELSE 'REVOKED' END)
      UNION ALL
      SELECT v.id FROM friend_voucher v LEFT JOIN referral r ON r.friend_voucher_id = v.id
      WHERE (v.state = 'FREE') <> (v.referral_id IS NULL) OR (r.id IS NULL) <> (v.referral_id IS NULL)
      LIMIT 20`,
  ),
  checkedBySql(
    13,
    'Beyond a cap nobody is paid: where it leaves the referrer nothing, the friend gets nothing.',
    sql`SELECT id AS violation FROM referral
      WHERE capped_by IS NOT NULL AND referrer_points = 0
        AND (promised_friend_reward IS NOT NULL OR friend_points > 0 OR friend_voucher_id IS NOT NULL)
      LIMIT 20`,
  ),
];

/** Referrals that lead back to where they began. Each program's forest is walked from every friend, once. */
async function cycles(reader: Reader): Promise<readonly string[]> {
  const branches = await reader.query<Branch>(sql`
    SELECT r.id, r.claimed_friend_id AS friend, a.contact_id AS above
    FROM referral r JOIN ambassador a ON a.id = r.referrer_id WHERE r.claimed_friend_id IS NOT NULL`);
  const above = new Map(branches.map((branch) => [branch.friend, branch.above]));
  const rooted = new Set<string>();
  const broken: string[] = [];
  for (const { id, friend } of branches) {
    const path = new Set<string>();
    let at: string | undefined = friend;
    while (at !== undefined && !rooted.has(at) && !path.has(at)) {
      path.add(at);
      at = above.get(at);
    }
    if (at !== undefined && path.has(at)) broken.push(id);
    for (const contact of path) rooted.add(contact);
  }
  return broken.slice(0, samplesMax);
}
