import type { ResponseService } from '../../nps/response.service.js';
import type { SurveyService } from '../../nps/survey.service.js';
import { WebhookDelivery } from '../../nps/webhooks/delivery.entity.js';
import { DeliveryReading } from '../../nps/webhooks/delivery.reading.js';
import { WebhookDeliveries } from '../../nps/webhooks/delivery.service.js';
import { Mapper } from '../../nps/webhooks/mapper.js';
import { WebhookSource } from '../../nps/webhooks/source.entity.js';
import { WebhookSources } from '../../nps/webhooks/source.service.js';
import { SurveyMonkeyFetch } from '../../nps/webhooks/survey-monkey-fetch.js';
import {
  ResponseExtraResolver,
  WebhookDeliveryResolver,
  WebhookSourceResolver,
} from '../../nps/webhooks/webhook.resolver.js';
import type { Kit } from './kit.js';

/** Answers that other tools send. */
export function composeWebhooks(
  { config, database, clock, log, sealer, nodes }: Kit,
  { surveys, responses }: { readonly surveys: SurveyService; readonly responses: ResponseService },
) {
  const mapper = new Mapper();
  const webhookSources = new WebhookSources(database, sealer, surveys, config.APPLAUS_PUBLIC_URL);
  const webhookDeliveries = new WebhookDeliveries(database, sealer);
  const webhookReading = new DeliveryReading({
    database,
    clock,
    log,
    sources: webhookSources,
    deliveries: webhookDeliveries,
    mapper,
    responses,
    surveyMonkey: new SurveyMonkeyFetch(config.APPLAUS_SURVEYMONKEY_URL),
  });
  nodes.register(WebhookSource, (context, id) => webhookSources.find(context, id));
  nodes.register(WebhookDelivery, (context, id) => webhookDeliveries.find(context, id));
  return {
    services: { webhookSources, webhookDeliveries, webhookReading },
    resolvers: [
      new WebhookSourceResolver(webhookSources, mapper),
      new WebhookDeliveryResolver(webhookDeliveries),
      new ResponseExtraResolver(),
    ],
    jobs: [
      { name: 'webhooks.read', everyMilliseconds: 1_000, doSome: () => webhookReading.readSome() },
      {
        name: 'webhooks.forget',
        everyMilliseconds: 3_600_000,
        doSome: () => webhookDeliveries.forgetSome(clock.now()),
      },
      { name: 'webhookSources.reseal', everyMilliseconds: 3_600_000, doSome: () => webhookSources.resealSome() },
      { name: 'webhookDeliveries.reseal', everyMilliseconds: 3_600_000, doSome: () => webhookDeliveries.resealSome() },
    ],
  };
}
