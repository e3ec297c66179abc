import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../identity/session.js';
import { localeOf } from '../platform/graphql/messages.js';
import type { Callers } from './caller.js';
import { presentError } from './errors.js';
import type { Platform } from './platform.js';

const bodyBytesMax = 1_000_000;

type Handler = (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>;

interface HttpParts {
  readonly platform: Platform;
  readonly apollo: ApolloServer<RequestContext>;
  readonly callers: Callers;
}

/** The HTTP side: a few paths on node's own server. */
export function createHttpServer(parts: HttpParts): Server {
  const routes: Readonly<Record<string, Handler>> = {
    '/graphql': (request, response, url) => graphql(parts, request, response, url),
    '/healthz': async (_, response) => sendJson(response, 200, { status: 'ok' }),
    '/readyz': (_, response) => ready(parts.platform, response),
  };
  return createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const handler = routes[url.pathname];
    if (!handler) return sendJson(response, 404, { error: 'There is nothing at this address.' });
    handler(request, response, url).catch((error) => {
      parts.platform.log.error({ err: error }, 'a request failed outside GraphQL');
      if (!response.headersSent) sendJson(response, 500, { error: 'INTERNAL' });
    });
  });
}

async function graphql(
  { apollo, callers, platform }: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const requestId = newRequestId(platform);
  response.setHeader('x-request-id', requestId);
  const body = await readBody(request);
  if (body === undefined) return sendErrors(response, 413, requestId, 'The request is larger than 1,000,000 bytes.');
  const parsed = parseBody(request, body);
  if (parsed === malformed) return sendErrors(response, 400, requestId, 'The body is not JSON.');
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  let context: RequestContext;
  try {
    context = await callers.contextOf({ headers: request.headers, requestId });
  } catch (error) {
    return refuseCaller(platform, request, response, requestId, error);
  }
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method ?? 'GET', headers, search: url.search, body: parsed },
    context: async () => context,
  });
  for (const [name, value] of answer.headers) response.setHeader(name, value);
  response.statusCode = answer.status ?? 200;
  if (answer.body.kind === 'complete') {
    response.end(answer.body.string);
    return;
  }
  for await (const chunk of answer.body.asyncIterator) response.write(chunk);
  response.end();
}

function newRequestId({ random }: Platform): string {
  return Buffer.from(random.bytes(12)).toString('hex');
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytesMax) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const malformed = Symbol('malformed');

function parseBody(request: IncomingMessage, body: string): unknown {
  if (request.method !== 'POST' || body === '') return undefined;
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) return body;
  try {
    return JSON.parse(body);
  } catch {
    return malformed;
  }
}

function refuseCaller(
  { log }: Platform,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  error: unknown,
): void {
  const known = error instanceof GraphQLError;
  if (!known) log.error({ err: error, requestId }, 'a caller could not be identified');
  const locale = localeOf(request.headers['accept-language']);
  const formatted = known ? error.toJSON() : { message: '' };
  sendJson(response, known ? 401 : 503, { errors: [presentError(formatted, error, { requestId, locale })] });
}

async function ready({ database }: Platform, response: ServerResponse): Promise<void> {
  try {
    await database.read((db) => db.query({ sql: 'SELECT 1', values: [] }));
    const pending = await database.dataSource.showMigrations();
    sendJson(response, pending ? 503 : 200, { status: pending ? 'migrations are missing' : 'ready' });
  } catch {
    sendJson(response, 503, { status: 'the database does not answer' });
  }
}

function sendErrors(response: ServerResponse, status: number, requestId: string, text: string): void {
  sendJson(response, status, { errors: [{ message: text, extensions: { code: 'BAD_REQUEST', requestId } }] });
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}
