import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DateTime, type DateTimeUnit } from 'luxon';
import type { Answer, Client } from '../support/client.js';
import { useWorld } from '../support/world.js';
import { type PlainAnswer, surveyWith } from './answers.js';

const world = useWorld();
const query = `query ($filter: NpsFilter, $interval: Interval!) {
  nps(filter: $filter) { trend(interval: $interval) { from score marginOfError responses } } }`;

async function trend(client: Client, interval: string, filter: object): Promise<Answer[]> {
  return (await client.ask(query, { filter, interval })).nps.trend;
}

function answersAt(...times: string[]): PlainAnswer[] {
  return times.map((time, index) => ({ score: index % 2 === 0 ? 10 : 7, respondedAt: new Date(time) }));
}

const counts = (points: readonly Answer[]) => points.map(({ from, responses }) => [from, responses]);

describe('NpsSummary.trend', () => {
  test('is by month unless asked otherwise, and shows months without answers', async () => {
    const program = await world.program();
    const surveyKey = await surveyWith(
      world,
      program,
      answersAt('2025-11-30T12:00:00Z', '2026-02-01T00:00:00Z', '2026-02-28T23:59:59.999Z'),
    );
    const { nps } = await program.analyst.ask(
      'query ($filter: NpsFilter) { nps(filter: $filter) { trend { from score marginOfError responses } } }',
      { filter: { surveyKey } },
    );
    expect(counts(nps.trend)).toEqual([
      ['2025-11-01T00:00:00.000Z', 1],
      ['2025-12-01T00:00:00.000Z', 0],
      ['2026-01-01T00:00:00.000Z', 0],
      ['2026-02-01T00:00:00.000Z', 2],
    ]);
    expect(nps.trend[0].score).toBe(100);
    expect(nps.trend[1]).toMatchObject({ score: null, marginOfError: null });
    expect(nps.trend[3].score).toBe(50);
    // 1 and 0: s is √½, and 1.96·√½/√2 is 0.98.
    expect(nps.trend[3].marginOfError).toBeCloseTo(98, 8);
  });

  test("begins its days at midnight in the program's time zone, also when they last 23 or 25 hours", async () => {
    const program = await world.program({ timeZone: 'Europe/Amsterdam' });
    const spring = await surveyWith(
      world,
      program,
      answersAt('2025-03-29T23:00:00Z', '2025-03-30T21:59:59.999Z', '2025-03-30T22:00:00Z'),
    );
    expect(counts(await trend(program.analyst, 'DAY', { surveyKey: spring }))).toEqual([
      ['2025-03-29T23:00:00.000Z', 2],
      ['2025-03-30T22:00:00.000Z', 1],
    ]);
    const autumn = await surveyWith(
      world,
      program,
      answersAt('2025-10-25T22:00:00Z', '2025-10-26T22:59:59.999Z', '2025-10-26T23:00:00Z'),
    );
    expect(counts(await trend(program.analyst, 'DAY', { surveyKey: autumn }))).toEqual([
      ['2025-10-25T22:00:00.000Z', 2],
      ['2025-10-26T23:00:00.000Z', 1],
    ]);
  });

  test('begins a day that has no midnight with its first moment', async () => {
    const program = await world.program({ timeZone: 'America/Sao_Paulo' });
    const surveyKey = await surveyWith(world, program, answersAt('2018-11-04T02:59:59.999Z', '2018-11-05T02:00:00Z'));
    expect(counts(await trend(program.analyst, 'DAY', { surveyKey }))).toEqual([
      ['2018-11-03T03:00:00.000Z', 1],
      ['2018-11-04T03:00:00.000Z', 0],
      ['2018-11-05T02:00:00.000Z', 1],
    ]);
  });

  test('covers the span of the filter, with or without answers', async () => {
    const program = await world.program();
    const surveyKey = await surveyWith(world, program, answersAt('2026-02-15T00:00:00Z'));
    const year = { surveyKey, from: '2026-01-01T00:00:00Z', to: '2027-01-01T00:00:00Z' };
    const quarters = await trend(program.analyst, 'QUARTER', year);
    expect(counts(quarters)).toEqual([
      ['2026-01-01T00:00:00.000Z', 1],
      ['2026-04-01T00:00:00.000Z', 0],
      ['2026-07-01T00:00:00.000Z', 0],
      ['2026-10-01T00:00:00.000Z', 0],
    ]);
    expect(await trend(program.analyst, 'MONTH', { ...year, from: '2026-03-01T00:00:00Z' })).toHaveLength(10);
    expect(await trend(program.analyst, 'MONTH', { surveyKey, from: '2026-03-01T00:00:00Z' })).toEqual([]);
  });

  test('has at most 1,000 periods', async () => {
    const program = await world.program();
    const from = DateTime.utc(2024, 1, 1);
    const surveyKey = await surveyWith(world, program, [
      { score: 9, respondedAt: from.plus({ days: 999 }).toJSDate() },
    ]);
    const filter = { surveyKey, from: from.toISO() };
    const days = await trend(program.analyst, 'DAY', { ...filter, to: from.plus({ days: 1_000 }).toISO() });
    expect(days).toHaveLength(1_000);
    expect(days.at(-1)).toMatchObject({ responses: 1, score: 100 });
    const { errors } = await program.analyst.send(query, {
      interval: 'DAY',
      filter: { ...filter, to: from.plus({ days: 1_001 }).toISO() },
    });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path: ['interval'] }] });
  });

  test('puts every answer in the period of the calendar that it was given in', async () => {
    const zones = [
      'UTC',
      'Europe/Amsterdam',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
      'Africa/Cairo',
    ];
    const programs = new Map(
      await Promise.all(zones.map(async (timeZone) => [timeZone, await world.program({ timeZone })] as const)),
    );
    const moments = fc.date({ min: new Date('2023-01-01'), max: new Date('2025-06-01'), noInvalidDate: true });
    const answer = fc.record({ score: fc.integer({ min: 0, max: 10 }), respondedAt: moments });
    const answers = fc.array(answer, { minLength: 1, maxLength: 25 });
    const intervals = fc.constantFrom('DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR');
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...zones), intervals, answers, async (zone, interval, given) => {
        const program = programs.get(zone);
        if (!program) throw new Error('No such program');
        const surveyKey = await surveyWith(world, program, given);
        const expected = new Map<string, number>();
        for (const { respondedAt } of given) {
          const unit = interval.toLowerCase() as DateTimeUnit;
          const from = DateTime.fromJSDate(respondedAt, { zone }).startOf(unit).toJSDate().toISOString();
          expected.set(from, (expected.get(from) ?? 0) + 1);
        }
        const points = await trend(program.analyst, interval, { surveyKey });
        const filled = points.filter(({ responses }) => responses > 0);
        expect(new Map(filled.map(({ from, responses }) => [from, responses]))).toEqual(expected);
        expect(points.map(({ from }) => from)).toEqual(points.map(({ from }) => from).sort());
        expect([points[0], points.at(-1)].every((point) => point.responses > 0)).toBe(true);
      }),
      { numRuns: 30 },
    );
  }, 90_000);
});
