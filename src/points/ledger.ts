import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { giveBackExpired } from './expiry.posting.js';
import { genesisHash } from './ledger.accounts.js';
import { post } from './ledger.posting.js';
import { PointsBalance, PointsEntry, PointsHold, PointsTransfer, UnitBalance, unitKeyOf } from './points.entity.js';

/** GraphQL's Int ends at 2^31 - 1; a balance stays well within it. */
export const balancePointsMax = 2_000_000_000;

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
  /** What is paid in, by the key of the unit; the program's default unit if null or left out. */
  readonly unitKey?: string | null;
}

const emptyAccounts = {
  available: 0,
  pending: 0,
  lifetime: 0,
  availableSequence: 0,
  availableHash: genesisHash,
  pendingSequence: 0,
  pendingHash: genesisHash,
};

/** What an ambassador has in a unit in which nothing has moved yet. */
export function emptyBalance(ambassador: { readonly id: string; readonly programId: string }, unitKey: string) {
  const { id: ambassadorId, programId } = ambassador;
  return Object.assign(new UnitBalance(), { ambassadorId, programId, unitKey, ...emptyAccounts });
}

/** Double entry: every point that one account gets, another gives. */
export class Ledger {
  constructor(private readonly events: Events) {}

  /** Opens the accounts of an ambassador. */
  async open(tx: Transaction, programId: string, ambassadorId: string): Promise<void> {
    await tx.insert(PointsBalance, { ambassadorId, programId, ...emptyAccounts });
  }

  /** The balance, held against other writers until the transaction ends. */
  async lockBalance(tx: Transaction, ambassadorId: string): Promise<PointsBalance> {
    const balance = await tx.first(PointsBalance, sql`WHERE ambassador_id = ${ambassadorId} ${tx.forUpdate}`);
    if (!balance) throw new Error('An ambassador has no account');
    return balance;
  }

  /**
   * What the same ambassador has in another unit; opened with the first movement. Whoever asks holds the balance in the
   * default unit, and with it all the others.
   */
  async inUnit(tx: Transaction, balance: PointsBalance, unitKey: string | null): Promise<PointsBalance> {
    if (unitKeyOf(balance) === unitKey) return balance;
    const { ambassadorId, programId } = balance;
    if (unitKey === null) return this.lockBalance(tx, ambassadorId);
    const known = await tx.first(
      UnitBalance,
      sql`WHERE ambassador_id = ${ambassadorId} AND unit_key = ${unitKey} ${tx.forUpdate}`,
    );
    if (known) return known;
    const opened = emptyBalance({ id: ambassadorId, programId }, unitKey);
    await tx.insert(UnitBalance, opened);
    return opened;
  }

  private async reload(tx: Transaction, balance: PointsBalance): Promise<PointsBalance> {
    return this.inUnit(tx, await this.lockBalance(tx, balance.ambassadorId), unitKeyOf(balance));
  }

  /** Pays an award, at once or after its pending period. */
  async award(tx: Transaction, award: Award): Promise<PointsEntry> {
    const balance = await this.inUnit(tx, await this.lockBalance(tx, award.ambassadorId), award.unitKey ?? null);
    const held = award.availableAt !== undefined && award.availableAt > tx.now;
    const entry = await post(tx, this.events, {
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
    return post(tx, this.events, {
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
    return post(tx, this.events, {
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
   * from what waits; what has expired comes back first, so that nobody loses the same points twice. The caller holds the
   * balance, and has made sure that so much of the transfer is left.
   */
  async reverse(
    tx: Transaction,
    held: PointsBalance,
    original: { readonly transfer: PointsTransfer; readonly entry: PointsEntry },
    change: { readonly amountPoints: number; readonly reason: string; readonly actor: string },
  ): Promise<PointsEntry> {
    const { transfer, entry } = original;
    const balance = await this.inUnit(tx, held, transfer.unitKey);
    await tx.execute(sql`
      UPDATE points_transfer SET reversed_points = reversed_points + ${change.amountPoints} WHERE id = ${transfer.id}`);
    const shared = { balance, kind: 'REVERSAL' as const, reversesId: transfer.id, ...change };
    if (entry.amountPoints < 0) {
      const from = transfer.kind === 'REDEMPTION' ? 'REDEEMED' : 'ISSUANCE';
      return post(tx, this.events, { ...shared, from, to: 'AVAILABLE', earnedPoints: 0, earnedAt: tx.now });
    }
    if (await this.takeFromHold(tx, transfer.id, change.amountPoints)) {
      return post(tx, this.events, { ...shared, from: 'PENDING', to: 'ISSUANCE', earnedPoints: 0, earnedAt: tx.now });
    }
    const current = await giveBackExpired(tx, this.events, { balance, award: transfer, ...change }, () =>
      this.reload(tx, balance),
    );
    const earnedAt = await this.earnedAt(tx, transfer);
    const earnedPoints = -change.amountPoints;
    return post(tx, this.events, {
      ...shared,
      balance: current,
      from: 'AVAILABLE',
      to: 'ISSUANCE',
      earnedPoints,
      earnedAt,
      category: transfer.category,
    });
  }

  /**
   * Takes back all but `leftPoints` of the award that a cause earned; nothing where it earned none. Answers with how
   * many points that were.
   */
  async reverseCause(
    tx: Transaction,
    balance: PointsBalance,
    cause: string,
    change: { readonly reason: string; readonly actor: string },
    leftPoints = 0,
  ): Promise<number> {
    const { ambassadorId } = balance;
    const transfer = await tx.first(
      PointsTransfer,
      sql`WHERE ambassador_id = ${ambassadorId} AND cause = ${cause} ${tx.forUpdate}`,
    );
    const entry =
      transfer &&
      (await tx.first(PointsEntry, sql`WHERE transfer_id = ${transfer.id} AND ambassador_id = ${ambassadorId}`));
    if (!entry) return 0;
    const amountPoints = transfer.amountPoints - transfer.reversedPoints - leftPoints;
    if (amountPoints <= 0) return 0;
    await this.reverse(tx, balance, { transfer, entry }, { ...change, amountPoints });
    return amountPoints;
  }

  /** Makes the points of a hold available, once. */
  async release(tx: Transaction, hold: PointsHold): Promise<void> {
    const balance = await this.lockBalance(tx, hold.ambassadorId);
    const current = await tx.first(PointsHold, sql`WHERE transfer_id = ${hold.transferId} ${tx.forUpdate}`);
    if (!current) return;
    await tx.execute(sql`DELETE FROM points_hold WHERE transfer_id = ${hold.transferId}`);
    const award = await tx.first(PointsTransfer, sql`WHERE id = ${hold.transferId}`);
    await post(tx, this.events, {
      balance: await this.inUnit(tx, balance, award?.unitKey ?? null),
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
}

function releaseCause(transferId: string): string {
  return `release:${transferId}`;
}
