import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { ExpiredLot } from './expiry.entity.js';
import { post } from './ledger.posting.js';
import type { LotSlice } from './lots.js';
import type { PointsBalance, PointsEntry, PointsTransfer } from './points.entity.js';

/** Begins the cause of what was given back of one lot; the lot follows, then what makes the cause the only one. */
export const restoredCausePrefix = 'restored:';

/** Points that are lost because their time was over, and of which lots. */
export interface Expiry {
  readonly balance: PointsBalance;
  readonly slices: readonly LotSlice[];
  /** Names the run that found them: an ambassador loses points once in each. */
  readonly cause: string;
  readonly reason: string;
}

/** Takes points whose time is over. The caller holds the balance, and has found the slices under that lock. */
export async function expire(tx: Transaction, events: Events, expiry: Expiry): Promise<PointsEntry> {
  const { balance, slices, cause, reason } = expiry;
  const entry = await post(tx, events, {
    balance,
    kind: 'EXPIRY',
    amountPoints: slices.reduce((sum, { points }) => sum + points, 0),
    from: 'AVAILABLE',
    to: 'EXPIRED',
    earnedPoints: 0,
    earnedAt: tx.now,
    reason,
    actor: 'system',
    cause,
  });
  await tx.insert(
    ExpiredLot,
    slices.map(({ transferId, part, points }) => ({
      lotTransferId: transferId,
      part,
      expiryTransferId: entry.transferId,
      points,
      restoredPoints: 0,
    })),
  );
  return entry;
}

/** An award that is taken back, in part or whole, and the balance it was paid to. */
export interface TakenBack {
  readonly balance: PointsBalance;
  readonly award: PointsTransfer;
  readonly amountPoints: number;
  readonly reason: string;
  readonly actor: string;
}

/**
 * Gives back what expired of an award, as far as nothing else of it is left to take: otherwise its ambassador would lose
 * the same points twice.
 * @param reload the balance as it is after a posting
 * @returns the balance as it is then
 */
export async function giveBackExpired(
  tx: Transaction,
  events: Events,
  takenBack: TakenBack,
  reload: () => Promise<PointsBalance>,
): Promise<PointsBalance> {
  const { award, amountPoints, reason, actor } = takenBack;
  const lots = await tx.select(
    ExpiredLot,
    sql`WHERE lot_transfer_id = ${award.id} AND points > restored_points ORDER BY expiry_transfer_id DESC`,
  );
  const expired = lots.reduce((sum, lot) => sum + lot.points - lot.restoredPoints, 0);
  let missing = amountPoints - (award.amountPoints - award.reversedPoints - expired);
  let { balance } = takenBack;
  for (const lot of lots) {
    const points = Math.min(missing, lot.points - lot.restoredPoints);
    if (points <= 0) break;
    missing -= points;
    await restore(tx, lot, points);
    const cause = `${restoredCausePrefix}${lot.lotTransferId}:${balance.availableSequence}`;
    const change = { amountPoints: points, reason, actor, cause, reversesId: lot.expiryTransferId };
    const moved = { from: 'EXPIRED', to: 'AVAILABLE', earnedPoints: 0, earnedAt: tx.now } as const;
    await post(tx, events, { balance, kind: 'REVERSAL', ...change, ...moved });
    balance = await reload();
  }
  return balance;
}

async function restore(tx: Transaction, lot: ExpiredLot, points: number): Promise<void> {
  await tx.execute(sql`
    UPDATE points_expired_lot SET restored_points = restored_points + ${points}
    WHERE lot_transfer_id = ${lot.lotTransferId} AND part = ${lot.part}
      AND expiry_transfer_id = ${lot.expiryTransferId}`);
  await tx.execute(sql`
    UPDATE points_transfer SET reversed_points = reversed_points + ${points} WHERE id = ${lot.expiryTransferId}`);
}
