import { createUnionType, Field, ObjectType } from 'type-graphql';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { connectionOf } from '../../platform/graphql/connection.js';
import { InputInvalid, NotFound, Problem } from '../../platform/graphql/problem.js';
import { ReferralRefused } from '../referral.results.js';
import { ReferralAssessment, ReferralFraudPolicy, ReferralReview } from './fraud.entity.js';

@ObjectType({ description: 'A page of reviews.' })
export class ReferralReviewConnection extends connectionOf(ReferralReview) {}

@ObjectType({ description: 'A page of assessments.' })
export class ReferralAssessmentConnection extends connectionOf(ReferralAssessment) {}

@ObjectType({ description: 'The review is decided, and what follows from it has happened.' })
export class ReferralReviewDecided {
  @Field(() => ReferralReview, { description: 'The review as it is now.' })
  readonly review: ReferralReview;

  constructor(review: ReferralReview) {
    this.review = review;
  }
}

@ObjectType({ description: 'The appeal is in the queue; somebody will look again.' })
export class ReferralAppealed {
  @Field(() => ReferralReview, { description: 'The review as it is now.' })
  readonly review: ReferralReview;

  constructor(review: ReferralReview) {
    this.review = review;
  }
}

@ObjectType({ description: 'The program looks at referrals by this policy from now on.' })
export class ReferralFraudPolicyReplaced {
  @Field(() => ReferralFraudPolicy, { description: 'The policy as it is now.' })
  readonly policy: ReferralFraudPolicy;

  constructor(policy: ReferralFraudPolicy) {
    this.policy = policy;
  }
}

@ObjectType({ description: 'The evidence is noted, as hashes.' })
export class ReferralEvidenceRecorded {
  @Field(() => Ambassador, { description: 'Whose it is.' })
  readonly ambassador: Ambassador;

  constructor(ambassador: Ambassador) {
    this.ambassador = ambassador;
  }
}

@ObjectType({ implements: Problem, description: 'Nothing waits for a decision: it was decided, or never in question.' })
export class ReferralReviewNotOpen extends Problem {
  constructor() {
    super('REFERRAL_REVIEW_NOT_OPEN', 'problem.referralReviewNotOpen');
  }
}

@ObjectType({ implements: Problem, description: 'There is no denial to appeal against, or it was appealed before.' })
export class ReferralNotAppealable extends Problem {
  constructor() {
    super('REFERRAL_NOT_APPEALABLE', 'problem.referralNotAppealable');
  }
}

export const ReferralReviewDecideResult = createUnionType({
  name: 'ReferralReviewDecideResult',
  description: 'What referralReviewDecide answers.',
  types: () => [ReferralReviewDecided, ReferralReviewNotOpen, ReferralRefused, InputInvalid, NotFound] as const,
});

export const ReferralAppealResult = createUnionType({
  name: 'ReferralAppealResult',
  description: 'What referralAppeal answers.',
  types: () => [ReferralAppealed, ReferralNotAppealable, InputInvalid, NotFound] as const,
});

export const ReferralFraudPolicySetResult = createUnionType({
  name: 'ReferralFraudPolicySetResult',
  description: 'What referralFraudPolicySet answers.',
  types: () => [ReferralFraudPolicyReplaced, InputInvalid] as const,
});

export const ReferralEvidenceRecordResult = createUnionType({
  name: 'ReferralEvidenceRecordResult',
  description: 'What referralEvidenceRecord answers.',
  types: () => [ReferralEvidenceRecorded, InputInvalid, NotFound] as const,
});
