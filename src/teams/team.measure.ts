import { graphqlEnum } from '../platform/graphql/enums.js';

export const TeamMeasure = graphqlEnum('TeamMeasure', 'By what teams are compared on a board.', {
  TOTAL: 'All points that its members earned for it.',
  AVERAGE:
    'These points divided by how many were members at any time in the window: who leaves is still counted, so that nobody raises it by leaving.',
});
export type TeamMeasure = keyof typeof TeamMeasure;
