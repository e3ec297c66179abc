import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { databaseSettings, dropDatabase, ensureDatabase } from '../support/databases.js';
import { type Ended, startProcess } from '../support/server-process.js';

// Each test starts a process or two, on a machine that may have other work.
jest.setTimeout(90_000);
const directory = mkdtempSync(path.join(os.tmpdir(), 'applaus-process-'));
const secret = 'a secret that only the tests know, and nobody else';
const database = `process-${process.env.JEST_WORKER_ID ?? '1'}`;
afterAll(async () => {
  await dropDatabase(database);
  rmSync(directory, { recursive: true });
});

/** The real process, with the settings that these tests share. */
const start = (settings: Readonly<Record<string, string>>) =>
  startProcess({ APPLAUS_DATA_DIR: directory, APPLAUS_JWT_SECRET: secret, ...settings });

async function startOnDatabase(settings: Readonly<Record<string, string>> = {}) {
  await dropDatabase(database);
  await ensureDatabase(database);
  const { child, ended, url } = start({ ...databaseSettings(database), ...settings });
  return { child, ended, url: await url };
}

/** A request of which half has arrived; the rest is up to the test. */
async function beginRequest(url: string, body: string) {
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  const request = httpRequest(`${url}/graphql`, { method: 'POST', headers });
  const status = once(request, 'response').then(([response]) => (response as IncomingMessage).resume().statusCode);
  await new Promise<void>((resolve) => request.write(body.slice(0, 10), () => resolve()));
  // Another request that is answered later shows that the first has reached the server.
  await fetch(`${url}/healthz`);
  return { finish: () => request.end(body.slice(10)), status };
}

/** One sentence, no stack. */
function expectSentence({ code, output }: Ended, pattern: RegExp): void {
  expect(output.trim()).toMatch(pattern);
  expect(output.trim().split('\n')).toHaveLength(1);
  expect(code).toBe(1);
}

describe('a start that cannot succeed says why in one sentence', () => {
  test('a setting that is wrong', async () => {
    expectSentence(await start({ PORT: 'eighty' }).ended, /PORT/);
  });

  test('no way to know callers in production', async () => {
    const ended = await start({ NODE_ENV: 'production', APPLAUS_JWT_SECRET: '' }).ended;
    expectSentence(ended, /APPLAUS_JWT_SECRET or APPLAUS_JWKS_URL/);
  });

  test('a port that is in use', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    expectSentence(await start({ PORT: String(port) }).ended, new RegExp(`Port ${port} is in use.*PORT`));
    other.close();
  });

  test('a database that does not answer, without its password', async () => {
    const ended = await start({ DATABASE_URL: 'mysql://me:hidden-word@127.0.0.1:1/applaus' }).ended;
    expectSentence(ended, /127\.0\.0\.1:1 does not answer.*DATABASE_URL/);
    expect(ended.output).not.toContain('hidden-word');
  });

  test('a folder that is none', async () => {
    const file = path.join(directory, 'a-file');
    writeFileSync(file, '');
    expectSentence(await start({ APPLAUS_DATA_DIR: file }).ended, /APPLAUS_DATA_DIR/);
  });
});

describe('a stop', () => {
  test('lets requests finish, tells load balancers first, says goodbye to sockets, and ends with 0', async () => {
    const { child, ended, url } = await startOnDatabase({ APPLAUS_STOP_DELAY_SECONDS: '1' });
    const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');
    const goodbye = once(socket, 'close');
    socket.send('{"type":"connection_init"}');
    expect((await fetch(`${url}/readyz`)).status).toBe(200);
    const query = JSON.stringify({ query: '{ __typename }' });
    const { finish, status } = await beginRequest(url, query);
    child.kill('SIGTERM');
    const answers: number[] = [];
    while ((await fetch(`${url}/readyz`)).status === 200);
    answers.push((await fetch(`${url}/readyz`)).status);
    const headers = { 'content-type': 'application/json' };
    answers.push((await fetch(`${url}/graphql`, { method: 'POST', headers, body: query })).status);
    expect(answers).toEqual([503, 200]);
    expect((await goodbye)[0]).toBe(1001);
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
    finish();
    expect(await status).toBe(200);
    expect(await ended).toEqual({ code: 0, output: '' });
  });

  test('is at once with the second signal', async () => {
    const { child, ended } = await startOnDatabase({ APPLAUS_STOP_DELAY_SECONDS: '60' });
    child.kill('SIGTERM');
    await new Promise((resolve) => child.stdout?.once('data', resolve));
    child.kill('SIGTERM');
    expect((await ended).code).toBe(1);
  });
});
