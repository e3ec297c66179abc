import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, test } from '@jest/globals';
import { useWorld } from '../support/world.js';

const world = useWorld({ APPLAUS_CORS_ORIGINS: 'https://hub.example.com, https://shop.example.com' });

function post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
  return fetch(`${world.server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  });
}

const typename = JSON.stringify({ query: '{ __typename }' });

async function codeOf(response: Response): Promise<unknown> {
  const body = (await response.json()) as { errors: { extensions: { code: string; requestId: string } }[] };
  return body.errors[0]?.extensions.code;
}

/** Sends bytes as they are and answers with the first line that comes back. */
function sendRaw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(world.server.url).port), '127.0.0.1', () => socket.end(text));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer.split('\r\n')[0] ?? ''));
    socket.on('error', reject);
  });
}

describe('requests that are no GraphQL', () => {
  test('a body over 1,000,000 bytes is refused with 413, and the caller hears it', async () => {
    const response = await post(JSON.stringify({ query: '{ __typename }', padding: 'x'.repeat(3_000_000) }));
    expect(response.status).toBe(413);
    expect(await codeOf(response)).toBe('BAD_REQUEST');
    expect((await post(JSON.stringify({ query: '{ __typename }', padding: 'x'.repeat(900_000) }))).status).toBe(200);
  });

  test('a form or plain text, which a foreign page could send, is refused with 415', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/jsonish']) {
      expect((await post(typename, { 'content-type': type })).status).toBe(415);
    }
  });

  test('a mutation by GET is refused', async () => {
    const query = encodeURIComponent('mutation { __typename }');
    expect((await fetch(`${world.server.url}/graphql?query=${query}`)).status).toBe(405);
  });

  test('a subscription by POST is told where to go', async () => {
    const response = await post(JSON.stringify({ query: 'subscription { leaderboardChanged { position } }' }));
    const { errors } = (await response.json()) as { errors: { message: string }[] };
    expect(errors[0]?.message).toMatch(/WebSocket/);
  });

  test('an address that is none, or too long, does no harm', async () => {
    expect(await sendRaw('GET // HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toContain('404');
    expect(await sendRaw('GET http://[ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).toContain('404');
    expect(await sendRaw('GET //[ HTTP/1.1\r\nhost: x\r\nconnection: Upgrade\r\nupgrade: websocket\r\n\r\n')).toContain(
      '404',
    );
    expect((await fetch(`${world.server.url}/graphql?query=${'x'.repeat(9_000)}`)).status).toBe(414);
    expect((await fetch(`${world.server.url}/healthz`)).status).toBe(200);
  });

  test('a caller who hangs up halfway is forgotten', async () => {
    await new Promise<void>((resolve) => {
      const half = httpRequest(`${world.server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'content-length': '1000' },
      });
      half.on('error', () => resolve());
      half.write('{"query"');
      setTimeout(() => half.destroy(), 50);
    });
    expect((await fetch(`${world.server.url}/healthz`)).status).toBe(200);
  });
});

describe('the request id', () => {
  test('is the caller’s own if it is a plain word, and on every answer', async () => {
    const given = await post(typename, { 'x-request-id': 'trace-0123456789' });
    expect(given.headers.get('x-request-id')).toBe('trace-0123456789');
    for (const forged of ['short', 'with space inside', 'x'.repeat(200)]) {
      const response = await post('{', { 'x-request-id': forged });
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f]{24}$/);
    }
    expect((await fetch(`${world.server.url}/nowhere`)).headers.get('x-request-id')).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe('browsers', () => {
  function preflight(origin: string): Promise<Response> {
    return fetch(`${world.server.url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    });
  }

  test('an origin of the settings may call, and read id and retry time', async () => {
    const allowed = await preflight('https://shop.example.com');
    expect(allowed.status).toBe(204);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://shop.example.com');
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    expect(allowed.headers.get('access-control-allow-methods')).toContain('POST');
    const answer = await post(typename, { origin: 'https://shop.example.com' });
    expect(answer.headers.get('access-control-allow-origin')).toBe('https://shop.example.com');
    expect(answer.headers.get('access-control-expose-headers')).toContain('retry-after');
    expect(answer.headers.get('vary')).toContain('origin');
  });

  test('no other origin may, and none with cookies', async () => {
    const refused = await preflight('https://evil.example.com');
    expect(refused.headers.get('access-control-allow-origin')).toBeNull();
    expect(refused.headers.get('access-control-allow-headers')).toBeNull();
    const allowed = await preflight('https://hub.example.com');
    expect(allowed.headers.get('access-control-allow-credentials')).toBeNull();
  });

  test('are told that an answer is no page, and nobody’s frame', async () => {
    const { headers } = await post(typename);
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('strict-transport-security')).toContain('max-age');
    expect(headers.get('x-powered-by')).toBeNull();
  });

  test('get GraphiQL complete in itself', async () => {
    const response = await fetch(`${world.server.url}/graphiql`);
    expect(response.headers.get('content-type')).toContain('text/html');
    expect(response.headers.get('content-security-policy')).not.toMatch(/https?:\/\//);
    const page = await response.text();
    expect(page).toContain('applausOptions({');
    expect(page).not.toMatch(/<(script|link)[^>]+(src|href)="https?:/);
  });
});

describe('in production', () => {
  const production = useWorld({ NODE_ENV: 'production' });

  test('there is no GraphiQL, and no page of another origin may call', async () => {
    expect((await fetch(`${production.server.url}/graphiql`)).status).toBe(404);
    const response = await fetch(`${production.server.url}/graphql`, {
      method: 'OPTIONS',
      headers: { origin: 'https://hub.example.com', 'access-control-request-method': 'POST' },
    });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});
