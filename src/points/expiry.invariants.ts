import sql from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';
import { ExpiredLot } from './expiry.entity.js';
import { restoredCausePrefix } from './expiry.posting.js';
import { ReceivedPart } from './gift.entity.js';
import { accountName, PointsEntry, PointsTransfer } from './points.entity.js';

/** What must always be true of points that expired. */
export const expiryInvariants: readonly Invariant[] = [
  checkedBySql(
    7,
    'Each expiry is made up of lots, and what was given back of it of what was given back of these.',
    sql`SELECT t.id AS violation FROM points_transfer t
      LEFT JOIN points_expired_lot l ON l.expiry_transfer_id = t.id
      WHERE t.kind = 'EXPIRY' GROUP BY t.id, t.amount_points, t.reversed_points
      HAVING t.amount_points <> COALESCE(SUM(l.points), 0) OR t.reversed_points <> COALESCE(SUM(l.restored_points), 0)
      UNION ALL
      SELECT l.lot_transfer_id FROM points_expired_lot l
      LEFT JOIN points_transfer t ON t.id = l.expiry_transfer_id AND t.kind = 'EXPIRY'
      LEFT JOIN points_transfer o ON o.id = l.lot_transfer_id AND o.ambassador_id = t.ambassador_id
        AND COALESCE(o.unit_key, '') = COALESCE(t.unit_key, '')
      WHERE t.id IS NULL OR o.id IS NULL OR l.points < 1 OR l.restored_points < 0 OR l.restored_points > l.points
      LIMIT 20`,
  ),
  checkedBySql(
    7,
    'No lot expires twice: what expired of it and what was reversed is never more than came.',
    sql`SELECT o.id AS violation FROM points_transfer o JOIN points_expired_lot l ON l.lot_transfer_id = o.id
      GROUP BY o.id, o.amount_points, o.reversed_points
      HAVING SUM(l.points - l.restored_points) > o.amount_points - o.reversed_points LIMIT 20`,
  ),
  {
    number: 7,
    sentence: 'Lots are spent and expire oldest first: told again from its entries, every expiry took what was there.',
    violations: wronglyExpired,
  },
];

const accountsPerRead = 200;

/** Tells the story of every account on which something expired. Answers the expiries that took what was not there. */
async function wronglyExpired(reader: Reader): Promise<readonly string[]> {
  const wrong: string[] = [];
  let after = '';
  while (wrong.length < samplesMax) {
    const accounts = await reader.query<{ ambassador_id: string; unit_key: string | null }>(sql`
      SELECT DISTINCT ambassador_id, unit_key FROM points_transfer
      WHERE kind = 'EXPIRY' AND ambassador_id > ${after} ORDER BY ambassador_id LIMIT ${accountsPerRead}`);
    for (const { ambassador_id, unit_key } of accounts) {
      wrong.push(...(await retell(reader, ambassador_id, unit_key)));
    }
    after = accounts.at(-1)?.ambassador_id ?? after;
    if (accounts.length < accountsPerRead) break;
  }
  return wrong.slice(0, samplesMax);
}

interface ToldLot {
  readonly key: string;
  points: number;
}

/** A queue, filled and emptied in the order of the entries: nothing here knows how lots are found elsewhere. */
async function retell(reader: Reader, ambassadorId: string, unitKey: string | null): Promise<string[]> {
  const entries = await reader.select(
    PointsEntry,
    sql`WHERE ambassador_id = ${ambassadorId} AND account = ${accountName('AVAILABLE', unitKey)} ORDER BY sequence`,
  );
  const transfers = new Map(
    (await reader.select(PointsTransfer, sql`WHERE ambassador_id = ${ambassadorId}`)).map((row) => [row.id, row]),
  );
  const ofThose = sql`JOIN points_transfer ON points_transfer.id`;
  const parts = await reader.select(
    ReceivedPart,
    sql`${ofThose} = points_received_part.transfer_id WHERE points_transfer.ambassador_id = ${ambassadorId}
      ORDER BY points_received_part.part`,
  );
  const expired = await reader.select(
    ExpiredLot,
    sql`${ofThose} = points_expired_lot.expiry_transfer_id WHERE points_transfer.ambassador_id = ${ambassadorId}`,
  );
  const lots: ToldLot[] = [];
  const wrong: string[] = [];
  let spent = 0;
  for (const { transferId, amountPoints } of entries) {
    const transfer = transfers.get(transferId);
    if (!transfer) continue;
    if (transfer.kind === 'EXPIRY') {
      const left = leftOf(lots, spent);
      for (const lot of expired.filter((row) => row.expiryTransferId === transferId)) {
        const key = `${lot.lotTransferId}/${lot.part}`;
        if ((left.get(key) ?? 0) < lot.points) wrong.push(transferId);
        change(lots, key, -lot.points);
      }
      continue;
    }
    const original = transfer.kind === 'REVERSAL' ? transfers.get(transfer.reversesId ?? '') : undefined;
    if (original?.kind === 'EXPIRY') {
      const [lotId] = (transfer.cause ?? '').slice(restoredCausePrefix.length).split(':');
      change(lots, `${lotId}/0`, amountPoints);
      continue;
    }
    if (original && amountPoints < 0) change(lots, `${original.id}/0`, amountPoints);
    else if (amountPoints < 0 || original) spent -= amountPoints;
    else lots.push(...lotsOf(transfer, amountPoints, parts));
  }
  return wrong;
}

function lotsOf(transfer: PointsTransfer, amountPoints: number, parts: readonly ReceivedPart[]): ToldLot[] {
  const own = parts.filter(({ transferId }) => transferId === transfer.id);
  if (own.length > 0) return own.map(({ part, points }) => ({ key: `${transfer.id}/${part}`, points }));
  const id = transfer.kind === 'RELEASE' ? transfer.cause?.slice('release:'.length) : transfer.id;
  return [{ key: `${id}/0`, points: amountPoints }];
}

/** What is left of each lot when so much was taken from the oldest. */
function leftOf(lots: readonly ToldLot[], spentPoints: number): ReadonlyMap<string, number> {
  let open = spentPoints;
  return new Map(
    lots.map(({ key, points }) => {
      const taken = Math.min(points, open);
      open -= taken;
      return [key, points - taken];
    }),
  );
}

function change(lots: readonly ToldLot[], key: string, points: number): void {
  const lot = lots.find((each) => each.key === key);
  if (lot) lot.points += points;
}
