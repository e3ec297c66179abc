import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { AccountStates, genesisHash, isOwn } from './ledger.accounts.js';
import {
  type LedgerAccount,
  PointsBalance,
  PointsEntry,
  type PointsEntryKind,
  PointsHold,
  PointsTransfer,
} from './points.entity.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** Points moved on an ambassador's account. */
    'points.posted': PointsPosted;
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

/** GraphQL's Int ends at 2^31 - 1; a balance stays well within it. */
export const balancePointsMax = 2_000_000_000;

/** A movement of points. From and to are accounts of one ambassador, or one of them is the program's. */
interface Transfer {
  readonly balance: PointsBalance;
  readonly kind: PointsEntryKind;
  readonly amountPoints: number;
  readonly from: LedgerAccount;
  readonly to: LedgerAccount;
  readonly earnedPoints: number;
  readonly earnedAt: Date;
  readonly reason: string;
  readonly actor: string;
  readonly cause?: string;
  readonly category?: string | null;
  readonly reversesId?: string;
  readonly releasedCause?: string | null;
}

export interface Award {
  readonly ambassadorId: string;
  readonly amountPoints: number;
  /** What it is for; it pays this ambassador once, whatever happens. */
  readonly cause: string;
  readonly category: string | null;
  readonly reason: string;
  readonly actor: string;
  /** Until when the points stay pending; available at once if left out. */
  readonly availableAt?: Date;
}

/** Double entry: every point that one account gets, another gives. The only writer of transfers, entries and balances. */
export class Ledger {
  constructor(private readonly events: Events) {}

  /** Opens the accounts of an ambassador. */
  async open(tx: Transaction, programId: string, ambassadorId: string): Promise<void> {
    await tx.insert(PointsBalance, {
      ambassadorId,
      programId,
      available: 0,
      pending: 0,
      lifetime: 0,
      availableSequence: 0,
      availableHash: genesisHash,
      pendingSequence: 0,
      pendingHash: genesisHash,
    });
  }

  /** The balance, held against other writers until the transaction ends. */
  async lockBalance(tx: Transaction, ambassadorId: string): Promise<PointsBalance> {
    const balance = await tx.first(PointsBalance, sql`WHERE ambassador_id = ${ambassadorId} ${tx.forUpdate}`);
    if (!balance) throw new Error('An ambassador has no account');
    return balance;
  }

  /** Pays an award, at once or after its pending period. */
  async award(tx: Transaction, award: Award): Promise<PointsEntry> {
    const balance = await this.lockBalance(tx, award.ambassadorId);
    const held = award.availableAt !== undefined && award.availableAt > tx.now;
    const entry = await this.post(tx, {
      ...award,
      balance,
      kind: 'AWARD',
      from: 'ISSUANCE',
      to: held ? 'PENDING' : 'AVAILABLE',
      earnedPoints: held ? 0 : award.amountPoints,
      earnedAt: tx.now,
    });
    if (held) {
      const { ambassadorId, amountPoints, availableAt } = award;
      const { transferId, programId } = entry;
      await tx.insert(PointsHold, { transferId, programId, ambassadorId, amountPoints, availableAt });
    }
    return entry;
  }

  /** Gives or takes points by hand. The caller has made sure that what is taken is there. */
  async adjust(
    tx: Transaction,
    balance: PointsBalance,
    change: { readonly amountPoints: number; readonly reason: string; readonly actor: string },
  ): Promise<PointsEntry> {
    const given = change.amountPoints > 0;
    return this.post(tx, {
      balance,
      kind: 'ADJUSTMENT',
      amountPoints: Math.abs(change.amountPoints),
      from: given ? 'ISSUANCE' : 'AVAILABLE',
      to: given ? 'AVAILABLE' : 'ISSUANCE',
      earnedPoints: given ? change.amountPoints : 0,
      earnedAt: tx.now,
      reason: change.reason,
      actor: change.actor,
    });
  }

  /** Spends points on a reward. The caller has made sure that they are there. */
  async redeem(
    tx: Transaction,
    balance: PointsBalance,
    purchase: Pick<Award, 'amountPoints' | 'cause' | 'reason' | 'actor'>,
  ): Promise<PointsEntry> {
    return this.post(tx, {
      ...purchase,
      balance,
      kind: 'REDEMPTION',
      from: 'AVAILABLE',
      to: 'REDEEMED',
      earnedPoints: 0,
      earnedAt: tx.now,
    });
  }

  /**
   * Undoes part of a transfer or all of it. What was spent in the meantime becomes a debt; what still waits is taken
   * from what waits. The caller holds the balance, and has made sure that so much of the transfer is left.
   */
  async reverse(
    tx: Transaction,
    balance: PointsBalance,
    original: { readonly transfer: PointsTransfer; readonly entry: PointsEntry },
    change: { readonly amountPoints: number; readonly reason: string; readonly actor: string },
  ): Promise<PointsEntry> {
    const { transfer, entry } = original;
    await tx.execute(sql`
      UPDATE points_transfer SET reversed_points = reversed_points + ${change.amountPoints} WHERE id = ${transfer.id}`);
    const shared = { balance, kind: 'REVERSAL' as const, reversesId: transfer.id, ...change };
    if (entry.amountPoints < 0) {
      const from = transfer.kind === 'REDEMPTION' ? 'REDEEMED' : 'ISSUANCE';
      return this.post(tx, { ...shared, from, to: 'AVAILABLE', earnedPoints: 0, earnedAt: tx.now });
    }
    if (await this.takeFromHold(tx, transfer.id, change.amountPoints)) {
      return this.post(tx, { ...shared, from: 'PENDING', to: 'ISSUANCE', earnedPoints: 0, earnedAt: tx.now });
    }
    const earnedAt = await this.earnedAt(tx, transfer);
    const earnedPoints = -change.amountPoints;
    return this.post(tx, {
      ...shared,
      from: 'AVAILABLE',
      to: 'ISSUANCE',
      earnedPoints,
      earnedAt,
      category: transfer.category,
    });
  }

  /** Takes back all that is left of the award that a cause earned; nothing where it earned none. */
  async reverseCause(
    tx: Transaction,
    balance: PointsBalance,
    cause: string,
    change: { readonly reason: string; readonly actor: string },
  ): Promise<void> {
    const { ambassadorId } = balance;
    const transfer = await tx.first(
      PointsTransfer,
      sql`WHERE ambassador_id = ${ambassadorId} AND cause = ${cause} ${tx.forUpdate}`,
    );
    const entry =
      transfer &&
      (await tx.first(PointsEntry, sql`WHERE transfer_id = ${transfer.id} AND ambassador_id = ${ambassadorId}`));
    if (!entry || transfer.reversedPoints === transfer.amountPoints) return;
    const amountPoints = transfer.amountPoints - transfer.reversedPoints;
    await this.reverse(tx, balance, { transfer, entry }, { ...change, amountPoints });
  }

  /** Makes the points of a hold available, once. */
  async release(tx: Transaction, hold: PointsHold): Promise<void> {
    const balance = await this.lockBalance(tx, hold.ambassadorId);
    const current = await tx.first(PointsHold, sql`WHERE transfer_id = ${hold.transferId} ${tx.forUpdate}`);
    if (!current) return;
    await tx.execute(sql`DELETE FROM points_hold WHERE transfer_id = ${hold.transferId}`);
    const award = await tx.first(PointsTransfer, sql`WHERE id = ${hold.transferId}`);
    await this.post(tx, {
      balance,
      kind: 'RELEASE',
      amountPoints: current.amountPoints,
      from: 'PENDING',
      to: 'AVAILABLE',
      earnedPoints: current.amountPoints,
      earnedAt: tx.now,
      reason: award?.reason ?? '',
      actor: 'system',
      cause: releaseCause(hold.transferId),
      category: award?.category ?? null,
      releasedCause: award?.cause ?? null,
    });
  }

  private async takeFromHold(tx: Transaction, transferId: string, amountPoints: number): Promise<boolean> {
    const hold = await tx.first(PointsHold, sql`WHERE transfer_id = ${transferId} ${tx.forUpdate}`);
    if (!hold) return false;
    await (hold.amountPoints === amountPoints
      ? tx.execute(sql`DELETE FROM points_hold WHERE transfer_id = ${transferId}`)
      : tx.execute(sql`
          UPDATE points_hold SET amount_points = amount_points - ${amountPoints} WHERE transfer_id = ${transferId}`));
    return true;
  }

  /** When the points of an award began to count: on the award itself, or on the release after its pending period. */
  private async earnedAt(tx: Transaction, award: PointsTransfer): Promise<Date> {
    if (award.earnedPoints > 0) return award.earnedAt;
    const release = await tx.first(
      PointsTransfer,
      sql`WHERE ambassador_id = ${award.ambassadorId} AND cause = ${releaseCause(award.id)}`,
    );
    return release?.earnedAt ?? award.earnedAt;
  }

  /** Writes the transfer, its two entries and the balance, and says so. Answers with the ambassador's entry. */
  private async post(tx: Transaction, transfer: Transfer): Promise<PointsEntry> {
    const { balance, from, to, amountPoints, kind } = transfer;
    const { ambassadorId, programId } = balance;
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
      postedAt: tx.now,
    });
    const state = new AccountStates(balance);
    const lines = [
      { account: from, amountPoints: -amountPoints },
      { account: to, amountPoints },
    ];
    const entries = lines.map((line) =>
      Object.assign(
        new PointsEntry(),
        state.append(line.account, { id: tx.newId(), transferId: id, ...line, postedAt: tx.now }),
      ),
    );
    await tx.insert(PointsEntry, entries);
    const lifetimePoints = balance.lifetime + transfer.earnedPoints;
    await this.writeBalance(tx, state, lifetimePoints);
    // A release has a line on both accounts of the ambassador; the one that counts is where the points are now.
    const entry = isOwn(to) ? entries[1] : entries[0];
    if (!entry) throw new Error('A transfer has two entries');
    await this.events.emit(tx, 'points.posted', programId, {
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
    });
    return entry;
  }

  private async writeBalance(tx: Transaction, state: AccountStates, lifetimePoints: number): Promise<void> {
    const { AVAILABLE, PENDING } = state.own;
    await tx.execute(sql`
      UPDATE points_balance SET
        available = ${AVAILABLE.points}, available_sequence = ${AVAILABLE.sequence}, available_hash = ${AVAILABLE.hash},
        pending = ${PENDING.points}, pending_sequence = ${PENDING.sequence}, pending_hash = ${PENDING.hash},
        lifetime = ${lifetimePoints}
      WHERE ambassador_id = ${state.ambassadorId}`);
  }
}

function releaseCause(transferId: string): string {
  return `release:${transferId}`;
}
