import type {} from '../../platform/events/events.js';

interface SeatEvent {
  readonly challengeId: string;
  readonly ambassadorId: string;
}

declare module '../../platform/events/events.js' {
  interface EventMap {
    /** An ambassador takes part in a beta programme: at once, or because one before left. */
    'seat.taken': SeatEvent;
    'seat.released': SeatEvent;
  }
}
