import jstat from 'jstat';

const { jStat } = jstat;
const known: number[] = [0];
const knownMax = 100_000;

/** The natural logarithm of the gamma function, for x above 0. */
export function logGamma(x: number): number {
  return jStat.gammaln(x);
}

/** The natural logarithm of n!; those up to 100,000 are kept. */
export function logFactorial(n: number): number {
  if (n > knownMax) return jStat.gammaln(n + 1);
  for (let next = known.length; next <= n; next++) known.push((known[next - 1] ?? 0) + Math.log(next));
  return known[n] ?? 0;
}

/** The natural logarithm of the number of ways to choose k of n. */
export function logChoose(n: number, k: number): number {
  return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
}

/** The chance that a standard normal lies at least as far from 0 as z, on either side. */
export function bothTails(z: number): number {
  return Math.min(1, 2 * jStat.normal.cdf(-Math.abs(z), 0, 1));
}
