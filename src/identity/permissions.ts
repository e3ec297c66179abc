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
  'job.read': admins,
  'job.retry': admins,

  'contact.read': ownerAndStaff,
  'ambassador.list': staffAndServers,
  'ambassador.read': members,
  'ambassador.readName': ownerAndStaff,
  'ambassador.update': { AMBASSADOR: 'own', INTEGRATION: 'program', ...moderators },
  'ambassador.enroll': { INTEGRATION: 'program', ...moderators },

  'contact.erase': admins,
  'contact.export': admins,
  'me.export': { AMBASSADOR: 'own' },
  'me.requestErasure': { AMBASSADOR: 'own' },
  'consent.record': { AMBASSADOR: 'own', INTEGRATION: 'program', ...moderators },
  'privacy.manage': admins,

  'points.read': ownerAndStaff,
  'points.watch': { AMBASSADOR: 'own' },
  'points.adjust': adminsAndServers,
  'points.reverse': adminsAndServers,
  'points.forecast': staffAndServers,
  'points.simulate': { AMBASSADOR: 'own', ...staffAndServers },
  'points.give': { AMBASSADOR: 'own' },

  'referral.register': everyone,
  'referral.nominate': { AMBASSADOR: 'own' },
  'referral.convert': { INTEGRATION: 'program', ...moderators },
  'referral.read': ownerAndStaff,
  'referral.list': staffAndServers,
  'referralReview.list': staff,
  'referralReview.decide': moderators,
  'referralReview.appeal': { AMBASSADOR: 'own', ...moderators },
  'referralEvidence.record': { INTEGRATION: 'program', ...moderators },

  'referral.readGift': { INTEGRATION: 'program', ...moderators },
  'ambassador.readGift': { AMBASSADOR: 'own', INTEGRATION: 'program', ...moderators },
  'webhook.manage': admins,
  'voucher.list': staffAndServers,
  'voucher.manage': admins,

  'reward.read': members,
  'reward.manage': admins,
  'reward.readStock': staffAndServers,
  'reward.redeem': { AMBASSADOR: 'own' },
  'redemption.read': ownerAndStaff,
  'redemption.list': staffAndServers,
  'redemption.reveal': { AMBASSADOR: 'own' },
  'redemption.readDelivery': { AMBASSADOR: 'own', INTEGRATION: 'program', ...moderators },
  'redemption.settle': { INTEGRATION: 'program', ...moderators },

  'response.record': adminsAndServers,
  'response.read': { AMBASSADOR: 'own', ...staffAndServers },
  'response.readOtherAnswers': staffAndServers,
  'response.followUp': { AMBASSADOR: 'own', ...adminsAndServers },
  'survey.read': staffAndServers,
  'survey.manage': admins,
  'survey.answer': everyone,
  'surveyLink.create': { INTEGRATION: 'program', ...moderators },
  'nps.read': staffAndServers,

  'invitation.read': staffAndServers,
  'invitation.send': adminsAndServers,
  'invitation.readLink': adminsAndServers,
  'mailBounce.record': adminsAndServers,

  'segment.read': staffAndServers,
  'segment.manage': admins,

  'track.manage': admins,
  'bonus.manage': admins,

  'challenge.read': members,
  'challenge.plan': staffAndServers,
  'challenge.create': admins,
  'challenge.update': admins,
  'reviewPlatform.manage': admins,
  'seat.request': { AMBASSADOR: 'own' },
  'seat.vacate': moderators,
  'seat.list': staffAndServers,
  'submission.create': { AMBASSADOR: 'own' },
  'submission.read': ownerAndStaff,
  'submission.readVotable': members,
  'submission.list': staffAndServers,
  'submission.decide': { INTEGRATION: 'program', ...moderators },
  'submission.moderate': moderators,
  'submission.takeOver': admins,
  'quote.read': everyone,
  'quote.revoke': { AMBASSADOR: 'own', INTEGRATION: 'program', ...moderators },
  'vote.cast': { AMBASSADOR: 'own' },

  'idea.update': moderators,
  'poll.read': members,
  'poll.vote': { AMBASSADOR: 'own' },
  'poll.manage': moderators,
  'poll.count': staffAndServers,

  'badge.read': members,
  'badge.create': admins,
  'badge.grant': { INTEGRATION: 'program', ...moderators },
  'streak.grant': adminsAndServers,
  'leaderboard.read': members,
  'leaderboard.create': admins,
  'leaderboard.leave': { AMBASSADOR: 'own' },
  'leaderboard.readLeft': ownerAndStaff,

  'team.read': members,
  'team.create': { AMBASSADOR: 'own', ...adminsAndServers },
  'team.manage': { AMBASSADOR: 'own', ...adminsAndServers },
  'team.join': { AMBASSADOR: 'own', INTEGRATION: 'program', ...moderators },

  'activity.read': members,
  'activity.share': { AMBASSADOR: 'own' },
  'activity.moderate': moderators,
  'kudos.read': members,
  'kudos.list': staffAndServers,
  'kudos.give': { AMBASSADOR: 'own' },
  'kudos.report': { AMBASSADOR: 'own' },
  'kudos.moderate': moderators,
  'kudos.withdraw': { AMBASSADOR: 'own', ...moderators },

  'ask.read': ownerAndStaff,
  'ask.list': staffAndServers,
  'ask.next': { AMBASSADOR: 'own', ...adminsAndServers },
  'ask.decline': { AMBASSADOR: 'own', INTEGRATION: 'program', ...moderators },
  'case.read': staffAndServers,
  'case.work': { INTEGRATION: 'program', ...moderators },

  'insight.read': staffAndServers,
  'churn.read': staff,
  'superpromoter.read': staffAndServers,
  'superpromoter.nominate': moderators,
} as const satisfies Readonly<Record<string, Rule>>;

export type Action = keyof typeof permissions;

/** What a role may do; undefined where it may not. */
export function reachOf(role: Role, action: Action): Reach | undefined {
  const rule: Rule = permissions[action];
  return rule[role];
}
