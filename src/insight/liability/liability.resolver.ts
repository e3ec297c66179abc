import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { spreadsheet } from '../spreadsheet.js';
import {
  LiabilityExpiry,
  LiabilityExpiryArgs,
  LiabilityMonth,
  LiabilityMonthsArgs,
  PointsLiability,
  UnitLiability,
} from './liability.js';
import { LiabilityService } from './liability.service.js';

@Resolver(() => PointsLiability)
export class LiabilityResolver {
  constructor(private readonly service: LiabilityService) {}

  @Query(() => PointsLiability, {
    description: 'What the program owes its ambassadors in points, by unit. For staff and servers.',
  })
  pointsLiability(@Ctx() context: RequestContext): Promise<PointsLiability> {
    return this.service.current(context);
  }

  @FieldResolver(() => [LiabilityMonth], {
    description: "How it came to be, by month in the program's time zone, oldest first, without gaps, at most 36.",
  })
  byMonth(
    @Root() liability: PointsLiability,
    @Ctx() context: RequestContext,
    @Args(() => LiabilityMonthsArgs) args: LiabilityMonthsArgs,
  ): Promise<LiabilityMonth[]> {
    return this.service.byMonth(context, liability, args);
  }

  @FieldResolver(() => String, { description: 'The months as CSV, with a header, to be saved as a file.' })
  async csv(
    @Root() liability: PointsLiability,
    @Ctx() context: RequestContext,
    @Args(() => LiabilityMonthsArgs) args: LiabilityMonthsArgs,
  ): Promise<string> {
    const months = await this.service.byMonth(context, liability, args);
    return spreadsheet(
      ['from', 'issuedPoints', 'redeemedPoints', 'expiredPoints', 'outstandingPoints', 'valueCents'],
      months.map((each) => [
        each.from.toISOString(),
        each.issuedPoints,
        each.redeemedPoints,
        each.expiredPoints,
        each.outstandingPoints,
        each.valueCents,
      ]),
    );
  }
}

@Resolver(() => UnitLiability)
export class UnitLiabilityResolver {
  constructor(private readonly service: LiabilityService) {}

  @FieldResolver(() => LiabilityExpiry, {
    description: 'What of it expires within so many days by the terms as they are, if nobody earns or spends anything.',
  })
  expiring(
    @Root() unit: UnitLiability,
    @Ctx() context: RequestContext,
    @Args(() => LiabilityExpiryArgs) { days }: LiabilityExpiryArgs,
  ): Promise<LiabilityExpiry> {
    return this.service.expiring(context, unit, days);
  }
}
