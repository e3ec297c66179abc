import type { Caller, Session } from '../identity/session.js';
import { localeOf, message } from '../platform/graphql/messages.js';
import { readBody, tooLarge } from './body.js';
import { type Exchange, type Route, sendRefusal } from './exchange.js';
import { type RateLimit, rateKey } from './rate-limit.js';

/** Whoever proved to be who sends to a program. */
export interface WebhookSender {
  readonly session: Session;
}

/** A message of a sender: its very characters, and what they mean. */
export interface ReceivedMessage {
  readonly body: string;
  readonly json: unknown;
}

/** What a webhook does beside what all of them do. */
export interface Webhook<Sender extends WebhookSender> {
  /** Who signed the message; undefined where nobody did whom we know. */
  readonly senderOf: (exchange: Exchange, body: string) => Promise<Sender | undefined>;
  /** Answers a message that was signed; with 2xx once it is durable. */
  readonly receive: (exchange: Exchange, sender: Sender, message: ReceivedMessage) => Promise<void>;
  /** Whether a body only asks if somebody is there: that is answered unsigned, and does nothing. */
  readonly isProbe?: (body: string) => boolean;
}

/** Programs that send us messages count as servers of the program that they send to. */
export const webhookCaller: Caller = { role: 'INTEGRATION', subject: 'webhook', ambassadorId: null };

/** A path that takes signed messages in JSON: their size, how many, and whether they are believed. */
export function webhookRoute<Sender extends WebhookSender>(rateLimit: RateLimit, webhook: Webhook<Sender>): Route {
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
    const sender = await webhook.senderOf(exchange, body);
    const waitSeconds = await rateLimit.take(rateKey(sender?.session, address));
    if (waitSeconds !== undefined) {
      response.setHeader('retry-after', waitSeconds);
      const locale = localeOf(request.headers['accept-language']);
      return sendRefusal(exchange, 429, 'RATE_LIMITED', message(locale, 'error.rateLimited', { seconds: waitSeconds }));
    }
    if (!sender && webhook.isProbe?.(body)) {
      response.writeHead(200).end();
      return;
    }
    if (!sender) return sendRefusal(exchange, 401, 'UNAUTHENTICATED', 'The signature does not hold, or is too old.');
    const json = parseJson(body);
    if (json === malformed) return sendRefusal(exchange, 400, 'BAD_REQUEST', 'The body is not JSON.');
    await webhook.receive(exchange, sender, { body, json });
  };
}

const malformed = Symbol('malformed');

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return malformed;
  }
}
