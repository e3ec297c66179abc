import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import type { Answer, Client } from '../support/client.js';
import { useWorld } from '../support/world.js';
import { answersOf, surveyWith } from './answers.js';

const world = useWorld();
const bankFile = path.join(process.cwd(), '..', 'shared', 'data', 'bank-nps-2021.csv');

async function nps(client: Client, filter: object = {}): Promise<Answer> {
  const query = `query ($filter: NpsFilter) { nps(filter: $filter) {
    score marginOfError responses promoters passives detractors distribution { score count } scheme { key } } }`;
  return (await client.ask(query, { filter })).nps;
}

/** Scores, each as often as its place says. */
function scores(counts: Readonly<Record<number, number>>): number[] {
  return Object.entries(counts).flatMap(([score, count]) => Array<number>(count).fill(Number(score)));
}

describe('Query.nps', () => {
  test('counts the answers of the whole program, every score of the scheme among them', async () => {
    const { admin, analyst } = await world.program();
    for (const [index, score] of [0, 6, 7, 9, 10, 10].entries()) {
      await admin.mutate('npsResponseRecord', { contact: { externalId: `c-${index}` }, score });
    }
    const summary = await nps(analyst);
    expect(summary).toMatchObject({
      responses: 6,
      promoters: 3,
      passives: 1,
      detractors: 2,
      scheme: { key: 'CLASSIC' },
    });
    expect(summary.score).toBeCloseTo(100 / 6, 10);
    // 1,1,1,0,-1,-1: mean 1/6, squares 5, so the variance is (5 - 1/6) / 5 = 29/30.
    expect(summary.marginOfError).toBeCloseTo(1.96 * Math.sqrt(29 / 30 / 6) * 100, 10);
    expect(summary.distribution).toEqual([1, 0, 0, 0, 0, 0, 1, 1, 0, 1, 2].map((count, score) => ({ score, count })));
  });

  test('without answers has no score and no margin, and every score with zero', async () => {
    const { analyst } = await world.program();
    expect(await nps(analyst, { scheme: 'DUTCH' })).toEqual({
      score: null,
      marginOfError: null,
      responses: 0,
      promoters: 0,
      passives: 0,
      detractors: 0,
      distribution: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map((score) => ({ score, count: 0 })),
      scheme: { key: 'DUTCH' },
    });
  });

  test('under the Dutch scheme counts a 0 as a 1', async () => {
    const program = await world.program();
    const surveyKey = await surveyWith(world, program, answersOf([0, 0, 1, 5, 6, 7, 8, 10]));
    const summary = await nps(program.analyst, { surveyKey, scheme: 'DUTCH' });
    expect(summary).toMatchObject({ responses: 8, promoters: 2, passives: 2, detractors: 4, score: -25 });
    expect(summary.distribution[0]).toEqual({ score: 1, count: 3 });
    expect(summary.distribution).toHaveLength(10);
  });

  test.each([
    ['promoters', 10, 1, 97.5],
    ['passives', 7, 1, 97.5],
    ['detractors', 0, 10, 30.849_710_78],
    ['promoters', 9, 10, 30.849_710_78],
    ['passives', 8, 100, 3.621_669_264],
  ])(
    'when all are %s (score %i, %i times) the margin is the exact one of a share',
    async (band, score, count, margin) => {
      const program = await world.program();
      const surveyKey = await surveyWith(world, program, answersOf(scores({ [score]: count })));
      const summary = await nps(program.analyst, { surveyKey });
      expect(summary[band]).toBe(count);
      expect(summary.marginOfError).toBeCloseTo(margin, 5);
    },
  );

  test('takes a survey, a span of time and an attribute together', async () => {
    const program = await world.program();
    const { admin, analyst } = program;
    await admin.mutate('surveyCreate', { key: 'enps', name: 'Staff' });
    const answer = (surveyKey: string, market: string, score: number, respondedAt: string) =>
      admin.mutate('npsResponseRecord', {
        surveyKey,
        contact: { externalId: `${market}-${score}`, attributes: { market } },
        score,
        respondedAt,
      });
    await answer('nps', 'NL', 10, '2026-01-01T00:00:00.000Z');
    await answer('nps', 'NL', 0, '2026-01-31T23:59:59.999Z');
    await answer('nps', 'NL', 9, '2026-02-01T00:00:00.000Z');
    await answer('nps', 'BE', 8, '2026-01-15T00:00:00.000Z');
    await answer('enps', 'NL', 7, '2026-01-15T00:00:00.000Z');
    const responses = async (filter: object) => (await nps(analyst, filter)).responses;
    const january = { from: '2026-01-01T00:00:00Z', to: '2026-02-01T00:00:00Z' };
    expect(await responses({})).toBe(5);
    expect(await responses(january)).toBe(4);
    expect(await responses({ from: '2026-01-01T00:00:00.001Z' })).toBe(4);
    expect(await responses({ surveyKey: 'nps' })).toBe(4);
    expect(await responses({ attribute: { name: 'market', value: 'NL' } })).toBe(4);
    expect(await responses({ attribute: { name: 'market', value: 'nl' } })).toBe(0);
    expect(
      await nps(analyst, { ...january, surveyKey: 'nps', attribute: { name: 'market', value: 'NL' } }),
    ).toMatchObject({ responses: 2, promoters: 1, detractors: 1, score: 0 });
  });

  test('follows the attribute that a contact has now', async () => {
    const { admin, analyst } = await world.program();
    const answer = (market: string, score: number) =>
      admin.mutate('npsResponseRecord', {
        contact: { externalId: 'mover', attributes: { market } },
        score,
        respondedAt: `2026-01-0${score}T00:00:00Z`,
      });
    await answer('NL', 9);
    await answer('BE', 8);
    const counts = ['NL', 'BE'].map(
      async (value) => (await nps(analyst, { attribute: { name: 'market', value } })).responses,
    );
    expect(await Promise.all(counts)).toEqual([0, 2]);
  });

  test('sees nothing of another program', async () => {
    const [mine, theirs] = [await world.program(), await world.program()];
    const surveyKey = await surveyWith(world, theirs, answersOf([10, 10]));
    await theirs.admin.mutate('npsResponseRecord', { contact: { externalId: 'x', attributes: { a: 'b' } }, score: 9 });
    expect((await nps(mine.admin)).responses).toBe(0);
    expect((await nps(mine.admin, { attribute: { name: 'a', value: 'b' } })).responses).toBe(0);
    const { errors } = await mine.admin.send('query ($f: NpsFilter) { nps(filter: $f) { score } }', {
      f: { surveyKey },
    });
    expect(errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  test('names what is wrong with a filter', async () => {
    const { analyst } = await world.program();
    const wrong: [object, string[]][] = [
      [{ surveyKey: 'unknown' }, ['filter', 'surveyKey']],
      [{ surveyKey: '' }, ['filter', 'surveyKey']],
      [{ from: 'soon' }, ['filter', 'from']],
      [{ from: '2026-02-01T00:00:00Z', to: '2026-02-01T00:00:00Z' }, ['filter', 'to']],
      [{ attribute: { name: '', value: 'x' } }, ['filter', 'attribute', 'name']],
    ];
    for (const [filter, fieldPath] of wrong) {
      const { errors } = await analyst.send('query ($f: NpsFilter) { nps(filter: $f) { score } }', { f: filter });
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path: fieldPath }] });
      expect(errors?.[0]?.message).toContain(fieldPath.join('.'));
    }
  });

  test('is for staff and servers', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    expect(await anna.client.refusal('{ nps { score } }')).toBe('FORBIDDEN');
    expect(await program.moderator.refusal('{ nps { score } }')).toBeUndefined();
  });

  test('equals a straightforward count of any answers, under both schemes', async () => {
    const program = await world.program();
    const bounds = {
      CLASSIC: { lowest: 0, promoters: 9, detractors: 6 },
      DUTCH: { lowest: 1, promoters: 8, detractors: 5 },
    };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 10 }), { minLength: 1, maxLength: 60 }), async (given) => {
        const surveyKey = await surveyWith(world, program, answersOf(given));
        for (const scheme of ['CLASSIC', 'DUTCH'] as const) {
          const { lowest, promoters, detractors } = bounds[scheme];
          const signs = given.map((score) => (score >= promoters ? 1 : score <= detractors ? -1 : 0) as number);
          const mean = signs.reduce((sum, sign) => sum + sign, 0) / signs.length;
          const squares = signs.reduce((sum, sign) => sum + (sign - mean) ** 2, 0);
          const summary = await nps(program.analyst, { surveyKey, scheme });
          expect(summary.responses).toBe(given.length);
          expect(summary.promoters).toBe(signs.filter((sign) => sign === 1).length);
          expect(summary.detractors).toBe(signs.filter((sign) => sign === -1).length);
          expect(summary.passives).toBe(signs.filter((sign) => sign === 0).length);
          expect(summary.score).toBeCloseTo(mean * 100, 8);
          for (const { score, count } of summary.distribution) {
            expect(count).toBe(given.filter((each) => Math.max(each, lowest) === score).length);
          }
          if (new Set(signs).size > 1) {
            const deviation = Math.sqrt(squares / (signs.length - 1));
            expect(summary.marginOfError).toBeCloseTo(((1.96 * deviation) / Math.sqrt(signs.length)) * 100, 8);
          } else {
            expect(summary.marginOfError).toBeGreaterThan(0);
            expect(summary.marginOfError).toBeLessThanOrEqual(100);
          }
        }
      }),
      { numRuns: 20 },
    );
  }, 90_000);
});

describe('The answers of a bank in 2021', () => {
  if (!existsSync(bankFile)) {
    test.skip('are not here: ../shared/data/bank-nps-2021.csv was not found', () => undefined);
    return;
  }

  test('give the numbers that were counted independently', async () => {
    const program = await world.program();
    const rows: Answer[] = parse(readFileSync(bankFile), { columns: true, bom: true });
    const answers = rows.map((row) => {
      const [day, month, year] = row['Survey date'].split('/');
      return { score: Number(row.NPS), respondedAt: new Date(`20${year}-${month}-${day}T00:00:00Z`) };
    });
    const surveyKey = await surveyWith(world, program, answers);
    const classic = await nps(program.analyst, { surveyKey });
    expect(classic).toMatchObject({ responses: 5000, promoters: 2309, passives: 972, detractors: 1719 });
    expect(classic.score).toBeCloseTo(11.8, 10);
    expect(classic.distribution.map(({ count }: Answer) => count)).toEqual([
      565, 172, 154, 181, 120, 321, 206, 292, 680, 712, 1597,
    ]);
    const dutch = await nps(program.analyst, { surveyKey, scheme: 'DUTCH' });
    expect(dutch).toMatchObject({ responses: 5000, promoters: 2989, passives: 498, detractors: 1513 });
    expect(dutch.score).toBeCloseTo(29.52, 10);
    expect(dutch.distribution[0]).toEqual({ score: 1, count: 565 + 172 });
  });
});
