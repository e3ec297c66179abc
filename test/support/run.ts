import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dropDatabase, mysqlAnswers, mysqlTestUrl } from './databases.js';

/*
 * The whole suite on embedded SQLite, and again on MySQL when one answers. With CI=true a missing MySQL is a failure.
 *   npm test -- --engine sqlite     on that engine alone
 *   npm test -- test/points         what else follows goes to jest
 */

const engines = ['sqlite', 'mysql'] as const;
type Engine = (typeof engines)[number];

interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const workersMax = 8;
/** MySQL waits for its disk: one worker more than there are processors keeps them busy. */
const workersOf = (engine: Engine) => Math.min(workersMax, os.availableParallelism() + (engine === 'mysql' ? 1 : 0));
/** What asks nothing of a database, and takes long: once is enough. */
const withoutDatabase = 'test/(house|survey-page/browser|webhooks/mapping)';
/** What counts as one failure where the runner itself did not get to its report. */
const broken: Outcome = { passed: 0, failed: 1, skipped: 0 };

function readArguments(given: readonly string[]): { chosen: readonly Engine[]; forJest: readonly string[] } {
  const at = given.indexOf('--engine');
  if (at === -1) return { chosen: engines, forJest: given };
  const chosen = engines.filter((engine) => engine === given[at + 1]);
  if (chosen.length === 0) {
    process.stderr.write(`--engine has to be one of: ${engines.join(', ')}.\n`);
    process.exit(1);
  }
  return { chosen, forJest: given.filter((_, index) => index !== at && index !== at + 1) };
}

async function runOn(engine: Engine, forJest: readonly string[]): Promise<Outcome> {
  process.env.APPLAUS_TEST_ENGINE = engine;
  for (let worker = 1; worker <= workersMax; worker++) await dropDatabase(String(worker));
  const report = path.join(os.tmpdir(), `applaus-jest-${engine}-${process.pid}.json`);
  process.stdout.write(`\n== The suite on ${engine}\n`);
  const jest = [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    `--maxWorkers=${workersOf(engine)}`,
    ...(engine === 'mysql' ? [`--testPathIgnorePatterns=${withoutDatabase}`] : []),
    '--json',
    `--outputFile=${report}`,
    ...forJest,
  ];
  await new Promise((resolve) => {
    spawn(process.execPath, jest, { stdio: ['ignore', 'ignore', 'inherit'], env: process.env }).on('close', resolve);
  });
  if (!existsSync(report)) return broken;
  const result = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  rmSync(report);
  return {
    passed: result.numPassedTests ?? 0,
    failed: (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0),
    skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
  };
}

const { chosen, forJest } = readArguments(process.argv.slice(2));
const outcomes: Outcome[] = [];
let absence = '';
for (const engine of chosen) {
  if (engine === 'sqlite' || (await mysqlAnswers())) outcomes.push(await runOn(engine, forJest));
  else absence = `No MySQL or MariaDB answers at ${new URL(mysqlTestUrl).host}: the suite did not run on it.`;
}

const sum = (key: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
if (absence) {
  const verdict = process.env.CI === 'true' ? ' With CI=true that is a failure.' : '';
  process.stdout.write(`\n${absence}${verdict}\n`);
  if (verdict) process.exitCode = 1;
}
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
if (sum('failed') > 0 || sum('passed') === 0) process.exitCode = 1;
