import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import { Reward } from './reward.entity.js';
import './reward.events.js';
import type { RewardCreateInput, RewardRestockInput } from './reward.inputs.js';
import { requireReward, rewardById } from './reward.loaders.js';

/** The catalogue: what points buy, and how much of it there is. */
export class RewardService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  async create(context: RequestContext, input: RewardCreateInput): Promise<Reward> {
    context.session.require('reward.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const stock = input.stock ?? null;
      const reward = Object.assign(new Reward(), {
        id: tx.newId(),
        programId,
        name: input.name,
        costPoints: input.costPoints,
        stock,
        stocked: stock,
        createdAt: tx.now,
      });
      await tx.insert(Reward, reward);
      await this.events.emit(tx, 'reward.created', programId, { rewardId: reward.id });
      return reward;
    });
  }

  /** More of a reward came, once for each idempotency key. */
  async restock(
    context: RequestContext,
    input: RewardRestockInput,
  ): Promise<Reward | InputInvalid | IdempotencyKeyReused | NotFound> {
    context.session.require('reward.manage');
    const { program, caller } = context.session;
    const id = rowId(Reward, input.rewardId);
    const result = await this.database.transact((tx) =>
      once(tx, { programId: program.id, caller, operation: 'rewardRestock', input }, () =>
        this.restockIn(tx, program.id, id, input.quantity),
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

  /** What the program offers, newest first. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<Reward>> {
    context.session.require('reward.read');
    const where = sql`reward.program_id = ${context.session.program.id}`;
    return paginate(this.database, { entity: Reward, where, order: newestFirst('reward'), page });
  }

  private async restockIn(
    tx: Transaction,
    programId: string,
    id: string | undefined,
    quantity: number,
  ): Promise<string | InputInvalid | NotFound> {
    const reward = id && (await tx.first(Reward, sql`WHERE id = ${id} AND program_id = ${programId} ${tx.forUpdate}`));
    if (!reward) return new NotFound();
    if (reward.stock === null) return InputInvalid.at(['rewardId'], 'has no stock: there is any number of it');
    await tx.execute(sql`
      UPDATE reward SET stock = stock + ${quantity}, stocked = stocked + ${quantity} WHERE id = ${reward.id}`);
    return reward.id;
  }
}
