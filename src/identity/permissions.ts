import type { Role } from './role.js';

/** How far a permission reaches: everything in the program, or what belongs to the calling ambassador. */
export type Reach = 'program' | 'own';

type Rule = Readonly<Partial<Record<Role, Reach>>>;

const everyone: Rule = {
  ANONYMOUS: 'program',
  RESPONDENT: 'program',
  AMBASSADOR: 'program',
  INTEGRATION: 'program',
  ANALYST: 'program',
  MODERATOR: 'program',
  ADMIN: 'program',
};
const admins: Rule = { ADMIN: 'program' };
const adminsAndServers: Rule = { INTEGRATION: 'program', ...admins };
const moderators: Rule = { MODERATOR: 'program', ...admins };
const staff: Rule = { ANALYST: 'program', ...moderators };
const staffAndServers: Rule = { INTEGRATION: 'program', ...staff };
const members: Rule = { AMBASSADOR: 'program', ...staffAndServers };
const ownerAndStaff: Rule = { AMBASSADOR: 'own', ...staffAndServers };

/** Each action, and who may do it. The one place where this is decided; services ask it through their session. */
export const permissions = {
  'node.read': everyone,
  'viewer.read': everyone,
  'program.read': everyone,
  'program.update': admins,
  'apiKey.manage': admins,

  'contact.read': ownerAndStaff,
  'ambassador.list': staffAndServers,
  'ambassador.read': members,
  'ambassador.enroll': { INTEGRATION: 'program', ...moderators },

  'points.read': ownerAndStaff,
  'points.watch': { AMBASSADOR: 'own' },
  'points.adjust': adminsAndServers,
  'points.reverse': adminsAndServers,

  'referral.register': everyone,
  'referral.convert': { INTEGRATION: 'program', ...moderators },
  'referral.read': ownerAndStaff,
  'referral.list': staffAndServers,

  'reward.read': members,
  'reward.manage': admins,
  'reward.redeem': { AMBASSADOR: 'own' },
  'redemption.read': ownerAndStaff,
  'redemption.list': staffAndServers,
  'redemption.settle': { INTEGRATION: 'program', ...moderators },

  'response.record': adminsAndServers,
  'response.read': { AMBASSADOR: 'own', ...staffAndServers },
  'survey.read': staffAndServers,
  'survey.manage': admins,
  'nps.read': staffAndServers,

  'challenge.read': members,
  'challenge.plan': staffAndServers,
  'challenge.create': admins,
  'challenge.update': admins,
  'submission.create': { AMBASSADOR: 'own' },
  'submission.read': ownerAndStaff,
  'submission.readVotable': members,
  'submission.list': staffAndServers,
  'submission.decide': { INTEGRATION: 'program', ...moderators },
  'submission.moderate': moderators,
  'vote.cast': { AMBASSADOR: 'own' },

  'badge.read': members,
  'badge.create': admins,
  'leaderboard.read': members,
  'leaderboard.create': admins,
} as const satisfies Readonly<Record<string, Rule>>;

export type Action = keyof typeof permissions;

/** What a role may do; undefined where it may not. */
export function reachOf(role: Role, action: Action): Reach | undefined {
  const rule: Rule = permissions[action];
  return rule[role];
}

/**
 * What each field of the API asks for: every field of Query, Mutation and Subscription, and every field of an object that
 * not everybody who sees the object may see. The server does not start with a root field that is missing here.
 */
export const fieldPermissions = {
  'Query.node': 'node.read',
  'Query.nodes': 'node.read',
  'Query.viewer': 'viewer.read',
  'Query.me': 'viewer.read',
  'Query.program': 'program.read',
  'Mutation.programUpdate': 'program.update',
  'Query.apiKeys': 'apiKey.manage',
  'Mutation.apiKeyCreate': 'apiKey.manage',
  'Mutation.apiKeyRevoke': 'apiKey.manage',
  'Query.ambassadors': 'ambassador.list',
  'Mutation.ambassadorEnroll': 'ambassador.enroll',
  'Ambassador.contact': 'contact.read',
  'Ambassador.points': 'points.read',
  'Ambassador.pointsEntries': 'points.read',
  'Mutation.levelsSet': 'program.update',
  'Mutation.pointsAdjust': 'points.adjust',
  'Mutation.pointsReverse': 'points.reverse',
  'Query.nps': 'nps.read',
  'Query.referrals': 'referral.list',
  'Mutation.referralRegister': 'referral.register',
  'Mutation.referralConvert': 'referral.convert',
  'Mutation.referralReverse': 'referral.convert',
  'Mutation.referralTermsSet': 'program.update',
  'Ambassador.referrals': 'referral.read',
  'ReferralLink.clicks': 'referral.read',
  'Referral.friend': 'referral.list',
  'Query.rewards': 'reward.read',
  'Mutation.rewardCreate': 'reward.manage',
  'Mutation.rewardRestock': 'reward.manage',
  'Mutation.rewardRedeem': 'reward.redeem',
  'Query.redemptions': 'redemption.list',
  'Mutation.redemptionFulfill': 'redemption.settle',
  'Mutation.redemptionCancel': 'redemption.settle',
  'Ambassador.redemptions': 'redemption.read',
  'Query.surveys': 'survey.read',
  'Mutation.surveyCreate': 'survey.manage',
  'Mutation.npsResponseRecord': 'response.record',
  'NpsResponse.contact': 'contact.read',
  'Query.challenges': 'challenge.read',
  'Ambassador.challenges': 'submission.read',
  'Mutation.challengeCreate': 'challenge.create',
  'Mutation.challengeUpdate': 'challenge.update',
  'Query.submissions': 'submission.list',
  'Ambassador.submissions': 'submission.read',
  'Challenge.submissions': 'submission.readVotable',
  'Submission.rejectionReason': 'submission.read',
  'Submission.decidedBy': 'submission.list',
  'Submission.pointsEntry': 'points.read',
  'Mutation.challengeSubmit': 'submission.create',
  'Mutation.submissionApprove': 'submission.decide',
  'Mutation.submissionReject': 'submission.decide',
  'Mutation.voteCast': 'vote.cast',
  'Query.badges': 'badge.read',
  'Mutation.badgeCreate': 'badge.create',
  'Query.leaderboard': 'leaderboard.read',
  'Query.leaderboards': 'leaderboard.read',
  'Mutation.leaderboardCreate': 'leaderboard.create',
  'Subscription.leaderboardChanged': 'leaderboard.read',
  'Subscription.pointsPosted': 'points.watch',
} as const satisfies Readonly<Record<string, Action>>;
