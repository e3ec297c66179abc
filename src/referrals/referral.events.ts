interface ReferralEvent {
  readonly referralId: string;
  readonly referrerId: string;
}

declare module '../platform/events/events.js' {
  interface EventMap {
    'referral.registered': ReferralEvent;
    /** The friend became a customer: emitted after the referrer's points are posted, in the same transaction. */
    'referral.converted': ReferralEvent;
    'referral.rewarded': ReferralEvent;
    'referral.reversed': ReferralEvent;
    'referral.rejected': ReferralEvent;
  }
}

const causePrefix = 'referral:';

/** What pays the referrer of a friend at most once. */
export function causeOfReferral(referralId: string): string {
  return causePrefix + referralId;
}

/** Which referral a cause stands for; undefined for every other cause. */
export function referralOfCause(cause: string): string | undefined {
  return cause.startsWith(causePrefix) ? cause.slice(causePrefix.length) : undefined;
}
