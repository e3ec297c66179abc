import type { FollowUpMetric } from './follow-up.entity.js';

declare module '../../platform/events/events.js' {
  interface EventMap {
    /** Somebody answered follow-up questions, with the score or after it. */
    'response.followedUp': {
      readonly responseId: string;
      readonly surveyId: string;
      /** Null where the survey is anonymous. */
      readonly contactId: string | null;
      /** The keys of the questions. */
      readonly questions: readonly string[];
      /** The metrics that were stated. */
      readonly metrics: Readonly<Partial<Record<FollowUpMetric, number>>>;
    };
  }
}
