import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { SpanArgs } from '../periods.js';
import { spreadsheet } from '../spreadsheet.js';
import { AskCoverage, CoverageAttributeArgs, CoverageGroup } from './coverage.js';
import { CoverageService } from './coverage.service.js';

@Resolver(() => AskCoverage)
export class CoverageResolver {
  constructor(private readonly service: CoverageService) {}

  @Query(() => AskCoverage, {
    description: 'Whether those who would recommend are asked to, and do. For staff and servers.',
  })
  askCoverage(@Ctx() context: RequestContext, @Args(() => SpanArgs) args: SpanArgs): Promise<AskCoverage> {
    return this.service.reckon(context, args);
  }

  @FieldResolver(() => [CoverageGroup], {
    description:
      'By the values of an attribute that contacts have now, those with most who would recommend first. Groups of fewer than 5 are left out, and so is the smallest other one where fewer than 5 could be told by subtraction. More than 200 values are an error.',
  })
  byAttribute(
    @Root() coverage: AskCoverage,
    @Args(() => CoverageAttributeArgs) { name }: CoverageAttributeArgs,
  ): Promise<CoverageGroup[]> {
    return this.service.byAttribute(coverage, name);
  }

  @FieldResolver(() => String, {
    description: 'The values of an attribute as CSV, with a header, to be saved as a file.',
  })
  async csv(
    @Root() coverage: AskCoverage,
    @Args(() => CoverageAttributeArgs) { name }: CoverageAttributeArgs,
  ): Promise<string> {
    const groups = await this.service.byAttribute(coverage, name);
    return spreadsheet(
      [name, 'willing', 'asked', 'askedForReferral', 'referred', 'coverage', 'followThrough'],
      groups.map(({ value, figures }) => [
        value,
        figures.willing,
        figures.asked,
        figures.askedForReferral,
        figures.referred,
        figures.coverage,
        figures.followThrough,
      ]),
    );
  }
}
