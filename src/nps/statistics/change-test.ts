import { bothTails, logChoose } from '../../platform/statistics/chances.js';
import type { Tally } from '../tally.js';

/** Up to this many answers together, every way to deal them is weighed; beyond it the normal curve is as good. */
const exactMax = 300;
const relativeError = 1e-7;

/**
 * How likely a change of the score at least as big as this one is, if nothing but chance told two periods apart; 1 where
 * one of them is empty.
 *
 * A permutation test: all answers are dealt anew to the two periods, which keeps their sizes. With few answers each deal
 * is weighed by its exact chance (the multivariate hypergeometric distribution); with many, the sum of a deal without
 * replacement is normal with the variance that the same model gives.
 */
export function changePValue(before: Tally, after: Tally): number {
  const n = before.responses + after.responses;
  if (before.responses === 0 || after.responses === 0) return 1;
  const promoters = before.promoters + after.promoters;
  const detractors = before.detractors + after.detractors;
  const expected = (after.responses * (promoters - detractors)) / n;
  const distance = Math.abs(after.promoters - after.detractors - expected);
  if (n <= exactMax) return exact({ n, promoters, detractors, dealt: after.responses, expected, distance });
  const net = (promoters - detractors) / n;
  const variance = ((promoters + detractors) / n - net ** 2) * ((after.responses * before.responses) / (n - 1));
  return variance <= 0 ? 1 : bothTails(distance / Math.sqrt(variance));
}

interface Deals {
  readonly n: number;
  readonly promoters: number;
  readonly detractors: number;
  /** How many of all are dealt to one of the periods. */
  readonly dealt: number;
  readonly expected: number;
  readonly distance: number;
}

function exact({ n, promoters, detractors, dealt, expected, distance }: Deals): number {
  const passives = n - promoters - detractors;
  const logAll = logChoose(n, dealt);
  let sum = 0;
  for (let p = 0; p <= Math.min(promoters, dealt); p++) {
    const least = Math.max(0, dealt - p - passives);
    for (let d = least; d <= Math.min(detractors, dealt - p); d++) {
      if (Math.abs(p - d - expected) < distance * (1 - relativeError)) continue;
      const log = logChoose(promoters, p) + logChoose(detractors, d) + logChoose(passives, dealt - p - d);
      sum += Math.exp(log - logAll);
    }
  }
  return Math.min(1, sum);
}
