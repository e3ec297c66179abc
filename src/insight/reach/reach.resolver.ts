import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { SpanArgs } from '../periods.js';
import { spreadsheet } from '../spreadsheet.js';
import { DetractorReach } from './reach.js';
import { ReachService } from './reach.service.js';

@Resolver(() => DetractorReach)
export class ReachResolver {
  constructor(private readonly service: ReachService) {}

  @Query(() => DetractorReach, {
    description: 'How many people hear from detractors, as an estimate with its source. For staff and servers.',
  })
  detractorReach(@Ctx() context: RequestContext, @Args(() => SpanArgs) args: SpanArgs): Promise<DetractorReach> {
    return this.service.estimate(context, args);
  }

  @FieldResolver(() => String, { description: 'The estimate as CSV, with a header, to be saved as a file.' })
  csv(@Root() reach: DetractorReach): string {
    const header = ['from', 'to', 'respondents', 'detractors', 'tells', 'reach', 'reachLow', 'reachHigh', 'source'];
    const { from, to, respondents, detractors, tells, reachLow, reachHigh, source } = reach;
    const times = [from.toISOString(), to.toISOString()];
    return spreadsheet(header, [[...times, respondents, detractors, tells, reach.reach, reachLow, reachHigh, source]]);
  }
}
