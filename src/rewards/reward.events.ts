interface RedemptionEvent {
  readonly redemptionId: string;
  readonly rewardId: string;
  readonly ambassadorId: string;
}

declare module '../platform/events/events.js' {
  interface EventMap {
    'reward.created': { readonly rewardId: string };
    'reward.redeemed': RedemptionEvent;
    'redemption.fulfilled': RedemptionEvent;
    /** The points went back, and the stock. */
    'redemption.cancelled': RedemptionEvent;
  }
}

/** What a redemption takes points for, once. */
export function causeOfRedemption(redemptionId: string): string {
  return `redemption:${redemptionId}`;
}
