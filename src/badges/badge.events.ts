declare module '../platform/events/events.js' {
  interface EventMap {
    'badge.created': { readonly badgeId: string };
    'badge.earned': {
      readonly badgeId: string;
      readonly ambassadorId: string;
      /** What made the rule true: `submission:<id>`, `referral:<id>`, `transfer:<id>`, or `badge:<id>` of the badge itself. */
      readonly cause: string;
    };
  }
}

/** What a badge is won by when points came from anything but a submission. */
export function causeOfTransfer(transferId: string): string {
  return `transfer:${transferId}`;
}

/** What a badge is won by when its rule held before there was the badge. */
export function causeOfBadge(badgeId: string): string {
  return `badge:${badgeId}`;
}
