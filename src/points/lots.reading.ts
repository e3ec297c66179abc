import sql, { join } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { listsOf } from '../platform/database/lists.js';
import { ExpiredLot } from './expiry.entity.js';
import { ReceivedPart } from './gift.entity.js';
import { type Lot, type LotSlice, lotsLeft } from './lots.js';
import { accountName, type PointsBalance, PointsEntry, PointsTransfer, unitKeyOf } from './points.entity.js';

/** Lines of one account that are read at first, and how many times as many after each time that did not suffice. */
const linesAtFirst = 64;
const growth = 4;

/** How far the reading of one balance has come. */
interface Reading {
  readonly balance: PointsBalance;
  readonly newestFirst: Lot[];
  /** Available points whose lots have not been seen yet. */
  open: number;
  /** The lowest line that has been read. */
  before: number;
}

/**
 * What is left of the lots of each balance, oldest first; in the order of the balances. Reads the newest lines only, as
 * far as each balance reaches, of many accounts together. Under the lock of a balance it is exact, without it as of some
 * moment ago.
 */
export async function readLots(reader: Reader, balances: readonly PointsBalance[]): Promise<LotSlice[][]> {
  const readings = balances.map((balance): Reading => {
    return { balance, newestFirst: [], open: balance.available, before: balance.availableSequence + 1 };
  });
  for (let lines = linesAtFirst; ; lines *= growth) {
    const unfinished = readings.filter(({ open, before }) => open > 0 && before > 1);
    if (unfinished.length === 0) break;
    await readOn(reader, unfinished, lines);
  }
  return readings.map(({ balance, newestFirst }) => lotsLeft(newestFirst, balance.available));
}

async function readOn(reader: Reader, readings: readonly Reading[], lines: number): Promise<void> {
  const windows = readings.map(({ balance, before }) => {
    const account = accountName('AVAILABLE', unitKeyOf(balance));
    return sql`(points_entry.ambassador_id = ${balance.ambassadorId} AND points_entry.account = ${account}
      AND points_entry.sequence >= ${before - lines} AND points_entry.sequence < ${before})`;
  });
  const entries = await reader.select(
    PointsEntry,
    sql`WHERE (${join(windows, ' OR ')}) AND points_entry.amount_points > 0 ORDER BY points_entry.sequence DESC`,
  );
  const lots = await lotsOf(
    reader,
    entries.map(({ transferId }) => transferId),
  );
  const byAmbassador = new Map(readings.map((reading) => [reading.balance.ambassadorId, reading]));
  for (const { ambassadorId, transferId } of entries) {
    const reading = byAmbassador.get(ambassadorId ?? '');
    if (!reading) continue;
    for (const lot of lots.get(transferId) ?? []) {
      reading.newestFirst.push(lot);
      reading.open -= Math.max(0, lot.points);
    }
  }
  for (const reading of readings) reading.before = Math.max(1, reading.before - lines);
}

/** What brings points that were not available before; what a reversal brings back lies in the lots that it left. */
const sources: ReadonlySet<string> = new Set(['AWARD', 'ADJUSTMENT', 'RELEASE', 'RECEIVED']);

/** The lots that each of these transfers brought; of a receipt its parts, the youngest first. */
async function lotsOf(reader: Reader, transferIds: readonly string[]): Promise<ReadonlyMap<string, readonly Lot[]>> {
  const transfers = (await byIds(reader, transferIds)).filter(({ kind }) => sources.has(kind));
  // The points of a release are those of the award that waited.
  const awards = await byIds(reader, transfers.flatMap(awardOfRelease));
  const origins = new Map(awards.map((award) => [award.id, award]));
  const lotIds = transfers.map((transfer) => awardOfRelease(transfer)[0] ?? transfer.id);
  const expired = await expiredPoints(reader, lotIds);
  const parts = await readParts(
    reader,
    transfers.filter(({ kind }) => kind === 'RECEIVED').map(({ id }) => id),
  );
  return new Map(
    transfers.map((transfer, index) => {
      const transferId = lotIds[index] ?? transfer.id;
      const { amountPoints, reversedPoints } = origins.get(transferId) ?? transfer;
      const whole = { part: 0, earnedAt: transfer.earnedAt, points: amountPoints - reversedPoints };
      const own = parts.filter((part) => part.transferId === transferId);
      const lots = (own.length > 0 ? own : [whole]).map(({ part, earnedAt, points }) => {
        return { transferId, part, earnedAt, points: points - (expired.get(lotKey(transferId, part)) ?? 0) };
      });
      return [transfer.id, lots];
    }),
  );
}

function awardOfRelease({ kind, cause }: PointsTransfer): string[] {
  return kind === 'RELEASE' && cause !== null ? [cause.slice('release:'.length)] : [];
}

async function byIds(reader: Reader, ids: readonly string[]): Promise<PointsTransfer[]> {
  const rows: PointsTransfer[] = [];
  for (const list of listsOf(ids)) {
    rows.push(...(await reader.select(PointsTransfer, sql`WHERE id IN (${join(list)})`)));
  }
  return rows;
}

async function expiredPoints(reader: Reader, lotIds: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const points = new Map<string, number>();
  for (const list of listsOf(lotIds)) {
    for (const row of await reader.select(ExpiredLot, sql`WHERE lot_transfer_id IN (${join(list)})`)) {
      const key = lotKey(row.lotTransferId, row.part);
      points.set(key, (points.get(key) ?? 0) + row.points - row.restoredPoints);
    }
  }
  return points;
}

async function readParts(reader: Reader, transferIds: readonly string[]): Promise<ReceivedPart[]> {
  const parts: ReceivedPart[] = [];
  for (const list of listsOf(transferIds)) {
    parts.push(
      ...(await reader.select(ReceivedPart, sql`WHERE transfer_id IN (${join(list)}) ORDER BY transfer_id, part DESC`)),
    );
  }
  return parts;
}

export function lotKey(transferId: string, part: number): string {
  return `${transferId}/${part}`;
}
