import sql from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';
import { chainHash, genesisHash } from './ledger.accounts.js';
import { accountName, PointsBalance, PointsEntry, UnitBalance, unitKeyOf } from './points.entity.js';

const balancesPerRead = 500;

/** What must always be true of the ledger. */
export const ledgerInvariants: readonly Invariant[] = [
  checkedBySql(
    1,
    'Every transfer moves the same amount out of one account and into another.',
    sql`SELECT t.id AS violation FROM points_transfer t LEFT JOIN points_entry e ON e.transfer_id = t.id
      GROUP BY t.id, t.amount_points
      HAVING COUNT(e.id) <> 2 OR SUM(e.amount_points) <> 0 OR MAX(e.amount_points) <> t.amount_points LIMIT 20`,
  ),
  checkedBySql(
    1,
    'The sum over all accounts of a program is 0.',
    sql`SELECT program_id AS violation FROM points_entry GROUP BY program_id HAVING SUM(amount_points) <> 0 LIMIT 20`,
  ),
  checkedBySql(
    2,
    "An ambassador's balance is the sum of its entries, and lifetime points of what was earned.",
    sql`SELECT b.ambassador_id AS violation FROM points_balance b
      LEFT JOIN (
        SELECT ambassador_id,
          SUM(CASE WHEN account = 'AVAILABLE' THEN amount_points ELSE 0 END) AS available,
          SUM(CASE WHEN account = 'PENDING' THEN amount_points ELSE 0 END) AS pending,
          MAX(CASE WHEN account = 'AVAILABLE' THEN sequence ELSE 0 END) AS available_sequence,
          MAX(CASE WHEN account = 'PENDING' THEN sequence ELSE 0 END) AS pending_sequence
        FROM points_entry WHERE ambassador_id IS NOT NULL GROUP BY ambassador_id
      ) e ON e.ambassador_id = b.ambassador_id
      LEFT JOIN (
        SELECT ambassador_id, SUM(earned_points) AS lifetime FROM points_transfer WHERE unit_key IS NULL
        GROUP BY ambassador_id
      ) t ON t.ambassador_id = b.ambassador_id
      WHERE b.available <> COALESCE(e.available, 0) OR b.pending <> COALESCE(e.pending, 0)
        OR b.lifetime <> COALESCE(t.lifetime, 0)
        OR b.available_sequence <> COALESCE(e.available_sequence, 0)
        OR b.pending_sequence <> COALESCE(e.pending_sequence, 0)
      LIMIT 20`,
  ),
  checkedBySql(
    3,
    'Nothing available is below 0, except by a reversal of points already spent; nothing pending ever is.',
    sql`SELECT b.ambassador_id AS violation FROM points_balance b
      WHERE b.pending < 0 OR (b.available < 0 AND NOT EXISTS (
        SELECT 1 FROM points_transfer t
        WHERE t.ambassador_id = b.ambassador_id AND t.kind = 'REVERSAL' AND t.unit_key IS NULL))
      LIMIT 20`,
  ),
  {
    number: 4,
    sentence: 'Entries are never changed or deleted: every account is one unbroken chain.',
    violations: brokenChains,
  },
  checkedBySql(
    5,
    'What is reversed of a transfer is the sum of its reversals, and never more than the transfer.',
    sql`SELECT t.id AS violation FROM points_transfer t
      LEFT JOIN points_transfer r ON r.reverses_id = t.id AND r.ambassador_id = t.ambassador_id
      GROUP BY t.id, t.amount_points, t.reversed_points
      HAVING t.reversed_points > t.amount_points OR t.reversed_points <> COALESCE(SUM(r.amount_points), 0) LIMIT 20`,
  ),
  checkedBySql(
    7,
    'Pending points are exactly those that wait, each award as far as it was not reversed.',
    sql`SELECT b.ambassador_id AS violation FROM points_balance b
      LEFT JOIN (
        SELECT h.ambassador_id, SUM(h.amount_points) AS waiting
        FROM points_hold h JOIN points_transfer t ON t.id = h.transfer_id
        WHERE t.unit_key IS NULL GROUP BY h.ambassador_id
      ) h ON h.ambassador_id = b.ambassador_id
      WHERE b.pending <> COALESCE(h.waiting, 0)
      UNION ALL
      SELECT h.transfer_id FROM points_hold h JOIN points_transfer t ON t.id = h.transfer_id
      WHERE t.kind <> 'AWARD' OR h.amount_points <> t.amount_points - t.reversed_points
      LIMIT 20`,
  ),
  checkedBySql(
    8,
    'No transfer touches two programs.',
    sql`SELECT t.id AS violation FROM points_transfer t
      JOIN points_entry e ON e.transfer_id = t.id
      JOIN ambassador a ON a.id = t.ambassador_id
      WHERE e.program_id <> t.program_id OR a.program_id <> t.program_id
        OR (e.ambassador_id IS NOT NULL AND e.ambassador_id <> t.ambassador_id)
      LIMIT 20`,
  ),
  checkedBySql(
    9,
    'One award for each cause and ambassador.',
    sql`SELECT cause AS violation FROM points_transfer WHERE cause IS NOT NULL
      GROUP BY ambassador_id, cause HAVING COUNT(*) > 1 LIMIT 20`,
  ),
];

/** Walks every ambassador's chain, some hundred accounts at a time. */
async function brokenChains(reader: Reader): Promise<readonly string[]> {
  const broken: string[] = [];
  let after = '';
  while (broken.length < samplesMax) {
    const balances = await reader.select(
      PointsBalance,
      sql`WHERE ambassador_id > ${after} ORDER BY ambassador_id LIMIT ${balancesPerRead}`,
    );
    for (const balance of balances) {
      const inUnits = await reader.select(UnitBalance, sql`WHERE ambassador_id = ${balance.ambassadorId}`);
      for (const each of [balance, ...inUnits]) {
        const unitKey = unitKeyOf(each);
        const intact =
          (await chainEnd(reader, each.ambassadorId, accountName('AVAILABLE', unitKey))) === each.availableHash &&
          (await chainEnd(reader, each.ambassadorId, accountName('PENDING', unitKey))) === each.pendingHash;
        if (!intact) broken.push(each.ambassadorId);
      }
    }
    if (balances.length < balancesPerRead) break;
    after = balances.at(-1)?.ambassadorId ?? after;
  }
  return broken.slice(0, samplesMax);
}

/** The hash that an account's chain ends with, counted anew from its entries; empty where a link does not hold. */
async function chainEnd(reader: Reader, ambassadorId: string, account: string): Promise<string> {
  const entries = await reader.select(
    PointsEntry,
    sql`WHERE ambassador_id = ${ambassadorId} AND account = ${account} ORDER BY sequence`,
  );
  let hash = genesisHash;
  for (const [index, entry] of entries.entries()) {
    hash = chainHash(hash, index + 1, entry);
    if (entry.sequence !== index + 1 || entry.hash !== hash) return '';
  }
  return hash;
}
