import { Arg, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { InsightTerms } from './terms.entity.js';
import { InsightTermsSetInput } from './terms.inputs.js';
import { InsightTermsReplaced, InsightTermsSetResult } from './terms.results.js';
import { InsightTermsService } from './terms.service.js';

@Resolver()
export class InsightTermsResolver {
  constructor(private readonly terms: InsightTermsService) {}

  @Query(() => InsightTerms, {
    description: 'What the program lays down for figures that cannot be counted. For staff and servers.',
  })
  insightTerms(@Ctx() context: RequestContext): Promise<InsightTerms> {
    return this.terms.current(context);
  }

  @Mutation(() => InsightTermsSetResult, {
    description: 'Lays down what a point costs, what an act is worth, which goal the program has. For admins.',
  })
  async insightTermsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => InsightTermsSetInput) input: InsightTermsSetInput,
  ): Promise<typeof InsightTermsSetResult> {
    const result = await this.terms.set(context, input);
    return result instanceof InsightTerms ? new InsightTermsReplaced(result) : result;
  }
}
