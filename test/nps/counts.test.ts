import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import sql from 'sql-template-tag';
import { Survey } from '../../src/nps/survey.entity.js';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

/** Counts what is still to be counted of the past, and folds nothing. */
async function countPast(): Promise<void> {
  while ((await world.server.features.countPast.countSome()) > 0);
}

async function foldAll(): Promise<void> {
  while ((await world.server.features.countFolding.foldSome()) > 0);
}

async function isCounted({ program }: TestProgram): Promise<boolean> {
  const surveys = await world.server.platform.database.read((db) =>
    db.select(Survey, sql`WHERE program_id = ${program.id}`),
  );
  return surveys.every(({ countedZone, countedFrom }) => countedZone !== null && countedFrom === null);
}

/** Everything that is counted, asked in one go. */
async function everything(client: Client, filter: object): Promise<Answer> {
  const answer = await client.ask(
    `query ($filter: NpsFilter, $named: NpsFilter) {
      nps(filter: $filter) {
        responses promoters passives detractors distribution { score count }
        days: trend(interval: WEEK) { from score responses }
        months: trend(interval: MONTH) { from score responses }
        byAttribute(name: "market") { groups { value score responses } otherResponses }
      }
      ofMarket: nps(filter: $named) { responses distribution { count } years: trend(interval: YEAR) { from responses } }
    }`,
    { filter, named: { ...filter, attribute: { name: 'market', value: 'NL' } } },
  );
  return answer;
}

const record = (program: TestProgram, contact: object, score: number, respondedAt?: string) =>
  program.admin.mutate('npsResponseRecord', { contact, score, respondedAt }, 'NpsResponseRecorded { response { id } }');

describe('The counts of answers', () => {
  test('give what counting the answers gives, whatever is folded, moved or asked', async () => {
    const moments = fc.date({ min: new Date('2025-09-01'), max: new Date('2026-03-01'), noInvalidDate: true });
    const given = fc.record({
      contact: fc.integer({ min: 1, max: 6 }),
      market: fc.constantFrom('NL', 'BE', 'DE'),
      score: fc.integer({ min: 0, max: 10 }),
      respondedAt: moments,
    });
    const zones = fc.constantFrom('UTC', 'Europe/Amsterdam', 'Asia/Kathmandu', 'America/New_York');
    const spans = fc.record({ from: fc.option(moments), to: fc.option(moments) });
    await fc.assert(
      fc.asyncProperty(
        zones,
        fc.array(given, { minLength: 6, maxLength: 24 }),
        fc.array(spans, { minLength: 1, maxLength: 3 }),
        async (timeZone, answers, asked) => {
          const program = await world.program({ timeZone });
          await countPast();
          for (const [index, { contact, market, score, respondedAt }] of answers.entries()) {
            const respondent = { externalId: `c-${contact}`, attributes: { market } };
            await record(program, respondent, score, respondedAt.toISOString());
            if (index % 7 === 3) await foldAll();
          }
          const filters = [{}, ...asked.filter(({ from, to }) => !from || !to || from < to)];
          const ask = async () => {
            const all: Answer[] = [];
            for (const filter of filters) all.push(await everything(program.analyst, filter));
            return all;
          };
          expect(await isCounted(program)).toBe(true);
          const counted = await ask();
          await foldAll();
          const folded = await ask();
          await world.server.platform.database.transact((tx) =>
            tx.execute(sql`UPDATE survey SET counted_zone = NULL WHERE program_id = ${program.program.id}`),
          );
          const oneByOne = await ask();
          await countPast();
          expect([counted, folded, await ask()]).toEqual([oneByOne, oneByOne, oneByOne]);
          expect(oneByOne[0].nps.responses).toBe(new Set(answers.map((a) => `${a.contact} ${+a.respondedAt}`)).size);
        },
      ),
      { numRuns: 12 },
    );
  }, 120_000);

  test('lose and double nothing while many answer, others fold and others look', async () => {
    const program = await world.program();
    await countPast();
    const seen: number[] = [];
    await Promise.all([
      ...Array.from({ length: 24 }, (_, index) =>
        record(program, { externalId: `c-${index}`, attributes: { market: 'NL' } }, index % 11),
      ),
      ...Array.from({ length: 6 }, foldAll),
      (async () => {
        while ((seen.at(-1) ?? 0) < 24) seen.push((await everything(program.analyst, {})).nps.responses);
      })(),
    ]);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect((await everything(program.analyst, {})).ofMarket.responses).toBe(24);
  });

  test('lose and double nothing while the past is counted and answers come in', async () => {
    const program = await world.program();
    for (let index = 0; index < 6; index++) {
      await record(program, { externalId: `old-${index}` }, 9, `2026-02-1${index}T12:00:00Z`);
    }
    await world.server.platform.database.transact((tx) =>
      tx.execute(sql`UPDATE survey SET counted_zone = NULL WHERE program_id = ${program.program.id}`),
    );
    await Promise.all([
      countPast(),
      atOnce(12, (index) => record(program, { externalId: `new-${index}` }, 10, `2026-02-1${index % 6}T11:00:00Z`)),
      countPast(),
    ]);
    await countPast();
    expect(await isCounted(program)).toBe(true);
    expect((await everything(program.analyst, {})).nps).toMatchObject({ responses: 18, promoters: 18 });
  });

  test('go by the days of another time zone once the program has it', async () => {
    const program = await world.program();
    await countPast();
    await record(program, { externalId: 'late' }, 9, '2026-02-28T23:30:00Z');
    await program.admin.mutate('programUpdate', { timeZone: 'Europe/Amsterdam' }, 'ProgramUpdated { program { id } }');
    await countPast();
    expect(await isCounted(program)).toBe(true);
    const { nps } = await everything(program.analyst, {});
    expect(nps.months).toEqual([{ from: '2026-02-28T23:00:00.000Z', score: 100, responses: 1 }]);
  });
});

describe('NpsSummary.byAttribute', () => {
  const markets = async (program: TestProgram, counts: Readonly<Record<string, number>>) => {
    for (const [market, count] of Object.entries(counts)) {
      await atOnce(count, (index) =>
        record(program, { externalId: `${market}-${index}`, attributes: { market } }, index === 0 ? 0 : 10),
      );
    }
    return (await everything(program.analyst, {})).nps.byAttribute;
  };

  test('compares the groups, the biggest first, and hides those of fewer than 5', async () => {
    const program = await world.program();
    await countPast();
    expect(await markets(program, { BE: 5, NL: 8, DE: 4, FR: 2 })).toEqual({
      groups: [
        { value: 'NL', score: 75, responses: 8 },
        { value: 'BE', score: 60, responses: 5 },
      ],
      otherResponses: 6,
    });
  });

  test('hides one group more where the hidden ones could be had by subtraction', async () => {
    const program = await world.program();
    await countPast();
    expect(await markets(program, { BE: 5, NL: 8, DE: 4 })).toEqual({
      groups: [{ value: 'NL', score: 75, responses: 8 }],
      otherResponses: 9,
    });
  });

  test('refuses an attribute with more than 200 values, whose answers can still be asked for', async () => {
    const program = await world.program();
    await countPast();
    const answers = Array.from({ length: 201 }, (_, index) => ({
      contact: { externalId: `c-${index}`, attributes: { number: index, market: 'NL' } },
      score: 10,
    }));
    for (const { contact, score } of answers) await record(program, contact, score);
    await foldAll();
    const { errors } = await program.analyst.send('{ nps { byAttribute(name: "number") { otherResponses } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path: ['name'] }] });
    const one = await program.analyst.ask(
      '{ nps(filter: { attribute: { name: "number", value: "7" } }) { responses } }',
    );
    expect(one.nps.responses).toBe(1);
    expect((await everything(program.analyst, {})).nps.byAttribute.groups).toEqual([
      { value: 'NL', score: 100, responses: 201 },
    ]);
  });
});
