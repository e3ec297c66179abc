import { Session } from '../identity/session.js';
import { IdempotencyKeyReused, InputInvalid, type Problem } from '../platform/graphql/problem.js';
import { headerOf, isSignedByStandard } from '../platform/webhooks.js';
import { type ConversionMessages, isWorthRetrying, type MessageOutcome } from '../referrals/conversion-messages.js';
import type { ConversionSecrets } from '../referrals/conversion-secret.js';
import { ReferralRefused } from '../referrals/referral.results.js';
import type { Callers } from './caller.js';
import { type Exchange, type Route, sendJson } from './exchange.js';
import type { Features } from './features.js';
import type { Platform } from './platform.js';
import type { RateLimit } from './rate-limit.js';
import { type WebhookSender, webhookCaller, webhookRoute } from './webhook-route.js';

/** When a message that was refused for now may come again. */
const retrySeconds = 3_600;

interface ConversionsParts {
  readonly platform: Platform;
  readonly callers: Callers;
  readonly rateLimit: RateLimit;
  readonly features: Pick<Features, 'programs' | 'conversionMessages' | 'conversionSecrets'>;
}

/** `POST /webhooks/conversions?program=slug`: conversions and refunds of a shop, signed by Standard Webhooks. */
export function conversionsRoute(parts: ConversionsParts): Route {
  return webhookRoute(parts.rateLimit, {
    senderOf: (exchange, body) => senderOf(parts, exchange, body),
    receive: (exchange, sender, { json }) => receive(parts, exchange, sender, json),
  });
}

async function receive(
  { callers, features }: ConversionsParts,
  exchange: Exchange,
  { session }: WebhookSender,
  json: unknown,
): Promise<void> {
  const { headers } = exchange.request;
  const context = callers.contextFor(session, { headers, requestId: exchange.requestId });
  const messages: ConversionMessages = features.conversionMessages;
  const outcome = await messages.receive(context, headerOf(headers, 'webhook-id'), json);
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
async function senderOf(
  { platform, features }: ConversionsParts,
  { request: { headers }, url }: Exchange,
  body: string,
): Promise<WebhookSender | undefined> {
  const slug = url.searchParams.get('program');
  const program = await (slug === null ? features.programs.findOnly() : features.programs.findBySlug(slug));
  if (!program) return undefined;
  const now = platform.clock.now();
  const secrets: ConversionSecrets = features.conversionSecrets;
  const valid = await secrets.validAt(program.id, now);
  const isSigned = valid.some((secret) => isSignedByStandard({ headers, body }, secret, now));
  return isSigned ? { session: new Session(program, webhookCaller) } : undefined;
}
