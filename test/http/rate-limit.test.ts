import { describe, expect, test } from '@jest/globals';
import { type TestProgram, useWorld, type World } from '../support/world.js';

/** Calls until one is refused, and answers with that one. */
async function exhaust(world: World, headers: Readonly<Record<string, string>>): Promise<Response> {
  for (let call = 0; call < 20; call++) {
    const response = await ask(world, headers);
    if (response.status === 429) return response;
    expect(response.status).not.toBe(500);
  }
  throw new Error('No call was refused');
}

function ask(world: World, headers: Readonly<Record<string, string>>): Promise<Response> {
  return fetch(`${world.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
}

async function bearer(world: World, program: TestProgram, sub: string): Promise<Record<string, string>> {
  const slug = program.program.slug;
  const token = await world.server.features.tokens.sign({ sub, role: 'ANALYST', program: slug }, 3_600);
  return { authorization: `Bearer ${token}` };
}

describe('the rate limit', () => {
  const world = useWorld({ APPLAUS_RATE_LIMIT_PER_MINUTE: '5' });

  test('refuses a caller who calls too often, says until when, and leaves others alone', async () => {
    const program = await world.program();
    const refused = await exhaust(world, await bearer(world, program, 'busy'));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60);
    expect(await refused.json()).toMatchObject({
      errors: [
        {
          message: expect.stringMatching(/^Too many requests\. Try again in \d+ seconds\.$/),
          extensions: { code: 'RATE_LIMITED', requestId: refused.headers.get('x-request-id') },
        },
      ],
    });
    expect((await ask(world, await bearer(world, program, 'quiet'))).status).toBe(200);
    const sameNameElsewhere = await bearer(world, await world.program(), 'busy');
    expect((await ask(world, sameNameElsewhere)).status).toBe(200);
  });

  test('counts tokens that do not hold by the network, so that none can be guessed', async () => {
    let guess = 0;
    const statuses: number[] = [];
    while (guess < 10) statuses.push((await ask(world, { authorization: `Bearer guess-${guess++}` })).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses.slice(5)).toEqual([429, 429, 429, 429, 429]);
    // Without a proxy that is trusted nobody gets a fresh count by naming another address.
    expect((await ask(world, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(429);
  });
});

describe('the rate limit behind a proxy', () => {
  const world = useWorld({ APPLAUS_RATE_LIMIT_PER_MINUTE: '3', APPLAUS_TRUST_PROXY: '1' });

  test('counts anonymous callers by the address that the nearest proxy saw', async () => {
    await exhaust(world, { 'x-forwarded-for': '198.51.100.7' });
    expect((await ask(world, { 'x-forwarded-for': '192.0.2.1, 198.51.100.7' })).status).toBe(429);
    expect((await ask(world, { 'x-forwarded-for': '198.51.100.7, 198.51.100.8' })).status).toBe(200);
  });

  test('counts one IPv6 network as one caller', async () => {
    await exhaust(world, { 'x-forwarded-for': '2001:db8:1:2::1' });
    expect((await ask(world, { 'x-forwarded-for': '2001:db8:1:2:ffff::2' })).status).toBe(429);
    expect((await ask(world, { 'x-forwarded-for': '2001:db8:1:3::1' })).status).toBe(200);
  });
});

describe('the rate limit with a Redis that is away', () => {
  const world = useWorld({ APPLAUS_RATE_LIMIT_PER_MINUTE: '3', REDIS_URL: 'redis://127.0.0.1:1' });

  test('counts in the process, and refuses nobody else', async () => {
    const headers = await bearer(world, await world.program(), 'anyone');
    const statuses = [];
    for (let call = 0; call < 4; call++) statuses.push((await ask(world, headers)).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
  });
});
