interface ReferralEvent {
  readonly referralId: string;
  readonly referrerId: string;
}

declare module '../platform/events/events.js' {
  interface EventMap {
    'referral.registered': ReferralEvent;
    /** The friend became a customer: emitted after the referrer's points are posted, in the same transaction. */
    'referral.converted': ReferralEvent;
    /** The friend became a customer, but nothing is posted before a person has decided. */
    'referral.heldForReview': ReferralEvent;
    'referral.rewarded': ReferralEvent;
    'referral.reversed': ReferralEvent;
    /** A part of the order went back, or all of it; where that ends the referral, it is reversed as well. */
    'referral.refunded': ReferralEvent & { readonly amountCents: number | null; readonly pointsTaken: number };
    /** The last voucher code for friends was set aside: orders are refused until there are new ones. */
    'friendVoucherPool.emptied': { readonly poolId: string };
    'referral.rejected': ReferralEvent;
    /** Too many clicks came at once on the link of this ambassador: told once a day. */
    'referral.clicksFlooded': { readonly ambassadorId: string };
  }
}

const causePrefix = 'referral:';

/** What pays the referrer of a friend at most once. */
export function causeOfReferral(referralId: string): string {
  return causePrefix + referralId;
}

/** What pays the friend at most once. */
export function causeOfFriend(referralId: string): string {
  return `referralFriend:${referralId}`;
}

/** Which referral a cause stands for; undefined for every other cause. */
export function referralOfCause(cause: string): string | undefined {
  return cause.startsWith(causePrefix) ? cause.slice(causePrefix.length) : undefined;
}
