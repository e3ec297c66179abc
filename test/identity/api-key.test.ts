import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import sql from 'sql-template-tag';
import type { Answer } from '../support/client.js';
import { databaseSettings } from '../support/databases.js';
import { jwtSecret, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const created = 'ApiKeyCreated { secret apiKey { id name prefix createdAt revokedAt } }';
const revoked = 'ApiKeyRevoked { apiKey { id revokedAt } }';
const listed = '{ apiKeys { totalCount nodes { name prefix revokedAt } } }';

function createKey(program: TestProgram, name = 'Shop'): Promise<Answer> {
  return program.admin.mutate('apiKeyCreate', { name }, created);
}

describe('an API key', () => {
  test('is shown once, when it is made, and lets a server of the program in', async () => {
    const program = await world.program();
    const { apiKey, secret } = await createKey(program);
    expect(apiKey).toMatchObject({ name: 'Shop', prefix: secret.slice(0, 12), revokedAt: null });
    expect(secret).toMatch(/^apk_[\w-]{43}$/);
    const { viewer } = await world.bearer(secret).ask('{ viewer { role program { slug } ambassador { id } } }');
    expect(viewer).toEqual({ role: 'INTEGRATION', program: { slug: program.program.slug }, ambassador: null });
    const everything = JSON.stringify(await program.admin.ask(listed));
    expect(everything).toContain(apiKey.prefix);
    expect(everything).not.toContain(secret);
  });

  test('is kept as a hash only', async () => {
    const program = await world.program();
    const { secret } = await createKey(program);
    const rows = await world.server.platform.database.read((db) =>
      db.query<{ secret_hash: string }>(sql`SELECT * FROM api_key WHERE program_id = ${program.program.id}`),
    );
    expect(rows).toHaveLength(1);
    expect(JSON.stringify(rows)).not.toContain(secret.slice(12));
  });

  test('is refused from the moment it is revoked, and stays revoked since then', async () => {
    const program = await world.program();
    const { apiKey, secret } = await createKey(program);
    const first = await program.admin.mutate('apiKeyRevoke', { apiKeyId: apiKey.id }, revoked);
    expect(first.apiKey).toEqual({ id: apiKey.id, revokedAt: world.clock.now().toISOString() });
    const refused = await world.bearer(secret).send('{ viewer { role } }');
    expect([refused.status, refused.errors?.[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    world.clock.advance(60_000);
    expect(await program.admin.mutate('apiKeyRevoke', { apiKeyId: apiKey.id }, revoked)).toEqual(first);
  });

  test('that nobody made, or that is only nearly right, is refused', async () => {
    const program = await world.program();
    const { secret } = await createKey(program);
    for (const wrong of ['apk_', `${secret}x`, secret.slice(0, -1), secret.toUpperCase().replace('APK_', 'apk_')]) {
      expect((await world.bearer(wrong).send('{ viewer { role } }')).status).toBe(401);
    }
  });

  test('needs a name', async () => {
    const program = await world.program();
    expect(await program.admin.mutate('apiKeyCreate', { name: '  ' })).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['name'] }],
    });
  });
});

describe('applaus api-key create', () => {
  const node = ['--import', '@oxc-node/core/register', 'src/cli/main.ts', 'api-key', 'create'];
  const environment = () => ({
    ...process.env,
    ...databaseSettings(process.env.JEST_WORKER_ID ?? '1'),
    APPLAUS_JWT_SECRET: jwtSecret,
    NODE_OPTIONS: '',
  });
  const run = (...given: string[]) =>
    promisify(execFile)(process.execPath, [...node, ...given], { env: environment() });

  test('prints a key that works, and nothing else', async () => {
    const { program } = await world.program();
    const { stdout } = await run('--program', program.slug, '--name', 'shop');
    const { viewer } = await world.bearer(stdout.trim()).ask('{ viewer { role program { slug } } }');
    expect(viewer).toEqual({ role: 'INTEGRATION', program: { slug: program.slug } });
  });

  test('says so where there is no such program', async () => {
    await expect(run('--program', 'nowhere', '--name', 'shop')).rejects.toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringContaining('There is no program "nowhere"'),
    });
  });
});

describe('apiKeys', () => {
  test('lists the keys of the program, newest first, page by page', async () => {
    const program = await world.program();
    const stranger = await world.program();
    await createKey(stranger, 'Not yours');
    for (const name of ['First', 'Second', 'Third']) await createKey(program, name);
    const { apiKeys } = await program.admin.ask(
      '{ apiKeys(first: 2) { totalCount nodes { name } pageInfo { hasNextPage endCursor } } }',
    );
    expect(apiKeys).toMatchObject({ totalCount: 3, nodes: [{ name: 'Third' }, { name: 'Second' }] });
    const rest = await program.admin.ask('query ($after: String) { apiKeys(after: $after) { nodes { name } } }', {
      after: apiKeys.pageInfo.endCursor,
    });
    expect(rest.apiKeys.nodes).toEqual([{ name: 'First' }]);
  });

  test('and keys by id are for admins of that program alone', async () => {
    const program = await world.program();
    const { apiKey, secret } = await createKey(program);
    const stranger = await world.program();
    const byId = 'query ($id: ID!) { node(id: $id) { id } }';
    expect(await program.admin.ask(byId, { id: apiKey.id })).toEqual({ node: { id: apiKey.id } });
    expect(await program.moderator.ask(byId, { id: apiKey.id })).toEqual({ node: null });
    expect(await stranger.admin.ask(byId, { id: apiKey.id })).toEqual({ node: null });
    expect(await world.bearer(secret).refusal(listed)).toBe('FORBIDDEN');
    expect(await stranger.admin.mutate('apiKeyRevoke', { apiKeyId: apiKey.id })).toMatchObject({
      __typename: 'NotFound',
    });
    expect(await program.admin.mutate('apiKeyRevoke', { apiKeyId: program.program.id })).toMatchObject({
      __typename: 'NotFound',
    });
    expect((await world.bearer(secret).send('{ viewer { role } }')).status).toBe(200);
  });
});
