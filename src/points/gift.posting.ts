import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { ReceivedPart } from './gift.entity.js';
import { post } from './ledger.posting.js';
import type { LotSlice } from './lots.js';
import type { PointsBalance, PointsEntry } from './points.entity.js';

/** Points from one ambassador to another. */
export interface Gift {
  readonly from: PointsBalance;
  readonly to: PointsBalance;
  readonly amountPoints: number;
  /** The words of the giver, for both to read. */
  readonly reason: string;
  readonly actor: string;
  /** What the giver parts with, oldest first: it keeps its age. Empty where nothing expires. */
  readonly slices: readonly LotSlice[];
}

/**
 * Moves points from one ambassador to another: nothing is earned. The caller holds both balances, and has made sure that
 * the points are there. Answers with the giver's entry.
 */
export async function give(tx: Transaction, events: Events, gift: Gift): Promise<PointsEntry> {
  const { from, to, amountPoints, reason, actor, slices } = gift;
  const shared = { amountPoints, earnedPoints: 0, earnedAt: tx.now, reason, actor };
  const sent = await post(tx, events, { ...shared, balance: from, kind: 'SENT', from: 'AVAILABLE', to: 'TRANSIT' });
  const received = await post(tx, events, {
    ...shared,
    balance: to,
    kind: 'RECEIVED',
    from: 'TRANSIT',
    to: 'AVAILABLE',
    cause: causeOfReceipt(sent.transferId),
  });
  const { transferId } = received;
  const parts = slices.map(({ points, earnedAt }, part) => ({ transferId, part, points, earnedAt }));
  if (parts.length > 0) await tx.insert(ReceivedPart, parts);
  return sent;
}

/** @param sentTransferId the giver's side */
export function causeOfReceipt(sentTransferId: string): string {
  return `received:${sentTransferId}`;
}
