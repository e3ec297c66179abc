import { describe, expect, test } from '@jest/globals';
import { SeededRandom } from '../../src/platform/random.js';
import { type Beta, chancesOfBest, meanOf, sampleBeta } from '../../src/platform/statistics/beta.js';

const beta = (alpha: number, other: number): Beta => ({ alpha, beta: other });

describe('The chance that a rate is the highest', () => {
  test('of two is that of the closed form of Evan Miller (2014)', () => {
    // P(B > A) = sum over i < alphaB of B(alphaA + i, betaA + betaB) / ((betaB + i) B(1 + i, betaB) B(alphaA, betaA))
    expect(chancesOfBest([beta(1, 1), beta(2, 1)])[1]).toBeCloseTo(2 / 3, 4);
    expect(chancesOfBest([beta(1, 1), beta(3, 1)])[1]).toBeCloseTo(3 / 4, 4);
    expect(chancesOfBest([beta(1, 2), beta(2, 1)])[1]).toBeCloseTo(5 / 6, 4);
    expect(chancesOfBest([beta(1, 3), beta(1, 1)])[1]).toBeCloseTo(3 / 4, 4);
  });

  test('is the same for rates of which the same is known, and adds up to one', () => {
    for (const rate of [beta(1, 3), beta(200, 4_000), beta(90_000, 110_000)]) {
      for (const chance of chancesOfBest([rate, rate, rate])) expect(chance).toBeCloseTo(1 / 3, 6);
    }
    const chances = chancesOfBest([beta(1, 3), beta(12, 30), beta(300, 900), beta(2, 40)]);
    expect(chances.reduce((sum, chance) => sum + chance, 0)).toBeCloseTo(1, 12);
  });

  test('is what many draws come to, also where one rate is known far better than another', () => {
    const rates = [beta(1, 3), beta(24, 80), beta(2_500, 7_500), beta(8, 19)];
    const random = new SeededRandom(7);
    const draws = 10_000;
    const wins = rates.map(() => 0);
    for (let draw = 0; draw < draws; draw++) {
      const values = rates.map((rate) => sampleBeta(rate, random));
      const best = values.indexOf(Math.max(...values));
      wins[best] = (wins[best] ?? 0) + 1;
    }
    // Four standard errors of a share of so many draws.
    chancesOfBest(rates).forEach((chance, index) => {
      const error = 4 * Math.sqrt((chance * (1 - chance)) / draws);
      expect(Math.abs((wins[index] ?? 0) / draws - chance)).toBeLessThan(error);
    });
  });

  test('of a rate alone is one', () => {
    expect(chancesOfBest([beta(1, 3)])).toEqual([1]);
  });
});

describe('A draw from a Beta distribution', () => {
  test.each([
    [1, 3],
    [1, 1],
    [2.5, 7.25],
    [40, 160],
  ])('of %d and %d has its mean and variance', (alpha, other) => {
    const random = new SeededRandom(11);
    const draws = Array.from({ length: 10_000 }, () => sampleBeta(beta(alpha, other), random));
    const mean = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - mean) ** 2, 0) / draws.length;
    const expected = meanOf(beta(alpha, other));
    const expectedVariance = (expected * (1 - expected)) / (alpha + other + 1);
    expect(Math.abs(mean - expected)).toBeLessThan(4 * Math.sqrt(expectedVariance / draws.length));
    expect(variance / expectedVariance).toBeGreaterThan(0.92);
    expect(variance / expectedVariance).toBeLessThan(1.08);
    expect(draws.every((draw) => draw > 0 && draw < 1)).toBe(true);
  });

  test('is the same for the same seed', () => {
    const drawn = (seed: number) => sampleBeta(beta(3, 9), new SeededRandom(seed));
    expect(drawn(5)).toBe(drawn(5));
    expect(drawn(5)).not.toBe(drawn(6));
  });
});
