import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';

@ObjectType({
  implements: Node,
  description: "Voucher codes of the program's own shop, of which each friend gets one.",
})
@Entity('friend_voucher_pool')
@Index('ix_friend_voucher_pool_program', ['programId', 'id'])
export class FriendVoucherPool extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'What it is called, for staff.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;
}

/** Free -> reserved with the order -> given after the hold; free again, or revoked, where the order is undone. */
export type VoucherState = 'FREE' | 'RESERVED' | 'GIVEN' | 'REVOKED';

/** One code, which one friend gets. */
@Entity('friend_voucher')
@Index('uq_friend_voucher', ['programId', 'fingerprint'], { unique: true })
@Index('uq_friend_voucher_referral', ['referralId'], { unique: true })
@Index('ix_friend_voucher_pool', ['poolId', 'state', 'id'])
@Index('ix_friend_voucher_key', ['keyId'])
export class FriendVoucher {
  @IdColumn()
  readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'pool_id')
  readonly poolId: string;

  /** Tells equal codes apart without opening them. */
  @Stored('key', 'fingerprint')
  readonly fingerprint: string;

  /** The code, sealed. */
  @Stored('text', 'sealed_code')
  readonly sealedCode: string;

  /** The key that sealed it. */
  @Stored('key', 'key_id')
  readonly keyId: string;

  @Stored('key', 'state')
  readonly state: VoucherState;

  /** Whose friend it is for; null while it is free. */
  @Optional('id', 'referral_id')
  readonly referralId: string | null;

  @Optional('time', 'given_at')
  readonly givenAt: Date | null;

  @Optional('time', 'revoked_at')
  readonly revokedAt: Date | null;
}

@ObjectType({ description: 'What a friend gets for becoming a customer.' })
export class FriendGift {
  @Field(() => String, { nullable: true, description: 'In words, as the terms promised it; null for nothing.' })
  readonly text: string | null;

  @Field(() => Int, {
    description: 'Points, given once the hold has passed and the friend is an ambassador; 0 for none.',
  })
  readonly points: number;

  @Field(() => String, {
    nullable: true,
    description: 'The voucher code; null without one, and until the hold has passed.',
  })
  readonly voucherCode: string | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the voucher was given to the friend; null without one, and until the hold has passed.',
  })
  readonly voucherGivenAt: Date | null;

  @Field(() => Date, {
    nullable: true,
    description:
      'When the order was undone after the voucher was given, so that the shop has to refuse it; null otherwise.',
  })
  readonly voucherRevokedAt: Date | null;
}
