interface KudosEvent {
  readonly kudosId: string;
  readonly fromId: string;
  readonly toId: string;
}

declare module '../platform/events/events.js' {
  interface EventMap {
    /** One ambassador praised another: something to tell who was praised. */
    'kudos.given': KudosEvent & { readonly activityId: string | null };
    'kudos.withdrawn': KudosEvent;
  }
}

/** What pays who was praised at most once. */
export function causeOfKudos(kudosId: string): string {
  return `kudos:${kudosId}`;
}
