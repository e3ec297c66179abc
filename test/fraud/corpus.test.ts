import { describe, expect, test } from '@jest/globals';
import { frauds } from './corpus/frauds.js';
import { situations } from './corpus/honest.js';
import { measureFrauds, measureHonest, seeds, sumOf } from './corpus/measure.js';

const casesOfKind = 5;

test('the corpus has more than 30 kinds of fraud, and 10,000 honest people', () => {
  expect(new Set(frauds.map(({ name }) => name)).size).toBeGreaterThanOrEqual(30);
  expect(situations.reduce((sum, { people }) => sum + people, 0)).toBe(10_000);
});

describe.each(Object.entries(seeds))('with the seed %s', (_, seed) => {
  test('every fraud is blocked or sent to review', async () => {
    const measured = await measureFrauds(seed, casesOfKind);
    expect(measured.filter(({ flagged }) => flagged < casesOfKind)).toEqual([]);
  });

  test('of the honest at most one in a hundred is', async () => {
    const { cases, flagged } = sumOf(await measureHonest(seed));
    expect(cases).toBe(10_000);
    expect(flagged).toBeLessThanOrEqual(100);
    // A corpus that bothers nobody would be too tame to tell anything.
    expect(flagged).toBeGreaterThan(0);
  });
});

test('the same seed brings the same people', async () => {
  expect(await measureFrauds(seeds.known, 1)).toEqual(await measureFrauds(seeds.known, 1));
});
