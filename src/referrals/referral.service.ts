import sql, { type Sql } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { ContactInput } from '../contacts/contact.inputs.js';
import type { ContactService } from '../contacts/contact.service.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { IdempotencyKeyReused, InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { Ledger } from '../points/ledger.js';
import { balanceOf } from '../points/points.loaders.js';
import { AlreadyReversed } from '../points/points.results.js';
import type { ReferralCodes } from './referral.codes.js';
import { Referral, ReferralRefusalReason, type ReferralTerms } from './referral.entity.js';
import type { ReferralConvertInput, ReferralRegisterInput, ReferralReverseInput } from './referral.inputs.js';
import { referralById } from './referral.loaders.js';
import type { ReferralRegistration } from './referral.registration.js';
import { ReferralRefused } from './referral.results.js';
import type { ReferralRewards } from './referral.rewards.js';
import type { ReferralTermsService } from './referral.terms.js';

const dayMilliseconds = 86_400_000;

/** What the way of a referral is made of. */
export interface ReferralParts {
  readonly database: Database;
  readonly contacts: ContactService;
  readonly ledger: Ledger;
  readonly codes: ReferralCodes;
  readonly terms: ReferralTermsService;
  readonly registration: ReferralRegistration;
  readonly rewards: ReferralRewards;
}

/** Member gets member: who sent whom, what came of it, and what both get for it. */
export class ReferralService {
  private readonly database: Database;
  private readonly contacts: ContactService;
  private readonly ledger: Ledger;
  private readonly codes: ReferralCodes;
  private readonly terms: ReferralTermsService;
  private readonly registration: ReferralRegistration;
  private readonly rewards: ReferralRewards;

  constructor(parts: ReferralParts) {
    this.database = parts.database;
    this.contacts = parts.contacts;
    this.ledger = parts.ledger;
    this.codes = parts.codes;
    this.terms = parts.terms;
    this.registration = parts.registration;
    this.rewards = parts.rewards;
  }

  /** Somebody says who sent a friend. The first valid claim wins; the same claim again is the same referral. */
  async register(
    context: RequestContext,
    input: ReferralRegisterInput,
  ): Promise<Referral | ReferralRefused | InputInvalid> {
    context.session.require('referral.register');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const terms = await this.terms.hold(tx, programId);
      const result = await this.claimByCode(tx, context, terms, input.code, input.friend);
      return result instanceof Referral || result instanceof InputInvalid ? result : new ReferralRefused(result);
    });
  }

  /** A friend became a customer by this order: both rewards wait for the hold. The same order converts once. */
  async convert(
    context: RequestContext,
    input: ReferralConvertInput,
  ): Promise<Referral | ReferralRefused | InputInvalid | IdempotencyKeyReused> {
    context.session.require('referral.convert');
    const programId = context.session.program.id;
    const result = await this.database.transact(async (tx) => {
      const terms = await this.terms.hold(tx, programId);
      const known = await this.byOrder(tx, programId, input.orderId);
      if (known) return this.sameOrder(tx, context, known, input);
      const referral = await this.waitingReferral(tx, context, terms, input);
      if (!(referral instanceof Referral)) return referral;
      await this.ledger.lockBalance(tx, referral.referrerId);
      await this.rewards.promise(tx, referral, terms, {
        orderId: input.orderId,
        amountCents: input.amountCents ?? null,
        currency: input.currency ?? null,
        actor: context.session.caller,
      });
      return referral.id;
    });
    return typeof result === 'string' ? this.fresh(context, result) : result;
  }

  /** An order was undone: what waits is released to nobody, what was given is taken back, and becomes a debt if spent. */
  async reverse(context: RequestContext, input: ReferralReverseInput): Promise<Referral | AlreadyReversed | NotFound> {
    context.session.require('referral.convert');
    const { program, caller } = context.session;
    const result = await this.database.transact(async (tx) => {
      const referral = await this.byOrder(tx, program.id, input.orderId);
      if (!referral) return new NotFound();
      const reversed = await this.rewards.reverse(tx, referral, input.reason, caller);
      return reversed ? referral.id : new AlreadyReversed();
    });
    return typeof result === 'string' ? this.fresh(context, result) : result;
  }

  /** A referral that the caller may see: staff any, an ambassador those it brought; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Referral | undefined> {
    const referral = await referralById.load(context, id);
    if (referral?.programId !== context.session.program.id) return undefined;
    return context.session.may('referral.read', referral) ? referral : undefined;
  }

  /** The referrals of the program, newest first. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<Referral>> {
    context.session.require('referral.list');
    return this.page(sql`referral.program_id = ${context.session.program.id}`, page);
  }

  /** The friends that an ambassador brought, newest first. */
  async listOfAmbassador(context: RequestContext, ambassador: Ambassador, page: PageArgs): Promise<Page<Referral>> {
    context.session.require('referral.read', ambassador);
    return this.page(sql`referral.referrer_id = ${ambassador.id}`, page);
  }

  private page(where: Sql, page: PageArgs): Promise<Page<Referral>> {
    return paginate(this.database, { entity: Referral, where, order: newestFirst('referral'), page });
  }

  private async claimByCode(
    tx: Transaction,
    context: RequestContext,
    terms: ReferralTerms,
    typed: string,
    input: ContactInput,
  ): Promise<Referral | InputInvalid | ReferralRefusalReason> {
    const code = await this.codes.find(tx, typed);
    const isHere = code?.programId === terms.programId;
    const referrer = isHere && (await tx.first(Ambassador, sql`WHERE id = ${code.ambassadorId}`));
    if (!referrer) return ReferralRefusalReason.UNKNOWN_CODE;
    const known = await this.contacts.find(tx, terms.programId, input);
    // What the program knows of somebody is not changed by a claim, and strangers give it no attributes.
    const attributes = context.session.may('referral.convert') ? input.attributes : null;
    const friend = known ?? (await this.contacts.identify(tx, terms.programId, { ...input, attributes }, ['friend']));
    if (friend instanceof InputInvalid) return friend;
    return this.registration.claim(tx, { terms, referrer, friend, wasKnown: known !== undefined });
  }

  /** The referral that this order converts: the friend's, or the one that the code makes now. */
  private async waitingReferral(
    tx: Transaction,
    context: RequestContext,
    terms: ReferralTerms,
    input: ReferralConvertInput,
  ): Promise<Referral | ReferralRefused | InputInvalid> {
    const friend = await this.contacts.find(tx, terms.programId, input.friend);
    const live = friend && (await this.registration.liveReferralOf(tx, friend));
    const referral = live ?? (await this.claimFor(tx, context, terms, input));
    if (referral instanceof InputInvalid) return referral;
    if (!(referral instanceof Referral)) return new ReferralRefused(referral);
    if (referral.status !== 'REGISTERED') return new ReferralRefused('EXISTING_CUSTOMER');
    const until = referral.registeredAt.getTime() + terms.attributionDays * dayMilliseconds;
    return until < tx.now.getTime() ? new ReferralRefused('EXPIRED') : referral;
  }

  private async claimFor(
    tx: Transaction,
    context: RequestContext,
    terms: ReferralTerms,
    { code, friend }: ReferralConvertInput,
  ): Promise<Referral | InputInvalid | ReferralRefusalReason> {
    return code ? this.claimByCode(tx, context, terms, code, friend) : ReferralRefusalReason.UNKNOWN_CODE;
  }

  /** The order came before: the same referral for the same order, and a clash for another one under its id. */
  private async sameOrder(
    tx: Transaction,
    context: RequestContext,
    known: Referral,
    input: ReferralConvertInput,
  ): Promise<string | IdempotencyKeyReused> {
    const friend = await this.contacts.find(tx, context.session.program.id, input.friend);
    const same =
      friend?.id === known.friendId &&
      known.amountCents === (input.amountCents ?? null) &&
      known.currency === (input.currency ?? null);
    return same ? known.id : new IdempotencyKeyReused();
  }

  private byOrder(tx: Transaction, programId: string, orderId: string): Promise<Referral | undefined> {
    return tx.first(Referral, sql`WHERE program_id = ${programId} AND order_id = ${orderId}`);
  }

  private async fresh(context: RequestContext, id: string): Promise<Referral> {
    referralById.clear(context);
    balanceOf.clear(context);
    const referral = await referralById.load(context, id);
    if (!referral) throw new Error('A referral that was changed is gone');
    return referral;
  }
}
