import { spawn } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databaseSettings, dropDatabase, ensureDatabase } from '../support/databases.js';
import { useWorld } from '../support/world.js';
import { useExports } from './exports.js';

/** A database without any program, which only this file's commands use. */
const database = `import_command_${process.env.JEST_WORKER_ID ?? '1'}`;
const exports = useExports(useWorld());

interface Outcome {
  readonly code: number | null;
  readonly output: string;
  readonly errors: string;
}

/** Runs `applaus import responses` as a person does. */
function run(file: string, ...more: string[]): Promise<Outcome> {
  const usual = ['--id', 'ID', '--score', 'NPS', '--date', 'Survey date'];
  const command = ['src/cli/main.ts', 'import', 'responses', file, ...usual, ...more];
  const child = spawn(process.execPath, ['--import', '@oxc-node/core/register', ...command], {
    env: { ...process.env, DATABASE_URL: '', NODE_OPTIONS: '', NODE_ENV: 'test', ...databaseSettings(database) },
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  child.stderr.on('data', (text) => {
    errors += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output, errors })));
}

beforeAll(async () => {
  await dropDatabase(database);
  await ensureDatabase(database);
});
afterAll(() => dropDatabase(database));

describe('applaus import responses', () => {
  const text = 'ID,NPS,Survey date,Market\n1,9,2025-01-05,US\n2,6,2025-01-06,UK\n3,12,2025-01-07,UK\n';

  test('names the columns that there are when one is not, and fails', async () => {
    const file = exports.write('command.csv', text);
    const { code, output, errors } = await run(file, '--attribute', 'Country');
    expect([code, output]).toEqual([1, '']);
    expect(errors).toBe(`${file} has no column "Country". It has: "ID", "NPS", "Survey date", "Market".\n`);
  }, 60_000);

  test('begins the first program, imports, sums up, and adds nothing the second time', async () => {
    const file = exports.write('command.csv', text);
    const dry = await run(file, '--attribute', 'Market', '--dry-run');
    expect(dry.output).toMatch(/^A dry run: nothing was written.*\nThere was no program yet: demo would be made\.\n/);
    expect(dry.output).toMatch(/read +3\n +imported +2\n +already there +0\n +rejected +1\n/);

    const first = await run(file, '--attribute', 'Market');
    expect(first).toMatchObject({ code: 0, errors: '' });
    expect(first.output).toMatch(/^There was no program yet: demo was made\.\n.* -> survey nps of program demo\n/);
    expect(first.output).toMatch(
      /read +3\n +imported +2\n +already there +0\n +rejected +1\n +in \d+\.\d s, \d+ rows\/s\n/,
    );
    expect(first.output).toMatch(/all of them in .*command\.rejected\.csv:\n +line 4 +NPS: is not from 0 to 10\n/);

    const second = await run(file, '--attribute', 'Market');
    expect(second.output).toMatch(/read +3\n +imported +0\n +already there +2\n +rejected +1\n/);

    const elsewhere = await run(file, '--program', 'acme');
    expect([elsewhere.code, elsewhere.errors]).toEqual([1, 'There is no program acme.\n']);
  }, 120_000);
});
