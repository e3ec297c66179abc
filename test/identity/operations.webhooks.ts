import { change, creation, type Operation, page, query, secret } from './operation.js';

/** Operations of tools that send answers. */
export const webhookOperations: Readonly<Record<string, Operation>> = {
  'Query.webhookSources': query('webhookSources', page),
  'Query.webhookDeliveries': query('webhookDeliveries', page),
  'Query.webhookMappingTry': query('webhookMappingTry(kind: GENERIC, payload: "{}")', '{ refusals }'),
  'NpsResponse.otherAnswers': secret(
    'NpsResponse.otherAnswers',
    '',
    { seenBy: 'response.read', nullable: true },
    ({ responseId }) => responseId,
  ),
  'Mutation.webhookSourceCreate': creation('webhookSourceCreate', (name) => ({ kind: 'GENERIC', name })),
  'Mutation.webhookSourceUpdate': change('webhookSourceUpdate', ({ webhookSourceId }, name) => ({
    sourceId: webhookSourceId,
    name,
  })),
  'Mutation.webhookSecretRotate': change('webhookSecretRotate', ({ webhookSourceId }) => ({
    sourceId: webhookSourceId,
  })),
  'Mutation.webhookDeliveryRetry': change('webhookDeliveryRetry', ({ webhookDeliveryId }) => ({
    deliveryId: webhookDeliveryId,
  })),
};
