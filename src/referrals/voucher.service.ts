import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound, SecretKeyMissing } from '../platform/graphql/problem.js';
import type { Sealer } from '../platform/sealed.js';
import { SealedCodes } from '../platform/sealed-codes.js';
import type { Referral } from './referral.entity.js';
import { FriendVoucher, FriendVoucherPool } from './voucher.entity.js';
import type { FriendVoucherPoolCreateInput, FriendVouchersLoadInput } from './voucher.inputs.js';
import { FriendVouchersLoaded } from './voucher.results.js';

/** Voucher codes for friends: kept sealed, reserved with the order, given after the hold, each to one friend. */
export class FriendVouchers {
  private readonly codes: SealedCodes<FriendVoucher>;

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    sealer: Sealer,
  ) {
    this.codes = new SealedCodes(database, sealer, FriendVoucher, 'friend_voucher');
  }

  async createPool(
    context: RequestContext,
    { name }: FriendVoucherPoolCreateInput,
  ): Promise<FriendVoucherPool | SecretKeyMissing> {
    context.session.require('voucher.manage');
    if (!this.codes.isReady) return new SecretKeyMissing();
    return this.database.transact(async (tx) => {
      const programId = context.session.program.id;
      const pool = Object.assign(new FriendVoucherPool(), { id: tx.newId(), programId, name, createdAt: tx.now });
      await tx.insert(FriendVoucherPool, pool);
      return pool;
    });
  }

  /** Adds codes to a pool. A code that the program has already, in whichever pool, is passed over. */
  async load(
    context: RequestContext,
    { poolId, codes }: FriendVouchersLoadInput,
  ): Promise<FriendVouchersLoaded | SecretKeyMissing | NotFound> {
    context.session.require('voucher.manage');
    if (!this.codes.isReady) return new SecretKeyMissing();
    const id = rowId(FriendVoucherPool, poolId);
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const pool = id ? await this.findPool(tx, programId, id) : undefined;
      if (!pool) return new NotFound();
      const loaded = await this.codes.add(tx, programId, codes, { poolId: pool.id });
      return new FriendVouchersLoaded(pool, loaded, codes.length - loaded);
    });
  }

  /** The pools of the program, newest first. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<FriendVoucherPool>> {
    context.session.require('voucher.list');
    const where = sql`friend_voucher_pool.program_id = ${context.session.program.id}`;
    const order = newestFirst<FriendVoucherPool>('friend_voucher_pool');
    return paginate(this.database, { entity: FriendVoucherPool, where, order, page });
  }

  /** A pool of the caller's program; undefined for any other id, and for who may not see pools. */
  async find(context: RequestContext, id: string): Promise<FriendVoucherPool | undefined> {
    if (!context.session.may('voucher.list')) return undefined;
    return this.database.read((db) => this.findPool(db, context.session.program.id, id));
  }

  findPool(db: Reader, programId: string, id: string): Promise<FriendVoucherPool | undefined> {
    return db.first(FriendVoucherPool, sql`WHERE id = ${id} AND program_id = ${programId}`);
  }

  /** Sets a code aside for a friend, the oldest first; undefined where none is left. */
  async reserve(tx: Transaction, referral: Referral, poolId: string): Promise<string | undefined> {
    const [voucher, next] = await tx.select(
      FriendVoucher,
      sql`WHERE pool_id = ${poolId} AND state = 'FREE' ORDER BY id LIMIT 2 ${tx.forUpdateSkipLocked}`,
    );
    if (!voucher) return undefined;
    await tx.execute(sql`
      UPDATE friend_voucher SET state = 'RESERVED', referral_id = ${referral.id}
      WHERE id = ${voucher.id} AND state = 'FREE'`);
    if (!next) await this.events.emit(tx, 'friendVoucherPool.emptied', referral.programId, { poolId });
    return voucher.id;
  }

  /** The hold has passed: the code is the friend's, and can be seen. */
  async give(tx: Transaction, referralId: string): Promise<void> {
    await tx.execute(sql`
      UPDATE friend_voucher SET state = 'GIVEN', given_at = ${tx.now}
      WHERE referral_id = ${referralId} AND state = 'RESERVED'`);
  }

  /** The order is undone: a code that nobody has seen is free again, one that was given is revoked. */
  async takeBack(tx: Transaction, referralId: string): Promise<void> {
    await tx.execute(sql`
      UPDATE friend_voucher SET state = 'REVOKED', revoked_at = ${tx.now}
      WHERE referral_id = ${referralId} AND state = 'GIVEN'`);
    const freed = await tx.execute(sql`
      UPDATE friend_voucher SET state = 'FREE', referral_id = NULL
      WHERE referral_id = ${referralId} AND state = 'RESERVED'`);
    if (freed > 0) await tx.execute(sql`UPDATE referral SET friend_voucher_id = NULL WHERE id = ${referralId}`);
  }

  /** The code itself. */
  codeOf(voucher: FriendVoucher): string {
    return this.codes.open(voucher);
  }

  /** Seals anew some codes that another key than the newest sealed; answers how many. */
  resealSome(): Promise<number> {
    return this.codes.resealSome();
  }
}
