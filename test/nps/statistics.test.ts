import { describe, expect, test } from '@jest/globals';
import { changePValue } from '../../src/nps/statistics/change-test.js';
import { scoreInterval } from '../../src/nps/statistics/score-interval.js';
import { logFactorial } from '../../src/platform/statistics/chances.js';
import { fisherExact } from '../../src/platform/statistics/fisher-exact.js';
import { benjaminiHochberg, holm } from '../../src/platform/statistics/multiple-testing.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

function counts(promoters: number, passives: number, detractors: number) {
  return { responses: promoters + passives + detractors, promoters, passives, detractors };
}

/** The chance that the interval of n answers holds the true score: every possible survey, by its own chance. */
function exactCoverage(n: number, promoters: number, detractors: number): number {
  let covered = 0;
  for (let p = 0; p <= n; p++) {
    for (let d = 0; d <= n - p; d++) {
      const o = n - p - d;
      const ways = logFactorial(n) - logFactorial(p) - logFactorial(d) - logFactorial(o);
      const log = p * Math.log(promoters) + d * Math.log(detractors) + o * Math.log(1 - promoters - detractors);
      const interval = scoreInterval(counts(p, o, d));
      const truth = 100 * (promoters - detractors);
      if (interval && interval.lower <= truth && truth <= interval.upper) covered += Math.exp(ways + log);
    }
  }
  return covered;
}

describe('The interval of a score', () => {
  test("equals Tango's for a published table", () => {
    // Bentur and others 2009, as worked by Fagerland, Lydersen and Laake 2014: 1 and 7 of 21, -0.517 to -0.026.
    const interval = scoreInterval(counts(1, 13, 7));
    expect(interval?.lower).toBeCloseTo(-51.7, 1);
    expect(interval?.upper).toBeCloseTo(-2.6, 1);
  });

  test.each([
    [0.46, 0.34],
    [0.5, 0.2],
    [0.6, 0.1],
    [0.7, 0.05],
    [0.2, 0.5],
    [0.1, 0.1],
  ])('of 30 answers holds the truth in 94% to 96% of all surveys (%f promoters, %f detractors)', (p, d) => {
    const coverage = exactCoverage(30, p, d);
    expect(coverage).toBeGreaterThan(0.94);
    expect(coverage).toBeLessThan(0.96);
  });

  test('reaches to the end of the scale where all answers are at it, and is null without answers', () => {
    const interval = scoreInterval(counts(10, 0, 0));
    expect(interval?.upper).toBe(100);
    expect(interval?.lower).toBeGreaterThan(30);
    expect(scoreInterval(counts(0, 0, 0))).toBeNull();
  });
});

describe('Whether a change is real', () => {
  test('equals the exact test of Fisher where only two bands were met', () => {
    const table = { withInGroup: 2, withOutside: 13, withoutInGroup: 10, withoutOutside: 3 };
    const p = changePValue(counts(2, 13, 0), counts(10, 3, 0));
    // Both sum the deals at least as far out; Fisher those at most as likely: here the same.
    expect(p).toBeCloseTo(fisherExact(table), 10);
  });

  test('hardly depends on whether each deal is weighed or the normal curve is taken', () => {
    const exactly = changePValue(counts(70, 40, 38), counts(88, 40, 22));
    const normally = changePValue(counts(71, 41, 40), counts(89, 41, 22));
    expect(Math.abs(exactly - normally)).toBeLessThan(0.01);
  });

  test('is never so without answers, or without any difference', () => {
    expect(changePValue(counts(0, 0, 0), counts(5, 0, 0))).toBe(1);
    expect(changePValue(counts(5, 5, 5), counts(5, 5, 5))).toBeCloseTo(1, 10);
    expect(changePValue(counts(900, 0, 0), counts(900, 0, 0))).toBe(1);
  });

  test('is said of each point of a trend, corrected for all of them', async () => {
    const program: TestProgram = await world.program();
    const answer = (month: number, index: number, score: number) =>
      program.admin.mutate('npsResponseRecord', {
        contact: { externalId: `c-${month}-${index}` },
        score,
        respondedAt: `2025-0${month}-10T12:00:00Z`,
      });
    for (let index = 0; index < 12; index++) {
      await answer(1, index, index < 6 ? 10 : 3);
      await answer(3, index, index < 5 ? 10 : 3);
      await answer(4, index, 10);
    }
    const { nps } = await program.analyst.ask(
      '{ nps { interval { lower upper } trend { responses interval { lower } change { points pValue adjustedPValue isReal } } } }',
    );
    expect(nps.interval.lower).toBeLessThan(nps.interval.upper);
    const [january, february, march, april] = nps.trend;
    expect([january.change, february.change]).toEqual([null, null]);
    expect(february.interval).toBeNull();
    expect(march.change.points).toBeCloseTo(-100 / 6, 8);
    expect(march.change.isReal).toBe(false);
    expect(april.change).toMatchObject({ isReal: true });
    // Of two changes the less likely one counts twice.
    expect(april.change.adjustedPValue).toBeCloseTo(2 * april.change.pValue, 10);
    expect(april.change.pValue).toBeCloseTo(
      fisherExact({ withInGroup: 5, withOutside: 7, withoutInGroup: 12, withoutOutside: 0 }),
      8,
    );
  });
});

describe('Tests of many things', () => {
  test("give Fisher's published p for the twins of convicts", () => {
    // R's documentation of fisher.test, after Fisher 1962: 2 and 10 against 15 and 3, p = 0.0005367.
    const twins = { withInGroup: 2, withOutside: 15, withoutInGroup: 10, withoutOutside: 3 };
    expect(fisherExact(twins)).toBeCloseTo(0.000_536_7, 7);
  });

  test('give p = 0.4857 for the lady who tasted tea', () => {
    const tea = { withInGroup: 3, withOutside: 1, withoutInGroup: 1, withoutOutside: 3 };
    expect(fisherExact(tea)).toBeCloseTo(0.485_7, 4);
  });

  test("find what Benjamini and Hochberg's own example finds, and Holm's method one less", () => {
    // The 15 p values of Neuhaus and others in section 3.2 of the paper of 1995: four are found, by Bonferroni three.
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
    ];
    const q = benjaminiHochberg(p);
    expect(q.filter((value) => value <= 0.05)).toHaveLength(4);
    expect(q[3]).toBeCloseTo(0.035_625, 10);
    expect(holm(p).filter((value) => value <= 0.05)).toHaveLength(3);
    expect(holm(p)[1]).toBeCloseTo(0.0056, 10);
  });
});
