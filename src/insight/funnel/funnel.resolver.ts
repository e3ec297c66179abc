import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { spreadsheet } from '../spreadsheet.js';
import { LoopFunnel, LoopFunnelArgs, stepsOf } from './funnel.js';
import { FunnelService } from './funnel.service.js';

@Resolver(() => LoopFunnel)
export class FunnelResolver {
  constructor(private readonly service: FunnelService) {}

  @Query(() => LoopFunnel, {
    description: 'How far people come from the answer to the new customer, by month. For staff and servers.',
  })
  loopFunnel(@Ctx() context: RequestContext, @Args(() => LoopFunnelArgs) args: LoopFunnelArgs): Promise<LoopFunnel> {
    return this.service.follow(context, args);
  }

  @FieldResolver(() => String, {
    description: 'The months as CSV, with a header and a column for each step and currency; hidden ones are empty.',
  })
  csv(@Root() { by, cohorts, all }: LoopFunnel): string {
    const currencies = (all?.revenue ?? []).map(({ currency }) => currency).sort();
    const header = ['from', ...stepsOf[by], 'newCustomers', ...currencies.map((currency) => `revenueCents${currency}`)];
    return spreadsheet(
      header,
      cohorts.map(({ from, funnel }) => [
        from.toISOString(),
        ...stepsOf[by].map((_, index) => funnel?.steps[index]?.people ?? null),
        funnel?.newCustomers ?? null,
        ...currencies.map((code) =>
          funnel ? (funnel.revenue.find(({ currency }) => currency === code)?.amountCents ?? 0) : null,
        ),
      ]),
    );
  }
}
