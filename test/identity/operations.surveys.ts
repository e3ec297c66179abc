import { creation, type Operation, query } from './operation.js';

/** Operations of surveys: their links, and what is answered by them. */
export const surveyOperations: Readonly<Record<string, Operation>> = {
  'Mutation.surveyUpdate': creation('surveyUpdate', () => ({ surveyKey: 'nps', brandColor: '#0b5fa5' })),
  'Mutation.surveyTextSet': creation('surveyTextSet', () => ({ surveyKey: 'nps', language: 'nl', thanks: 'Top!' })),
  'Query.surveyByToken': query('surveyByToken(token: "no link of ours")', '{ __typename }'),
  'Mutation.surveyAnswer': creation('surveyAnswer', (token) => ({ token, score: 9 })),
  'Mutation.surveyAnswerComplete': creation('surveyAnswerComplete', (token) => ({ token, comment: 'Well done' })),
  'Mutation.surveyLinkCreate': creation('surveyLinkCreate', (unique) => ({ contact: { externalId: unique } })),
};
