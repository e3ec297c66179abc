import { defineAsks } from '../../asks/ask.personal.js';
import { AskResolver, ResponseAskResolver } from '../../asks/ask.resolver.js';
import { AskService } from '../../asks/ask.service.js';
import type { ChallengeService } from '../../challenges/challenge.service.js';
import type { Consents } from '../../privacy/consents.js';
import type { Kit } from './kit.js';

/** Whom to ask what next. */
export function composeAsks(
  { events, personalData }: Kit,
  { challenges, consents }: { readonly challenges: ChallengeService; readonly consents: Consents },
) {
  const asks = new AskService(challenges, consents);
  defineAsks(personalData);
  events.followInside('response.recorded', (tx, event) => asks.follow(tx, event));
  return {
    services: {},
    resolvers: [new ResponseAskResolver(), new AskResolver()],
    jobs: [],
  };
}
