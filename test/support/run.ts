import { spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { dropDatabase, mysqlAnswers, mysqlTestUrl } from './databases.js';

/*
 * The whole suite on embedded SQLite, and again on MySQL when one answers. With CI=true a missing MySQL is a failure.
 * What follows the command goes to jest: npm test -- test/points
 */

type Engine = 'sqlite' | 'mysql';
interface Outcome {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

const workersMax = 8;

async function runOn(engine: Engine): Promise<Outcome> {
  process.env.APPLAUS_TEST_ENGINE = engine;
  for (let worker = 1; worker <= workersMax; worker++) await dropDatabase(String(worker));
  const report = path.join(os.tmpdir(), `applaus-jest-${engine}-${process.pid}.json`);
  process.stdout.write(`\n== The suite on ${engine}\n`);
  const arguments_ = [
    '--experimental-vm-modules',
    '--no-warnings',
    'node_modules/jest/bin/jest.js',
    `--maxWorkers=${Math.min(workersMax, os.availableParallelism())}`,
    '--json',
    `--outputFile=${report}`,
    ...process.argv.slice(2),
  ];
  await new Promise<void>((resolve) => {
    spawn(process.execPath, arguments_, { stdio: ['ignore', 'ignore', 'inherit'], env: process.env }).on('close', () =>
      resolve(),
    );
  });
  const result = JSON.parse(readFileSync(report, 'utf8')) as Record<string, number>;
  rmSync(report);
  return {
    passed: result.numPassedTests ?? 0,
    failed: (result.numFailedTests ?? 0) + (result.numRuntimeErrorTestSuites ?? 0),
    skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
  };
}

const outcomes = [await runOn('sqlite')];
if (await mysqlAnswers()) {
  outcomes.push(await runOn('mysql'));
} else {
  process.stdout.write(`\nMySQL did not answer at ${new URL(mysqlTestUrl).host}: the suite did not run on it.\n`);
  if (process.env.CI === 'true') process.exitCode = 1;
}
const sum = (key: keyof Outcome) => outcomes.reduce((total, outcome) => total + outcome[key], 0);
process.stdout.write(`\n${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped\n`);
if (sum('failed') > 0 || sum('passed') === 0) process.exitCode = 1;
