import sql, { type Sql } from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import type { Ledger } from '../points/ledger.js';
import type { PointsBalance } from '../points/points.entity.js';
import { balanceOf } from '../points/points.loaders.js';
import { BalanceInsufficient } from '../points/points.results.js';
import { requireBalance } from '../points/points.service.js';
import { Redemption, Reward } from './reward.entity.js';
import { causeOfRedemption } from './reward.events.js';
import type {
  RedemptionCancelInput,
  RedemptionFulfillInput,
  RedemptionsArgs,
  RewardRedeemInput,
} from './reward.inputs.js';
import { redemptionById, requireRedemption, rewardById } from './reward.loaders.js';
import { RedemptionSettled, RewardOutOfStock, RewardRedeemed } from './reward.results.js';

type RedeemRefusal = BalanceInsufficient | RewardOutOfStock | NotFound;

/** Purchases with points: a redemption is there exactly if its points left the account. */
export class RedemptionService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
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
      return once(tx, { programId: program.id, caller, operation: 'rewardRedeem', input }, async () => {
        const id = rowId(Reward, input.rewardId);
        const reward = id && (await tx.first(Reward, sql`WHERE id = ${id} AND program_id = ${program.id}`));
        if (!reward) return new NotFound();
        if (balance.available < reward.costPoints) return new BalanceInsufficient(balance.available, reward.costPoints);
        if (!(await this.takeFromStock(tx, reward))) return new RewardOutOfStock();
        const redemption = await this.insert(tx, reward, ambassadorId);
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

  /** The reward was handed over. */
  async fulfill(
    context: RequestContext,
    input: RedemptionFulfillInput,
  ): Promise<Redemption | RedemptionSettled | NotFound> {
    context.session.require('redemption.settle');
    return this.settle(context, input.redemptionId, 'FULFILLED', async (tx, redemption) => {
      await tx.execute(sql`
        UPDATE redemption SET status = 'FULFILLED', settled_at = ${tx.now} WHERE id = ${redemption.id}`);
      await this.emit(tx, 'redemption.fulfilled', redemption);
    });
  }

  /** The reward will not be handed over: the points go back, and what was reserved is there for others. */
  async cancel(
    context: RequestContext,
    input: RedemptionCancelInput,
  ): Promise<Redemption | RedemptionSettled | NotFound> {
    context.session.require('redemption.settle');
    const { reason } = input;
    const actor = context.session.caller;
    return this.settle(context, input.redemptionId, 'CANCELLED', async (tx, redemption, balance) => {
      await tx.execute(sql`
        UPDATE redemption SET status = 'CANCELLED', settled_at = ${tx.now}, cancellation_reason = ${reason}
        WHERE id = ${redemption.id}`);
      await tx.execute(sql`
        UPDATE reward SET stock = stock + 1 WHERE id = ${redemption.rewardId} AND stock IS NOT NULL`);
      await this.ledger.reverseCause(tx, balance, causeOfRedemption(redemption.id), { reason, actor });
      await this.emit(tx, 'redemption.cancelled', redemption);
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
    return (await tx.execute(sql`UPDATE reward SET stock = stock - 1 WHERE id = ${reward.id} AND stock > 0`)) === 1;
  }

  private async insert(tx: Transaction, reward: Reward, ambassadorId: string): Promise<Redemption> {
    const redemption = Object.assign(new Redemption(), {
      id: tx.newId(),
      programId: reward.programId,
      rewardId: reward.id,
      ambassadorId,
      status: 'REQUESTED',
      costPoints: reward.costPoints,
      requestedAt: tx.now,
      settledAt: null,
      cancellationReason: null,
    } as const);
    await tx.insert(Redemption, redemption);
    return redemption;
  }

  /** Ends a redemption one way, once; the same way again changes nothing. */
  private async settle(
    context: RequestContext,
    globalId: string,
    status: 'FULFILLED' | 'CANCELLED',
    work: (tx: Transaction, redemption: Redemption, balance: PointsBalance) => Promise<void>,
  ): Promise<Redemption | RedemptionSettled | NotFound> {
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
      await work(tx, redemption, balance);
      return redemption.id;
    });
    if (result instanceof Problem) return result;
    this.forget(context);
    return requireRedemption(context, result);
  }

  private forget(context: RequestContext): void {
    for (const loader of [redemptionById, rewardById, balanceOf]) loader.clear(context);
  }

  private emit(
    tx: Transaction,
    type: 'reward.redeemed' | 'redemption.fulfilled' | 'redemption.cancelled',
    { id, rewardId, ambassadorId, programId }: Redemption,
  ): Promise<void> {
    return this.events.emit(tx, type, programId, { redemptionId: id, rewardId, ambassadorId });
  }
}
