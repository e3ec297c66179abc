import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { IdempotencyKeyReused, InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { Ledger } from '../points/ledger.js';
import type { PointsBalance } from '../points/points.entity.js';
import { balanceOf } from '../points/points.loaders.js';
import { AlreadyReversed } from '../points/points.results.js';
import { Referral } from './referral.entity.js';
import { causeOfReferral } from './referral.events.js';
import { referralById } from './referral.loaders.js';
import type { ReferralRewards } from './referral.rewards.js';
import { ReferralRefund } from './refund.entity.js';
import type { ReferralRefundInput } from './refund.inputs.js';
import { ReferralRefunded } from './refund.results.js';
import { pointsOfOrder } from './reward-rules.js';

/** So that the refunds of an order are a list that one can read. */
const refundsPerOrderMax = 100;

/** What a refund leaves of an order. */
interface Remainder {
  /** What goes back; null where nobody knows the size of the order. */
  readonly amountCents: number | null;
  /** What the referrer keeps; undefined where the order no longer earns anything, and all of it is reversed. */
  readonly referrerPoints: number | undefined;
}

/** Parts of orders that went back. What was so many points stays while the order would still earn it; parts shrink. */
export class ReferralRefunds {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
    private readonly rewards: ReferralRewards,
  ) {}

  /** Counts a refund of an order, once. */
  async refund(
    context: RequestContext,
    input: ReferralRefundInput,
  ): Promise<ReferralRefunded | AlreadyReversed | InputInvalid | IdempotencyKeyReused | NotFound> {
    context.session.require('referral.convert');
    const programId = context.session.program.id;
    const refund = await this.database.transact(async (tx) => {
      const order = sql`WHERE program_id = ${programId} AND order_id = ${input.orderId}`;
      const found = await tx.first(Referral, order);
      if (!found) return new NotFound();
      const balance = await this.ledger.lockBalance(tx, found.referrerId);
      const referral = await tx.first(Referral, sql`WHERE id = ${found.id} ${tx.forUpdate}`);
      if (!referral) return new NotFound();
      if (referral.status === 'REJECTED') return this.forgetOrder(tx, referral);
      return this.refundOf(tx, { referral, balance, actor: context.session.caller }, input);
    });
    if (!refund) return new AlreadyReversed();
    if (!(refund instanceof ReferralRefund)) return refund;
    referralById.clear(context);
    balanceOf.clear(context);
    const referral = await referralById.load(context, refund.referralId);
    if (!referral) throw new Error('A referral that was refunded is gone');
    return new ReferralRefunded(referral, refund);
  }

  /** Nobody got anything for the order of a denied referral; with money gone back, no appeal makes it count either. */
  private async forgetOrder(tx: Transaction, referral: Referral): Promise<undefined> {
    await tx.execute(sql`UPDATE referral SET converted_at = NULL WHERE id = ${referral.id}`);
  }

  private async refundOf(
    tx: Transaction,
    held: { readonly referral: Referral; readonly balance: PointsBalance; readonly actor: string },
    input: ReferralRefundInput,
  ): Promise<ReferralRefund | AlreadyReversed | InputInvalid | IdempotencyKeyReused> {
    const { referral, actor } = held;
    const ofReferral = sql`WHERE referral_id = ${referral.id}`;
    const known = await tx.first(ReferralRefund, sql`${ofReferral} AND refund_id = ${input.refundId}`);
    if (known) return known.askedCents === (input.amountCents ?? null) ? known : new IdempotencyKeyReused();
    if (referral.status !== 'HELD' && referral.status !== 'REWARDED') return new AlreadyReversed();
    if ((await tx.count(ReferralRefund, ofReferral)) >= refundsPerOrderMax) {
      return InputInvalid.at(['refundId'], `is one more than the ${refundsPerOrderMax} that an order may have`);
    }
    const remainder = remainderOf(referral, input);
    if (remainder instanceof InputInvalid) return remainder;
    const { amountCents, referrerPoints } = remainder;
    const { reason } = input;
    await tx.execute(sql`
      UPDATE referral SET refunded_cents = COALESCE(refunded_cents, 0) + ${amountCents ?? 0},
        referrer_points = ${referrerPoints ?? referral.referrerPoints} WHERE id = ${referral.id}`);
    const pointsTaken =
      referrerPoints === undefined
        ? await this.rewards.takeBack(tx, referral, { reason, actor })
        : await this.ledger.reverseCause(
            tx,
            held.balance,
            causeOfReferral(referral.id),
            { reason, actor },
            referrerPoints,
          );
    return this.insert(tx, referral, { ...input, amountCents, askedCents: input.amountCents ?? null, pointsTaken });
  }

  private async insert(
    tx: Transaction,
    { id: referralId, referrerId, programId }: Referral,
    told: Pick<ReferralRefund, 'refundId' | 'askedCents' | 'amountCents' | 'pointsTaken' | 'reason'>,
  ): Promise<ReferralRefund> {
    const { refundId, askedCents, amountCents, pointsTaken, reason } = told;
    const refund = Object.assign(new ReferralRefund(), {
      id: tx.newId(),
      programId,
      referralId,
      refundId,
      askedCents,
      amountCents,
      pointsTaken,
      reason,
      refundedAt: tx.now,
    });
    await tx.insert(ReferralRefund, refund);
    await this.events.emit(tx, 'referral.refunded', programId, { referralId, referrerId, amountCents, pointsTaken });
    return refund;
  }
}

/** What is left of the order and of its reward; or why so much cannot go back. */
function remainderOf(referral: Referral, input: ReferralRefundInput): Remainder | InputInvalid {
  const { amountCents: orderCents, rewardBasis: basis } = referral;
  if (input.currency && referral.currency && input.currency !== referral.currency) {
    return InputInvalid.at(['currency'], `must be ${referral.currency}, the currency of the order`);
  }
  if (orderCents === null) {
    if (typeof input.amountCents !== 'number') return { amountCents: null, referrerPoints: undefined };
    return InputInvalid.at(['amountCents'], 'must be left out: nobody knows the size of the order');
  }
  const leftCents = orderCents - (referral.refundedCents ?? 0);
  const amountCents = input.amountCents ?? leftCents;
  if (amountCents > leftCents) {
    return InputInvalid.at(['amountCents'], `must not be more than the ${leftCents} that are left`);
  }
  const restCents = leftCents - amountCents;
  if (restCents === 0 || restCents < (basis?.minimumOrderCents ?? 0)) return { amountCents, referrerPoints: undefined };
  if (basis === null || basis.rateBasisPoints === null) return { amountCents, referrerPoints: referral.referrerPoints };
  const referrerPoints = Math.min(referral.referrerPoints, pointsOfOrder(restCents, basis));
  const isNothingLeft = referrerPoints === 0 && referral.referrerPoints > 0;
  return { amountCents, referrerPoints: isNothingLeft ? undefined : referrerPoints };
}
