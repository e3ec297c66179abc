import type { ChallengeKind } from './challenge.entity.js';
import type { Submission } from './submission.entity.js';

interface SubmissionEvent {
  readonly submissionId: string;
  readonly challengeId: string;
  readonly ambassadorId: string;
  readonly kind: ChallengeKind;
  /** When the ambassador submitted it, in ISO 8601: streaks count the week of the deed, not of the decision. */
  readonly submittedAt: string;
}

declare module '../platform/events/events.js' {
  interface EventMap {
    'submission.submitted': SubmissionEvent;
    /** It counts: emitted after its status is changed and its points are posted, in the same transaction. */
    'submission.approved': SubmissionEvent;
    'submission.rejected': SubmissionEvent;
    'submission.changesRequested': SubmissionEvent;
    'submission.resubmitted': SubmissionEvent;
    'quote.consentRevoked': SubmissionEvent;
  }
}

/** What pays for a submission at most once. Badges and boards know it by this, too. */
export function causeOfSubmission(submissionId: string): string {
  return `submission:${submissionId}`;
}

/** What every event of a submission says. */
export function submissionEvent({ id, challengeId, ambassadorId, kind, submittedAt }: Submission): SubmissionEvent {
  return { submissionId: id, challengeId, ambassadorId, kind, submittedAt: submittedAt.toISOString() };
}
