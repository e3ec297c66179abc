import { graphqlEnum } from '../../platform/graphql/enums.js';

export const ReferralStrictness = graphqlEnum(
  'ReferralStrictness',
  'From which score on a referral is not paid by itself.',
  {
    LENIENT: 'Review from 55, denial from 85: for programs with small rewards, and time to lose by asking.',
    STANDARD: 'Review from 40, denial from 70.',
    STRICT: 'Review from 25, denial from 55: for programs with large rewards, and somebody who looks at the queue.',
  },
);
export type ReferralStrictness = keyof typeof ReferralStrictness;

export const ReferralAssessmentStep = graphqlEnum('ReferralAssessmentStep', 'When a referral was looked at.', {
  REGISTRATION: 'When the friend was registered.',
  CONVERSION: 'When the friend became a customer, with all that was known by then.',
  REVIEW: 'By a person, from the queue.',
  APPEAL: 'By a person, after an appeal against the denial.',
});
export type ReferralAssessmentStep = keyof typeof ReferralAssessmentStep;

export const ReferralAssessmentOutcome = graphqlEnum('ReferralAssessmentOutcome', 'What came of an assessment.', {
  PASSED: 'It goes on, and is paid.',
  REVIEW: 'It goes on, but is not paid before a person has decided.',
  DENIED: 'It does not count.',
});
export type ReferralAssessmentOutcome = keyof typeof ReferralAssessmentOutcome;

export const ReferralReviewStatus = graphqlEnum('ReferralReviewStatus', 'What became of a review.', {
  OPEN: 'Somebody has to decide: a first time, or about an appeal. Until then nothing is paid.',
  CLEARED: 'It is fine, and is paid like any other.',
  DENIED: 'It does not count.',
  WITHDRAWN: 'The order was undone before anybody decided.',
});
export type ReferralReviewStatus = keyof typeof ReferralReviewStatus;

export const ReferralReviewDecision = graphqlEnum('ReferralReviewDecision', 'What a person decides about a referral.', {
  CLEAR: 'It is fine: it goes on as if nothing had been.',
  DENY: 'It does not count: nobody is paid.',
});
export type ReferralReviewDecision = keyof typeof ReferralReviewDecision;

export const FraudSeverity = graphqlEnum('FraudSeverity', 'How much a reason weighs.', {
  LOW: 'Under 20 points: worth nothing alone.',
  MEDIUM: '20 to 39 points: enough together with another one.',
  HIGH: '40 points and more: enough alone.',
});
export type FraudSeverity = keyof typeof FraudSeverity;

export const FraudReasonCode = graphqlEnum('FraudReasonCode', 'What speaks against a referral.', {
  OWN_CODE: 'The friend is the ambassador.',
  CYCLE: 'The ambassador was brought by this friend, directly or over others.',
  SECOND_REFERRER: 'Somebody else brought this friend before.',
  SAME_INBOX: "Mail to the friend ends up in the ambassador's inbox.",
  KNOWN_INBOX: 'Mail to the friend ends up in the inbox of somebody who is known already.',
  NEAR_IDENTITY: "The friend's name or address is nearly the ambassador's.",
  REPEATED_NAME: 'The ambassador brought friends of this very name before.',
  MIXED_SCRIPT: 'The name mixes letters of several scripts within a word.',
  DISPOSABLE_ADDRESS: 'The address is of a service that gives addresses for minutes.',
  NUMBERED_ADDRESSES: 'The ambassador brought friends whose addresses differ only by their digits.',
  MACHINE_MADE_ADDRESS: 'The address looks like made by a machine.',
  SHARED_DEVICE: 'The device is known from others.',
  SHARED_PAYMENT: 'The means of payment is known from others.',
  SHARED_NETWORK: 'Several friends were registered from one network within seven days.',
  NETWORK_OF_ONE_REFERRER: 'Several friends of one ambassador were registered from one network within seven days.',
  VELOCITY: 'The ambassador brings many friends in a short time.',
  FAST_REGISTRATION: 'The friend was registered within moments of the click.',
  FAST_CONVERSION: 'The friend bought within seconds of the click.',
  CLICK_FLOOD: 'The link was followed very often, and hardly anybody registered.',
  SHARED_CLICK: 'One click was named for several friends.',
  ORDERS_UNDONE: 'Most orders of the friends of this ambassador were undone.',
  DENIED_BEFORE: 'Other referrals of this ambassador were denied lately.',
});
export type FraudReasonCode = keyof typeof FraudReasonCode;
