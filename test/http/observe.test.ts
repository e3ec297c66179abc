import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Answer } from '../support/client.js';
import { useWorld } from '../support/world.js';

const lines: Answer[] = [];
const log = pino(
  { level: 'info' },
  new Writable({
    write(chunk, _, done) {
      lines.push(JSON.parse(String(chunk)));
      done();
    },
  }),
);

async function scrape(url: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${url}/metrics`, { headers });
}

describe('what can be seen from outside', () => {
  const world = useWorld({}, { log });

  test('each request leaves one line, without anybody’s data', async () => {
    const program = await world.program();
    const query = `mutation Enrol($input: AmbassadorEnrollInput!) { ambassadorEnroll(input: $input) { __typename } }`;
    const input = { contact: { externalId: 'c-77', email: 'private.person@example.com' }, displayName: 'Priva Te' };
    const { headers } = await program.admin.send(query, { input });
    const requestId = headers.get('x-request-id');
    const told = lines.filter((line) => line.requestId === requestId);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      level: 30,
      method: 'POST',
      path: '/graphql',
      status: 200,
      role: 'ADMIN',
      operation: 'Enrol',
      type: 'mutation',
      field: 'ambassadorEnroll',
      durationMilliseconds: expect.any(Number),
    });
    expect(JSON.stringify(lines)).not.toMatch(/private\.person|Priva Te|c-77|Bearer/);
    const refused = await program.admin.send('{ nothing }');
    const line = lines.find((candidate) => candidate.requestId === refused.headers.get('x-request-id'));
    expect(line.codes).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    await fetch(`${world.server.url}/healthz`);
    expect(lines.some(({ path }) => path === '/healthz')).toBe(false);
  });

  test('the metrics count operations by root field, errors by code, and watch outbox, database and process', async () => {
    const program = await world.program();
    await program.admin.ask('query Whatever { viewer { role } }');
    await program.admin.refusal('{ ambassadors(first: 0) { totalCount } }');
    const response = await scrape(world.server.url);
    expect(response.headers.get('content-type')).toContain('text/plain');
    const text = await response.text();
    expect(text).toMatch(/applaus_graphql_operations_total\{type="query",field="viewer",outcome="ok"\} 1\n/);
    expect(text).toMatch(/applaus_graphql_errors_total\{code="BAD_USER_INPUT"\} 1\n/);
    expect(text).toMatch(/applaus_graphql_duration_seconds_count\{type="query",field="viewer"\} 1\n/);
    expect(text).not.toContain('Whatever');
    for (const name of ['applaus_outbox_pending', 'applaus_outbox_lag_seconds', 'applaus_websockets_open']) {
      expect(text).toMatch(new RegExp(`^${name} \\d+`, 'm'));
    }
    expect(text).toMatch(/applaus_database_connections\{state="open"\} [1-9]/);
    expect(text).toMatch(/applaus_database_connections\{state="waiting"\} 0/);
    expect(text).toContain('nodejs_eventloop_lag_seconds');
  });

  test('the metrics are for the same machine alone, and not through a proxy', async () => {
    expect((await scrape(world.server.url, { 'x-forwarded-for': '203.0.113.9' })).status).toBe(403);
  });

  test('the probes answer', async () => {
    expect(await (await fetch(`${world.server.url}/healthz`)).json()).toEqual({ status: 'ok' });
    expect(await (await fetch(`${world.server.url}/readyz`)).json()).toEqual({ status: 'ready' });
  });
});

describe('metrics with a token', () => {
  const world = useWorld({ APPLAUS_METRICS_TOKEN: 'a token for prometheus' });

  test('are for whoever shows it', async () => {
    expect((await scrape(world.server.url)).status).toBe(403);
    expect((await scrape(world.server.url, { authorization: 'Bearer another token' })).status).toBe(403);
    const shown = { authorization: 'Bearer a token for prometheus', 'x-forwarded-for': '203.0.113.9' };
    expect((await scrape(world.server.url, shown)).status).toBe(200);
  });
});
