import type { Random } from '../random.js';
import { logGamma } from './chances.js';

/** What is believed of a rate: a Beta distribution. Both parameters are 1 or more. */
export interface Beta {
  readonly alpha: number;
  readonly beta: number;
}

export function meanOf({ alpha, beta }: Beta): number {
  return alpha / (alpha + beta);
}

/** A rate drawn from a Beta distribution: of two gamma variates, the share of the first. */
export function sampleBeta({ alpha, beta }: Beta, random: Random): number {
  const first = sampleGamma(alpha, random);
  return first / (first + sampleGamma(beta, random));
}

/**
 * For each of several rates, the chance that it is the highest: the odds of a Thompson sample. By numerical integration,
 * so the same rates always have the same odds: the sum over a grid of the density of the one times the distribution
 * functions of the others. The grid has points wherever any of the densities has its mass, however narrow that is.
 */
export function chancesOfBest(rates: readonly Beta[]): number[] {
  if (rates.length === 1) return [1];
  const grid = gridOf(rates);
  const densities = rates.map((rate) => densitiesOn(grid, rate));
  const cumulated = densities.map((values) => cumulate(grid, values));
  const others = grid.map((_, at) => productsOfOthers(cumulated.map((values) => values[at] ?? 0)));
  const chances = densities.map((density, index) => {
    const best = density.map((value, at) => value * (others[at]?.[index] ?? 0));
    return areaUnder(grid, best);
  });
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => chance / sum);
}

/** For each value the product of all the others. */
function productsOfOthers(values: readonly number[]): number[] {
  const products = values.map(() => 1);
  let [before, after] = [1, 1];
  for (const [index, value] of values.entries()) {
    const mirrored = values.length - 1 - index;
    products[index] = (products[index] ?? 1) * before;
    products[mirrored] = (products[mirrored] ?? 1) * after;
    before *= value;
    after *= values[mirrored] ?? 1;
  }
  return products;
}

/** Points of the grid for each rate, over this many standard deviations on either side of its mean. */
const pointsOfEach = 64;
const deviations = 9;

function gridOf(rates: readonly Beta[]): number[] {
  const points = rates.flatMap((rate) => {
    const mean = meanOf(rate);
    const deviation = Math.sqrt((mean * (1 - mean)) / (rate.alpha + rate.beta + 1));
    const [from, to] = [Math.max(0, mean - deviations * deviation), Math.min(1, mean + deviations * deviation)];
    return Array.from({ length: pointsOfEach + 1 }, (_, index) => from + ((to - from) * index) / pointsOfEach);
  });
  return [...new Set([0, ...points, 1])].sort((a, b) => a - b);
}

function densitiesOn(grid: readonly number[], { alpha, beta }: Beta): number[] {
  const logBeta = logGamma(alpha) + logGamma(beta) - logGamma(alpha + beta);
  return grid.map((x) => {
    if (x <= 0) return alpha === 1 ? beta : 0;
    if (x >= 1) return beta === 1 ? alpha : 0;
    return Math.exp((alpha - 1) * Math.log(x) + (beta - 1) * Math.log1p(-x) - logBeta);
  });
}

/** The area up to each point of the grid, by trapezoids, as a share of the whole. */
function cumulate(grid: readonly number[], values: readonly number[]): number[] {
  let sum = 0;
  const sums = grid.map((_, at) => {
    sum += trapezoid(grid, values, at);
    return sum;
  });
  return sums.map((each) => each / sum);
}

function areaUnder(grid: readonly number[], values: readonly number[]): number {
  return grid.reduce((sum, _, at) => sum + trapezoid(grid, values, at), 0);
}

function trapezoid(grid: readonly number[], values: readonly number[], at: number): number {
  if (at === 0) return 0;
  return (((grid[at] ?? 0) - (grid[at - 1] ?? 0)) * ((values[at] ?? 0) + (values[at - 1] ?? 0))) / 2;
}

/** Far more than it ever takes: each try is good in more than 95 of 100 cases. */
const triesMax = 1_000;

/** Marsaglia and Tsang, "A simple method for generating gamma variables" (2000), for shapes of 1 and more. */
function sampleGamma(shape: number, random: Random): number {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (let tries = 0; tries < triesMax; tries++) {
    const x = sampleNormal(random);
    const v = (1 + c * x) ** 3;
    if (v > 0 && Math.log(fraction(random)) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
  throw new Error('No gamma variate came of so many tries');
}

/** By Box and Muller. */
function sampleNormal(random: Random): number {
  return Math.sqrt(-2 * Math.log(fraction(random))) * Math.cos(2 * Math.PI * fraction(random));
}

/** A number above 0, up to and with 1, of 48 random bits. */
function fraction(random: Random): number {
  return (Buffer.from(random.bytes(6)).readUIntBE(0, 6) + 1) / 2 ** 48;
}
