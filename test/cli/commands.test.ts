import { spawn } from 'node:child_process';
import { describe, expect, test } from '@jest/globals';
import { databaseSettings } from '../support/databases.js';
import { jwtSecret, useWorld } from '../support/world.js';

const world = useWorld();

interface Outcome {
  readonly code: number | null;
  readonly out: string;
  readonly said: string;
}

/** Runs the command line on the database of this world. */
function applaus(words: readonly string[], settings: Readonly<Record<string, string>> = {}): Promise<Outcome> {
  const child = spawn(process.execPath, ['--import', '@oxc-node/core/register', 'src/cli/main.ts', ...words], {
    env: {
      ...process.env,
      ...databaseSettings(process.env.JEST_WORKER_ID ?? '1'),
      NODE_ENV: 'development',
      APPLAUS_JWT_SECRET: jwtSecret,
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { out: '', said: '' };
  child.stdout.on('data', (chunk) => {
    printed.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    printed.said += chunk;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...printed })));
}

/** It did nothing, and told a person why: in words, without a stack. */
function expectRefusal({ code, out, said }: Outcome, reason: RegExp): void {
  expect(said).toMatch(reason);
  expect(said).not.toMatch(/^\s+at /m);
  expect({ code, out }).toEqual({ code: 1, out: '' });
}

describe('applaus token', () => {
  test('prints a token, and nothing else, that the server takes', async () => {
    const { program } = await world.program();
    const { code, out } = await applaus(['token', '--role', 'MODERATOR', '--program', program.slug, '--sub', 'milan']);
    expect(code).toBe(0);
    expect(out).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { viewer } = await world.bearer(out.trim()).ask('{ viewer { role program { slug } } }');
    expect(viewer).toEqual({ role: 'MODERATOR', program: { slug: program.slug } });
  });

  test('knows an ambassador by the externalId of the contact', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const words = ['token', '--role', 'AMBASSADOR', '--program', program.program.slug];
    const [token, nameless, unknown] = await Promise.all([
      applaus([...words, '--sub', anna.externalId]),
      applaus(words),
      applaus([...words, '--sub', 'nobody']),
    ]);
    const { me } = await world.bearer(token.out.trim()).ask('{ me { displayName } }');
    expect(me.displayName).toBe('Anna');
    expectRefusal(nameless, /named by --sub/);
    expectRefusal(unknown, /no ambassador "nobody"/);
  });

  test('is refused for a program that is not there, a role that is none, and days that are none', async () => {
    const [program, role, days, none] = await Promise.all([
      applaus(['token', '--role', 'ADMIN', '--program', 'nowhere']),
      applaus(['token', '--role', 'KING']),
      applaus(['token', '--role', 'ADMIN', '--days', 'many']),
      applaus(['token']),
    ]);
    expectRefusal(program, /no program "nowhere"/);
    expectRefusal(role, /'KING' is invalid/);
    expectRefusal(days, /whole number from 1 to 3650/);
    expectRefusal(none, /--role/);
  });

  test('is refused in production unless one insists', async () => {
    const { program } = await world.program();
    const words = ['token', '--role', 'ADMIN', '--program', program.slug];
    const [refused, insisted] = await Promise.all([
      applaus(words, { NODE_ENV: 'production' }),
      applaus([...words, '--allow-production'], { NODE_ENV: 'production' }),
    ]);
    expectRefusal(refused, /NODE_ENV is production/);
    expect(insisted.code).toBe(0);
  });
});

describe('applaus program create', () => {
  test('begins a program once', async () => {
    const words = [
      'program',
      'create',
      '--slug',
      world.unique('brand'),
      '--name',
      'Brand',
      '--time-zone',
      'Asia/Tokyo',
    ];
    const { code, out } = await applaus(words);
    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining('has begun') });
    expectRefusal(await applaus(words), /already/);
  });

  test('says which words it does not take', async () => {
    const words = ['program', 'create', '--slug', 'No Slug', '--name', ' ', '--time-zone', 'Mars/Olympus'];
    const refused = await applaus(words);
    for (const place of [/^slug: /m, /^name: /m, /^timeZone: /m]) expectRefusal(refused, place);
  });
});

describe('applaus', () => {
  test('says what there is when asked for help', async () => {
    const { code, out } = await applaus(['help']);
    expect(code).toBe(0);
    for (const command of ['token', 'import', 'program', 'demo', 'migrate', 'verify', 'schema']) {
      expect(out).toContain(`  ${command}`);
    }
  });

  test('knows which steps of the schema are taken', async () => {
    const { code, out } = await applaus(['migrate', 'status']);
    expect(code).toBe(0);
    expect(out).toMatch(/^(taken {3}\w+\n)+$/);
    expect((await applaus(['migrate', 'up'])).out).toBe('The database is up to date.\n');
  });

  test('makes no demo where there is a program', async () => {
    await world.program();
    expectRefusal(await applaus(['demo']), /needs an empty database/);
  });

  test('tells of a wrong setting, a wrong command and a database that is away in a sentence', async () => {
    const [setting, command, database] = await Promise.all([
      applaus(['migrate', 'status'], { PORT: 'four thousand' }),
      applaus(['applaud']),
      applaus(['migrate', 'status'], { DATABASE_URL: 'mysql://root@127.0.0.1:1/nothing' }),
    ]);
    expectRefusal(setting, /PORT/);
    expectRefusal(command, /unknown command 'applaud'/);
    expectRefusal(database, /ECONNREFUSED/);
  });
});
