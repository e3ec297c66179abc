import type { IncomingMessage } from 'node:http';
import { type ApolloServer, HeaderMap, type HTTPGraphQLResponse } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Session } from '../identity/session.js';
import { localeOf, message } from '../platform/graphql/messages.js';
import { readBody, tooLarge } from './body.js';
import type { Callers } from './caller.js';
import { presentError } from './errors.js';
import { type Exchange, type Route, sendJson, sendRefusal } from './exchange.js';
import type { ObservedContext } from './operation-facts.js';
import type { Platform } from './platform.js';
import { type RateLimit, rateKey } from './rate-limit.js';

interface GraphQLParts {
  readonly platform: Platform;
  readonly apollo: ApolloServer<ObservedContext>;
  readonly callers: Callers;
  readonly rateLimit: RateLimit;
}

/** `/graphql` over HTTP: reads the request, finds out who calls and whether they may call again, and asks Apollo. */
export function graphqlRoute(parts: GraphQLParts): Route {
  return async (exchange) => {
    const body = await readBody(exchange.request);
    if (body === tooLarge)
      return sendRefusal(exchange, 413, 'BAD_REQUEST', 'The request is larger than 1,000,000 bytes.');
    const posted = exchange.request.method === 'POST';
    if (posted && !isJson(exchange.request)) {
      return sendRefusal(exchange, 415, 'BAD_REQUEST', 'A POST needs the content-type application/json.');
    }
    const parsed = posted && body !== '' ? parseJson(body) : undefined;
    if (parsed === malformed) return sendRefusal(exchange, 400, 'BAD_REQUEST', 'The body is not JSON.');
    const context = await contextOf(parts, exchange);
    if (context) await answer(parts.apollo, exchange, context, parsed);
  };
}

/** The context of a caller who is known and within the rate limit; anybody else has been answered. */
async function contextOf(
  { callers, rateLimit, platform }: GraphQLParts,
  exchange: Exchange,
): Promise<ObservedContext | undefined> {
  const { headers } = exchange.request;
  let session: Session | undefined;
  let refusal: unknown;
  try {
    session = await callers.sessionOf(headers);
  } catch (error) {
    refusal = error;
  }
  // A token that does not hold counts for the network it comes from, so that none can be guessed.
  const waitSeconds = await rateLimit.take(rateKey(session, exchange.address));
  if (waitSeconds !== undefined) return refuseTooMany(exchange, waitSeconds);
  if (!session) return refuseCaller(platform, exchange, refusal);
  const context = callers.contextFor(session, {
    headers,
    requestId: exchange.requestId,
    address: exchange.address,
  });
  exchange.facts = context.facts;
  return context;
}

function refuseTooMany(exchange: Exchange, waitSeconds: number): undefined {
  const locale = localeOf(exchange.request.headers['accept-language']);
  exchange.response.setHeader('retry-after', waitSeconds);
  sendRefusal(exchange, 429, 'RATE_LIMITED', message(locale, 'error.rateLimited', { seconds: waitSeconds }));
}

function refuseCaller({ log }: Platform, { request, response, requestId, facts }: Exchange, error: unknown): undefined {
  const known = error instanceof GraphQLError;
  if (!known) log.error({ err: error, requestId }, 'a caller could not be identified');
  const locale = localeOf(request.headers['accept-language']);
  const presented = presentError(known ? error.toJSON() : { message: '' }, error, { requestId, locale });
  facts.codes = [String(presented.extensions?.code)];
  sendJson(response, known ? 401 : 503, { errors: [presented] });
}

async function answer(
  apollo: ApolloServer<ObservedContext>,
  { request, response, url }: Exchange,
  context: ObservedContext,
  body: unknown,
): Promise<void> {
  const reply = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest: { method: request.method ?? 'GET', headers: headerMapOf(request), search: url.search, body },
    context: async () => context,
  });
  for (const [name, value] of reply.headers) response.setHeader(name, value);
  response.statusCode = reply.status ?? 200;
  response.end(wholeOf(reply));
}

function wholeOf({ body }: HTTPGraphQLResponse): string {
  // Only @defer and @stream answer in parts, and the schema has neither.
  if (body.kind !== 'complete') throw new Error('An answer came in parts');
  return body.string;
}

function headerMapOf({ headers }: IncomingMessage): HeaderMap {
  const map = new HeaderMap();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) map.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return map;
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
