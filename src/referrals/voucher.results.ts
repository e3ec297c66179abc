import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound, SecretKeyMissing } from '../platform/graphql/problem.js';
import { FriendVoucherPool } from './voucher.entity.js';

@ObjectType({ description: 'A page of pools of voucher codes.' })
export class FriendVoucherPoolConnection extends connectionOf(FriendVoucherPool) {}

@ObjectType({ description: 'The pool is there, and empty.' })
export class FriendVoucherPoolCreated {
  @Field(() => FriendVoucherPool, { description: 'The new pool.' })
  readonly pool: FriendVoucherPool;

  constructor(pool: FriendVoucherPool) {
    this.pool = pool;
  }
}

@ObjectType({ description: 'The codes are in the pool.' })
export class FriendVouchersLoaded {
  @Field(() => FriendVoucherPool, { description: 'The pool as it is now.' })
  readonly pool: FriendVoucherPool;

  @Field(() => Int, { description: 'How many codes are new.' })
  readonly loaded: number;

  @Field(() => Int, { description: 'How many the program had already, in this pool or another, or were given twice.' })
  readonly alreadyThere: number;

  constructor(pool: FriendVoucherPool, loaded: number, alreadyThere: number) {
    this.pool = pool;
    this.loaded = loaded;
    this.alreadyThere = alreadyThere;
  }
}

export const FriendVoucherPoolCreateResult = createUnionType({
  name: 'FriendVoucherPoolCreateResult',
  description: 'What friendVoucherPoolCreate answers.',
  types: () => [FriendVoucherPoolCreated, SecretKeyMissing, InputInvalid] as const,
});

export const FriendVouchersLoadResult = createUnionType({
  name: 'FriendVouchersLoadResult',
  description: 'What friendVouchersLoad answers.',
  types: () => [FriendVouchersLoaded, SecretKeyMissing, InputInvalid, NotFound] as const,
});
