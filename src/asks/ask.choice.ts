import type { Random } from '../platform/random.js';
import type { AskLeftOut, Candidate, WeighedCandidate } from './ask.candidate.js';
import type { AskDecision, AskMoment } from './ask.entity.js';
import { type AskKind, asksForReferral, isChallenge, promotes } from './ask.kinds.js';
import type { AskOrderSettings } from './ask.order.js';
import { expectedAcceptance, oddsOf, sampleBest, settledOf } from './ask.posterior.js';

/** What is known of who is asked, beside what can be asked. */
export interface Situation {
  readonly moment: AskMoment;
  readonly detractor: boolean;
  /** What they were last asked for, thanks not counted; undefined for nothing yet. */
  readonly lastKind: AskKind | undefined;
}

export interface Choice {
  readonly chosen: Candidate | undefined;
  readonly decidedBy: AskDecision;
  readonly candidates: readonly WeighedCandidate[];
}

/**
 * Chooses between what can be asked, which comes in the order of the rule. What the program pinned comes first; then, once
 * enough is known of the group, a Thompson sample decides where the program learns, and the rule where it does not.
 */
export function choose(
  candidates: readonly Candidate[],
  situation: Situation,
  { mode, pinned, learnFromAsks }: AskOrderSettings,
  random: Random,
): Choice {
  const rested = restedOf(candidates, situation);
  const open = rested.filter(({ leftOut }) => leftOut === null);
  const first = pinned.map((kind) => open.find((each) => each.kind === kind)).find((each) => each !== undefined);
  if (first) return certain(rested, first, 'PINNED');
  const settled = open.reduce((sum, { counts }) => sum + settledOf(counts), 0);
  if (mode === 'RULE' || settled < learnFromAsks || open.length < 2) return certain(rested, open[0], 'RULE');
  const counts = open.map((each) => each.counts);
  const odds = oddsOf(counts);
  const chosen = open[sampleBest(counts, random)];
  const weighed = rested.map((each) => weigh(each, odds[open.indexOf(each)] ?? 0));
  return { chosen, decidedBy: 'LEARNING', candidates: weighed };
}

/** Leaves out what may not be asked of them now. */
function restedOf(candidates: readonly Candidate[], situation: Situation): Candidate[] {
  const spared = leaveOut(candidates, (each) => (situation.detractor && promotes(each.kind) ? 'DETRACTOR' : null));
  const { lastKind } = situation;
  const notTwice = leaveOut(spared, ({ kind }) =>
    lastKind && asksForReferral(lastKind) && asksForReferral(kind) ? 'REFERRAL_ASKED_LAST' : null,
  );
  const others = notTwice.some(({ kind, leftOut }) => !leftOut && isChallenge(kind) && kind !== lastKind);
  const turned = leaveOut(notTwice, ({ kind }) => (others && kind === lastKind ? 'ASKED_LAST' : null));
  const bringing = turned.some(({ kind, leftOut }) => !leftOut && asksForReferral(kind));
  if (situation.moment !== 'DEED' || !bringing) return turned;
  return leaveOut(turned, ({ kind }) => (asksForReferral(kind) ? null : 'OTHER_MOMENT'));
}

function leaveOut(candidates: readonly Candidate[], reasonFor: (each: Candidate) => AskLeftOut | null): Candidate[] {
  return candidates.map((each) => (each.leftOut ? each : { ...each, leftOut: reasonFor(each) }));
}

function certain(all: readonly Candidate[], chosen: Candidate | undefined, decidedBy: AskDecision): Choice {
  return { chosen, decidedBy, candidates: all.map((each) => weigh(each, each === chosen ? 1 : 0)) };
}

function weigh(candidate: Candidate, probability: number): WeighedCandidate {
  return { ...candidate, probability, expectedAcceptance: expectedAcceptance(candidate.counts) };
}
