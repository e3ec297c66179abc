import { afterEach, describe, expect, test } from '@jest/globals';
import { type Client, createClient, type FormattedExecutionResult } from 'graphql-ws';
import { WebSocket } from 'ws';
import type { Answer } from '../support/client.js';
import { useWorld, type World } from '../support/world.js';

const world = useWorld();
const clients: Client[] = [];

afterEach(async () => {
  for (const client of clients.splice(0)) await client.dispose();
});

function connect(connectionParams: Record<string, unknown> = {}, to: World = world): Client {
  const client = createClient({
    url: `${to.server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    lazyCloseTimeout: 10_000,
    connectionParams,
  });
  clients.push(client);
  return client;
}

/** The one answer to a query or mutation; errors that end it reject. */
function ask(
  client: Client,
  query: string,
  variables: Record<string, unknown> = {},
): Promise<FormattedExecutionResult> {
  return new Promise((resolve, reject) => {
    client.subscribe({ query, variables }, { next: resolve, error: reject, complete: () => undefined });
  });
}

async function refusal(client: Client, query: string, variables?: Record<string, unknown>): Promise<Answer> {
  try {
    const { errors } = await ask(client, query, variables);
    return errors?.[0];
  } catch (errors) {
    return Array.isArray(errors) ? errors[0] : errors;
  }
}

async function adminParams(slug: string): Promise<Record<string, unknown>> {
  const token = await world.server.features.tokens.sign({ sub: 'alice', role: 'ADMIN', program: slug }, 3_600);
  return { authorization: `Bearer ${token}` };
}

describe('GraphQL over WebSocket', () => {
  test('knows the caller by the token in connectionParams, for queries and mutations alike', async () => {
    const program = await world.program();
    const client = connect(await adminParams(program.program.slug));
    const viewer = await ask(client, '{ viewer { role program { slug } } }');
    expect(viewer.data).toEqual({ viewer: { role: 'ADMIN', program: { slug: program.program.slug } } });
    const enrolled = await ask(
      client,
      'mutation ($input: AmbassadorEnrollInput!) { ambassadorEnroll(input: $input) { __typename } }',
      { input: { contact: { externalId: 'c-1' }, displayName: 'Carla' } },
    );
    expect(enrolled.data).toEqual({ ambassadorEnroll: { __typename: 'AmbassadorEnrolled' } });
  });

  test('closes with 4403 for a token that does not hold', async () => {
    const closed = await refusal(connect({ authorization: 'Bearer forged' }), '{ __typename }');
    expect(closed.code).toBe(4403);
  });

  test('answers errors with the codes and request ids of HTTP', async () => {
    const program = await world.program();
    const ambassador = await program.ambassador('Anna');
    const token = await world.server.features.tokens.sign(
      { sub: ambassador.externalId, role: 'AMBASSADOR', program: program.program.slug },
      3_600,
    );
    const client = connect({ authorization: `Bearer ${token}`, 'Accept-Language': 'nl' });
    const forbidden = await refusal(client, '{ ambassadors { totalCount } }');
    expect(forbidden.extensions).toEqual({ code: 'FORBIDDEN', requestId: expect.stringMatching(/^[0-9a-f]{24}$/) });
    expect(forbidden.message).toBe('Dit mag je niet doen.');
    expect((await refusal(client, '{ nothingLikeThis }')).extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    expect((await refusal(client, '{')).extensions.code).toBe('GRAPHQL_PARSE_FAILED');
  });

  test('refuses what is too much to run as over HTTP', async () => {
    const program = await world.program();
    const client = connect(await adminParams(program.program.slug));
    const costly = `query ($n: Int!) { ambassadors(first: $n) { nodes { pointsEntries(first: $n) { nodes { id } } } } }`;
    expect((await refusal(client, costly, { n: 100 })).extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX' });
    expect((await ask(client, costly, { n: 10 })).errors).toBeUndefined();
    const many = `{ ${'__typename '.repeat(5_000)} }`;
    expect((await refusal(client, many)).extensions).toMatchObject({ code: 'QUERY_TOO_COMPLEX', bound: 'tokens' });
  });

  test('asks again who calls, and ends the connection of a token that ran out', async () => {
    const program = await world.program();
    const client = connect(await adminParams(program.program.slug));
    expect((await ask(client, '{ viewer { role } }')).data).toEqual({ viewer: { role: 'ADMIN' } });
    const closed = new Promise<Answer>((resolve) => client.on('closed', resolve));
    world.clock.advance(2 * 3_600_000);
    await refusal(client, '{ viewer { role } }');
    expect((await closed).code).toBe(4403);
  });

  test('is nowhere but at /graphql', async () => {
    const socket = new WebSocket(`${world.server.url.replace('http', 'ws')}/elsewhere`, 'graphql-transport-ws');
    const error = await new Promise<Error>((resolve) => socket.on('error', resolve));
    expect(error.message).toContain('404');
  });
});

describe('the rate limit on a WebSocket', () => {
  const strict = useWorld({ APPLAUS_RATE_LIMIT_PER_MINUTE: '3' });

  test('counts each operation for its caller', async () => {
    const client = connect({}, strict);
    for (let call = 0; call < 3; call++) expect((await ask(client, '{ __typename }')).errors).toBeUndefined();
    const { extensions } = await refusal(client, '{ __typename }');
    expect(extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterSeconds: expect.any(Number) });
  });
});
