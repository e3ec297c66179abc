import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';
import { useExports } from './exports.js';

/** Published data that is not the project's to give on: it lies beside the repository, or the test does not run. */
const bank = path.resolve('../shared/data/bank-nps-2021.csv');

const world = useWorld();
const exports = useExports(world);

describe('The answers of a bank', () => {
  (existsSync(bank) ? test : test.skip)('come in whole, count as published, and come in once', async () => {
    const program = await world.program();
    const first = await exports.import(program, bank, { dateFormat: 'dd/MM/yy' });
    expect(first).toMatchObject({ read: 5_000, imported: 5_000, alreadyThere: 0, rejected: 0 });
    const question = `{
      classic: nps { score responses promoters passives detractors distribution { score count } }
      dutch: nps(filter: { scheme: DUTCH }) { score promoters passives detractors }
      us: nps(filter: { attribute: { name: "Market", value: "US" } }) { responses }
      elsewhere: nps(filter: { attribute: { name: "Market", value: "NL" } }) { responses } }`;
    const answered = await program.analyst.ask(question);
    expect(answered.classic).toMatchObject({ responses: 5_000, promoters: 2_309, passives: 972, detractors: 1_719 });
    expect(answered.classic.score).toBeCloseTo(11.8, 10);
    expect(answered.classic.distribution.map(({ count }: { count: number }) => count)).toEqual([
      565, 172, 154, 181, 120, 321, 206, 292, 680, 712, 1_597,
    ]);
    expect(answered.dutch).toMatchObject({ promoters: 2_989, passives: 498, detractors: 1_513 });
    expect(answered.dutch.score).toBeCloseTo(29.52, 10);
    expect(answered.us.responses).toBeGreaterThan(1_000);
    expect(answered.elsewhere.responses).toBe(0);

    const second = await exports.import(program, bank, { dateFormat: 'dd/MM/yy' });
    expect(second).toMatchObject({ read: 5_000, imported: 0, alreadyThere: 5_000, rejected: 0 });
    expect(await program.analyst.ask(question)).toEqual(answered);
  });
});
