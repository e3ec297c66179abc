import { Session } from '../identity/session.js';
import type { WebhookDeliveries } from '../nps/webhooks/delivery.service.js';
import type { WebhookSource } from '../nps/webhooks/source.entity.js';
import type { WebhookSources } from '../nps/webhooks/source.service.js';
import { type Exchange, type Route, sendJson, sendRefusal } from './exchange.js';
import type { Features } from './features.js';
import type { Platform } from './platform.js';
import type { RateLimit } from './rate-limit.js';
import { type WebhookSender, webhookCaller, webhookRoute } from './webhook-route.js';

interface AnswersParts {
  readonly platform: Platform;
  readonly rateLimit: RateLimit;
  readonly features: Pick<Features, 'programs' | 'webhookSources' | 'webhookDeliveries'>;
}

interface AnswersSender extends WebhookSender {
  readonly source: WebhookSource;
}

/** `POST /webhooks/{source}`: answers from the tool that the source is, signed as the tool does. */
export function answersRoute(parts: AnswersParts): Route {
  const deliveries: WebhookDeliveries = parts.features.webhookDeliveries;
  const post = webhookRoute<AnswersSender>(parts.rateLimit, {
    senderOf: (exchange, body) => senderOf(parts, exchange, body),
    receive: async (exchange, { source }, { body, json }) => {
      if (source.disabledAt !== null) return sendRefusal(exchange, 410, 'GONE', 'Nothing is taken from this source.');
      await deliveries.keep(source, messageOf(parts, exchange, body), json);
      sendJson(exchange.response, 200, { outcome: 'RECEIVED' });
    },
    isProbe,
  });
  return async (exchange) => {
    // SurveyMonkey asks so whether somebody is there, before it takes the address.
    if (exchange.request.method !== 'HEAD') return post(exchange);
    exchange.response.writeHead(200).end();
  };
}

async function senderOf(parts: AnswersParts, exchange: Exchange, body: string): Promise<AnswersSender | undefined> {
  const sources: WebhookSources = parts.features.webhookSources;
  const id = exchange.url.pathname.replace(/^.*\//, '');
  const source = await sources.senderOf(id, messageOf(parts, exchange, body), parts.platform.clock.now());
  const program = source && (await parts.features.programs.findById(source.programId));
  return program && { source, session: new Session(program, webhookCaller) };
}

function messageOf({ platform }: AnswersParts, { request, url }: Exchange, body: string) {
  const { headers } = request;
  return { headers, body, url: `${platform.config.APPLAUS_PUBLIC_URL}${url.pathname}${url.search}` };
}

/** Formbricks tries an address before there is a secret to sign with, and takes it only if that is answered well. */
function isProbe(body: string): boolean {
  return /^\s*\{\s*"event"\s*:\s*"testEndpoint"\s*\}\s*$/.test(body);
}
