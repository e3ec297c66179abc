import sql from 'sql-template-tag';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { Contact } from '../../contacts/contact.entity.js';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import { newestFirst, paginate } from '../../platform/database/paginate.js';
import type { Events } from '../../platform/events/events.js';
import type { Page, PageArgs } from '../../platform/graphql/connection.js';
import { rowId } from '../../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import type { Ledger } from '../../points/ledger.js';
import { balanceOf } from '../../points/points.loaders.js';
import { Referral, type ReferralTerms } from '../referral.entity.js';
import { referralById } from '../referral.loaders.js';
import type { ReferralRegistration } from '../referral.registration.js';
import { ReferralRefused } from '../referral.results.js';
import type { ReferralRewards } from '../referral.rewards.js';
import type { ReferralTermsService } from '../referral.terms.js';
import { ReferralAssessment, ReferralReview } from './fraud.entity.js';
import type { ReferralAppealInput, ReferralReviewDecideInput, ReferralReviewsArgs } from './fraud.inputs.js';
import { reviewOfReferral } from './fraud.loaders.js';
import { ReferralNotAppealable, ReferralReviewNotOpen } from './fraud.results.js';
import { type ReferralFraud, reviewOf } from './fraud.service.js';

interface Parts {
  readonly database: Database;
  readonly events: Events;
  readonly ledger: Ledger;
  readonly terms: ReferralTermsService;
  readonly registration: ReferralRegistration;
  readonly rewards: ReferralRewards;
  readonly fraud: ReferralFraud;
}

/** What people decide about referrals that the rules did not let pass. */
export class ReferralReviews {
  constructor(private readonly parts: Parts) {}

  /** The queue, and what became of it; newest first. */
  async list(context: RequestContext, { status, ...page }: ReferralReviewsArgs): Promise<Page<ReferralReview>> {
    context.session.require('referralReview.list');
    const ofProgram = sql`referral_review.program_id = ${context.session.program.id}`;
    const where = status ? sql`${ofProgram} AND referral_review.status = ${status}` : ofProgram;
    return paginate(this.parts.database, {
      entity: ReferralReview,
      where,
      order: newestFirst('referral_review'),
      page,
    });
  }

  /** Every judgement of the program, newest first, refusals by rules included. */
  async listAssessments(context: RequestContext, page: PageArgs): Promise<Page<ReferralAssessment>> {
    context.session.require('referralReview.list');
    const where = sql`referral_assessment.program_id = ${context.session.program.id}`;
    const order = newestFirst<ReferralAssessment>('referral_assessment');
    return paginate(this.parts.database, { entity: ReferralAssessment, where, order, page });
  }

  /** A review that the caller may see; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<ReferralReview | undefined> {
    const review = await this.parts.database.read((db) => db.first(ReferralReview, sql`WHERE id = ${id}`));
    if (review?.programId !== context.session.program.id) return undefined;
    return context.session.may('referral.read', review) ? review : undefined;
  }

  /** A judgement, for staff; undefined for anybody else and any other id. */
  async findAssessment(context: RequestContext, id: string): Promise<ReferralAssessment | undefined> {
    if (!context.session.may('referralReview.list')) return undefined;
    const { id: programId } = context.session.program;
    return this.parts.database.read((db) =>
      db.first(ReferralAssessment, sql`WHERE id = ${id} AND program_id = ${programId}`),
    );
  }

  /** Decides an open review, or an appeal, once. What is cleared goes on as if nothing had been; both sides are paid once. */
  async decide(
    context: RequestContext,
    input: ReferralReviewDecideInput,
  ): Promise<ReferralReview | ReferralReviewNotOpen | ReferralRefused | InputInvalid | NotFound> {
    context.session.require('referralReview.decide');
    const result = await this.parts.database.transact(async (tx) => {
      const found = await this.hold(tx, context, input.referralId);
      if (!found) return new NotFound();
      const { terms, referral, review } = found;
      if (review?.status !== 'OPEN') return new ReferralReviewNotOpen();
      const status = input.decision === 'DENY' ? 'DENIED' : 'CLEARED';
      const { caller } = context.session;
      await tx.execute(sql`
        UPDATE referral_review SET status = ${status}, decided_at = ${tx.now}, decided_by = ${caller},
          decision_reason = ${input.reason}
        WHERE id = ${review.id} AND status = 'OPEN'`);
      const refusal =
        input.decision === 'DENY'
          ? await this.deny(tx, referral)
          : await this.clear(tx, context, { terms, referral, review });
      if (refusal) return refusal;
      await this.keep(tx, review, { ...input, caller });
      return reviewOf(tx, referral.id);
    });
    forget(context);
    return result ?? new NotFound();
  }

  /** Asks for another look at a denial, once after each. */
  async appeal(
    context: RequestContext,
    input: ReferralAppealInput,
  ): Promise<ReferralReview | ReferralNotAppealable | NotFound> {
    context.session.require('referralReview.appeal');
    const result = await this.parts.database.transact(async (tx) => {
      const found = await this.hold(tx, context, input.referralId);
      if (!found || !context.session.may('referralReview.appeal', found.referral)) return new NotFound();
      if (!found.review?.canAppeal()) return new ReferralNotAppealable();
      await tx.execute(sql`
        UPDATE referral_review SET status = 'OPEN', appealed_at = ${tx.now}, appealed_by = ${context.session.caller},
          appeal_statement = ${input.statement}
        WHERE id = ${found.review.id} AND status = 'DENIED'`);
      return reviewOf(tx, found.referral.id);
    });
    forget(context);
    return result ?? new NotFound();
  }

  /** Terms first, then the referral's balance, then the rest: the order in which every writer of referrals takes them. */
  private async hold(tx: Transaction, context: RequestContext, globalId: string) {
    const id = rowId(Referral, globalId);
    const programId = context.session.program.id;
    if (!id) return undefined;
    const terms = await this.parts.terms.hold(tx, programId);
    const found = await tx.first(Referral, sql`WHERE id = ${id} AND program_id = ${programId}`);
    if (!found) return undefined;
    await this.parts.ledger.lockBalance(tx, found.referrerId);
    const referral = await tx.first(Referral, sql`WHERE id = ${id} ${tx.forUpdate}`);
    return referral && { terms, referral, review: await reviewOf(tx, id) };
  }

  private async deny(tx: Transaction, referral: Referral): Promise<undefined> {
    await this.parts.fraud.deny(tx, referral);
  }

  private async clear(
    tx: Transaction,
    context: RequestContext,
    { terms, referral, review }: { terms: ReferralTerms; referral: Referral; review: ReferralReview },
  ): Promise<ReferralRefused | InputInvalid | undefined> {
    const actor = context.session.caller;
    if (referral.status === 'HELD') await this.parts.rewards.fund(tx, referral, actor);
    return review.appealedAt && referral.status === 'REJECTED' ? this.revive(tx, context, terms, referral) : undefined;
  }

  /** An appeal won: the friend is the ambassador's again, unless somebody else brought them since, and an order counts. */
  private async revive(
    tx: Transaction,
    context: RequestContext,
    terms: ReferralTerms,
    referral: Referral,
  ): Promise<ReferralRefused | InputInvalid | undefined> {
    const { registration, rewards, events } = this.parts;
    const friend = await tx.first(Contact, sql`WHERE id = ${referral.friendId}`);
    const referrer = await tx.first(Ambassador, sql`WHERE id = ${referral.referrerId}`);
    if (!friend || !referrer) throw new Error('A referral has no people');
    if (await registration.liveReferralOf(tx, friend)) return new ReferralRefused('ALREADY_REFERRED');
    if (await registration.wouldCloseCycle(tx, referrer, friend)) return new ReferralRefused('CYCLE');
    await tx.execute(sql`
      UPDATE referral SET status = 'REGISTERED', claimed_friend_id = friend_id, refusal = NULL
      WHERE id = ${referral.id} AND status = 'REJECTED'`);
    const { id: referralId, referrerId, programId, orderId, convertedAt } = referral;
    if (!convertedAt || orderId === null) {
      await events.emit(tx, 'referral.registered', programId, { referralId, referrerId });
      return undefined;
    }
    const { amountCents, currency } = referral;
    const revived = Object.assign(new Referral(), referral, { status: 'REGISTERED', claimedFriendId: friend.id });
    const refusal = await rewards.promise(tx, revived, terms, {
      orderId,
      amountCents,
      currency,
      actor: context.session.caller,
      timeZone: context.session.program.timeZone,
      orderedAt: convertedAt,
    });
    return typeof refusal === 'string' ? new ReferralRefused(refusal) : refusal;
  }

  private async keep(
    tx: Transaction,
    review: ReferralReview,
    { decision, reason, caller }: ReferralReviewDecideInput & { readonly caller: string },
  ): Promise<void> {
    const { strictness } = await this.parts.fraud.policyOf(tx, review.programId);
    await this.parts.fraud.append(tx, {
      programId: review.programId,
      referralId: review.referralId,
      referrerId: review.referrerId,
      step: review.appealedAt ? 'APPEAL' : 'REVIEW',
      score: review.storedScore,
      outcome: decision === 'CLEAR' ? 'PASSED' : 'DENIED',
      strictness,
      foundReasons: review.foundReasons,
      decidedBy: caller,
      decisionReason: reason,
    });
  }
}

/** What a request loaded before it changed it. */
function forget(context: RequestContext): void {
  referralById.clear(context);
  reviewOfReferral.clear(context);
  balanceOf.clear(context);
}
