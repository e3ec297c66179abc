import { creation, type Operation } from './operation.js';

/** Operations of surveys: their links, and what is answered by them. */
export const surveyOperations: Readonly<Record<string, Operation>> = {
  'Mutation.surveyLinkCreate': creation('surveyLinkCreate', (unique) => ({ contact: { externalId: unique } })),
};
