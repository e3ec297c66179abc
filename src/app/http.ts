import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { addressOf } from './address.js';
import { RequestAborted } from './body.js';
import { type Exchange, type Route, sendJson, sendRefusal } from './exchange.js';
import type { Metrics } from './metrics.js';
import type { Platform } from './platform.js';
import { newRequestId } from './request-id.js';
import { Cors, setSecurityHeaders } from './security.js';

/** A query in a GET's address; whoever needs more has POST. */
const urlCharactersMax = 8_000;

/** Slow callers hold a connection, so each step has its end; the longest honest upload, 1 MB, takes seconds. */
const limits = {
  maxHeaderSize: 16_384,
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  /** Longer than the 60 s after which load balancers let go, so that none meets a connection we just closed. */
  keepAliveTimeout: 65_000,
  connectionsCheckingInterval: 2_000,
} as const;
/** Beyond it a new connection is refused at once, instead of slowing down those that are served. */
const connectionsMax = 10_000;

interface HttpParts {
  readonly platform: Platform;
  readonly metrics: Metrics;
  /** By path; one that ends with * takes whatever stands in that place. */
  readonly routes: Readonly<Record<string, Route>>;
}

/** Paths that are asked every few seconds by machines: their lines would drown the log. */
const quietPaths: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics']);

/** The HTTP side: a few paths on node's own server. */
export function createHttpServer(parts: HttpParts): Server {
  const cors = new Cors(parts.platform.config.APPLAUS_CORS_ORIGINS);
  const server = createServer(limits, (request, response) => {
    const exchange = exchangeOf(parts.platform, request, response);
    observe(parts, exchange);
    setSecurityHeaders(request, response);
    response.setHeader('x-request-id', exchange.requestId);
    if (cors.answers(request, response)) return;
    dispatch(parts, exchange).catch((error) => fail(parts.platform, exchange, error));
  });
  server.maxConnections = connectionsMax;
  return server;
}

async function dispatch({ routes }: HttpParts, exchange: Exchange): Promise<void> {
  if ((exchange.request.url ?? '').length > urlCharactersMax) {
    return sendRefusal(exchange, 414, 'BAD_REQUEST', `The address is longer than ${urlCharactersMax} characters.`);
  }
  const { pathname } = exchange.url;
  const route =
    routes[pathname] ?? routes[pathname.replace(/[^/]*$/, '*')] ?? routes[pathname.replace(/[^/]*(\/[^/]*)$/, '*$1')];
  if (!route) return sendJson(exchange.response, 404, { error: 'There is nothing at this address.' });
  await route(exchange);
}

function exchangeOf({ config, random }: Platform, request: IncomingMessage, response: ServerResponse): Exchange {
  return {
    request,
    response,
    url: urlOf(request),
    requestId: newRequestId(random, request.headers['x-request-id']),
    address: addressOf(request, config.APPLAUS_TRUST_PROXY),
    facts: { codes: [] },
  };
}

/** The address of a request; what is no address leads to a path that does not exist. */
export function urlOf({ url = '' }: IncomingMessage): URL {
  const base = 'http://localhost';
  return url.startsWith('/') && URL.canParse(base + url) ? new URL(base + url) : new URL('/not-an-address', base);
}

/** One line in the log for each request, and its numbers: who in which role, what, how it ended, how long it took. */
function observe({ platform, metrics }: HttpParts, exchange: Exchange): void {
  const startMilliseconds = performance.now();
  const { request, response, url, requestId } = exchange;
  response.once('close', () => {
    const durationMilliseconds = performance.now() - startMilliseconds;
    const { role, name, type, field, codes } = exchange.facts;
    const line = {
      requestId,
      method: request.method,
      path: loggedPath(url.pathname),
      status: response.writableFinished ? response.statusCode : 'aborted',
      durationMilliseconds: Math.round(durationMilliseconds * 10) / 10,
      ...(role && { role }),
      ...(type && { operation: name ?? null, type, field }),
      ...(codes.length > 0 && { codes: [...new Set(codes)] }),
    };
    platform.log[quietPaths.has(url.pathname) ? 'debug' : 'info'](line, 'request');
    if (url.pathname === '/graphql') metrics.observe(exchange.facts, durationMilliseconds / 1_000);
  });
}

/** A survey link is a secret, and would tell when its anonymous answer was given; one to unsubscribe is its person's alone. */
function loggedPath(pathname: string): string {
  return pathname.replace(/^\/([su])\/.*/, '/$1/*');
}

function fail({ log }: Platform, { request, response, requestId }: Exchange, error: unknown): void {
  if (error instanceof RequestAborted || request.destroyed) return;
  log.error({ err: error, requestId }, 'a request failed outside GraphQL');
  if (!response.headersSent) {
    sendJson(response, 500, {
      errors: [{ message: 'Something went wrong.', extensions: { code: 'INTERNAL', requestId } }],
    });
  }
}
