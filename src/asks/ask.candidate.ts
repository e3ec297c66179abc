import { graphqlEnum } from '../platform/graphql/enums.js';
import type { AskKind } from './ask.kinds.js';
import type { AskCounts } from './ask.posterior.js';

export const AskLeftOut = graphqlEnum('AskLeftOut', 'Why something was not asked for, though it was there.', {
  EXCLUDED: 'The program does not ask for it.',
  DETRACTOR: 'It would have a detractor speak for us.',
  NEVER_THIS: 'They said that they never want to be asked for it.',
  NOT_NOW: 'They said: not now.',
  NO_ADDRESS: 'No e-mail address of theirs is known.',
  NO_PHONE: 'No telephone number of theirs is known.',
  ASKED_LAST: 'They were asked for this last.',
  REFERRAL_ASKED_LAST: 'They were asked to bring somebody last: nobody is asked that twice in a row.',
  TOO_SOON: 'They were asked for such a thing less than its days in the budget of asks ago.',
  OTHER_MOMENT: 'After a deed it is the turn of what brings friends.',
});
export type AskLeftOut = keyof typeof AskLeftOut;

/** Something that somebody could be asked for, and how that went with people like them. */
export interface Candidate {
  readonly kind: AskKind;
  /** What to do, of the challenges of that kind; null for all that is no challenge. */
  readonly challengeId: string | null;
  readonly leftOut: AskLeftOut | null;
  readonly counts: AskCounts;
}

/** A candidate as it is kept with the ask. */
export interface WeighedCandidate extends Candidate {
  /** With which chance it was chosen; 0 for what was left out. */
  readonly probability: number;
  /** The mean of what was believed of its acceptance. */
  readonly expectedAcceptance: number;
}
