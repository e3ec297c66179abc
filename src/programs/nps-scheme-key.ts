import { graphqlEnum } from '../platform/graphql/enums.js';

export const NpsSchemeKey = graphqlEnum('NpsSchemeKey', 'How scores fall in bands.', {
  CLASSIC: '0 to 10: promoters from 9, detractors to 6 (Reichheld 2003).',
  DUTCH: '1 to 10: promoters from 8, detractors to 5, after Dutch school marks.',
  OWN: '0 to 10, with bands of its own: see promoterFrom and detractorTo.',
});
export type NpsSchemeKey = keyof typeof NpsSchemeKey;
