import { randomBytes } from 'node:crypto';
import sql from 'sql-template-tag';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { Contact } from '../../contacts/contact.entity.js';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import type { AppEvent, Events } from '../../platform/events/events.js';
import { rowId } from '../../platform/graphql/node.js';
import { NotFound } from '../../platform/graphql/problem.js';
import { Referral, type ReferralRefusalReason, type ReferralTerms, suspectedFraud } from '../referral.entity.js';
import { judge, outcomeOf, type Verdict } from './engine.js';
import { type Case, gatherFacts, inboxMarks, type Mark, marksOf, remember } from './evidence.js';
import { signalsOf } from './facts.js';
import { ReferralAssessment, ReferralFraudPolicy, ReferralReview, ReferralSighting } from './fraud.entity.js';
import type { FraudReasonCode, ReferralAssessmentOutcome } from './fraud.enums.js';
import type {
  ReferralEvidenceInput,
  ReferralEvidenceRecordInput,
  ReferralFraudPolicySetInput,
} from './fraud.inputs.js';
import { SightingHashes } from './hashing.js';

/** What the rules found, and what has to be kept with it. */
export interface Judged {
  readonly verdict: Verdict;
  readonly marks: readonly Mark[];
  readonly policy: ReferralFraudPolicy;
}

const forgetBatchSize = 500;

/** What a refusal by a rule is kept as. */
const reasonOfRefusal: Partial<Readonly<Record<ReferralRefusalReason, FraudReasonCode>>> = {
  SELF_REFERRAL: 'OWN_CODE',
  CYCLE: 'CYCLE',
  ALREADY_REFERRED: 'SECOND_REFERRER',
  LIMIT_REACHED: 'VELOCITY',
};

/** Judges referrals by rules, and keeps every judgement. Who calls holds the program's terms. */
export class ReferralFraud {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly serverSecret: string | undefined,
  ) {}

  async addPolicy(tx: Transaction, programId: string): Promise<void> {
    await tx.insert(ReferralFraudPolicy, {
      programId,
      strictness: 'STANDARD',
      hashKey: randomBytes(32).toString('hex'),
    });
  }

  async policyOf(db: Reader, programId: string): Promise<ReferralFraudPolicy> {
    const policy = await db.first(ReferralFraudPolicy, sql`WHERE program_id = ${programId}`);
    if (!policy) throw new Error('A program has no fraud policy');
    return policy;
  }

  /** Changes how strictly referrals are looked at from now on. What was judged stays judged. */
  async setPolicy(context: RequestContext, input: ReferralFraudPolicySetInput): Promise<ReferralFraudPolicy> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      await tx.execute(sql`
        UPDATE referral_fraud_policy SET strictness = ${input.strictness} WHERE program_id = ${programId}`);
      return this.policyOf(tx, programId);
    });
  }

  /** An ambassador's inbox is known from the day they join. */
  async rememberAmbassador(tx: Transaction, programId: string, contactId: string): Promise<void> {
    const contact = await tx.first(Contact, sql`WHERE id = ${contactId}`);
    if (!contact) return;
    await remember(tx, contact, null, inboxMarks(await this.hashesOf(tx, programId), contact.email));
  }

  /** Notes what a server saw of an ambassador, to compare friends with. */
  async recordEvidence(context: RequestContext, input: ReferralEvidenceRecordInput): Promise<Ambassador | NotFound> {
    context.session.require('referralEvidence.record');
    const id = rowId(Ambassador, input.ambassadorId);
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      // The balance of terms and sightings: two callers who note the same at once come one after the other.
      await tx.query(sql`SELECT program_id FROM referral_terms WHERE program_id = ${programId} ${tx.forUpdate}`);
      const ambassador = id && (await tx.first(Ambassador, sql`WHERE id = ${id} AND program_id = ${programId}`));
      const contact = ambassador && (await tx.first(Contact, sql`WHERE id = ${ambassador.contactId}`));
      if (!ambassador || !contact) return new NotFound();
      const marks = marksOf(await this.hashesOf(tx, programId), { friend: contact, evidence: input.evidence });
      await remember(tx, contact, null, marks);
      return ambassador;
    });
  }

  /** What may be believed: everything from servers and staff; of a stranger the address that the connection has. */
  believed(
    context: RequestContext,
    given: ReferralEvidenceInput | null | undefined,
  ): ReferralEvidenceInput | null | undefined {
    if (context.session.may('referralEvidence.record')) return given;
    return context.session.role === 'ANONYMOUS' ? { ipAddress: context.callerAddress ?? null } : null;
  }

  /** Judges a case by all that is known of it now. */
  async judge(tx: Transaction, subject: Case): Promise<Judged> {
    const policy = await this.policyOf(tx, subject.terms.programId);
    const marks = marksOf(new SightingHashes(policy.hashKey, this.serverSecret), subject);
    const facts = await gatherFacts(tx, subject, marks);
    return { verdict: judge(signalsOf(facts), policy.strictness), marks, policy };
  }

  /** Judges a referral whose friend became a customer, and keeps what was found. Answers what to do. */
  async judgeConversion(
    tx: Transaction,
    terms: ReferralTerms,
    referral: Referral,
    evidence: ReferralEvidenceInput | null | undefined,
  ): Promise<ReferralAssessmentOutcome> {
    const referrer = await tx.first(Ambassador, sql`WHERE id = ${referral.referrerId}`);
    const friend = await tx.first(Contact, sql`WHERE id = ${referral.friendId}`);
    if (!referrer || !friend) throw new Error('A referral has no people');
    const judged = await this.judge(tx, {
      terms,
      referrer,
      friend,
      clickId: referral.clickId,
      referral,
      evidence,
    });
    return this.keep(tx, referral, 'CONVERSION', judged);
  }

  /** Keeps a judgement and the evidence, and opens a review where one is called for. Answers what to do. */
  async keep(
    tx: Transaction,
    referral: Referral,
    step: 'REGISTRATION' | 'CONVERSION',
    { verdict, marks, policy }: Judged,
  ): Promise<ReferralAssessmentOutcome> {
    const review = await reviewOf(tx, referral.id);
    const outcome = review && isNothingNew(review, verdict) ? 'PASSED' : verdict.outcome;
    await this.append(tx, {
      programId: referral.programId,
      referralId: referral.id,
      referrerId: referral.referrerId,
      step,
      score: verdict.score,
      outcome,
      strictness: policy.strictness,
      foundReasons: verdict.reasons,
    });
    // Where the friend registered is what counts within seven days; where they buy is not a second registration.
    const lasting = step === 'REGISTRATION' ? marks : marks.filter(({ kind }) => kind !== 'NETWORK');
    const friend = { id: referral.friendId, programId: referral.programId };
    await remember(tx, friend, referral.referrerId, lasting);
    if (outcome !== 'PASSED') await this.openReview(tx, referral, verdict, outcome, review);
    return outcome === 'PASSED' && review?.status === 'OPEN' ? 'REVIEW' : outcome;
  }

  /** Adds to the record. There is no way to change or take away what is on it. */
  async append(
    tx: Transaction,
    assessment: Pick<
      ReferralAssessment,
      'programId' | 'referralId' | 'referrerId' | 'step' | 'score' | 'outcome' | 'strictness' | 'foundReasons'
    > &
      Partial<Pick<ReferralAssessment, 'refusal' | 'decidedBy' | 'decisionReason'>>,
  ): Promise<void> {
    await tx.insert(ReferralAssessment, { decidedBy: 'system', ...assessment, id: tx.newId(), decidedAt: tx.now });
  }

  /** Keeps that a rule refused a claim, of which nothing else is left. */
  async keepRefusal(programId: string, referrerId: string, refusal: ReferralRefusalReason): Promise<void> {
    const code = reasonOfRefusal[refusal];
    if (!code) return;
    await this.database.transact(async (tx) => {
      const { strictness } = await this.policyOf(tx, programId);
      await this.append(tx, {
        programId,
        referralId: null,
        referrerId,
        step: 'REGISTRATION',
        score: 100,
        outcome: outcomeOf(100, strictness),
        strictness,
        foundReasons: [{ code, points: 100, severity: 'HIGH', count: null }],
        refusal,
      });
    });
  }

  /** A referral that does not count any more: the friend is free for others, and nothing is promised. */
  async deny(tx: Transaction, referral: Referral): Promise<boolean> {
    const denied = await tx.execute(sql`
      UPDATE referral SET status = 'REJECTED', claimed_friend_id = NULL, refusal = ${suspectedFraud},
        referrer_points = 0, friend_points = NULL, friend_voucher_id = NULL, held_until = NULL
      WHERE id = ${referral.id} AND status IN ('REGISTERED', 'HELD')`);
    if (denied === 0) return false;
    const { id: referralId, referrerId, programId } = referral;
    await this.events.emit(tx, 'referral.rejected', programId, { referralId, referrerId });
    return true;
  }

  /** The referral of a friend by this ambassador, or by any, that was denied: claiming it again changes nothing. */
  async deniedOf(tx: Transaction, friend: Contact, referrer?: Ambassador): Promise<Referral | undefined> {
    const by = referrer ? sql` AND referrer_id = ${referrer.id}` : sql``;
    return tx.first(
      Referral,
      sql`WHERE friend_id = ${friend.id} AND status = 'REJECTED' AND refusal = ${suspectedFraud}${by}
        ORDER BY id DESC LIMIT 1`,
    );
  }

  /** The order of a friend whose referral is denied: for the day that an appeal overturns it. */
  async noteOrder(
    tx: Transaction,
    referral: Referral,
    { orderId, amountCents, currency }: Pick<Referral, 'amountCents' | 'currency'> & { readonly orderId: string },
  ): Promise<void> {
    await tx.execute(sql`
      UPDATE referral SET order_id = ${orderId}, amount_cents = ${amountCents}, currency = ${currency},
        converted_at = ${tx.now}
      WHERE id = ${referral.id} AND order_id IS NULL`);
  }

  /** The order of a denied referral was undone: no appeal brings it back. Answers whether it still stood. */
  async forgetOrder(tx: Transaction, referral: Referral): Promise<boolean> {
    const forgotten = await tx.execute(sql`
      UPDATE referral SET converted_at = NULL WHERE id = ${referral.id} AND converted_at IS NOT NULL`);
    return forgotten > 0;
  }

  /** The order was undone while nobody had decided: there is nothing left to decide. */
  async followReversal(tx: Transaction, { payload }: AppEvent<'referral.reversed'>): Promise<void> {
    await tx.execute(sql`
      UPDATE referral_review SET status = 'WITHDRAWN', decided_at = ${tx.now}
      WHERE referral_id = ${payload.referralId} AND status = 'OPEN' AND appealed_at IS NULL`);
  }

  /** Forgets some of the evidence whose time is over. Answers how much. */
  async forgetSome(now: Date): Promise<number> {
    const due = await this.database.read((db) =>
      db.select(ReferralSighting, sql`WHERE forget_at <= ${now} ORDER BY forget_at LIMIT ${forgetBatchSize}`),
    );
    for (const { id } of due) {
      await this.database.transact((tx) =>
        tx.execute(sql`DELETE FROM referral_sighting WHERE id = ${id} AND forget_at <= ${now}`),
      );
    }
    return due.length;
  }

  private async hashesOf(db: Reader, programId: string): Promise<SightingHashes> {
    return new SightingHashes((await this.policyOf(db, programId)).hashKey, this.serverSecret);
  }

  private async openReview(
    tx: Transaction,
    referral: Referral,
    { score, reasons }: Verdict,
    outcome: 'REVIEW' | 'DENIED',
    known: ReferralReview | undefined,
  ): Promise<void> {
    const status = outcome === 'DENIED' ? 'DENIED' : 'OPEN';
    const [decidedAt, decidedBy] = outcome === 'DENIED' ? [tx.now, 'system'] : [null, null];
    if (!known) {
      const { id: referralId, programId, referrerId } = referral;
      return tx.insert(ReferralReview, {
        id: tx.newId(),
        programId,
        referralId,
        referrerId,
        status,
        storedScore: score,
        foundReasons: reasons,
        openedAt: tx.now,
        decidedAt,
        storedDecidedBy: decidedBy,
      });
    }
    await tx.execute(sql`
      UPDATE referral_review SET status = ${status}, score = ${score}, reasons = ${JSON.stringify(reasons)},
        decided_at = ${decidedAt}, decided_by = ${decidedBy}, decision_reason = NULL
      WHERE id = ${known.id}`);
  }
}

/** The review of a referral, held until the transaction ends. */
export function reviewOf(tx: Transaction, referralId: string): Promise<ReferralReview | undefined> {
  return tx.first(ReferralReview, sql`WHERE referral_id = ${referralId} ${tx.forUpdate}`);
}

/** Whether a person has cleared all that the rules find now: they are not asked the same thing twice. */
function isNothingNew(review: ReferralReview, { reasons }: Verdict): boolean {
  if (review.status !== 'CLEARED') return false;
  const cleared = new Map(review.foundReasons.map(({ code, points }) => [code, points]));
  return reasons.every(({ code, points }) => points <= (cleared.get(code) ?? 0));
}
