import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Webhook } from 'standardwebhooks';
import { Session } from '../identity/session.js';
import { localeOf, message } from '../platform/graphql/messages.js';
import { IdempotencyKeyReused, InputInvalid, type Problem } from '../platform/graphql/problem.js';
import { type ConversionMessages, isWorthRetrying, type MessageOutcome } from '../referrals/conversion-messages.js';
import type { ConversionSecrets } from '../referrals/conversion-secret.js';
import { ReferralRefused } from '../referrals/referral.results.js';
import { readBody, tooLarge } from './body.js';
import type { Callers } from './caller.js';
import { type Exchange, type Route, sendJson, sendRefusal } from './exchange.js';
import type { Features } from './features.js';
import type { Platform } from './platform.js';
import { type RateLimit, rateKey } from './rate-limit.js';

/** By Standard Webhooks: a message that was caught on the way is worthless after it. */
const toleranceMilliseconds = 5 * 60_000;
/** When a message that was refused for now may come again. */
const retrySeconds = 3_600;
const webhookCaller = { role: 'INTEGRATION', subject: 'webhook', ambassadorId: null } as const;

interface ConversionsParts {
  readonly platform: Platform;
  readonly callers: Callers;
  readonly rateLimit: RateLimit;
  readonly features: Pick<Features, 'programs' | 'conversionMessages' | 'conversionSecrets'>;
}

/** `POST /webhooks/conversions?program=slug`: conversions and refunds of a shop, signed by Standard Webhooks. */
export function conversionsRoute(parts: ConversionsParts): Route {
  return async (exchange) => {
    const { request, response, address } = exchange;
    response.setHeader('cache-control', 'no-store');
    if (request.method !== 'POST') {
      response.writeHead(405, { allow: 'POST' }).end();
      return;
    }
    const body = await readBody(request);
    if (body === tooLarge)
      return sendRefusal(exchange, 413, 'BAD_REQUEST', 'The message is larger than 1,000,000 bytes.');
    const session = await sessionOf(parts, exchange, body);
    const waitSeconds = await parts.rateLimit.take(rateKey(session, address));
    if (waitSeconds !== undefined) {
      response.setHeader('retry-after', waitSeconds);
      const locale = localeOf(request.headers['accept-language']);
      return sendRefusal(exchange, 429, 'RATE_LIMITED', message(locale, 'error.rateLimited', { seconds: waitSeconds }));
    }
    if (!session) return sendRefusal(exchange, 401, 'UNAUTHENTICATED', 'The signature does not hold, or is too old.');
    await receive(parts, exchange, session, body);
  };
}

async function receive(
  { callers, features }: ConversionsParts,
  exchange: Exchange,
  session: Session,
  body: string,
): Promise<void> {
  const { headers } = exchange.request;
  const context = callers.contextFor(session, { headers, requestId: exchange.requestId });
  const parsed = parseJson(body);
  if (parsed === malformed) return sendRefusal(exchange, 400, 'BAD_REQUEST', 'The body is not JSON.');
  const messages: ConversionMessages = features.conversionMessages;
  const outcome = await messages.receive(context, headerOf(headers, 'webhook-id'), parsed);
  if (outcome.outcome !== 'REFUSED') return sendJson(exchange.response, 200, outcome);
  const { problem } = outcome;
  exchange.facts.codes = [problem.code];
  if (isWorthRetrying(problem)) exchange.response.setHeader('retry-after', retrySeconds);
  sendJson(exchange.response, statusOf(problem), {
    outcome: 'REFUSED' satisfies MessageOutcome['outcome'],
    code: problem.code,
    message: problem.message(context),
    ...(problem instanceof ReferralRefused && { reason: problem.reason }),
    ...(problem instanceof InputInvalid && { issues: problem.issues }),
  });
}

/** Most orders of a shop were sent by nobody: that is no failure of the message, and sending it again changes nothing. */
function statusOf(problem: Problem): number {
  if (problem instanceof InputInvalid) return 400;
  if (problem instanceof IdempotencyKeyReused) return 409;
  return isWorthRetrying(problem) ? 503 : 200;
}

/** The shop that signed the message; undefined where no secret of the program did, or not lately. */
async function sessionOf(
  { platform, features }: ConversionsParts,
  { request: { headers }, url }: Exchange,
  body: string,
): Promise<Session | undefined> {
  const slug = url.searchParams.get('program');
  const program = await (slug === null ? features.programs.findOnly() : features.programs.findBySlug(slug));
  const sentAt = sentAtOf(headers);
  const now = platform.clock.now();
  if (!program || !sentAt || Math.abs(now.getTime() - sentAt.getTime()) > toleranceMilliseconds) return undefined;
  const secrets: ConversionSecrets = features.conversionSecrets;
  const verifiers = await secrets.verifiersOf(program.id, now);
  const isSigned = verifiers.some((verifier) => isSignedBy(verifier, headers, sentAt, body));
  return isSigned ? new Session(program, webhookCaller) : undefined;
}

/** The library's own check goes by the clock of the machine; here the server's clock decides, and it signs only. */
function isSignedBy(verifier: Webhook, headers: IncomingHttpHeaders, sentAt: Date, body: string): boolean {
  const id = headerOf(headers, 'webhook-id');
  if (id === '') return false;
  const expected = Buffer.from(verifier.sign(id, sentAt, body));
  const given = headerOf(headers, 'webhook-signature').split(' ');
  return given.some((each) => {
    const signature = Buffer.from(each);
    return signature.length === expected.length && timingSafeEqual(signature, expected);
  });
}

function sentAtOf(headers: IncomingHttpHeaders): Date | undefined {
  const seconds = headerOf(headers, 'webhook-timestamp');
  return /^\d{1,12}$/.test(seconds) ? new Date(Number(seconds) * 1_000) : undefined;
}

function headerOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  return typeof value === 'string' ? value : '';
}

const malformed = Symbol('malformed');

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return malformed;
  }
}
