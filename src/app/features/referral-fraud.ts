import { ReferralAssessment, ReferralReview } from '../../referrals/fraud/fraud.entity.js';
import {
  ReferralAssessmentResolver,
  ReferralFraudPolicyResolver,
  ReferralFraudResolver,
  ReferralReviewResolver,
} from '../../referrals/fraud/fraud.resolver.js';
import type { ReferralFraud } from '../../referrals/fraud/fraud.service.js';
import type { ReferralReviews } from '../../referrals/fraud/review.service.js';
import type { FriendVouchers } from '../../referrals/voucher.service.js';
import type { Kit } from './kit.js';

/** What the judge of referrals has to hear of. */
export function followFraud(
  { events, nodes }: Pick<Kit, 'events' | 'nodes'>,
  parts: {
    readonly fraud: ReferralFraud;
    readonly referralReviews: ReferralReviews;
    readonly friendVouchers: FriendVouchers;
  },
): void {
  const { fraud, referralReviews, friendVouchers } = parts;
  nodes.register(ReferralReview, (context, id) => referralReviews.find(context, id));
  nodes.register(ReferralAssessment, (context, id) => referralReviews.findAssessment(context, id));
  events.followInside('program.created', (tx, { programId }) => fraud.addPolicy(tx, programId));
  events.followInside('ambassador.enrolled', (tx, { programId, payload }) =>
    fraud.rememberAmbassador(tx, programId, payload.contactId),
  );
  events.followInside('referral.reversed', (tx, event) => fraud.followReversal(tx, event));
  events.followInside('referral.rejected', (tx, { payload }) => friendVouchers.takeBack(tx, payload.referralId));
}

/** Its part of the API. */
export function fraudResolvers(fraud: ReferralFraud, reviews: ReferralReviews): readonly object[] {
  return [
    new ReferralReviewResolver(reviews),
    new ReferralAssessmentResolver(),
    new ReferralFraudResolver(),
    new ReferralFraudPolicyResolver(fraud),
  ];
}
