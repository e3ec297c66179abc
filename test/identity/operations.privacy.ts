import { change, creation, type Operation, page, query } from './operation.js';

/** Operations of what people may decide about what is known of them. */
export const privacyOperations: Readonly<Record<string, Operation>> = {
  'Query.erasures': query('erasures', page),
  'Mutation.contactErase': change('contactErase', ({ forgettableId }) => ({ contactId: forgettableId })),
  'Mutation.meErasureRequest': creation('meErasureRequest', () => ({})),
  'Mutation.contactExport': change('contactExport', ({ forgettableId }) => ({ contactId: forgettableId })),
  'Mutation.meExport': creation('meExport', () => ({})),
  'Mutation.consentRecord': {
    ...change('consentRecord', ({ contactId }) => ({ contactId, purpose: 'SURVEYS', decision: 'GRANTED' })),
    onlyOwners: true,
  },
  'Mutation.consentPolicySet': creation('consentPolicySet', () => ({
    rules: [{ purpose: 'ASKS', basis: 'OPT_OUT' }],
  })),
  'Query.retentionPreview': query('retentionPreview(kind: CLICKS, months: 12)', '{ count }'),
  'Mutation.retentionSet': creation('retentionSet', () => ({ rules: [{ kind: 'CLICKS', months: 120 }] })),
};
