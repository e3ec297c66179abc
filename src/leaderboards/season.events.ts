declare module '../platform/events/events.js' {
  interface EventMap {
    /** Somebody ended a season in a place that wins something. Whoever follows inside holds the winner's balance. */
    'season.placed': {
      readonly seasonId: string;
      readonly ambassadorId: string;
      readonly position: number;
      readonly badgeCode: string | null;
    };
    /** The final standing is there, and all prizes are paid. */
    'season.closed': { readonly seasonId: string; readonly leaderboardKey: string; readonly seasonKey: string };
  }
}

/** What a prize is won by. */
export function causeOfSeason(seasonId: string): string {
  return `season:${seasonId}`;
}
