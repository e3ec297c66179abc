/**
 * Benjamini and Hochberg's q values (Journal of the Royal Statistical Society B 57, 1995), in the order given: of the
 * findings with q up to 0.05, 5% are expected to be chance.
 */
export function benjaminiHochberg(pValues: readonly number[]): number[] {
  let lowest = 1;
  const adjusted = pValues.map(() => 1);
  for (const [rank, { p, index }] of [...ranked(pValues).entries()].reverse()) {
    lowest = Math.min(lowest, (p * pValues.length) / (rank + 1));
    adjusted[index] = lowest;
  }
  return adjusted;
}

/**
 * Holm's adjusted p values (Scandinavian Journal of Statistics 6, 1979), in the order given: that any of those up to 0.05
 * is chance happens in at most 5% of all cases.
 */
export function holm(pValues: readonly number[]): number[] {
  let highest = 0;
  const adjusted = pValues.map(() => 1);
  for (const [rank, { p, index }] of ranked(pValues).entries()) {
    highest = Math.max(highest, Math.min(1, p * (pValues.length - rank)));
    adjusted[index] = highest;
  }
  return adjusted;
}

function ranked(pValues: readonly number[]): { p: number; index: number }[] {
  return pValues.map((p, index) => ({ p, index })).sort((a, b) => a.p - b.p);
}
