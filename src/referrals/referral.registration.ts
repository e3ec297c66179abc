import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Contact } from '../contacts/contact.entity.js';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import type { ReferralEvidenceInput } from './fraud/fraud.inputs.js';
import type { Judged, ReferralFraud } from './fraud/fraud.service.js';
import { inboxOf } from './fraud/inbox.js';
import { Referral, type ReferralRefusalReason, type ReferralTerms, suspectedFraud } from './referral.entity.js';
import './referral.events.js';
import type { Named } from './referral.naming.js';

const dayMilliseconds = 86_400_000;
const monthDays = 30;

/** Somebody says that this ambassador sent this friend. */
export interface Claim extends Named {
  readonly terms: ReferralTerms;
  readonly friend: Contact;
  /** Whether the program knew the friend before this very claim. */
  readonly wasKnown: boolean;
  readonly evidence?: ReferralEvidenceInput | null | undefined;
}

/**
 * Registers friends. The caller holds the program's terms: claims of one program are settled one after the other, so that
 * of two ambassadors one is first, and no cycle can come about between two claims.
 */
export class ReferralRegistration {
  constructor(
    private readonly events: Events,
    private readonly fraud: ReferralFraud,
  ) {}

  /**
   * The friend's referral by this ambassador, made unless it is there; or why it does not count. One that looks like fraud
   * is made as well, and is rejected: it is kept, and can be appealed.
   */
  async claim(tx: Transaction, claim: Claim): Promise<Referral | ReferralRefusalReason> {
    const known = await this.liveReferralOf(tx, claim.friend);
    if (known) return known.referrerId === claim.referrer.id ? known : 'ALREADY_REFERRED';
    const denied = await this.fraud.deniedOf(tx, claim.friend, claim.referrer);
    if (denied) return denied;
    const refusal = await this.refusalOf(tx, claim);
    if (refusal) return refusal;
    const judged = await this.fraud.judge(tx, { ...claim, evidence: claim.evidence, referral: undefined });
    const referral = await this.insert(tx, claim, judged);
    await this.fraud.keep(tx, referral, 'REGISTRATION', judged);
    return referral;
  }

  /** The referral of a friend that counts; at most one. */
  async liveReferralOf(tx: Transaction, friend: Contact): Promise<Referral | undefined> {
    return tx.first(Referral, sql`WHERE program_id = ${friend.programId} AND claimed_friend_id = ${friend.id}`);
  }

  private async refusalOf(tx: Transaction, claim: Claim): Promise<ReferralRefusalReason | undefined> {
    const { referrer, friend, terms, wasKnown } = claim;
    if (await this.isSamePerson(tx, referrer, friend)) return 'SELF_REFERRAL';
    if (await this.wouldCloseCycle(tx, referrer, friend)) return 'CYCLE';
    if (wasKnown && !(await this.isProspect(tx, friend))) return 'EXISTING_CUSTOMER';
    const perDay = await this.registeredSince(tx, referrer, new Date(tx.now.getTime() - dayMilliseconds));
    if (perDay >= terms.friendsPerDayMax) return 'LIMIT_REACHED';
    const monthAgo = new Date(tx.now.getTime() - monthDays * dayMilliseconds);
    return (await this.registeredSince(tx, referrer, monthAgo)) >= terms.friendsPerMonthMax
      ? 'LIMIT_REACHED'
      : undefined;
  }

  /** The same contact, or an address that leads to the same inbox. */
  private async isSamePerson(tx: Transaction, referrer: Ambassador, friend: Contact): Promise<boolean> {
    if (referrer.contactId === friend.id) return true;
    if (!friend.email) return false;
    const [own] = await tx.query<{ email: string | null }>(sql`
      SELECT email FROM contact WHERE id = ${referrer.contactId}`);
    return own?.email ? inboxOf(own.email) === inboxOf(friend.email) : false;
  }

  /** Whether the friend brought the referrer, directly or over others. The forest is walked from the referrer to its root. */
  async wouldCloseCycle(tx: Transaction, referrer: Ambassador, friend: Contact): Promise<boolean> {
    for (let contactId: string | undefined = referrer.contactId; contactId; ) {
      const [above]: { contact_id: string }[] = await tx.query(sql`
        SELECT ambassador.contact_id FROM referral JOIN ambassador ON ambassador.id = referral.referrer_id
        WHERE referral.program_id = ${referrer.programId} AND referral.claimed_friend_id = ${contactId}`);
      contactId = above?.contact_id;
      if (contactId === friend.id) return true;
    }
    return false;
  }

  /** Somebody the program knows only because an ambassador named them before, in vain. */
  private async isProspect(tx: Transaction, friend: Contact): Promise<boolean> {
    const refused = await tx.count(Referral, sql`WHERE friend_id = ${friend.id} AND claimed_friend_id IS NULL`);
    return refused > 0 && (await tx.count(Ambassador, sql`WHERE contact_id = ${friend.id}`)) === 0;
  }

  private registeredSince(tx: Transaction, referrer: Ambassador, since: Date): Promise<number> {
    return tx.count(Referral, sql`WHERE referrer_id = ${referrer.id} AND registered_at > ${since}`);
  }

  private async insert(
    tx: Transaction,
    { terms, referrer, friend, source, channel, clickId }: Claim,
    { verdict }: Judged,
  ): Promise<Referral> {
    const isDenied = verdict.outcome === 'DENIED';
    const referral = Object.assign(new Referral(), {
      id: tx.newId(),
      programId: terms.programId,
      referrerId: referrer.id,
      friendId: friend.id,
      claimedFriendId: isDenied ? null : friend.id,
      status: isDenied ? 'REJECTED' : 'REGISTERED',
      registeredAt: tx.now,
      source,
      channel,
      clickId,
      convertedAt: null,
      heldUntil: null,
      orderId: null,
      amountCents: null,
      currency: null,
      referrerPoints: 0,
      refundedCents: null,
      rewardBasis: null,
      cappedBy: null,
      friendPoints: null,
      friendVoucherId: null,
      promisedFriendReward: terms.friendReward,
      storedRefusal: isDenied ? suspectedFraud : null,
    } as const);
    await tx.insert(Referral, referral);
    const { id: referralId, referrerId } = referral;
    const type = isDenied ? 'referral.rejected' : 'referral.registered';
    await this.events.emit(tx, type, terms.programId, { referralId, referrerId });
    return referral;
  }
}
