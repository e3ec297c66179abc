import type { RequestContext } from '../../identity/session.js';
import type { NpsFilter } from '../../nps/nps.inputs.js';
import type { NpsService } from '../../nps/nps.service.js';
import type { NpsScheme } from '../../nps/scheme.js';
import { changePValue } from '../../nps/statistics/change-test.js';
import { netScore, type Tally } from '../../nps/tally.js';
import type { Clock } from '../../platform/clock.js';
import { holm } from '../../platform/statistics/multiple-testing.js';
import { spanOf } from '../periods.js';
import { peopleMin } from '../small-groups.js';
import { BenchmarkComparison, BenchmarkScore, NpsBenchmark } from './benchmark.js';

const realBelow = 0.05;

/** Holds answers against the program's own, all of them read from the counts that are kept. */
export class BenchmarkService {
  constructor(
    private readonly nps: NpsService,
    private readonly clock: Clock,
  ) {}

  async compare(context: RequestContext, filter: NpsFilter): Promise<NpsBenchmark> {
    context.session.require('insight.read');
    const { from, to } = spanOf(filter, context.session.program.timeZone, this.clock.now());
    const earlierFrom = new Date(2 * from.getTime() - to.getTime());
    const current = await this.nps.summarize(context, { ...filter, from, to });
    // Bands of its own belong to the survey or the program: they are found again by the same filter, and not named.
    const scheme = current.scheme.key === 'OWN' ? null : current.scheme.key;
    const earlier = await this.nps.summarize(context, { ...filter, scheme, from: earlierFrom, to: from });
    const whole = await this.nps.summarize(context, { scheme, from, to });
    const others = haveSameBands(whole.scheme, current.scheme) ? without(whole, current) : null;
    const pairs = [earlier, others].map((against) =>
      against && isShown(current) && isShown(against) ? against : null,
    );
    const compared = comparisons(current, pairs);
    return Object.assign(new NpsBenchmark(), {
      from,
      to,
      earlierFrom,
      scheme: current.scheme,
      current: isShown(current) ? BenchmarkScore.of(current) : null,
      earlier: compared[0] ?? null,
      others: compared[1] ?? null,
    });
  }
}

function haveSameBands(one: NpsScheme, other: NpsScheme): boolean {
  return one.promoterFrom === other.promoterFrom && one.detractorTo === other.detractorTo;
}

function isShown({ responses }: Tally): boolean {
  return responses >= peopleMin;
}

/** The rest. The whole was counted a moment later: what was erased in between is not below nothing. */
function without(whole: Tally, part: Tally): Tally {
  const promoters = Math.max(0, whole.promoters - part.promoters);
  const passives = Math.max(0, whole.passives - part.passives);
  const detractors = Math.max(0, whole.detractors - part.detractors);
  return { responses: promoters + passives + detractors, promoters, passives, detractors };
}

/** Each that there is to compare with, corrected for how many there are. */
function comparisons(current: Tally, pairs: readonly (Tally | null)[]): (BenchmarkComparison | null)[] {
  const there = pairs.filter((against) => against !== null);
  const pValues = there.map((against) => changePValue(against, current));
  const adjusted = holm(pValues);
  return pairs.map((against) => {
    if (against === null) return null;
    const place = there.indexOf(against);
    const [pValue = 1, adjustedPValue = 1] = [pValues[place], adjusted[place]];
    return Object.assign(new BenchmarkComparison(), {
      against: BenchmarkScore.of(against),
      points: (netScore(current) ?? 0) - (netScore(against) ?? 0),
      pValue,
      adjustedPValue,
      isReal: adjustedPValue < realBelow,
    });
  });
}
