interface RedemptionEvent {
  readonly redemptionId: string;
  readonly rewardId: string;
  readonly ambassadorId: string;
}

declare module '../platform/events/events.js' {
  interface EventMap {
    'reward.created': { readonly rewardId: string };
    'reward.updated': { readonly rewardId: string; readonly changed: readonly string[] };
    /** It is bought no more. */
    'reward.archived': { readonly rewardId: string };
    /** As many are left now as the reward's lowStockAt says, or fewer; before this there were more. */
    'reward.stockLow': { readonly rewardId: string; readonly stock: number; readonly lowStockAt: number };
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
