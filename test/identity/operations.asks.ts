import { change, creation, type Of, type Operation, ofAmbassador, page, query, secret } from './operation.js';

const ofAsk: Of = { seenBy: 'ask.read', nullable: true };
const ofCase: Of = { seenBy: 'case.read', nullable: true };

/** Operations of asks, and of cases for detractors. */
export const askOperations: Readonly<Record<string, Operation>> = {
  'Query.asks': query('asks', page),
  'Query.askOrder': query('askOrder', '{ mode }'),
  'Query.askLearning': query('askLearning', '{ key }'),
  'Ask.decidedBy': secret('Ask.decidedBy', '', ofAsk, ({ askId }) => askId),
  'Ask.group': secret('Ask.group', '', ofAsk, ({ askId }) => askId),
  'Ask.candidates': secret('Ask.candidates', '{ kind }', ofAsk, ({ askId }) => askId),
  'Ambassador.asks': secret('Ambassador.asks', page, ofAmbassador, ({ ambassadorId }) => ambassadorId),
  'Mutation.askNext': {
    ...change('askNext', ({ approvedId }) => ({ submissionId: approvedId })),
    onlyOwners: true,
  },
  'Mutation.askDecline': { ...change('askDecline', ({ askId }) => ({ askId })), onlyOwners: true },
  'Mutation.askOrderSet': creation('askOrderSet', () => ({ pinned: ['IDEA'] })),
  'Query.cases': query('cases', page),
  'Query.caseTerms': query('caseTerms', '{ dueWorkingDays }'),
  'NpsResponse.case': secret(
    'NpsResponse.case',
    '{ status }',
    { seenBy: 'response.read', nullable: true },
    ({ lowResponseId }) => lowResponseId,
  ),
  'Case.contact': secret('Case.contact', '{ id }', ofCase, ({ caseId }) => caseId),
  'Case.response': secret('Case.response', '{ id }', ofCase, ({ caseId }) => caseId),
  'Case.nextResponse': secret('Case.nextResponse', '{ id }', ofCase, ({ caseId }) => caseId),
  'Mutation.caseAssign': change('caseAssign', ({ caseId }, owner) => ({ caseId, owner })),
  'Mutation.caseNote': change('caseNote', ({ caseId }) => ({ caseId, note: 'Called' })),
  'Mutation.caseResolve': change('caseResolve', ({ caseId }) => ({ caseId, outcome: 'RECOVERED' })),
  'Mutation.caseReopen': change('caseReopen', ({ caseId }) => ({ caseId })),
  'Mutation.caseTermsSet': creation('caseTermsSet', () => ({ dueWorkingDays: 2 })),
};
