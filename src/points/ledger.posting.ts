import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { AccountStates, isOwn } from './ledger.accounts.js';
import {
  type LedgerAccount,
  type PointsBalance,
  PointsEntry,
  type PointsEntryKind,
  PointsTransfer,
  unitKeyOf,
} from './points.entity.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** Points in the program's default unit moved on an ambassador's account: boards, levels and badges go by these. */
    'points.posted': PointsPosted;
    /** Points in another unit moved on an ambassador's account. */
    'unit.posted': UnitPosted;
  }
}

export interface PointsPosted {
  readonly transferId: string;
  readonly entryId: string;
  readonly ambassadorId: string;
  readonly kind: PointsEntryKind;
  readonly cause: string | null;
  readonly category: string | null;
  /** Of a release: what the award was for whose pending period passed. */
  readonly releasedCause: string | null;
  /** By how much lifetime points changed, 0 for what only moves points. */
  readonly earnedPoints: number;
  /** When they count as earned, in ISO 8601: a reversal counts where the award did. */
  readonly earnedAt: string;
  readonly lifetimePoints: number;
}

export interface UnitPosted extends PointsPosted {
  readonly unitKey: string;
}

/** A movement of points. From and to are accounts of one ambassador, or one of them is the program's. */
export interface Transfer {
  readonly balance: PointsBalance;
  readonly kind: PointsEntryKind;
  readonly amountPoints: number;
  readonly from: LedgerAccount;
  readonly to: LedgerAccount;
  readonly earnedPoints: number;
  readonly earnedAt: Date;
  readonly reason: string;
  readonly actor: string;
  readonly cause?: string | undefined;
  readonly category?: string | null;
  readonly reversesId?: string;
  readonly releasedCause?: string | null;
}

/** Writes a transfer, its two entries and the balance, and says so. Answers with the ambassador's entry. */
export async function post(tx: Transaction, events: Events, transfer: Transfer): Promise<PointsEntry> {
  const { balance, from, to, amountPoints, kind } = transfer;
  const { ambassadorId, programId } = balance;
  const unitKey = unitKeyOf(balance);
  const id = tx.newId();
  await tx.insert(PointsTransfer, {
    id,
    programId,
    ambassadorId,
    kind,
    amountPoints,
    reversedPoints: 0,
    earnedPoints: transfer.earnedPoints,
    earnedAt: transfer.earnedAt,
    category: transfer.category ?? null,
    cause: transfer.cause ?? null,
    reason: transfer.reason,
    actor: transfer.actor,
    reversesId: transfer.reversesId ?? null,
    unitKey,
    postedAt: tx.now,
  });
  const state = new AccountStates(balance);
  const lines = [
    { account: from, amountPoints: -amountPoints },
    { account: to, amountPoints },
  ];
  const entries = lines.map((line) =>
    Object.assign(new PointsEntry(), state.append({ id: tx.newId(), transferId: id, ...line, postedAt: tx.now })),
  );
  await tx.insert(PointsEntry, entries);
  const lifetimePoints = balance.lifetime + transfer.earnedPoints;
  await writeBalance(tx, state, lifetimePoints, unitKey);
  // A release has a line on both accounts of the ambassador; the one that counts is where the points are now.
  const entry = isOwn(to) ? entries[1] : entries[0];
  if (!entry) throw new Error('A transfer has two entries');
  const posted: PointsPosted = {
    transferId: id,
    entryId: entry.id,
    ambassadorId,
    kind,
    cause: transfer.cause ?? null,
    category: transfer.category ?? null,
    releasedCause: transfer.releasedCause ?? null,
    earnedPoints: transfer.earnedPoints,
    earnedAt: transfer.earnedAt.toISOString(),
    lifetimePoints,
  };
  await (unitKey === null
    ? events.emit(tx, 'points.posted', programId, posted)
    : events.emit(tx, 'unit.posted', programId, { ...posted, unitKey }));
  return entry;
}

async function writeBalance(
  tx: Transaction,
  state: AccountStates,
  lifetimePoints: number,
  unitKey: string | null,
): Promise<void> {
  const { AVAILABLE, PENDING } = state.own;
  const changes = sql`
    available = ${AVAILABLE.points}, available_sequence = ${AVAILABLE.sequence}, available_hash = ${AVAILABLE.hash},
    pending = ${PENDING.points}, pending_sequence = ${PENDING.sequence}, pending_hash = ${PENDING.hash},
    lifetime = ${lifetimePoints}`;
  await tx.execute(
    unitKey === null
      ? sql`UPDATE points_balance SET ${changes} WHERE ambassador_id = ${state.ambassadorId}`
      : sql`UPDATE points_unit_balance SET ${changes}
          WHERE ambassador_id = ${state.ambassadorId} AND unit_key = ${unitKey}`,
  );
}
