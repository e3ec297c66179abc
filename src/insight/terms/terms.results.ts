import { createUnionType, Field, ObjectType } from 'type-graphql';
import { InputInvalid } from '../../platform/graphql/problem.js';
import { InsightTerms } from './terms.entity.js';

@ObjectType({ description: 'Figures are told by these terms from now on.' })
export class InsightTermsReplaced {
  @Field(() => InsightTerms, { description: 'The terms as they are now.' })
  readonly terms: InsightTerms;

  constructor(terms: InsightTerms) {
    this.terms = terms;
  }
}

export const InsightTermsSetResult = createUnionType({
  name: 'InsightTermsSetResult',
  description: 'What insightTermsSet answers.',
  types: () => [InsightTermsReplaced, InputInvalid] as const,
});
