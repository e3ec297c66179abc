import { AskCandidates } from '../../asks/ask.candidates.js';
import { Ask } from '../../asks/ask.entity.js';
import { AskLearning } from '../../asks/ask.learning.js';
import { AskOrderService } from '../../asks/ask.order.service.js';
import { AskOutcomes } from '../../asks/ask.outcomes.js';
import { defineAsks } from '../../asks/ask.personal.js';
import {
  AmbassadorAsksResolver,
  AnsweredAskResolver,
  AskCandidateResolver,
  AskOrderResolver,
  AskResolver,
  ResponseAskResolver,
} from '../../asks/ask.resolver.js';
import { AskService } from '../../asks/ask.service.js';
import type { ChallengeService } from '../../challenges/challenge.service.js';
import type { Fatigue } from '../../fatigue/fatigue.js';
import type { SurveyService } from '../../nps/survey.service.js';
import type { Consents } from '../../privacy/consents.js';
import type { ReferralCodes } from '../../referrals/referral.codes.js';
import type { ShareTexts } from '../../referrals/share-text.service.js';
import { composeCases } from './cases.js';
import type { Kit } from './kit.js';

interface Below {
  readonly fatigue: Fatigue;
  readonly consents: Consents;
  readonly challenges: ChallengeService;
  readonly surveys: SurveyService;
  readonly referralCodes: ReferralCodes;
  readonly shareTexts: ShareTexts;
}

/** Whom to ask what next, and whom to call instead. */
export function composeAsks(kit: Kit, { challenges, fatigue, consents, surveys, referralCodes, shareTexts }: Below) {
  const { database, events, clock, random, nodes, personalData } = kit;
  const outcomes = new AskOutcomes(database, events);
  const candidates = new AskCandidates(challenges, fatigue);
  const asks = new AskService({ database, random, surveys, candidates, outcomes, fatigue, consents });
  const askOrders = new AskOrderService(database);
  events.followInside('response.recorded', (tx, event) => asks.follow(tx, event));
  events.followInside('ambassador.enrolled', (tx, { payload }) => outcomes.joined(tx, payload.contactId));
  events.followInside('submission.submitted', (tx, { payload }) =>
    outcomes.submitted(tx, payload.ambassadorId, payload.challengeId),
  );
  events.followInside('referral.registered', (tx, { payload }) => outcomes.brought(tx, payload.referralId));
  defineAsks(personalData);
  nodes.register(Ask, (context, id) => asks.find(context, id));
  const cases = composeCases(kit);
  return {
    services: { asks, askOrders, askOutcomes: outcomes, ...cases.services },
    resolvers: [
      new ResponseAskResolver(),
      new AnsweredAskResolver(),
      new AmbassadorAsksResolver(asks),
      new AskOrderResolver(askOrders, new AskLearning(database)),
      new AskResolver(asks, referralCodes, shareTexts),
      new AskCandidateResolver(),
      ...cases.resolvers,
    ],
    jobs: [{ name: 'asks.expire', everyMilliseconds: 60_000, doSome: () => outcomes.expireSome(clock.now()) }],
  };
}
