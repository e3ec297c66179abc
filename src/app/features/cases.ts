import { Case } from '../../asks/cases/case.entity.js';
import { CaseEscalation } from '../../asks/cases/case.escalation.js';
import { CaseOpening } from '../../asks/cases/case.opening.js';
import { CaseResolver, CaseTermsResolver, ResponseCaseResolver } from '../../asks/cases/case.resolver.js';
import { CaseService } from '../../asks/cases/case.service.js';
import { CaseTermsService } from '../../asks/cases/case.terms.service.js';
import type { Kit } from './kit.js';

/** Closing the loop: detractors to get in touch with. */
export function composeCases({ database, events, clock, jobs, nodes }: Kit) {
  const cases = new CaseService(database, events, clock);
  const caseTerms = new CaseTermsService(database);
  const opening = new CaseOpening(events);
  new CaseEscalation(events, jobs);
  events.followInside('response.recorded', (tx, event) => opening.follow(tx, event));
  nodes.register(Case, (context, id) => cases.find(context, id));
  return {
    services: { cases, caseTerms },
    resolvers: [new CaseTermsResolver(caseTerms), new ResponseCaseResolver(), new CaseResolver(cases)],
  };
}
