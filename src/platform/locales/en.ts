/** Every sentence that the API says to people, in English. */
export const en = {
  'problem.inputInvalid': 'The input is not valid. See the issues for what is wrong, and where.',
  'problem.notFound': 'It does not exist, or you may not see it.',
  'problem.idempotencyKeyReused': 'This idempotency key was used before with another input.',
  'problem.balanceInsufficient': 'It takes {{requiredPoints}} points; {{availablePoints}} are available.',
  'problem.alreadyReversed': 'It has been reversed before; nothing of it is left.',
  'problem.challengeClosed': '‘{{title}}’ is not open: it has not started yet, or is over.',
  'problem.challengeNotEligible': 'This challenge is not meant for you.',
  'problem.challengeLimitReached': 'You have done this challenge as often as it allows.',
  'problem.submissionNotPending': 'This submission has been decided already.',
  'problem.voteOwnSubmission': 'You cannot vote for your own submission.',
  'problem.voteChallengeClosed': 'The challenge is over: the votes are counted.',
  'problem.voteNotVotable': 'The submissions of this challenge are not voted for.',
  'problem.voteSubmissionRejected': 'This submission was rejected.',
  'error.unauthenticated': 'Sign in to do this.',
  'error.forbidden': 'You may not do this.',
  'error.internal': 'Something went wrong on our side. It has been noted under this request id.',
} as const;
