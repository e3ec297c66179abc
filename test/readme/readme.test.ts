import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { databaseSettings, dropDatabase, ensureDatabase } from '../support/databases.js';
import { jwtSecret, World } from '../support/world.js';

const database = `readme-${process.env.JEST_WORKER_ID ?? '1'}`;
const world = new World({ APPLAUS_DEMO: 'true' }, { database });
const readme = readFileSync('README.md', 'utf8');
const blocks = [...readme.matchAll(/^```sh\n([\s\S]*?)^```/gm)].map(([, text]) => text ?? '');
const hasCurl = spawnSync('curl', ['--version']).status === 0;

/** The two commands that install, serve and test: whoever reads this has run one of them. */
const twoCommands = ['npm ci && npm start\n', 'npm ci && npm test\n'];

beforeAll(async () => {
  await dropDatabase(database);
  await ensureDatabase(database);
  world.clock.set(new Date());
  await world.start();
}, 600_000);

afterAll(async () => {
  await world.stop();
  await dropDatabase(database);
});

/** Runs the blocks in one shell, as a reader would, against the world's server; answers what each printed. */
async function run(
  scripts: readonly string[],
): Promise<{ readonly code: number; readonly printed: readonly string[] }> {
  const text = scripts.join('\necho "== next"\n').replaceAll('http://localhost:4000', world.server.url);
  const shell = spawn('sh', ['-eu', '-c', text], {
    env: { ...process.env, ...databaseSettings(database), APPLAUS_JWT_SECRET: jwtSecret, NODE_ENV: 'development' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  shell.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  shell.stderr.on('data', (chunk) => {
    printed += chunk;
  });
  const code = await new Promise<number>((resolve) => shell.on('close', (status) => resolve(status ?? 1)));
  return { code, printed: printed.split('== next\n') };
}

describe('The README', () => {
  test('names the two commands, which package.json and the lock file have', () => {
    expect(blocks).toEqual(expect.arrayContaining(twoCommands));
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
  });

  (hasCurl ? test : test.skip)(
    'has commands that work, from the first to the last',
    async () => {
      const { code, printed } = await run(blocks.filter((block) => !twoCommands.includes(block)));
      expect(printed.filter((text) => /"errors"|"code":|It did not work|error:/.test(text))).toEqual([]);
      expect(code).toBe(0);
      const [, nps, anna, recorded, asked, submitted, adjusted, imported, program] = printed;
      expect(nps).toMatch(/"score":-?\d+\.\d+,"marginOfError":\d/);
      expect(anna).toContain('"displayName":"Anna de Vries"');
      expect(recorded).toContain('"band":"PROMOTER"');
      expect(asked).toMatch(/\/s\/[\w-]{43}/);
      expect(submitted).toContain('"status":"APPROVED"');
      expect(adjusted).toContain('"amountPoints":50');
      expect(imported).toMatch(/\b2\b/);
      expect(program).toContain('The program "harbour" has begun.');
    },
    600_000,
  );

  test('leads only to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, file]) => String(file));
    expect(links.length).toBeGreaterThan(5);
    for (const file of links) expect(readFileSync(file, 'utf8')).not.toBe('');
  });
});
