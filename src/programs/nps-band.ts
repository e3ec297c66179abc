import { graphqlEnum } from '../platform/graphql/enums.js';

export const NpsBand = graphqlEnum('NpsBand', 'What a score says of the respondent, by the scheme.', {
  PROMOTER: 'Recommends: scores from promoterFrom on.',
  PASSIVE: 'Neither recommends nor warns.',
  DETRACTOR: 'Would rather not recommend: scores up to detractorTo.',
});
export type NpsBand = keyof typeof NpsBand;
