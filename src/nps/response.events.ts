import type { NpsBand } from '../programs/nps-band.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** Somebody answered a survey. */
    'response.recorded': {
      readonly responseId: string;
      readonly surveyId: string;
      /** Null where the survey is anonymous. */
      readonly contactId: string | null;
      readonly score: number;
      /** By the survey's scheme at that time. */
      readonly band: NpsBand;
      /** ISO 8601. */
      readonly respondedAt: string;
    };
  }
}
