import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Contact } from '../contacts/contact.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { friendKeys, nameFits } from './friend-key.js';
import { ReferralClaim, ReferralNomination } from './nomination.entity.js';
import type {
  ReferralClaimDismissInput,
  ReferralClaimInput,
  ReferralClaimSettleInput,
  ReferralNominateInput,
} from './nomination.inputs.js';
import { ReferralClaimDismissed, ReferralClaimNoted } from './nomination.results.js';
import type { Nominations } from './nominations.js';
import { Referral, type ReferralTerms } from './referral.entity.js';
import type { Named } from './referral.naming.js';
import { ReferralRefused } from './referral.results.js';
import type { ReferralService } from './referral.service.js';
import type { ReferralTermsService } from './referral.terms.js';

const dayMilliseconds = 86_400_000;
const monthDays = 30;
/** So many claims of a program can wait: what staff can look through, and what strangers can fill. */
const openClaimsMax = 10_000;

interface NominationParts {
  readonly database: Database;
  readonly terms: ReferralTermsService;
  readonly nominations: Nominations;
  readonly referrals: ReferralService;
}

/**
 * "Who sent you?" by name, and "I told a friend" beforehand. Neither makes a referral alone: an ambassador could claim the
 * whole town, and a friend could find out who is a member. Where both fit together, they do.
 */
export class NominationService {
  constructor(private readonly parts: NominationParts) {}

  /** The calling ambassador names a friend. What the program knows of the friend makes no difference to the answer. */
  async nominate(
    context: RequestContext,
    input: ReferralNominateInput,
  ): Promise<ReferralNomination | ReferralRefused | InputInvalid> {
    const ambassadorId = context.session.requireAmbassador('referral.nominate');
    return this.parts.database.transact(async (tx) => {
      const terms = await this.parts.terms.hold(tx, context.session.program.id);
      const ambassador = await tx.first(Ambassador, sql`WHERE id = ${ambassadorId}`);
      if (!ambassador) throw new Error('The calling ambassador is gone');
      const [friendKey = ''] = friendKeys(terms.programId, input.friend);
      const known = await tx.first(
        ReferralNomination,
        sql`WHERE ambassador_id = ${ambassadorId} AND friend_key = ${friendKey}`,
      );
      if (known && (known.referralId !== null || known.expiresAt > tx.now)) return known;
      if (await this.isSelf(tx, ambassador, input)) return new ReferralRefused('SELF_REFERRAL');
      if (await this.hasNamedEnough(tx, terms, ambassador)) return new ReferralRefused('LIMIT_REACHED');
      await tx.execute(sql`
        DELETE FROM referral_nomination WHERE ambassador_id = ${ambassadorId} AND friend_key = ${friendKey}`);
      const nomination = Object.assign(new ReferralNomination(), {
        id: tx.newId(),
        programId: terms.programId,
        ambassadorId,
        friendKey,
        friendName: input.friendName,
        nominatedAt: tx.now,
        expiresAt: expiry(tx, terms),
        referralId: null,
      });
      await tx.insert(ReferralNomination, nomination);
      await this.matchClaim(tx, context, terms, ambassador, input);
      return nomination;
    });
  }

  /** A friend says by name who sent them. The answer is the same for every name. */
  async claim(context: RequestContext, input: ReferralClaimInput): Promise<ReferralClaimNoted | ReferralRefused> {
    context.session.require('referral.register');
    return this.parts.database.transact(async (tx) => {
      const terms = await this.parts.terms.hold(tx, context.session.program.id);
      const expiresAt = expiry(tx, terms);
      const channel = input.channel ?? 'SPOKEN';
      // Who sent this friend is known: nothing is left to wait for.
      if (await this.parts.referrals.isReferred(tx, terms.programId, input.friend))
        return new ReferralClaimNoted(expiresAt);
      for (const referrer of await this.meant(tx, terms, input)) {
        const named: Named = { referrer, source: 'NAME', channel, clickId: null };
        const claimed = await this.parts.referrals.claimBy(tx, context, { terms, named, friend: input.friend });
        if (claimed instanceof Referral) return new ReferralClaimNoted(expiresAt);
      }
      const [friendKey = ''] = friendKeys(terms.programId, input.friend);
      await tx.execute(sql`
        DELETE FROM referral_claim WHERE program_id = ${terms.programId} AND friend_key = ${friendKey}`);
      const open = await tx.count(ReferralClaim, sql`WHERE program_id = ${terms.programId}`);
      if (open >= openClaimsMax) return new ReferralRefused('LIMIT_REACHED');
      await tx.insert(ReferralClaim, {
        id: tx.newId(),
        programId: terms.programId,
        friendKey,
        friendExternalId: input.friend.externalId ?? null,
        friendEmail: input.friend.email ?? null,
        friendName: input.friend.displayName ?? null,
        referrerName: input.referrerName,
        channel,
        claimedAt: tx.now,
        expiresAt,
        dismissedAt: null,
      });
      return new ReferralClaimNoted(expiresAt);
    });
  }

  /** Staff or a server says whom a friend meant. */
  async settle(
    context: RequestContext,
    input: ReferralClaimSettleInput,
  ): Promise<Referral | ReferralRefused | InputInvalid | NotFound> {
    context.session.require('referral.convert');
    const programId = context.session.program.id;
    const result = await this.parts.database.transact(async (tx) => {
      const terms = await this.parts.terms.hold(tx, programId);
      const claim = await this.find(tx, programId, input.claimId);
      const id = rowId(Ambassador, input.ambassadorId) ?? '';
      const referrer = await tx.first(Ambassador, sql`WHERE id = ${id} AND program_id = ${programId}`);
      if (!claim || !referrer) return new NotFound();
      const named: Named = { referrer, source: 'NAME', channel: claim.channel, clickId: null };
      return this.parts.referrals.claimBy(tx, context, { terms, named, friend: friendOf(claim) });
    });
    return this.parts.referrals.answered(context, result);
  }

  /** Nobody is meant: the claim waits no more. Staff may still settle it, until it is forgotten. */
  async dismiss(context: RequestContext, input: ReferralClaimDismissInput): Promise<ReferralClaimDismissed | NotFound> {
    context.session.require('referral.convert');
    return this.parts.database.transact(async (tx) => {
      const claim = await this.find(tx, context.session.program.id, input.claimId);
      if (!claim) return new NotFound();
      await tx.execute(sql`UPDATE referral_claim SET dismissed_at = ${tx.now} WHERE id = ${claim.id}`);
      return new ReferralClaimDismissed(claim.globalId());
    });
  }

  /** A nomination that the caller may see: an ambassador its own, staff any of the program's. */
  async findNomination(context: RequestContext, id: string): Promise<ReferralNomination | undefined> {
    const found = await this.parts.database.read((db) => db.first(ReferralNomination, sql`WHERE id = ${id}`));
    const isHere = found?.programId === context.session.program.id;
    return isHere && context.session.may('referral.read', found) ? found : undefined;
  }

  /** A claim of the program, for staff. */
  async findClaim(context: RequestContext, id: string): Promise<ReferralClaim | undefined> {
    if (!context.session.may('referral.list')) return undefined;
    const found = await this.parts.database.read((db) => db.first(ReferralClaim, sql`WHERE id = ${id}`));
    return found?.programId === context.session.program.id ? found : undefined;
  }

  /** The claims that wait, the latest first. */
  async listClaims(context: RequestContext, page: PageArgs): Promise<Page<ReferralClaim>> {
    context.session.require('referral.list');
    const where = sql`referral_claim.program_id = ${context.session.program.id} AND referral_claim.dismissed_at IS NULL`;
    return paginate(this.parts.database, { entity: ReferralClaim, where, order: newestFirst('referral_claim'), page });
  }

  /** The friends that an ambassador named beforehand, the latest first. */
  async listOfAmbassador(context: RequestContext, ambassador: Ambassador, page: PageArgs) {
    context.session.require('referral.read', ambassador);
    const where = sql`referral_nomination.ambassador_id = ${ambassador.id}`;
    const order = newestFirst<ReferralNomination>('referral_nomination');
    return paginate(this.parts.database, { entity: ReferralNomination, where, order, page });
  }

  /** The friend said the name before the ambassador named the friend: the two fit together now. */
  private async matchClaim(
    tx: Transaction,
    context: RequestContext,
    terms: ReferralTerms,
    ambassador: Ambassador,
    { friend }: ReferralNominateInput,
  ): Promise<void> {
    const claim = await this.parts.nominations.claimOf(tx, ambassador, friend);
    if (!claim) return;
    const named: Named = { referrer: ambassador, source: 'NAME', channel: claim.channel, clickId: null };
    await this.parts.referrals.claimBy(tx, context, { terms, named, friend: friendOf(claim) });
  }

  /** Whom a name can only mean: whoever has the address too, or named this friend beforehand. A name alone is nobody's. */
  private async meant(tx: Transaction, terms: ReferralTerms, input: ReferralClaimInput): Promise<Ambassador[]> {
    const byAddress = input.referrerEmail
      ? await tx.select(
          Ambassador,
          sql`JOIN contact ON contact.id = ambassador.contact_id
            WHERE contact.program_id = ${terms.programId} AND contact.email = ${input.referrerEmail}`,
        )
      : [];
    const nominators = await this.parts.nominations.nominatorsOf(tx, terms.programId, input.friend);
    return [...byAddress, ...nominators].filter(({ displayName }) => nameFits(input.referrerName, displayName));
  }

  private async isSelf(tx: Transaction, ambassador: Ambassador, { friend }: ReferralNominateInput): Promise<boolean> {
    const own = await tx.first(Contact, sql`WHERE id = ${ambassador.contactId}`);
    const ownKeys = own ? friendKeys(ambassador.programId, own) : [];
    return friendKeys(ambassador.programId, friend).some((key) => ownKeys.includes(key));
  }

  private async hasNamedEnough(tx: Transaction, terms: ReferralTerms, { id }: Ambassador): Promise<boolean> {
    const since = new Date(tx.now.getTime() - monthDays * dayMilliseconds);
    const named = await tx.count(ReferralNomination, sql`WHERE ambassador_id = ${id} AND nominated_at > ${since}`);
    return named >= terms.friendsPerMonthMax;
  }

  private find(tx: Transaction, programId: string, globalId: string): Promise<ReferralClaim | undefined> {
    const id = rowId(ReferralClaim, globalId) ?? '';
    return tx.first(ReferralClaim, sql`WHERE id = ${id} AND program_id = ${programId} AND expires_at > ${tx.now}`);
  }
}

function expiry(tx: Transaction, { nominationDays }: ReferralTerms): Date {
  return new Date(tx.now.getTime() + nominationDays * dayMilliseconds);
}

function friendOf({ friendExternalId, friendEmail, friendName }: ReferralClaim) {
  return { externalId: friendExternalId, email: friendEmail, displayName: friendName };
}
