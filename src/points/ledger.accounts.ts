import { createHash } from 'node:crypto';
import {
  accountName,
  type LedgerAccount,
  type PointsAccount,
  type PointsBalance,
  type PointsEntry,
  unitKeyOf,
} from './points.entity.js';

/** The chain of every account begins here. */
export const genesisHash = '0'.repeat(64);

/** Whether it is one of the ambassador's own two accounts. */
export function isOwn(account: LedgerAccount): account is PointsAccount {
  return account === 'AVAILABLE' || account === 'PENDING';
}

interface Line {
  readonly id: string;
  readonly transferId: string;
  readonly account: LedgerAccount;
  readonly amountPoints: number;
  readonly postedAt: Date;
}

/** The ambassador's two accounts while a transfer is written: points, sequence and the head of the hash chain. */
export class AccountStates {
  readonly ambassadorId: string;
  readonly own: Readonly<Record<PointsAccount, { points: number; sequence: number; hash: string }>>;
  private readonly programId: string;
  private readonly unitKey: string | null;

  constructor(balance: PointsBalance) {
    this.ambassadorId = balance.ambassadorId;
    this.programId = balance.programId;
    this.unitKey = unitKeyOf(balance);
    this.own = {
      AVAILABLE: { points: balance.available, sequence: balance.availableSequence, hash: balance.availableHash },
      PENDING: { points: balance.pending, sequence: balance.pendingSequence, hash: balance.pendingHash },
    };
  }

  append({ account: side, ...line }: Line): Partial<PointsEntry> {
    const { programId } = this;
    const account = accountName(side, this.unitKey);
    if (!isOwn(side)) return { ...line, account, programId, ambassadorId: null, sequence: null, hash: null };
    const state = this.own[side];
    state.points += line.amountPoints;
    state.sequence += 1;
    state.hash = chainHash(state.hash, state.sequence, line);
    const { sequence, hash } = state;
    return { ...line, account, programId, ambassadorId: this.ambassadorId, sequence, hash };
  }
}

/** Links an entry to the one before it on its account, so that no entry can be changed unseen. */
export function chainHash(previous: string, sequence: number, line: Omit<Line, 'account'>): string {
  const { id, transferId, amountPoints, postedAt } = line;
  const text = [previous, sequence, id, transferId, amountPoints, postedAt.toISOString()].join('|');
  return createHash('sha256').update(text).digest('hex');
}
