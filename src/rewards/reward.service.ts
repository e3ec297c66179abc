import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import {
  type IdempotencyKeyReused,
  InputInvalid,
  NotFound,
  Problem,
  SecretKeyMissing,
} from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import type { Sealer } from '../platform/sealed.js';
import { isLow, Reward } from './reward.entity.js';
import './reward.events.js';
import type {
  RewardArchiveInput,
  RewardCreateInput,
  RewardRestockInput,
  RewardsArgs,
  RewardUpdateInput,
} from './reward.inputs.js';
import { requireReward, rewardById } from './reward.loaders.js';

/** The catalogue: what points buy, and how much of it there is. */
export class RewardService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly sealer: Sealer,
  ) {}

  /** A new reward. Of what needs secrets to be kept, none is made where there is no key. */
  async create(context: RequestContext, input: RewardCreateInput): Promise<Reward | SecretKeyMissing> {
    context.session.require('reward.manage');
    const programId = context.session.program.id;
    const keepsSecrets = input.kind === 'VOUCHER' || input.kind === 'PHYSICAL';
    if (keepsSecrets && !this.sealer.isReady) return new SecretKeyMissing();
    return this.database.transact(async (tx) => {
      const stock = input.kind === 'VOUCHER' ? 0 : (input.stock ?? null);
      const reward = Object.assign(new Reward(), {
        id: tx.newId(),
        programId,
        kind: input.kind,
        name: input.name,
        description: input.description,
        imageUrl: input.imageUrl ?? null,
        costPoints: input.costPoints,
        stock,
        stocked: stock,
        fromLevelRank: input.fromLevelRank ?? null,
        maxPerAmbassador: input.maxPerAmbassador ?? null,
        lowStockAt: input.lowStockAt ?? null,
        deliveryText: input.deliveryText ?? null,
        donationRecipient: input.donation?.recipient ?? null,
        donationCents: input.donation?.amountCents ?? null,
        donationCurrency: input.donation?.currency ?? null,
        createdAt: tx.now,
        archivedAt: null,
      });
      await tx.insert(Reward, reward);
      await this.events.emit(tx, 'reward.created', programId, { rewardId: reward.id });
      return reward;
    });
  }

  /** Changes a reward for whoever buys from now on. */
  async update(context: RequestContext, input: RewardUpdateInput): Promise<Reward | InputInvalid | NotFound> {
    context.session.require('reward.manage');
    const programId = context.session.program.id;
    const { rewardId, ...changes } = input;
    const result = await this.database.transact(async (tx) => {
      const known = await this.findForUpdate(tx, programId, rewardId);
      if (!known) return new NotFound();
      if (known.kind !== 'DIGITAL' && changes.deliveryText) {
        return InputInvalid.at(['deliveryText'], 'is for a DIGITAL reward');
      }
      const given = Object.entries(changes).filter(([, value]) => value !== undefined);
      const reward = Object.assign(new Reward(), known, Object.fromEntries(given));
      await tx.execute(sql`
        UPDATE reward SET name = ${reward.name}, description = ${reward.description}, image_url = ${reward.imageUrl},
          cost_points = ${reward.costPoints}, from_level_rank = ${reward.fromLevelRank},
          max_per_ambassador = ${reward.maxPerAmbassador}, low_stock_at = ${reward.lowStockAt},
          delivery_text = ${reward.deliveryText}
        WHERE id = ${reward.id}`);
      await this.events.emit(tx, 'reward.updated', programId, {
        rewardId: reward.id,
        changed: given.map(([name]) => name),
      });
      if (!isLow(known)) await tellIfLow(tx, this.events, reward);
      return reward;
    });
    rewardById.clear(context);
    return result;
  }

  /** From now on nobody buys it; what was bought before is handed over all the same. */
  async archive(context: RequestContext, input: RewardArchiveInput): Promise<Reward | NotFound> {
    context.session.require('reward.manage');
    const programId = context.session.program.id;
    const result = await this.database.transact(async (tx) => {
      const reward = await this.findForUpdate(tx, programId, input.rewardId);
      if (!reward) return new NotFound();
      if (reward.archivedAt !== null) return reward;
      await tx.execute(sql`UPDATE reward SET archived_at = ${tx.now} WHERE id = ${reward.id}`);
      await this.events.emit(tx, 'reward.archived', programId, { rewardId: reward.id });
      return Object.assign(new Reward(), reward, { archivedAt: tx.now });
    });
    rewardById.clear(context);
    return result;
  }

  /** More of a reward came, once for each idempotency key. */
  async restock(
    context: RequestContext,
    input: RewardRestockInput,
  ): Promise<Reward | InputInvalid | IdempotencyKeyReused | NotFound> {
    context.session.require('reward.manage');
    const { program, caller } = context.session;
    const result = await this.database.transact((tx) =>
      once(tx, { programId: program.id, caller, operation: 'rewardRestock', input }, () =>
        this.restockIn(tx, program.id, input),
      ),
    );
    if (result instanceof Problem) return result;
    rewardById.clear(context);
    return requireReward(context, result);
  }

  /** A reward of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Reward | undefined> {
    if (!context.session.may('reward.read')) return undefined;
    const reward = await rewardById.load(context, id);
    return reward?.programId === context.session.program.id ? reward : undefined;
  }

  /** What the program offers, newest first; or what it offers no more, for staff. */
  async list(context: RequestContext, args: RewardsArgs): Promise<Page<Reward>> {
    context.session.require('reward.read');
    if (args.lowStock || args.archived) context.session.require('reward.readStock');
    const conditions = [
      sql`reward.program_id = ${context.session.program.id}`,
      args.archived ? sql`reward.archived_at IS NOT NULL` : sql`reward.archived_at IS NULL`,
      ...(args.kind ? [sql`reward.kind = ${args.kind}`] : []),
      ...(args.lowStock ? [sql`reward.stock <= reward.low_stock_at`] : []),
    ];
    const where = join(conditions, ' AND ');
    return paginate(this.database, { entity: Reward, where, order: newestFirst('reward'), page: args });
  }

  private async findForUpdate(tx: Transaction, programId: string, globalId: string): Promise<Reward | undefined> {
    const id = rowId(Reward, globalId);
    return id ? tx.first(Reward, sql`WHERE id = ${id} AND program_id = ${programId} ${tx.forUpdate}`) : undefined;
  }

  private async restockIn(
    tx: Transaction,
    programId: string,
    { rewardId, quantity }: RewardRestockInput,
  ): Promise<string | InputInvalid | NotFound> {
    const reward = await this.findForUpdate(tx, programId, rewardId);
    if (!reward) return new NotFound();
    if (reward.stock === null) return InputInvalid.at(['rewardId'], 'has no stock: there is any number of it');
    if (reward.kind === 'VOUCHER') {
      return InputInvalid.at(['rewardId'], 'has its codes as stock: rewardVouchersLoad adds some');
    }
    await tx.execute(sql`
      UPDATE reward SET stock = stock + ${quantity}, stocked = stocked + ${quantity} WHERE id = ${reward.id}`);
    return reward.id;
  }
}

/** Tells whoever follows that there is little left. Who calls it knows that there was more before. */
export async function tellIfLow(tx: Transaction, events: Events, reward: Reward): Promise<void> {
  const { id: rewardId, programId, stock, lowStockAt } = reward;
  if (stock === null || lowStockAt === null || stock > lowStockAt) return;
  await events.emit(tx, 'reward.stockLow', programId, { rewardId, stock, lowStockAt });
}
