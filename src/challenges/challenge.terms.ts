import { InputInvalid } from '../platform/graphql/problem.js';
import type { Challenge } from './challenge.entity.js';
import type { ChallengeTerms } from './challenge.terms.entity.js';
import type { ChallengeTermsInput } from './challenge.terms.inputs.js';
import { formIssue } from './proof/custom-form.js';

type Terms = Pick<
  ChallengeTerms,
  'disclosureText' | 'eventEndsAt' | 'seats' | 'form' | 'peersNeeded' | 'votesPerVoter' | 'voters'
>;
type Asking = Pick<Challenge, 'kind' | 'verification' | 'votable' | 'startsAt'>;

const peersNeededDefault = 3;

const kindOf = {
  disclosureText: 'REVIEW',
  eventEndsAt: 'EVENT_FEEDBACK',
  seats: 'BETA_PROGRAM',
  form: 'CUSTOM',
} as const;

/** What an input says of the terms, over what was known before; what it leaves out stays. */
export function termsOf(input: ChallengeTermsInput, challenge: Asking & Partial<Terms>): Terms {
  const kept = <Name extends keyof Terms>(name: Name) =>
    (input[name] === undefined ? challenge[name] : input[name]) ?? null;
  const byPeers = challenge.verification === 'PEERS';
  return {
    disclosureText: kept('disclosureText'),
    eventEndsAt: kept('eventEndsAt'),
    seats: kept('seats'),
    form: kept('form'),
    peersNeeded: kept('peersNeeded') ?? (byPeers ? peersNeededDefault : null),
    votesPerVoter: kept('votesPerVoter'),
    voters: kept('voters'),
  };
}

/** Nobody can say how an event was before it is over. */
export function startOf({ startsAt, eventEndsAt }: Pick<Challenge, 'startsAt' | 'eventEndsAt'>): Date | null {
  if (!eventEndsAt) return startsAt;
  return startsAt && startsAt > eventEndsAt ? startsAt : eventEndsAt;
}

/** What is wrong with the terms of a challenge; undefined where nothing is. */
export function termsIssue(challenge: Asking & Terms): InputInvalid | undefined {
  for (const name of ['disclosureText', 'eventEndsAt', 'seats', 'form'] as const) {
    const kind = kindOf[name];
    if (challenge[name] !== null && challenge.kind !== kind) {
      return InputInvalid.at([name], `is for challenges of kind ${kind}: this one is of kind ${challenge.kind}`);
    }
  }
  if (challenge.peersNeeded !== null && challenge.verification !== 'PEERS') {
    return InputInvalid.at(['peersNeeded'], 'is for challenges that are verified by PEERS');
  }
  if (challenge.votesPerVoter !== null && !challenge.votable) {
    return InputInvalid.at(['votesPerVoter'], 'is for challenges that are votable');
  }
  if (challenge.voters !== null && !challenge.votable) {
    return InputInvalid.at(['voters'], 'is for challenges that are votable');
  }
  if (challenge.verification === 'PEERS' && !challenge.votable) {
    return InputInvalid.at(['votable'], 'must not be false: peers approve by their votes');
  }
  const wrong = challenge.form && formIssue(challenge.form);
  return wrong ? InputInvalid.at(['form', ...wrong.path], wrong.message) : undefined;
}
