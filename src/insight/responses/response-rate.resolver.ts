import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { SpanArgs } from '../periods.js';
import { spreadsheet } from '../spreadsheet.js';
import { ResponseRate } from './response-rate.js';
import { ResponseRateService } from './response-rate.service.js';

@Resolver(() => ResponseRate)
export class ResponseRateResolver {
  constructor(private readonly service: ResponseRateService) {}

  @Query(() => ResponseRate, {
    description:
      'How many of those who were invited answered: by the month in which they were, and by channel. Whole months, the year until now unless said otherwise, at most 36. For staff and servers.',
  })
  responseRate(@Ctx() context: RequestContext, @Args(() => SpanArgs) args: SpanArgs): Promise<ResponseRate> {
    return this.service.reckon(context, args);
  }

  @FieldResolver(() => String, { description: 'The months as CSV, with a header, to be saved as a file.' })
  csv(@Root() { byMonth }: ResponseRate): string {
    const rows = byMonth.map(({ from, invited, answered, share }) => [from.toISOString(), invited, answered, share]);
    return spreadsheet(['from', 'invited', 'answered', 'share'], rows);
  }
}
