import {
  change,
  creation,
  type Operation,
  ofAmbassador,
  ofRedemption,
  ofReward,
  ofSubmission,
  page,
  query,
  secret,
} from './operation.js';
import { askOperations } from './operations.asks.js';
import { insightOperations } from './operations.insight.js';
import { invitationOperations } from './operations.invitations.js';
import { playOperations } from './operations.play.js';
import { pointsOperations } from './operations.points.js';
import { pollOperations } from './operations.polls.js';
import { privacyOperations } from './operations.privacy.js';
import { sharingOperations } from './operations.sharing.js';
import { socialOperations } from './operations.social.js';
import { surveyOperations } from './operations.surveys.js';
import { teamOperations } from './operations.teams.js';
import { webhookOperations } from './operations.webhooks.js';

const queries: Readonly<Record<string, Operation>> = {
  'Query.node': {
    document: 'query ($id: ID!) { node(id: $id) { id } }',
    about: ({ programId }) => ({ id: programId }),
    path: ['node'],
  },
  'Query.nodes': {
    document: 'query ($id: ID!) { nodes(ids: [$id]) { id } }',
    about: ({ programId }) => ({ id: programId }),
    path: ['nodes', '0'],
  },
  'Query.viewer': query('viewer', '{ role }'),
  'Query.me': { ...query('me', '{ id }'), onlyAmbassadors: true },
  'Query.program': query('program', '{ slug }'),
  'Query.apiKeys': query('apiKeys', page),
  'Query.jobs': query('jobs', page),
  'Query.ambassadors': query('ambassadors', page),
  'Query.nps': query('nps', '{ responses }'),
  'Query.commonThread': query('commonThread', '{ contacts }'),
  'Query.surveys': query('surveys', page),
  'Query.rewards': query('rewards', page),
  'Query.redemptions': query('redemptions', page),
  'Query.referrals': query('referrals', page),
  'Query.friendVoucherPools': query('friendVoucherPools', page),
  'Query.referralShareTexts': query('referralShareTexts', '{ body }'),
  'Query.referralReviews': query('referralReviews', page),
  'Query.referralAssessments': query('referralAssessments', page),
  'Query.challenges': query('challenges', page),
  'Query.moderationQueue': query('moderationQueue', page),
  'Query.publishedQuotes': query('publishedQuotes', page),
  'Query.reviewPlatforms': query('reviewPlatforms', '{ key }'),
  'Query.submissions': query('submissions', page),
  'Query.badges': query('badges', page),
  'Query.leaderboard': query('leaderboard', page),
  'Query.referralInsight': query('referralInsight', '{ from }'),
  'Query.superpromoters': query('superpromoters', page),
  'Query.superpromoterTerms': query('superpromoterTerms', '{ windowDays }'),
  'Query.leaderboards': query('leaderboards', '{ key }'),
};

const secrets: Readonly<Record<string, Operation>> = Object.fromEntries(
  (
    [
      ['Ambassador.contact', '{ id }', { ...ofAmbassador, nullable: true }, (things) => things.ambassadorId],
      [
        'Ambassador.superpromoter',
        '{ isSuperpromoter }',
        { ...ofAmbassador, nullable: true },
        (things) => things.ambassadorId,
      ],
      ['Ambassador.superpromoterNominations', page, ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.points', '{ available }', ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.levelStanding', '{ countedPoints }', ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.pointsEntries', page, ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.challenges', page, ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.submissions', page, ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.redemptions', page, ofAmbassador, (things) => things.ambassadorId],
      ['Reward.lowStockAt', '', ofReward, (things) => things.digitalRewardId],
      ['Reward.stockIsLow', '', ofReward, (things) => things.digitalRewardId],
      ['Reward.deliveryText', '', ofReward, (things) => things.digitalRewardId],
      ['Redemption.deliverTo', '{ city }', ofRedemption, (things) => things.parcelId],
      ['Redemption.delivery', '', ofRedemption, (things) => things.fulfilledId],
      ['Ambassador.referrals', page, ofAmbassador, (things) => things.ambassadorId],
      ['Referral.refunds', '{ refundId }', { seenBy: 'referral.read', nullable: true }, (things) => things.referralId],
      ['Referral.friendGift', '{ points }', { seenBy: 'referral.read', nullable: true }, (things) => things.referralId],
      ['Ambassador.welcomeGift', '{ points }', { ...ofAmbassador, nullable: true }, (things) => things.ambassadorId],
      ['Referral.assessments', '{ id }', { seenBy: 'referral.read', nullable: true }, (things) => things.deniedId],
      ['ReferralReview.score', '', { seenBy: 'referral.read', nullable: true }, (things) => things.fraudReviewId],
      ['ReferralReview.decidedBy', '', { seenBy: 'referral.read', nullable: true }, (things) => things.fraudReviewId],
      [
        'Program.referralFraudPolicy',
        '{ strictness }',
        { seenBy: 'program.read', nullable: true },
        (things) => things.programId,
      ],
      ['Referral.friend', '{ id }', { seenBy: 'referral.read', nullable: true }, (things) => things.referralId],
      ['NpsResponse.contact', '{ id }', { seenBy: 'response.read', nullable: true }, (things) => things.responseId],
      ['Challenge.seats', page, { seenBy: 'challenge.read', nullable: false }, (things) => things.betaId],
      ['Challenge.submissions', page, { seenBy: 'challenge.read', nullable: false }, (things) => things.challengeId],
      ['Submission.pointsEntry', '{ id }', ofSubmission, (things) => things.approvedId],
      [
        'Submission.disclosure',
        '{ version }',
        { ...ofSubmission, seenBy: 'submission.read' },
        (things) => things.reviewId,
      ],
      ['Submission.flags', '{ reason }', ofSubmission, (things) => things.approvedId],
      [
        'Submission.revisions',
        '{ number }',
        { ...ofSubmission, seenBy: 'submission.read' },
        (things) => things.returnedId,
      ],
      ['Submission.changeRequest', '', { ...ofSubmission, seenBy: 'submission.read' }, (things) => things.returnedId],
      ['Submission.claim', '{ by }', ofSubmission, (things) => things.claimedId],
      ['Submission.decidedBy', '', ofSubmission, (things) => things.approvedId],
      ['Submission.rejectionReason', '', { ...ofSubmission, seenBy: 'submission.read' }, (things) => things.rejectedId],
    ] satisfies Parameters<typeof secret>[]
  ).map((each: Parameters<typeof secret>) => [each[0], secret(...each)]),
);

const mutations: Readonly<Record<string, Operation>> = {
  'Mutation.programUpdate': creation('programUpdate', () => ({ askFromScore: 7 })),
  'Mutation.levelsSet': creation('levelsSet', () => ({ levels: [{ name: 'One', fromPoints: 0 }] })),
  'Mutation.levelPolicySet': creation('levelPolicySet', () => ({ graceDays: 30 })),
  'Mutation.apiKeyCreate': creation('apiKeyCreate', () => ({ name: 'Shop' })),
  'Mutation.apiKeyRevoke': change('apiKeyRevoke', ({ apiKeyId }) => ({ apiKeyId })),
  'Mutation.jobRetry': change('jobRetry', ({ jobId }) => ({ jobId })),
  'Mutation.ambassadorEnroll': creation('ambassadorEnroll', (unique) => ({
    contact: { externalId: unique },
    displayName: 'Somebody new',
  })),
  'Mutation.ambassadorUpdate': {
    ...change('ambassadorUpdate', ({ ambassadorId }) => ({ ambassadorId, language: 'nl' })),
    onlyOwners: true,
  },
  'Mutation.referralShareTextSet': creation('referralShareTextSet', () => ({
    channel: 'COPY',
    language: 'nl',
    body: '{link}',
  })),
  'Mutation.surveyCreate': creation('surveyCreate', (unique) => ({ key: unique, name: 'Another survey' })),
  'Mutation.npsResponseRecord': creation('npsResponseRecord', (unique) => ({
    contact: { externalId: unique },
    score: 8,
  })),
  'Mutation.followUpRecord': {
    ...change('followUpRecord', ({ responseId }) => ({ responseId, answers: [{ key: 'ssm', number: 3 }] })),
    onlyOwners: true,
  },
  'Mutation.followUpQuestionSet': creation('followUpQuestionSet', () => ({
    surveyKey: 'nps',
    key: 'ssm',
    highestNumber: 500,
  })),
  'Mutation.referralTermsSet': creation('referralTermsSet', () => ({ holdDays: 30 })),
  'Mutation.referralRegister': creation('referralRegister', (unique) => ({
    code: 'nobody has this code',
    friend: { externalId: unique },
  })),
  'Mutation.referralConvert': creation('referralConvert', (unique) => ({
    friend: { externalId: unique },
    orderId: unique,
  })),
  'Mutation.referralReverse': change('referralReverse', ({ orderId }) => ({ orderId, reason: 'Sent back' })),
  'Mutation.referralRefund': change('referralRefund', ({ orderId }, refundId) => ({
    orderId,
    refundId,
    reason: 'Sent back',
  })),
  'Mutation.conversionSecretRotate': creation('conversionSecretRotate', () => ({ previousWorksHours: 1 })),
  'Mutation.friendVoucherPoolCreate': creation('friendVoucherPoolCreate', () => ({ name: 'Spring' })),
  'Mutation.friendVouchersLoad': change('friendVouchersLoad', ({ poolId }, code) => ({ poolId, codes: [code] })),
  'Mutation.referralReviewDecide': change('referralReviewDecide', ({ deniedId }) => ({
    referralId: deniedId,
    decision: 'CLEAR',
    reason: 'They are two people',
  })),
  'Mutation.referralAppeal': {
    ...change('referralAppeal', ({ deniedId }) => ({ referralId: deniedId, statement: 'She is my sister' })),
    onlyOwners: true,
  },
  'Mutation.referralFraudPolicySet': creation('referralFraudPolicySet', () => ({ strictness: 'STANDARD' })),
  'Mutation.referralEvidenceRecord': change('referralEvidenceRecord', ({ ambassadorId }) => ({
    ambassadorId,
    evidence: { deviceId: 'a telephone' },
  })),
  'Mutation.rewardCreate': creation('rewardCreate', () => ({ name: 'A mug', costPoints: 10 })),
  'Mutation.rewardUpdate': change('rewardUpdate', ({ rewardId }) => ({ rewardId, name: 'A better mug' })),
  'Mutation.rewardArchive': change('rewardArchive', ({ oldRewardId }) => ({ rewardId: oldRewardId })),
  'Mutation.rewardVouchersLoad': change('rewardVouchersLoad', ({ voucherRewardId }, code) => ({
    rewardId: voucherRewardId,
    codes: [code],
  })),
  'Mutation.rewardRestock': change('rewardRestock', ({ rewardId }, idempotencyKey) => ({
    rewardId,
    quantity: 1,
    idempotencyKey,
  })),
  'Mutation.rewardRedeem': change('rewardRedeem', ({ rewardId }, idempotencyKey) => ({ rewardId, idempotencyKey })),
  'Mutation.redemptionReveal': {
    ...change('redemptionReveal', ({ voucherRedemptionId }) => ({ redemptionId: voucherRedemptionId })),
    onlyOwners: true,
  },
  'Mutation.redemptionFulfill': change('redemptionFulfill', ({ redemptionId }) => ({ redemptionId })),
  'Mutation.redemptionCancel': change('redemptionCancel', ({ redemptionId }) => ({ redemptionId, reason: 'Lost' })),
  'Mutation.challengeCreate': creation('challengeCreate', () => ({ kind: 'IDEA', title: 'Ideas', rewardPoints: 5 })),
  'Mutation.challengeUpdate': change('challengeUpdate', ({ challengeId }) => ({ challengeId, title: 'Better ideas' })),
  'Mutation.challengePause': change('challengePause', ({ challengeId }) => ({ challengeId })),
  'Mutation.challengeResume': change('challengeResume', ({ challengeId }) => ({ challengeId })),
  'Mutation.challengeArchive': change('challengeArchive', ({ challengeId }) => ({ challengeId })),
  'Mutation.challengeDuplicate': change('challengeDuplicate', ({ challengeId }) => ({ challengeId })),
  'Mutation.reviewPlatformSet': creation('reviewPlatformSet', (unique) => ({
    key: unique,
    name: 'Our forum',
    domains: ['forum.example.com'],
  })),
  'Mutation.reviewPlatformRemove': creation('reviewPlatformRemove', () => ({ key: 'our-forum' })),
  'Mutation.challengeSubmit': change('challengeSubmit', ({ challengeId }) => ({
    challengeId,
    proof: { answer: { text: 'Answer the telephone' } },
  })),
  'Mutation.submissionApprove': change('submissionApprove', ({ pendingId }) => ({ submissionId: pendingId })),
  'Mutation.submissionReject': change('submissionReject', ({ pendingId }) => ({
    submissionId: pendingId,
    reason: 'No',
  })),
  'Mutation.seatRequest': change('seatRequest', ({ betaId }) => ({ challengeId: betaId })),
  'Mutation.seatRelease': change('seatRelease', ({ betaId }) => ({ challengeId: betaId })),
  'Mutation.seatVacate': change('seatVacate', ({ betaId, ambassadorId }) => ({ challengeId: betaId, ambassadorId })),
  'Mutation.voteWithdraw': change('voteWithdraw', ({ approvedId }) => ({ submissionId: approvedId })),
  'Mutation.submissionClaim': change('submissionClaim', ({ pendingId }) => ({ submissionId: pendingId })),
  'Mutation.submissionRelease': change('submissionRelease', ({ pendingId }) => ({ submissionId: pendingId })),
  'Mutation.submissionRequestChanges': change('submissionRequestChanges', ({ pendingId }) => ({
    submissionId: pendingId,
    reason: 'More words',
  })),
  'Mutation.submissionsDecide': creation('submissionsDecide', (unique) => ({
    decisions: [{ submissionId: unique, decision: 'APPROVE' }],
  })),
  'Mutation.submissionResubmit': {
    ...change('submissionResubmit', ({ pendingId }) => ({
      submissionId: pendingId,
      proof: { answer: { text: 'Answer the telephone at once' } },
    })),
    onlyOwners: true,
  },
  'Mutation.quoteConsentRevoke': {
    ...change('quoteConsentRevoke', ({ quoteId }) => ({ submissionId: quoteId })),
    onlyOwners: true,
  },
  'Mutation.voteCast': change('voteCast', ({ approvedId }) => ({ submissionId: approvedId })),
  'Mutation.badgeCreate': creation('badgeCreate', (unique) => ({
    code: unique,
    name: 'A badge',
    description: 'For many points',
    rule: { lifetimePoints: 1_000_000 },
  })),
  'Mutation.superpromoterTermsSet': creation('superpromoterTermsSet', () => ({ sharesFrom: 2.5 })),
  'Mutation.superpromoterNominate': change('superpromoterNominate', ({ ambassadorId }, idempotencyKey) => ({
    ambassadorId,
    gate: 'INFLUENCES',
    people: 3,
    text: 'She brought in three colleagues at the trade fair',
    idempotencyKey,
  })),
  'Mutation.superpromoterNominationWithdraw': change('superpromoterNominationWithdraw', ({ nominationId }) => ({
    nominationId,
    reason: 'It was somebody else',
  })),
  'Mutation.badgeUpdate': change('badgeUpdate', ({ badgeId }) => ({ badgeId, name: 'A better badge' })),
  'Mutation.badgeGrant': change('badgeGrant', ({ badgeId, ambassadorId }) => ({ badgeId, ambassadorId })),
  'Mutation.streakTermsSet': creation('streakTermsSet', () => ({ freezesMax: 10 })),
  'Mutation.streakFreezeGrant': change('streakFreezeGrant', ({ ambassadorId }, idempotencyKey) => ({
    ambassadorId,
    idempotencyKey,
  })),
  'Mutation.leaderboardCreate': creation('leaderboardCreate', (unique) => ({
    key: unique,
    name: 'A board',
    window: 'ALL_TIME',
  })),
  'Mutation.leaderboardSeasonsSet': change('leaderboardSeasonsSet', ({ leaderboardId }) => ({ leaderboardId })),
};

/** A field of what an ambassador shares, which has no id of its own. */
const ofLink: Readonly<Record<string, Operation>> = {
  'ReferralLink.clicks': {
    document: 'query ($id: ID!) { node(id: $id) { ... on Ambassador { referralLink { clicks } } } }',
    about: ({ ambassadorId }) => ({ id: ambassadorId }),
    path: ['node', 'referralLink', 'clicks'],
    of: { ...ofAmbassador, nullable: true },
  },
  'ReferralLink.floodClicks': {
    document: 'query ($id: ID!) { node(id: $id) { ... on Ambassador { referralLink { floodClicks } } } }',
    about: ({ ambassadorId }) => ({ id: ambassadorId }),
    path: ['node', 'referralLink', 'floodClicks'],
    of: { ...ofAmbassador, nullable: true },
  },
};

/** A field of what the program promises, which has no id of its own. */
const ofTerms: Readonly<Record<string, Operation>> = {
  'ReferralRewardRules.friendVoucherPool': {
    document: `query ($id: ID!) { node(id: $id) { ... on Program {
      referralTerms { rewardRules { friendVoucherPool { id } } } } } }`,
    about: ({ programId }) => ({ id: programId }),
    path: ['node', 'referralTerms', 'rewardRules', 'friendVoucherPool'],
    of: { seenBy: 'program.read', nullable: true },
  },
};

/** Of a subscription only whether it is taken can be told at once: the answer is a word, not an object. */
const subscriptions: Readonly<Record<string, Operation>> = {
  'Subscription.leaderboardChanged': { document: 'subscription { leaderboardChanged { points } }', path: [] },
  'Subscription.pointsPosted': { document: 'subscription { pointsPosted { id } }', path: [] },
};

/** One operation for each field of the table of permissions. */
export const operations: Readonly<Record<string, Operation>> = {
  ...queries,
  ...secrets,
  ...pointsOperations,
  ...playOperations,
  ...sharingOperations,
  ...socialOperations,
  ...pollOperations,
  ...surveyOperations,
  ...webhookOperations,
  ...teamOperations,
  ...askOperations,
  ...invitationOperations,
  ...privacyOperations,
  ...insightOperations,
  ...ofLink,
  ...ofTerms,
  ...mutations,
  ...subscriptions,
};
