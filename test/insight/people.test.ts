import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const days = (count: number) => count * 86_400_000;
const daysAgo = (count: number) => new Date(world.clock.now().getTime() - days(count)).toISOString();

function answer(program: TestProgram, externalId: string, score: number, ago: number, more: object = {}) {
  const contact = { externalId, ...more };
  return program.admin.mutate('npsResponseRecord', { contact, score, respondedAt: daysAgo(ago) });
}

function nominate(program: TestProgram, { id }: TestAmbassador, gate: string, people: number): Promise<Answer> {
  const text = 'She told two visitors of our stand';
  return program.moderator.mutate('superpromoterNominate', { ambassadorId: id, gate, people, text });
}

describe('Query.effortFocus', () => {
  const focus = `{ effortFocus { ambassadors superpromoters isComplete csv
    candidates { totalCount nodes { closeness ambassador { displayName } lacks { gate value threshold missing } } } } }`;

  test('is the fifth of all who are nearest to being superpromoters, and what they lack', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    for (const name of ['Bob', 'Carl', 'Dora', 'Eve']) await program.ambassador(name);
    await answer(program, anna.externalId, 10, 1);
    await nominate(program, anna, 'SHARES', 2);
    const { effortFocus } = await program.analyst.ask(focus);
    expect(effortFocus).toMatchObject({ ambassadors: 5, superpromoters: 0, isComplete: true });
    expect(effortFocus.candidates).toMatchObject({ totalCount: 1 });
    expect(effortFocus.candidates.nodes).toEqual([
      {
        closeness: expect.closeTo((1 + 2 / 3 + 0) / 3, 12),
        ambassador: { displayName: 'Anna' },
        lacks: [
          { gate: 'SHARES', value: 2, threshold: 3, missing: 1 },
          { gate: 'INFLUENCES', value: 0, threshold: 1, missing: 1 },
        ],
      },
    ]);
    expect(effortFocus.csv.split('\r\n')[1]).toMatch(/^Anna,0\.55\d+,0,1,1$/);
    await nominate(program, anna, 'SHARES', 1);
    await nominate(program, anna, 'INFLUENCES', 1);
    const later = (await program.analyst.ask(focus)).effortFocus;
    expect(later).toMatchObject({ superpromoters: 1, candidates: { totalCount: 1, nodes: [{ closeness: 0 }] } });
  });

  test('is paged from either end, each once', async () => {
    const program = await world.program();
    for (let index = 0; index < 11; index++) {
      const each = await program.ambassador(`Ambassador ${index}`);
      if (index < 3) await answer(program, each.externalId, 9 - index, 1);
    }
    const page = async (args: string) => {
      const { effortFocus } = await program.analyst.ask(
        `{ effortFocus { candidates(${args}) { nodes { ambassador { displayName } }
          pageInfo { endCursor startCursor hasNextPage hasPreviousPage } } } }`,
      );
      const { nodes, pageInfo } = effortFocus.candidates;
      return { names: nodes.map(({ ambassador }: Answer) => ambassador.displayName), ...pageInfo };
    };
    const first = await page('first: 2');
    expect(first).toMatchObject({ names: ['Ambassador 0', 'Ambassador 1'], hasNextPage: true });
    const rest = await page(`first: 2, after: "${first.endCursor}"`);
    expect(rest).toMatchObject({ names: ['Ambassador 2'], hasNextPage: false, hasPreviousPage: true });
    const back = await page(`last: 1, before: "${rest.startCursor}"`);
    expect(back).toMatchObject({ names: ['Ambassador 1'], hasPreviousPage: true });
  });
});

describe('Query.churnOutlook', () => {
  const people = `totalCount pageInfo { endCursor hasNextPage }
    nodes { risk reasons lastScore scoreBefore lastAnsweredAt contact { externalId } }`;
  const risks = ({ nodes }: Answer) =>
    nodes.map(({ contact, risk, reasons }: Answer) => [contact.externalId, risk, ...reasons]);

  /** Anna falls, Bob slips a band, Carl stays, Dora has not been heard of for long. */
  async function courses(): Promise<TestProgram> {
    const program = await world.program();
    for (const [index, score] of [10, 10, 10, 6].entries()) await answer(program, 'anna', score, 90 - index * 10);
    await answer(program, 'bob', 9, 20);
    await answer(program, 'bob', 8, 10);
    await answer(program, 'carl', 9, 20);
    await answer(program, 'carl', 9, 10);
    await answer(program, 'dora', 9, 400);
    return program;
  }

  test('weighs reasons that it tells, the highest risk first', async () => {
    const program = await courses();
    const { churnOutlook } = await program.analyst.ask(
      `{ churnOutlook { surveyKey weights { reason points } people { ${people} } csv } }`,
    );
    expect(churnOutlook.weights.reduce((sum: number, { points }: Answer) => sum + points, 0)).toBe(100);
    expect(churnOutlook.people.totalCount).toBe(3);
    expect(risks(churnOutlook.people)[0]).toEqual(['anna', 80, 'DETRACTOR', 'FALLING', 'LOWER_BAND']);
    expect(new Map(risks(churnOutlook.people).map(([who, ...rest]: Answer[]) => [who, rest]))).toEqual(
      new Map([
        ['anna', [80, 'DETRACTOR', 'FALLING', 'LOWER_BAND']],
        ['bob', [20, 'LOWER_BAND']],
        ['dora', [20, 'SILENT']],
      ]),
    );
    expect(churnOutlook.people.nodes[0]).toMatchObject({ lastScore: 6, scoreBefore: 10 });
    expect(churnOutlook.csv.split('\r\n')[1]).toMatch(/^anna,80,DETRACTOR FALLING LOWER_BAND,6,.*,10$/);
  });

  test('is paged, each once, and ends', async () => {
    const program = await courses();
    const seen: string[] = [];
    let after = '';
    for (let page = 0; page < 3; page++) {
      const { churnOutlook } = await program.analyst.ask(`{ churnOutlook { people(first: 1${after}) { ${people} } } }`);
      const [[who]] = risks(churnOutlook.people);
      seen.push(who);
      expect(churnOutlook.people.pageInfo.hasNextPage).toBe(page < 2);
      after = `, after: "${churnOutlook.people.pageInfo.endCursor}"`;
    }
    expect(seen.sort()).toEqual(['anna', 'bob', 'dora']);
  });

  test('is for staff only, and null without such a survey', async () => {
    const program = await world.program();
    const asked = '{ churnOutlook(surveyKey: "none") { surveyKey } }';
    expect((await program.analyst.ask(asked)).churnOutlook).toBeNull();
    const server = await program.client('INTEGRATION', 'shop');
    expect(await server.refusal(asked)).toBe('FORBIDDEN');
  });
});

describe('Query.detractorReach', () => {
  const reach = '{ detractorReach { respondents detractors tells reach reachLow reachHigh source } }';

  test('takes the last answer of everybody, and says where its number comes from', async () => {
    const program = await world.program();
    for (const who of ['anna', 'bob', 'carl', 'dora']) await answer(program, who, 3, 20);
    expect((await program.analyst.ask(reach)).detractorReach).toMatchObject({ respondents: 4, detractors: null });
    await answer(program, 'eve', 9, 20);
    await answer(program, 'dora', 9, 10);
    const { source, ...estimate } = (await program.analyst.ask(reach)).detractorReach;
    expect(estimate).toEqual({ respondents: 5, detractors: 3, tells: 10, reach: 30, reachLow: 27, reachHigh: 45 });
    expect(source).toMatch(/TARP/);
    await program.admin.mutate('insightTermsSet', { detractorTells: 2, detractorTellsLow: 1 });
    expect((await program.analyst.ask(reach)).detractorReach).toMatchObject({ reach: 6, reachLow: 3, source: null });
  });
});

describe('Query.npsBenchmark', () => {
  test('holds answers against those before them and against everybody else', async () => {
    const program = await world.program();
    for (let index = 0; index < 10; index++) {
      const dutch = { attributes: { market: 'NL' } };
      await answer(program, `nl${index}`, 10, 5, dutch);
      await answer(program, `nl${index}`, 3, 15, dutch);
      if (index < 5) await answer(program, `be${index}`, index < 3 ? 9 : 8, 5, { attributes: { market: 'BE' } });
    }
    const filter = `from: "${daysAgo(10)}", to: "${daysAgo(0)}"`;
    const selection = `current { responses score interval { lower upper } } csv
      earlier { against { responses score } points isReal } others { against { responses score } points isReal }`;
    const { npsBenchmark: dutch } = await program.analyst.ask(
      `{ npsBenchmark(filter: { ${filter}, attribute: { name: "market", value: "NL" } }) { ${selection} } }`,
    );
    expect(dutch.current).toMatchObject({ responses: 10, score: 100 });
    expect(dutch.earlier).toEqual({ against: { responses: 10, score: -100 }, points: 200, isReal: true });
    expect(dutch.others).toEqual({ against: { responses: 5, score: 60 }, points: 40, isReal: false });
    expect(dutch.csv.split('\r\n')[2]).toMatch(/^earlier,10,-100,-100,/);
    const { npsBenchmark: all } = await program.analyst.ask(`{ npsBenchmark(filter: { ${filter} }) { ${selection} } }`);
    expect(all).toMatchObject({ current: { responses: 15 }, others: null });
  });
});
