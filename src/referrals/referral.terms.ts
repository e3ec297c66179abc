import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { ReferralTerms } from './referral.entity.js';
import type { ReferralTermsSetInput } from './referral.inputs.js';

/**
 * What every program starts with. The hold covers the 14 days in which the EU lets consumers withdraw (2011/83/EU); the
 * limits are those at which member-gets-member programs begin to look at an account.
 */
const defaultTerms = {
  referrerPoints: 250,
  friendReward: null,
  holdDays: 14,
  attributionDays: 90,
  friendsPerDayMax: 10,
  friendsPerMonthMax: 50,
  landingUrl: null,
} as const;

/** The terms of a program, and the lock on which its claims queue. */
export class ReferralTermsService {
  constructor(private readonly database: Database) {}

  async addDefaults(tx: Transaction, programId: string): Promise<void> {
    await tx.insert(ReferralTerms, { programId, ...defaultTerms });
  }

  /** The terms, held until the transaction ends: claims and orders of one program are settled one after the other. */
  async hold(tx: Transaction, programId: string): Promise<ReferralTerms> {
    return required(await tx.first(ReferralTerms, sql`WHERE program_id = ${programId} ${tx.forUpdate}`));
  }

  async of(db: Reader, programId: string): Promise<ReferralTerms> {
    return required(await db.first(ReferralTerms, sql`WHERE program_id = ${programId}`));
  }

  /** Changes the terms for the friends and orders that come from now on. */
  async set(context: RequestContext, input: ReferralTermsSetInput): Promise<ReferralTerms> {
    context.session.require('program.update');
    return this.database.transact(async (tx) => {
      const known = await this.hold(tx, context.session.program.id);
      const terms = Object.assign(new ReferralTerms(), known, {
        referrerPoints: input.referrerPoints ?? known.referrerPoints,
        friendReward: input.friendReward === undefined ? known.friendReward : input.friendReward,
        holdDays: input.holdDays ?? known.holdDays,
        attributionDays: input.attributionDays ?? known.attributionDays,
        friendsPerDayMax: input.friendsPerDayMax ?? known.friendsPerDayMax,
        friendsPerMonthMax: input.friendsPerMonthMax ?? known.friendsPerMonthMax,
        landingUrl: input.landingUrl === undefined ? known.landingUrl : input.landingUrl,
      });
      await tx.execute(sql`
        UPDATE referral_terms SET
          referrer_points = ${terms.referrerPoints}, friend_reward = ${terms.friendReward},
          hold_days = ${terms.holdDays}, attribution_days = ${terms.attributionDays},
          friends_per_day_max = ${terms.friendsPerDayMax}, friends_per_month_max = ${terms.friendsPerMonthMax},
          landing_url = ${terms.landingUrl}
        WHERE program_id = ${terms.programId}`);
      return terms;
    });
  }
}

function required(terms: ReferralTerms | undefined): ReferralTerms {
  if (!terms) throw new Error('A program has no referral terms');
  return terms;
}
