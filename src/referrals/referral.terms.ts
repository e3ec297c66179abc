import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { ReferralTerms } from './referral.entity.js';
import type { ReferralTermsSetInput } from './referral.inputs.js';
import type { ReferralRewardRulesInput } from './reward-rules.inputs.js';
import { plainRules, type ReferralRewardRules } from './reward-rules.js';
import { FriendVoucherPool } from './voucher.entity.js';

/** What every program starts with. The limits are those at which programs of this kind begin to look at an account. */
const defaultTerms = {
  referrerPoints: 250,
  friendReward: null,
  chosenHoldDays: null,
  refundWindowDays: null,
  storedRules: null,
  attributionDays: 90,
  clickDays: 30,
  nominationDays: 60,
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
  async set(context: RequestContext, input: ReferralTermsSetInput): Promise<ReferralTerms | InputInvalid> {
    context.session.require('program.update');
    return this.database.transact(async (tx) => {
      const known = await this.hold(tx, context.session.program.id);
      const terms = Object.assign(new ReferralTerms(), known, {
        referrerPoints: input.referrerPoints ?? known.referrerPoints,
        friendReward: input.friendReward === undefined ? known.friendReward : input.friendReward,
        chosenHoldDays: input.holdDays === undefined ? known.chosenHoldDays : input.holdDays,
        refundWindowDays: input.refundWindowDays === undefined ? known.refundWindowDays : input.refundWindowDays,
        storedRules: input.rewardRules === undefined ? known.storedRules : rulesOf(input.rewardRules),
        attributionDays: input.attributionDays ?? known.attributionDays,
        clickDays: input.clickDays ?? known.clickDays,
        nominationDays: input.nominationDays ?? known.nominationDays,
        friendsPerDayMax: input.friendsPerDayMax ?? known.friendsPerDayMax,
        friendsPerMonthMax: input.friendsPerMonthMax ?? known.friendsPerMonthMax,
        landingUrl: input.landingUrl === undefined ? known.landingUrl : input.landingUrl,
      });
      const rules = terms.rewardRules();
      if (reckonsInMoney(rules) && rules.currency === null) {
        return InputInvalid.at(['rewardRules', 'currency'], 'is needed for parts of an order and for a minimum order');
      }
      const { friendVoucherPoolId: poolId } = rules;
      if (poolId !== null && !(await this.isPool(tx, terms.programId, poolId))) {
        return InputInvalid.at(['rewardRules', 'friendVoucherPoolId'], 'is no pool of voucher codes of this program');
      }
      await tx.execute(sql`
        UPDATE referral_terms SET
          referrer_points = ${terms.referrerPoints}, friend_reward = ${terms.friendReward},
          click_days = ${terms.clickDays}, nomination_days = ${terms.nominationDays},
          hold_days = ${terms.chosenHoldDays}, refund_window_days = ${terms.refundWindowDays},
          reward_rules = ${terms.storedRules && JSON.stringify(terms.storedRules)}, attribution_days = ${terms.attributionDays},
          friends_per_day_max = ${terms.friendsPerDayMax}, friends_per_month_max = ${terms.friendsPerMonthMax},
          landing_url = ${terms.landingUrl}
        WHERE program_id = ${terms.programId}`);
      return terms;
    });
  }

  private async isPool(tx: Transaction, programId: string, id: string): Promise<boolean> {
    return (await tx.count(FriendVoucherPool, sql`WHERE id = ${id} AND program_id = ${programId}`)) > 0;
  }
}

/** The rules as they are kept: what the input leaves out is off. */
function rulesOf(input: ReferralRewardRulesInput | null): ReferralRewardRules | null {
  if (!input) return null;
  return {
    rateBasisPoints: input.rateBasisPoints ?? null,
    pointsPerUnit: input.pointsPerUnit ?? plainRules.pointsPerUnit,
    currency: input.currency ?? null,
    minimumOrderCents: input.minimumOrderCents ?? null,
    steps: (input.steps ?? []).map(({ fromFriend, points, rateBasisPoints }) => ({
      fromFriend,
      points: points ?? null,
      rateBasisPoints: rateBasisPoints ?? null,
    })),
    pointsPerMonthMax: input.pointsPerMonthMax ?? null,
    friendsPerMonthMax: input.friendsPerMonthMax ?? null,
    friendPoints: input.friendPoints ?? 0,
    // An id that is none leads to a pool that is not there.
    friendVoucherPoolId: input.friendVoucherPoolId ? (rowId(FriendVoucherPool, input.friendVoucherPoolId) ?? '') : null,
  };
}

function reckonsInMoney({ rateBasisPoints, minimumOrderCents, steps }: ReferralRewardRules): boolean {
  return rateBasisPoints !== null || minimumOrderCents !== null || steps.some((step) => step.rateBasisPoints !== null);
}

function required(terms: ReferralTerms | undefined): ReferralTerms {
  if (!terms) throw new Error('A program has no referral terms');
  return terms;
}
