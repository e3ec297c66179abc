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
        OR (r.status NOT IN ('REGISTERED', 'REJECTED') AND r.referrer_points > 0 AND t.id IS NULL)
        OR (r.status = 'HELD' AND t.id IS NOT NULL AND h.transfer_id IS NULL AND t.reversed_points < t.amount_points)
        OR (r.status <> 'HELD' AND h.transfer_id IS NOT NULL)
        OR (r.status = 'REVERSED' AND t.reversed_points < t.amount_points)
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
