import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const PointsEntryKind = graphqlEnum('PointsEntryKind', 'Why points moved.', {
  AWARD: 'Earned: a submission, a referral side, a streak.',
  ADJUSTMENT: 'Given or taken by hand, or by a server of the program.',
  REDEMPTION: 'Spent on a reward.',
  EXPIRY: 'Lost because their time was over.',
  REVERSAL: 'Undoes an earlier entry, whole or in part.',
  RELEASE: 'Pending points became available.',
  SENT: 'Given to another ambassador.',
  RECEIVED: 'Came from another ambassador; never counted as earned.',
});
export type PointsEntryKind = keyof typeof PointsEntryKind;

export const PointsAccount = graphqlEnum('PointsAccount', "An ambassador's accounts.", {
  AVAILABLE: 'Points that can be spent.',
  PENDING: 'Points that are earned once their pending period passes.',
});
export type PointsAccount = keyof typeof PointsAccount;

/**
 * Every account of the ledger in one unit: the ambassador's own two, and the program's on the other side. What goes from
 * one ambassador to another passes through TRANSIT, which is empty whenever nobody is writing.
 */
export type LedgerAccount = PointsAccount | 'ISSUANCE' | 'REDEEMED' | 'EXPIRED' | 'TRANSIT';

/** The name under which an account's entries are kept: bare in the program's own unit, as in `AVAILABLE/credits` else. */
export function accountName(account: LedgerAccount, unitKey: string | null): string {
  return unitKey === null ? account : `${account}/${unitKey}`;
}

/** The unit in which an account of that name counts; null for the default one. */
export function unitOfAccount(name: string): string | null {
  return name.split('/')[1] ?? null;
}

/** The movement of points between two accounts. Written once; only `reversedPoints` ever grows. */
@Entity('points_transfer')
@Index('uq_points_transfer_cause', ['ambassadorId', 'cause'], { unique: true })
@Index('ix_points_transfer_program', ['programId', 'id'])
@Index('ix_points_transfer_earned', ['programId', 'earnedAt', 'category', 'unitKey', 'earnedPoints'])
export class PointsTransfer {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  @Stored('key', 'kind')
  readonly kind: PointsEntryKind;

  /** Always above 0; the entries say which way. */
  @Stored('integer', 'amount_points')
  readonly amountPoints: number;

  /** How much of it reversals have taken back; never above the amount. */
  @Stored('integer', 'reversed_points')
  readonly reversedPoints: number;

  /** By how much lifetime points change, and when they count as earned: boards are made of these two. */
  @Stored('integer', 'earned_points')
  readonly earnedPoints: number;

  @Stored('time', 'earned_at')
  readonly earnedAt: Date;

  /** What kind of challenge earned it, for boards of some kinds only. */
  @Optional('key', 'category')
  readonly category: string | null;

  /** What pays at most once, as in `submission:<id>`. */
  @Optional('key', 'cause')
  readonly cause: string | null;

  @Stored('line', 'reason')
  readonly reason: string;

  /** Who did it: role and subject; `system` for what follows from a rule. */
  @Stored('line', 'actor')
  readonly actor: string;

  @Optional('id', 'reverses_id')
  readonly reversesId: string | null;

  /** What is counted; null in the program's default unit, by which boards and levels go. */
  @Optional('key', 'unit_key')
  readonly unitKey: string | null;

  @Stored('time', 'posted_at')
  readonly postedAt: Date;
}

@ObjectType({
  implements: Node,
  description: 'A line on an account: points that came or went. Never changed, never deleted.',
})
@Entity('points_entry')
@Index('uq_points_entry_sequence', ['ambassadorId', 'account', 'sequence'], { unique: true })
@Index('ix_points_entry_transfer', ['transferId'])
@Index('ix_points_entry_posted', ['programId', 'postedAt', 'account', 'amountPoints'])
export class PointsEntry extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'transfer_id')
  readonly transferId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  /** Null on the program's own accounts. */
  @Optional('id', 'ambassador_id')
  readonly ambassadorId: string | null;

  /** See accountName. */
  @Stored('key', 'account')
  readonly account: string;

  @Field(() => Int, { description: 'Points; negative where they leave the account.' })
  @Stored('integer', 'amount_points')
  readonly amountPoints: number;

  /** 1, 2, 3 … on an ambassador's account. The program's accounts have none: everybody would wait for it. */
  @Optional('integer', 'sequence')
  readonly sequence: number | null;

  /** SHA-256 of this entry and of the hash before it on the account. */
  @Optional('key', 'hash')
  readonly hash: string | null;

  @Field({ description: 'When it was posted.' })
  @Stored('time', 'posted_at')
  readonly postedAt: Date;
}

/** What an ambassador has: always the sum of the entries, kept beside them in the same transaction. */
@ObjectType({ description: "An ambassador's points." })
@Entity('points_balance')
export class PointsBalance {
  @IdColumn('ambassador_id')
  readonly ambassadorId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field(() => Int, {
    description: 'Points that can be spent now; below 0 only after a reversal of points already spent.',
  })
  @Stored('integer', 'available')
  readonly available: number;

  @Field(() => Int, { description: 'Points that become available when their pending period passes.' })
  @Stored('integer', 'pending')
  readonly pending: number;

  @Field(() => Int, { description: 'Points earned and not reversed, spent or not. Levels and boards go by these.' })
  @Stored('integer', 'lifetime')
  readonly lifetime: number;

  @Stored('integer', 'available_sequence')
  readonly availableSequence: number;

  @Stored('key', 'available_hash')
  readonly availableHash: string;

  @Stored('integer', 'pending_sequence')
  readonly pendingSequence: number;

  @Stored('key', 'pending_hash')
  readonly pendingHash: string;

  @Field(() => Int, { description: 'Points owed: spent before they were reversed. The next awards pay it.' })
  debt(): number {
    return Math.max(0, -this.available);
  }
}

/** What an ambassador has in another unit than the default one. Who changes it holds the balance in the default unit. */
@Entity('points_unit_balance')
export class UnitBalance extends PointsBalance {
  @PrimaryColumn('varchar', { length: '64', name: 'unit_key' })
  readonly unitKey: string;
}

/** The unit of a balance; null for the default one. */
export function unitKeyOf(balance: PointsBalance): string | null {
  return balance instanceof UnitBalance ? balance.unitKey : null;
}

/** Points of one award that wait for their pending period; the row is gone once they are released or reversed. */
@Entity('points_hold')
@Index('ix_points_hold_due', ['availableAt'])
export class PointsHold {
  @IdColumn('transfer_id')
  readonly transferId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  /** What is left to release, after reversals. */
  @Stored('integer', 'amount_points')
  readonly amountPoints: number;

  @Stored('time', 'available_at')
  readonly availableAt: Date;
}
