import sql, { type Sql } from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import {
  type IdempotencyKeyReused,
  InputInvalid,
  NotFound,
  Problem,
  SecretKeyMissing,
} from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import type { Ledger } from '../points/ledger.js';
import type { PointsBalance } from '../points/points.entity.js';
import { balanceOf } from '../points/points.loaders.js';
import { BalanceInsufficient } from '../points/points.results.js';
import { requireBalance } from '../points/points.service.js';
import type { DeliveryAddressInput } from './delivery.js';
import type { Deliveries } from './delivery.service.js';
import { forgetDonated } from './donation.js';
import { Redemption, Reward } from './reward.entity.js';
import { causeOfRedemption } from './reward.events.js';
import type {
  RedemptionCancelInput,
  RedemptionFulfillInput,
  RedemptionRevealInput,
  RedemptionsArgs,
  RewardRedeemInput,
} from './reward.inputs.js';
import { redemptionById, requireRedemption, rewardById } from './reward.loaders.js';
import {
  RedemptionRevealed,
  RedemptionSettled,
  type RewardLimitReached,
  type RewardNotEligible,
  type RewardNotOffered,
  RewardOutOfStock,
  RewardRedeemed,
  type VoucherShown,
} from './reward.results.js';
import { tellIfLow } from './reward.service.js';
import { refusalOf } from './reward.terms.js';
import type { RewardVouchers } from './reward-voucher.service.js';

type RedeemRefusal =
  | BalanceInsufficient
  | RewardOutOfStock
  | RewardNotOffered
  | RewardNotEligible
  | RewardLimitReached
  | InputInvalid
  | SecretKeyMissing
  | NotFound;
type SettleRefusal = InputInvalid | SecretKeyMissing;

/** Purchases with points: a redemption is there exactly if its points left the account. */
export class RedemptionService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
    private readonly vouchers: RewardVouchers,
    private readonly deliveries: Deliveries,
  ) {}

  /** Buys a reward with the caller's points, once for each idempotency key. A debt has to be paid first. */
  async redeem(
    context: RequestContext,
    input: RewardRedeemInput,
  ): Promise<RewardRedeemed | RedeemRefusal | IdempotencyKeyReused> {
    const ambassadorId = context.session.requireAmbassador('reward.redeem');
    const { program, caller } = context.session;
    const result = await this.database.transact(async (tx) => {
      // Held before anything is looked at: neither the points nor the key can change under this ambassador's hands.
      const balance = await this.ledger.lockBalance(tx, ambassadorId);
      const remembered = this.deliveries.remembered(input);
      return once(tx, { programId: program.id, caller, operation: 'rewardRedeem', input: remembered }, async () => {
        const id = rowId(Reward, input.rewardId);
        const reward = id && (await tx.first(Reward, sql`WHERE id = ${id} AND program_id = ${program.id}`));
        if (!reward) return new NotFound();
        const refusal = (await refusalOf(tx, reward, balance)) ?? this.deliveries.issueOf(reward, input.deliverTo);
        if (refusal) return refusal;
        if (balance.available < reward.costPoints) return new BalanceInsufficient(balance.available, reward.costPoints);
        if (!(await this.takeFromStock(tx, reward))) return new RewardOutOfStock();
        const redemption = await this.insert(tx, reward, ambassadorId, input.deliverTo);
        if (reward.kind === 'VOUCHER') await this.vouchers.reserve(tx, redemption);
        await this.ledger.redeem(tx, balance, {
          amountPoints: reward.costPoints,
          cause: causeOfRedemption(redemption.id),
          reason: reward.name,
          actor: caller,
        });
        await this.emit(tx, 'reward.redeemed', redemption);
        return redemption.id;
      });
    });
    if (result instanceof Problem) return result;
    this.forget(context);
    return new RewardRedeemed(await requireRedemption(context, result), await requireBalance(context, ambassadorId));
  }

  /** The reward was handed over. A voucher is, when its buyer sees the code. */
  async fulfill(
    context: RequestContext,
    { redemptionId, delivery }: RedemptionFulfillInput,
  ): Promise<Redemption | RedemptionSettled | SettleRefusal | NotFound> {
    context.session.require('redemption.settle');
    if (delivery && !this.deliveries.isReady) return new SecretKeyMissing();
    return this.settle(context, redemptionId, 'FULFILLED', async (tx, redemption) => {
      const reward = await tx.first(Reward, sql`WHERE id = ${redemption.rewardId}`);
      if (reward?.kind === 'VOUCHER')
        return InputInvalid.at(['redemptionId'], 'is fulfilled when its buyer reveals it');
      const sealed = delivery ? this.deliveries.sealDelivery(redemption.id, delivery) : null;
      await tx.execute(sql`
        UPDATE redemption SET status = 'FULFILLED', settled_at = ${tx.now}, sealed_address = NULL,
          sealed_delivery = ${sealed}, key_id = ${sealed && this.deliveries.keyId}
        WHERE id = ${redemption.id}`);
      await this.emit(tx, 'redemption.fulfilled', redemption);
      return undefined;
    });
  }

  /** Shows a voucher code to its buyer: this once, and nobody after that. It fulfils the redemption. */
  async reveal(
    context: RequestContext,
    input: RedemptionRevealInput,
  ): Promise<RedemptionRevealed | VoucherShown | RedemptionSettled | InputInvalid | NotFound> {
    const ambassadorId = context.session.requireAmbassador('redemption.reveal');
    const id = rowId(Redemption, input.redemptionId);
    const result = await this.database.transact(async (tx) => {
      if (!id) return new NotFound();
      await this.ledger.lockBalance(tx, ambassadorId);
      const redemption = await tx.first(
        Redemption,
        sql`WHERE id = ${id} AND ambassador_id = ${ambassadorId} ${tx.forUpdate}`,
      );
      if (!redemption) return new NotFound();
      if (redemption.status === 'CANCELLED') return new RedemptionSettled(redemption);
      const code = await this.vouchers.show(tx, id);
      if (code instanceof Problem) return code;
      await tx.execute(sql`UPDATE redemption SET status = 'FULFILLED', settled_at = ${tx.now} WHERE id = ${id}`);
      await this.emit(tx, 'redemption.fulfilled', redemption);
      return { id, code };
    });
    if (result instanceof Problem) return result;
    this.forget(context);
    return new RedemptionRevealed(await requireRedemption(context, result.id), result.code);
  }

  /** The reward will not be handed over: the points go back, and what was reserved is there for others. */
  async cancel(
    context: RequestContext,
    input: RedemptionCancelInput,
  ): Promise<Redemption | RedemptionSettled | SettleRefusal | NotFound> {
    context.session.require('redemption.settle');
    const { reason } = input;
    const actor = context.session.caller;
    return this.settle(context, input.redemptionId, 'CANCELLED', async (tx, redemption, balance) => {
      await tx.execute(sql`
        UPDATE redemption SET status = 'CANCELLED', settled_at = ${tx.now}, cancellation_reason = ${reason},
          sealed_address = NULL, key_id = NULL
        WHERE id = ${redemption.id}`);
      await tx.execute(sql`
        UPDATE reward SET stock = stock + 1 WHERE id = ${redemption.rewardId} AND stock IS NOT NULL`);
      await this.vouchers.free(tx, redemption.id);
      await this.ledger.reverseCause(tx, balance, causeOfRedemption(redemption.id), { reason, actor });
      await this.emit(tx, 'redemption.cancelled', redemption);
      return undefined;
    });
  }

  /** A redemption that the caller may see: staff any, an ambassador its own; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Redemption | undefined> {
    const redemption = await redemptionById.load(context, id);
    if (redemption?.programId !== context.session.program.id) return undefined;
    return context.session.may('redemption.read', redemption) ? redemption : undefined;
  }

  /** The redemptions of the program, newest first. */
  async list(context: RequestContext, args: RedemptionsArgs): Promise<Page<Redemption>> {
    context.session.require('redemption.list');
    const inProgram = sql`redemption.program_id = ${context.session.program.id}`;
    return this.page(args.status ? sql`${inProgram} AND redemption.status = ${args.status}` : inProgram, args);
  }

  /** What an ambassador bought, newest first. */
  async listOfAmbassador(context: RequestContext, ambassador: Ambassador, page: PageArgs): Promise<Page<Redemption>> {
    context.session.require('redemption.read', ambassador);
    return this.page(sql`redemption.ambassador_id = ${ambassador.id}`, page);
  }

  private page(where: Sql, page: PageArgs): Promise<Page<Redemption>> {
    return paginate(this.database, { entity: Redemption, where, order: newestFirst('redemption'), page });
  }

  /** Whether one was left, and is now this redemption's. Nobody gets the last one twice: the row is guarded. */
  private async takeFromStock(tx: Transaction, reward: Reward): Promise<boolean> {
    if (reward.stock === null) return true;
    const taken = await tx.execute(sql`UPDATE reward SET stock = stock - 1 WHERE id = ${reward.id} AND stock > 0`);
    if (taken === 0) return false;
    // The row is this transaction's now, so each number that is left is seen by one buyer alone.
    const left = await tx.first(Reward, sql`WHERE id = ${reward.id}`);
    if (left && left.stock === left.lowStockAt) await tellIfLow(tx, this.events, left);
    return true;
  }

  private async insert(
    tx: Transaction,
    reward: Reward,
    ambassadorId: string,
    address: DeliveryAddressInput | null | undefined,
  ): Promise<Redemption> {
    const id = tx.newId();
    const redemption = Object.assign(new Redemption(), {
      id,
      programId: reward.programId,
      rewardId: reward.id,
      ambassadorId,
      status: 'REQUESTED',
      costPoints: reward.costPoints,
      requestedAt: tx.now,
      settledAt: null,
      cancellationReason: null,
      sealedAddress: address ? this.deliveries.sealAddress(id, address) : null,
      sealedDelivery: null,
      keyId: address ? this.deliveries.keyId : null,
      donatedCents: reward.donationCents,
    } as const);
    await tx.insert(Redemption, redemption);
    return redemption;
  }

  /** Ends a redemption one way, once; the same way again changes nothing. */
  private async settle(
    context: RequestContext,
    globalId: string,
    status: 'FULFILLED' | 'CANCELLED',
    work: (tx: Transaction, redemption: Redemption, balance: PointsBalance) => Promise<SettleRefusal | undefined>,
  ): Promise<Redemption | RedemptionSettled | SettleRefusal | NotFound> {
    const id = rowId(Redemption, globalId);
    const programId = context.session.program.id;
    const result = await this.database.transact(async (tx) => {
      const known = id && (await tx.first(Redemption, sql`WHERE id = ${id} AND program_id = ${programId}`));
      if (!known) return new NotFound();
      // The balance first, as everybody who moves its points; then what stands on it is looked at.
      const balance = await this.ledger.lockBalance(tx, known.ambassadorId);
      const redemption = await tx.first(Redemption, sql`WHERE id = ${known.id} ${tx.forUpdate}`);
      if (!redemption) return new NotFound();
      if (redemption.status === status) return redemption.id;
      if (redemption.status !== 'REQUESTED') return new RedemptionSettled(redemption);
      return (await work(tx, redemption, balance)) ?? redemption.id;
    });
    if (result instanceof Problem) return result;
    this.forget(context);
    return requireRedemption(context, result);
  }

  private forget(context: RequestContext): void {
    for (const loader of [redemptionById, rewardById, balanceOf]) loader.clear(context);
    forgetDonated(context);
  }

  private emit(
    tx: Transaction,
    type: 'reward.redeemed' | 'redemption.fulfilled' | 'redemption.cancelled',
    { id, rewardId, ambassadorId, programId }: Redemption,
  ): Promise<void> {
    return this.events.emit(tx, type, programId, { redemptionId: id, rewardId, ambassadorId });
  }
}
