import { logChoose } from './chances.js';

/** Two by two: how many with and without the attribute are, and are not, of the group. */
export interface TwoByTwo {
  readonly withInGroup: number;
  readonly withOutside: number;
  readonly withoutInGroup: number;
  readonly withoutOutside: number;
}

/** Two tables that differ by no more than this are equally likely; R's fisher.test has the same. */
const relativeError = 1e-7;
/** Further out the chances only become smaller, and no longer change the sum. */
const negligible = 1e-18;

/**
 * Fisher's exact test, two-sided: the chance, with these margins and no connection, of a table at most as likely as this
 * one (R. A. Fisher, Statistical Methods for Research Workers, 1934; the two-sided rule is that of R's fisher.test).
 */
export function fisherExact({ withInGroup, withOutside, withoutInGroup, withoutOutside }: TwoByTwo): number {
  const withIt = withInGroup + withOutside;
  const inGroup = withInGroup + withoutInGroup;
  const all = withIt + withoutInGroup + withoutOutside;
  const [least, most] = [Math.max(0, inGroup - (all - withIt)), Math.min(withIt, inGroup)];
  const logAll = logChoose(all, inGroup);
  const logChance = (k: number) => logChoose(withIt, k) + logChoose(all - withIt, inGroup - k) - logAll;
  const limit = logChance(withInGroup) + Math.log1p(relativeError);
  // The chances rise up to here, and fall from here on.
  const peak = Math.floor(((withIt + 1) * (inGroup + 1)) / (all + 2));
  if (logChance(peak) <= limit) return 1;
  /** Adds up from `start` outwards, each chance made of the one before. */
  const tail = (start: number, step: 1 | -1): number => {
    let sum = 0;
    let chance = Math.exp(logChance(start));
    for (let k = start; k >= least && k <= most && chance > negligible * sum; k += step) {
      sum += chance;
      const up = ((withIt - k) * (inGroup - k)) / ((k + 1) * (all - withIt - inGroup + k + 1));
      const down = (k * (all - withIt - inGroup + k)) / ((withIt - k + 1) * (inGroup - k + 1));
      chance *= step === 1 ? up : down;
    }
    return sum;
  };
  const left = lastUpTo(least - 1, peak, (k) => logChance(k) <= limit);
  const right = most - lastUpTo(-1, most - peak, (fromEnd) => logChance(most - fromEnd) <= limit);
  return Math.min(1, (left >= least ? tail(left, -1) : 0) + (right <= most ? tail(right, 1) : 0));
}

/** The last number above `from` and up to `to` of which it holds, where it holds of all before it; else `from`. */
function lastUpTo(from: number, to: number, holds: (k: number) => boolean): number {
  let [low, high] = [from, to];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (holds(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
