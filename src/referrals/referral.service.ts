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
import type { ReferralFraud } from './fraud/fraud.service.js';
import type { Nominations } from './nominations.js';
import { Referral, type ReferralRefusalReason, type ReferralTerms, suspectedFraud } from './referral.entity.js';
import type { ReferralConvertInput, ReferralRegisterInput, ReferralReverseInput } from './referral.inputs.js';
import { referralById } from './referral.loaders.js';
import { type Named, type NamedClaim, type Naming, namesNobody, type ReferralNaming } from './referral.naming.js';
import type { ReferralRegistration } from './referral.registration.js';
import { ReferralRefused } from './referral.results.js';
import type { ReferralRewards } from './referral.rewards.js';
import type { CodeSuggestions } from './referral.suggestions.js';
import type { ReferralTermsService } from './referral.terms.js';

const dayMilliseconds = 86_400_000;

/** What the way of a referral is made of. */
export interface ReferralParts {
  readonly database: Database;
  readonly contacts: ContactService;
  readonly ledger: Ledger;
  readonly naming: ReferralNaming;
  readonly suggestions: CodeSuggestions;
  readonly nominations: Nominations;
  readonly terms: ReferralTermsService;
  readonly registration: ReferralRegistration;
  readonly rewards: ReferralRewards;
  readonly fraud: ReferralFraud;
}

/** Member gets member: who sent whom, what came of it, and what both get for it. */
export class ReferralService {
  private readonly database: Database;
  private readonly contacts: ContactService;
  private readonly ledger: Ledger;
  private readonly naming: ReferralNaming;
  private readonly suggestions: CodeSuggestions;
  private readonly nominations: Nominations;
  private readonly terms: ReferralTermsService;
  private readonly registration: ReferralRegistration;
  private readonly rewards: ReferralRewards;
  private readonly fraud: ReferralFraud;

  constructor(parts: ReferralParts) {
    this.database = parts.database;
    this.contacts = parts.contacts;
    this.ledger = parts.ledger;
    this.naming = parts.naming;
    this.suggestions = parts.suggestions;
    this.nominations = parts.nominations;
    this.terms = parts.terms;
    this.registration = parts.registration;
    this.rewards = parts.rewards;
    this.fraud = parts.fraud;
  }

  /** Somebody says who sent a friend. The first valid claim wins; the same claim again is the same referral. */
  async register(
    context: RequestContext,
    input: ReferralRegisterInput,
  ): Promise<Referral | ReferralRefused | InputInvalid> {
    context.session.require('referral.register');
    const programId = context.session.program.id;
    const result = await this.database.transact(async (tx) => {
      const terms = await this.terms.hold(tx, programId);
      return this.claimNamed(tx, context, terms, input);
    });
    return this.answered(context, result);
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
      return this.convertIn(tx, context, { referral, terms, input });
    });
    return this.answered(context, typeof result === 'string' ? await this.fresh(context, result) : result);
  }

  /** Judges the referral by all that is known now, and promises both rewards unless it is denied. */
  private async convertIn(
    tx: Transaction,
    context: RequestContext,
    { referral, terms, input }: { referral: Referral; terms: ReferralTerms; input: ReferralConvertInput },
  ): Promise<string | InputInvalid | ReferralRefused> {
    const { orderId, amountCents = null, currency = null } = input;
    const judged = isDenied(referral)
      ? 'DENIED'
      : await this.fraud.judgeConversion(tx, terms, referral, this.fraud.believed(context, input.evidence));
    if (judged === 'DENIED') {
      await this.fraud.noteOrder(tx, referral, { orderId, amountCents, currency });
      await this.fraud.deny(tx, referral);
      return referral.id;
    }
    await this.ledger.lockBalance(tx, referral.referrerId);
    const refusal = await this.rewards.promise(tx, referral, terms, {
      orderId,
      amountCents,
      currency,
      actor: context.session.caller,
      timeZone: context.session.program.timeZone,
      isUnderReview: judged === 'REVIEW',
    });
    if (!refusal) return referral.id;
    return refusal instanceof InputInvalid ? refusal : new ReferralRefused(refusal);
  }

  /** What the caller gets to know: a referral that was denied is a refusal, and a refusal by a rule is kept as such. */
  async answered<Result>(
    context: RequestContext,
    result: Result | Referral | ReferralRefused,
  ): Promise<Result | Referral | ReferralRefused> {
    if (result instanceof ReferralRefused && result.referrerId !== null) {
      await this.fraud.keepRefusal(context.session.program.id, result.referrerId, result.reason);
    }
    return result instanceof Referral && isDenied(result) ? new ReferralRefused(suspectedFraud) : result;
  }

  /** An order was undone: what waits is released to nobody, what was given is taken back, and becomes a debt if spent. */
  async reverse(context: RequestContext, input: ReferralReverseInput): Promise<Referral | AlreadyReversed | NotFound> {
    context.session.require('referral.convert');
    const { program, caller } = context.session;
    const result = await this.database.transact(async (tx) => {
      const referral = await this.byOrder(tx, program.id, input.orderId);
      if (!referral) return new NotFound();
      const reversed = isDenied(referral)
        ? await this.fraud.forgetOrder(tx, referral)
        : await this.rewards.reverse(tx, referral, input.reason, caller);
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

  /** Whether it is settled who sent this friend. */
  async isReferred(tx: Transaction, programId: string, input: ContactInput): Promise<boolean> {
    const friend = await this.contacts.find(tx, programId, input);
    return friend !== undefined && (await this.registration.liveReferralOf(tx, friend)) !== undefined;
  }

  private page(where: Sql, page: PageArgs): Promise<Page<Referral>> {
    return paginate(this.database, { entity: Referral, where, order: newestFirst('referral'), page });
  }

  private async refused(
    tx: Transaction,
    context: RequestContext,
    reason: ReferralRefusalReason,
    { code }: Naming,
  ): Promise<ReferralRefused> {
    const typed = reason === 'UNKNOWN_CODE' && code;
    return new ReferralRefused(reason, typed ? await this.suggestions.near(tx, context.session, typed) : []);
  }

  private async claimNamed(
    tx: Transaction,
    context: RequestContext,
    terms: ReferralTerms,
    input: Naming & Pick<ReferralRegisterInput, 'friend' | 'evidence'>,
  ): Promise<Referral | InputInvalid | ReferralRefused> {
    const mayChoose = context.session.may('referral.convert');
    if (input.ambassadorId && !mayChoose) {
      return InputInvalid.at(['ambassadorId'], 'is for staff and servers; a name goes to referralClaim');
    }
    if (namesNobody(input) && mayChoose) return this.claimNominated(tx, context, terms, input);
    if (namesNobody(input)) return InputInvalid.at(['code'], 'code or clickId is needed to know who sent the friend');
    const named = await this.naming.find(tx, terms, input);
    if (typeof named === 'string') return this.refused(tx, context, named, input);
    return this.claimBy(tx, context, { ...input, terms, named });
  }

  /** Nobody is named: whoever named the friend beforehand, the first whose claim is valid. */
  private async claimNominated(
    tx: Transaction,
    context: RequestContext,
    terms: ReferralTerms,
    input: Pick<ReferralRegisterInput, 'friend' | 'evidence'>,
  ): Promise<Referral | InputInvalid | ReferralRefused> {
    let refusal: InputInvalid | ReferralRefused | undefined;
    for (const referrer of await this.nominations.nominatorsOf(tx, terms.programId, input.friend)) {
      const named: Named = { referrer, source: 'NOMINATION', channel: null, clickId: null };
      const claimed = await this.claimBy(tx, context, { ...input, terms, named });
      if (claimed instanceof Referral) return claimed;
      refusal ??= claimed;
    }
    return refusal ?? new ReferralRefused('UNKNOWN_CODE');
  }

  /** The friend's referral by whoever is named, or why it does not count. The caller holds the terms. */
  async claimBy(
    tx: Transaction,
    context: RequestContext,
    { terms, named, friend: input, evidence }: NamedClaim,
  ): Promise<Referral | InputInvalid | ReferralRefused> {
    const known = await this.contacts.find(tx, terms.programId, input);
    // What the program knows of somebody is not changed by a claim, and strangers give it no attributes.
    const attributes = context.session.may('referral.convert') ? input.attributes : null;
    const friend = known ?? (await this.contacts.identify(tx, terms.programId, { ...input, attributes }, ['friend']));
    if (friend instanceof InputInvalid) return friend;
    const claimed = await this.registration.claim(tx, {
      ...named,
      terms,
      friend,
      wasKnown: known !== undefined,
      evidence: this.fraud.believed(context, evidence),
    });
    if (claimed instanceof Referral) return claimed;
    // Whom the program does not know yet it does not know because of a claim that came to nothing.
    if (!known) await this.contacts.unmake(tx, friend);
    return new ReferralRefused(claimed, [], named.referrer.id);
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
    const denied = friend && !live && namesNobody(input) ? await this.fraud.deniedOf(tx, friend) : undefined;
    const referral = live ?? denied ?? (await this.claimNamed(tx, context, terms, input));
    if (!(referral instanceof Referral)) return referral;
    if (referral.status !== 'REGISTERED' && !isDenied(referral)) return new ReferralRefused('EXISTING_CUSTOMER');
    const until = referral.registeredAt.getTime() + terms.attributionDays * dayMilliseconds;
    return until < tx.now.getTime() ? new ReferralRefused('EXPIRED') : referral;
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

/** Whether it does not count because it looked like fraud. */
function isDenied({ status, storedRefusal }: Referral): boolean {
  return status === 'REJECTED' && storedRefusal === suspectedFraud;
}
