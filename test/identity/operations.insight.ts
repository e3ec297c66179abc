import { creation, type Operation, page, query } from './operation.js';

/** Operations of what a program is told of itself. */
export const insightOperations: Readonly<Record<string, Operation>> = {
  'Query.insightTerms': query('insightTerms', '{ currency }'),
  'Query.pointsLiability': query('pointsLiability', '{ units { unitKey } }'),
  'Query.programReturn': query('programReturn', '{ roi }'),
  'Query.loopFunnel': query('loopFunnel', '{ from }'),
  'Query.askCoverage': query('askCoverage', '{ askFromScore }'),
  'Query.activation': query('activation', '{ ambassadors }'),
  'Query.responseRate': query('responseRate', '{ from }'),
  'Query.effortFocus': query('effortFocus', `{ candidates ${page} }`),
  'Query.churnOutlook': query('churnOutlook', `{ people ${page} }`),
  'Query.detractorReach': query('detractorReach', '{ respondents }'),
  'Query.npsBenchmark': query('npsBenchmark', '{ from }'),
  'Mutation.insightTermsSet': creation('insightTermsSet', () => ({ marginPercent: 100 })),
};
