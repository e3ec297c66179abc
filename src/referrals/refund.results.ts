import { createUnionType, Field, ObjectType } from 'type-graphql';
import { IdempotencyKeyReused, InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { AlreadyReversed } from '../points/points.results.js';
import { Referral } from './referral.entity.js';
import { ReferralRefund } from './refund.entity.js';

@ObjectType({ description: 'The refund counts; the same refund again answers with the same.' })
export class ReferralRefunded {
  @Field(() => Referral, { description: 'The referral: smaller, or reversed where nothing is left to reward.' })
  readonly referral: Referral;

  @Field(() => ReferralRefund, { description: 'The refund, and what it took.' })
  readonly refund: ReferralRefund;

  constructor(referral: Referral, refund: ReferralRefund) {
    this.referral = referral;
    this.refund = refund;
  }
}

export const ReferralRefundResult = createUnionType({
  name: 'ReferralRefundResult',
  description: 'What referralRefund answers.',
  types: () => [ReferralRefunded, AlreadyReversed, InputInvalid, IdempotencyKeyReused, NotFound] as const,
});
