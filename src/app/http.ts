import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type ApolloServer, HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { RequestContext } from '../identity/session.js';
import { localeOf } from '../platform/graphql/messages.js';
import { readBody, tooLarge } from './body.js';
import type { Callers } from './caller.js';
import { presentError } from './errors.js';
import type { Platform } from './platform.js';
import { newRequestId } from './request-id.js';

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
  const requestId = newRequestId(platform.random, request.headers['x-request-id']);
  response.setHeader('x-request-id', requestId);
  const body = await readBody(request);
  if (body === tooLarge) return sendErrors(response, 413, requestId, 'The request is larger than 1,000,000 bytes.');
  if (request.method === 'POST' && !isJson(request)) {
    return sendErrors(response, 415, requestId, 'A POST needs the content-type application/json.');
  }
  const parsed = request.method === 'POST' && body !== '' ? parseJson(body) : undefined;
  if (parsed === malformed) return sendErrors(response, 400, requestId, 'The body is not JSON.');
  let context: RequestContext;
  try {
    const session = await callers.sessionOf(request.headers);
    context = callers.contextFor(session, { headers: request.headers, requestId });
  } catch (error) {
    return refuseCaller(platform, request, response, requestId, error);
  }
  const answer = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: {
      method: request.method ?? 'GET',
      headers: headerMapOf(request),
      search: url.search,
      body: parsed,
    },
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

function headerMapOf(request: IncomingMessage): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return headers;
}

function isJson({ headers }: IncomingMessage): boolean {
  return /^application\/json *(;|$)/i.test(headers['content-type'] ?? '');
}

const malformed = Symbol('malformed');

function parseJson(body: string): unknown {
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
