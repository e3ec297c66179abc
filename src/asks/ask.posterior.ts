import type { Random } from '../platform/random.js';
import { type Beta, chancesOfBest, meanOf, sampleBeta } from '../platform/statistics/beta.js';

/**
 * What is believed before anything is known: one of four is accepted, with the weight of four asks. The middle of the 15
 * to 35% of a brand's promoters that a good program makes active.
 */
export const prior: Beta = { alpha: 1, beta: 3 };

/** How asks of one kind went with people of one group. */
export interface AskCounts {
  readonly asked: number;
  readonly accepted: number;
  readonly declined: number;
  readonly expired: number;
}

/** Asks whose outcome is known. Those that are open say nothing yet: their outcome counts when it comes. */
export function settledOf({ accepted, declined, expired }: AskCounts): number {
  return accepted + declined + expired;
}

/** What is believed after these asks of how many of them are accepted. */
export function posteriorOf({ accepted, declined, expired }: AskCounts): Beta {
  return { alpha: prior.alpha + accepted, beta: prior.beta + declined + expired };
}

export function expectedAcceptance(counts: AskCounts): number {
  return meanOf(posteriorOf(counts));
}

/** Which one a Thompson sample chooses: the highest of one rate drawn from each posterior. Its place in the list. */
export function sampleBest(counts: readonly AskCounts[], random: Random): number {
  const draws = counts.map((each) => sampleBeta(posteriorOf(each), random));
  return draws.indexOf(Math.max(...draws));
}

/** With which chance a Thompson sample chooses each. */
export function oddsOf(counts: readonly AskCounts[]): number[] {
  return chancesOfBest(counts.map(posteriorOf));
}
