import { ApiKey } from '../../identity/api-key.entity.js';
import { ApiKeyResolver } from '../../identity/api-key.resolver.js';
import { ApiKeyService } from '../../identity/api-key.service.js';
import { Tokens } from '../../identity/tokens.js';
import type { Kit } from './kit.js';

/** Callers and the keys of servers. */
export function composeIdentity({ config, clock, database, nodes }: Kit) {
  const tokens = new Tokens(config, clock);
  const apiKeys = new ApiKeyService(database);
  nodes.register(ApiKey, (context, id) => apiKeys.find(context, id));
  return {
    services: { tokens, apiKeys },
    resolvers: [new ApiKeyResolver(apiKeys)],
    jobs: [],
  };
}
