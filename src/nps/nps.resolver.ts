import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { BreakdownArgs, NpsArgs, TrendArgs } from './nps.inputs.js';
import { NpsService } from './nps.service.js';
import { NpsBreakdown, NpsPoint, NpsSummary } from './summary.js';

@Resolver(() => NpsSummary)
export class NpsResolver {
  constructor(private readonly service: NpsService) {}

  @Query(() => NpsSummary, { description: 'What the answers of the program say together. For staff and servers.' })
  nps(@Ctx() context: RequestContext, @Args(() => NpsArgs) { filter }: NpsArgs): Promise<NpsSummary> {
    return this.service.summarize(context, filter ?? {});
  }

  @FieldResolver(() => [NpsPoint], {
    description:
      "The same answers by period in the program's time zone, oldest first, without gaps, at most 1,000: from the first answer or the filter's `from`, to the last answer or the filter's `to`.",
  })
  trend(
    @Root() summary: NpsSummary,
    @Ctx() context: RequestContext,
    @Args(() => TrendArgs) { interval }: TrendArgs,
  ): Promise<NpsPoint[]> {
    return this.service.trend(context, summary, interval);
  }

  @FieldResolver(() => NpsBreakdown, {
    description:
      'The same answers by the values of an attribute that contacts have now. One with more than 200 values is an error: it makes no groups.',
  })
  byAttribute(
    @Root() summary: NpsSummary,
    @Ctx() context: RequestContext,
    @Args(() => BreakdownArgs) { name }: BreakdownArgs,
  ): Promise<NpsBreakdown> {
    return this.service.breakDown(context, summary, name);
  }
}
