import { ChallengeKind } from '../challenges/challenge.entity.js';
import type { FatigueKind } from '../fatigue/fatigue-kind.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import type { ShareChannel } from '../referrals/share-text.js';

const sharing = {
  SHARE_WHATSAPP: 'To tell a friend by WhatsApp.',
  SHARE_EMAIL: 'To tell a friend by e-mail.',
  SHARE_FACEBOOK: 'To tell friends on Facebook.',
} as const;

export const AskKind = graphqlEnum('AskKind', 'What somebody can be asked for next.', {
  JOIN: 'To become an ambassador, perhaps with a challenge to begin with.',
  ...sharing,
  REVIEW: 'A challenge: a review on a named platform.',
  QUOTE: 'A challenge: a quote or testimonial with consent to publish.',
  REFERRAL: 'A challenge: knows someone who would benefit.',
  RECOMMENDATION: 'A challenge: is open to be asked as a reference.',
  VOTE: "A challenge: votes for us or for others' submissions.",
  BLOG_POST: 'A challenge: a (guest) blog.',
  TRIAL: 'A challenge: tries one of something for us.',
  IDEA: 'A challenge: an idea for the product or the service.',
  SERVICE_FEEDBACK: 'A challenge: how to improve customer service.',
  EVENT_FEEDBACK: 'A challenge: attended an event: how was it.',
  BETA_PROGRAM: 'A challenge: tests what is not out yet.',
  SOCIAL_SHARE: 'A challenge: shares something on a social network.',
  CASE_STUDY: 'A challenge: tells the whole story of how it helped.',
  NEWSLETTER_MENTION: 'A challenge: mentions us in a newsletter.',
  CUSTOM: 'A challenge: anything else that its description asks for.',
  THANKS: 'Nothing: only thanks.',
});
export type AskKind = keyof typeof AskKind;

/** A kind that asks for sharing the own link. */
export type SharingKind = keyof typeof sharing;

/** In the order of the rule: the most personal way first. */
export const sharingKinds: readonly SharingKind[] = ['SHARE_WHATSAPP', 'SHARE_EMAIL', 'SHARE_FACEBOOK'];

export const channelOf: Readonly<Record<SharingKind, ShareChannel & ('WHATSAPP' | 'EMAIL' | 'FACEBOOK')>> = {
  SHARE_WHATSAPP: 'WHATSAPP',
  SHARE_EMAIL: 'EMAIL',
  SHARE_FACEBOOK: 'FACEBOOK',
};

export function isSharing(kind: AskKind): kind is SharingKind {
  return kind in channelOf;
}

export function isChallenge(kind: AskKind): kind is ChallengeKind {
  return kind in ChallengeKind;
}

/** The ultimate question: whether one brings somebody. Nobody gets it twice in a row. */
export function asksForReferral(kind: AskKind): boolean {
  return isSharing(kind) || kind === 'REFERRAL';
}

/** The clock that a kind goes by in the budget of asks. */
export function clockOf(kind: AskKind): FatigueKind {
  if (kind === 'JOIN' || kind === 'REVIEW') return kind;
  return asksForReferral(kind) ? 'REFERRAL' : 'CHALLENGE';
}

/** What a detractor may be asked for: to help us become better, never to speak for us. */
const improving: ReadonlySet<AskKind> = new Set([
  'IDEA',
  'SERVICE_FEEDBACK',
  'EVENT_FEEDBACK',
  'TRIAL',
  'BETA_PROGRAM',
]);

export function promotes(kind: AskKind): boolean {
  return !improving.has(kind);
}
