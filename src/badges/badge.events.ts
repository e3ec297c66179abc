declare module '../platform/events/events.js' {
  interface EventMap {
    'badge.created': { readonly badgeId: string };
    'badge.updated': { readonly badgeId: string; readonly changed: readonly string[] };
    /**
     * Any feature may emit it to give a badge for what it knows of: a track that was completed, a place in a season. The
     * cause, as in `track:<id>`, gives it once. Nothing happens where the program has no such badge.
     */
    'badge.deserved': { readonly ambassadorId: string; readonly badgeCode: string; readonly cause: string };
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

/** What a badge is won by that somebody of the staff gave. */
export function causeOfHand(grantId: string): string {
  return `hand:${grantId}`;
}
