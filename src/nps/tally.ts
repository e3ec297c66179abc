import { bandOf, countedScore, type NpsScheme } from './scheme.js';

/** How many gave a score, as it was given. */
export interface GivenScore {
  readonly score: number;
  readonly count: number;
}

/** How many answers there are, by band. */
export interface Tally {
  readonly responses: number;
  readonly promoters: number;
  readonly passives: number;
  readonly detractors: number;
}

/** The standard normal's 97.5% point: 95% lie within it on either side. */
const z = 1.96;
/** What a 95% interval leaves out on one side. */
const tail = 0.025;

/** Counts answers by the bands of a scheme. */
export function tally(scheme: NpsScheme, given: readonly GivenScore[]): Tally {
  const counts = { PROMOTER: 0, PASSIVE: 0, DETRACTOR: 0 };
  for (const { score, count } of given) counts[bandOf(scheme, score)] += count;
  const { PROMOTER: promoters, PASSIVE: passives, DETRACTOR: detractors } = counts;
  return { responses: promoters + passives + detractors, promoters, passives, detractors };
}

/** Every score of the scheme, ascending, and how many answers count as it. */
export function distribution(scheme: NpsScheme, given: readonly GivenScore[]): GivenScore[] {
  const counts = new Map<number, number>();
  for (let score = scheme.lowestScore; score <= scheme.highestScore; score++) counts.set(score, 0);
  for (const { score, count } of given) {
    const counted = countedScore(scheme, score);
    counts.set(counted, (counts.get(counted) ?? 0) + count);
  }
  return [...counts].map(([score, count]) => ({ score, count }));
}

/** The share of promoters less that of detractors, in points from -100 to 100; null without answers. */
export function netScore({ responses, promoters, detractors }: Tally): number | null {
  // One division, at the end: 11.8 stays 11.8.
  return responses === 0 ? null : (100 * (promoters - detractors)) / responses;
}

/**
 * Half the width of the 95% interval of the score, in the same points; null without answers.
 *
 * Answers count as +1, 0 and -1; s is their standard deviation with Bessel's correction, and the margin 1.96·s/√n.
 * Where all n answers fall in one band, s is 0 and says nothing of what was not met yet. Then the exact interval of
 * Clopper and Pearson (Biometrika 26, 1934) says that with 95% confidence the share of that band is at least
 * p = 0.025^(1/n) (the "rule of three" approximates its one-sided kin; Hanley and Lippman-Hand, JAMA 249, 1983).
 * Whoever is not in it could be anywhere: of promoters alone the score lies from 2p-1 to 1, of detractors alone
 * from -1 to 1-2p, of passives alone from p-1 to 1-p. Half of each width is 1-p.
 */
export function marginOfError({ responses, promoters, passives, detractors }: Tally): number | null {
  if (responses === 0) return null;
  if (Math.max(promoters, passives, detractors) === responses) return (1 - tail ** (1 / responses)) * 100;
  const net = promoters - detractors;
  const variance = (promoters + detractors - net ** 2 / responses) / (responses - 1);
  return z * Math.sqrt(variance / responses) * 100;
}
