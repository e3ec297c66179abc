import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound, Problem, SecretKeyMissing } from '../platform/graphql/problem.js';
import type { Sealer } from '../platform/sealed.js';
import { SealedCodes } from '../platform/sealed-codes.js';
import { type Redemption, Reward } from './reward.entity.js';
import type { RewardVouchersLoadInput } from './reward.inputs.js';
import { requireReward, rewardById } from './reward.loaders.js';
import { RewardVouchersLoaded, VoucherShown } from './reward.results.js';
import { RewardVoucher } from './reward-voucher.entity.js';

/** The codes of VOUCHER rewards: kept sealed, reserved with the redemption, shown to one buyer once, and wiped. */
export class RewardVouchers {
  private readonly codes: SealedCodes<RewardVoucher>;

  constructor(
    private readonly database: Database,
    sealer: Sealer,
  ) {
    this.codes = new SealedCodes(database, sealer, RewardVoucher, 'reward_voucher');
  }

  /** Adds codes to a reward, and as many to its stock. A code that a reward of the program has already is passed over. */
  async load(
    context: RequestContext,
    { rewardId, codes }: RewardVouchersLoadInput,
  ): Promise<RewardVouchersLoaded | SecretKeyMissing | InputInvalid | NotFound> {
    context.session.require('reward.manage');
    if (!this.codes.isReady) return new SecretKeyMissing();
    const id = rowId(Reward, rewardId);
    const programId = context.session.program.id;
    const result = await this.database.transact(async (tx) => {
      const reward =
        id && (await tx.first(Reward, sql`WHERE id = ${id} AND program_id = ${programId} ${tx.forUpdate}`));
      if (!reward) return new NotFound();
      if (reward.kind !== 'VOUCHER') return InputInvalid.at(['rewardId'], 'is not of the kind VOUCHER');
      const loaded = await this.codes.add(tx, programId, codes, { rewardId: reward.id });
      await tx.execute(sql`
        UPDATE reward SET stock = stock + ${loaded}, stocked = stocked + ${loaded} WHERE id = ${reward.id}`);
      return { id: reward.id, loaded };
    });
    if (result instanceof Problem) return result;
    rewardById.clear(context);
    return new RewardVouchersLoaded(
      await requireReward(context, result.id),
      result.loaded,
      codes.length - result.loaded,
    );
  }

  /** Sets the oldest free code aside. Who calls it has taken one of the stock, so that there is one. */
  async reserve(tx: Transaction, { id, rewardId }: Redemption): Promise<void> {
    const voucher = await tx.first(
      RewardVoucher,
      sql`WHERE reward_id = ${rewardId} AND state = 'FREE' ORDER BY id LIMIT 1 ${tx.forUpdate}`,
    );
    if (!voucher) throw new Error('The stock of a voucher reward is not its free codes');
    await tx.execute(sql`
      UPDATE reward_voucher SET state = 'RESERVED', redemption_id = ${id} WHERE id = ${voucher.id} AND state = 'FREE'`);
  }

  /** The redemption is cancelled: nobody has seen its code, so it is for the next buyer. */
  async free(tx: Transaction, redemptionId: string): Promise<void> {
    await tx.execute(sql`
      UPDATE reward_voucher SET state = 'FREE', redemption_id = NULL
      WHERE redemption_id = ${redemptionId} AND state = 'RESERVED'`);
  }

  /** The code for its buyer, which is wiped by this. The caller holds the redemption. */
  async show(tx: Transaction, redemptionId: string): Promise<string | InputInvalid | VoucherShown> {
    const voucher = await tx.first(RewardVoucher, sql`WHERE redemption_id = ${redemptionId} ${tx.forUpdate}`);
    if (!voucher) return InputInvalid.at(['redemptionId'], 'has no voucher code');
    if (voucher.state !== 'RESERVED') return new VoucherShown();
    const code = this.codes.open(voucher);
    await tx.execute(sql`
      UPDATE reward_voucher SET state = 'SHOWN', shown_at = ${tx.now}, sealed_code = NULL, key_id = NULL
      WHERE id = ${voucher.id}`);
    return code;
  }

  /** Seals anew some codes that another key than the newest sealed; answers how many. */
  resealSome(): Promise<number> {
    return this.codes.resealSome();
  }
}
