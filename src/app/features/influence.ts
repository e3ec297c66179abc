import { defineNotedInfluence } from '../../influence/influence.personal.js';
import { SuperpromoterNomination } from '../../influence/nomination.entity.js';
import { NominationService } from '../../influence/nomination.service.js';
import {
  AmbassadorSuperpromoterResolver,
  GateEvidenceResolver,
  SuperpromoterNominationResolver,
  SuperpromoterTermsResolver,
} from '../../influence/superpromoter.resolver.js';
import { SuperpromoterService } from '../../influence/superpromoter.service.js';
import { SuperpromoterTermsService } from '../../influence/terms.service.js';
import type { Kit } from './kit.js';

/** Who is a superpromoter, and why. */
export function composeInfluence({ database, events, clock, nodes, personalData }: Kit) {
  const nominations = new NominationService(database, events);
  const superpromoters = new SuperpromoterService(database, clock);
  const superpromoterTerms = new SuperpromoterTermsService(database);
  defineNotedInfluence(personalData);
  nodes.register(SuperpromoterNomination, (context, id) => nominations.find(context, id));
  return {
    services: { nominations, superpromoters, superpromoterTerms },
    resolvers: [
      new AmbassadorSuperpromoterResolver(superpromoters, nominations),
      new SuperpromoterNominationResolver(nominations),
      new SuperpromoterTermsResolver(superpromoterTerms),
      new GateEvidenceResolver(),
    ],
    jobs: [],
  };
}
