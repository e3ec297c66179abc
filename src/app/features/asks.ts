import { AnsweredAskResolver, AskResolver, ResponseAskResolver } from '../../asks/ask.resolver.js';
import { AskService } from '../../asks/ask.service.js';
import type { ChallengeService } from '../../challenges/challenge.service.js';
import type { Fatigue } from '../../fatigue/fatigue.js';
import type { Kit } from './kit.js';

/** Whom to ask what next. */
export function composeAsks(
  { events }: Kit,
  { challenges, fatigue }: { readonly challenges: ChallengeService; readonly fatigue: Fatigue },
) {
  const asks = new AskService(challenges, fatigue);
  events.followInside('response.recorded', (tx, event) => asks.follow(tx, event));
  return {
    services: {},
    resolvers: [new ResponseAskResolver(), new AnsweredAskResolver(), new AskResolver()],
    jobs: [],
  };
}
