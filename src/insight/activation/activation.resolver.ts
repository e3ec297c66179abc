import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { spreadsheet } from '../spreadsheet.js';
import { Activation, ActivationMonth, ActivationMonthsArgs, GrowthProjection, ProjectionArgs } from './activation.js';
import { ActivationService } from './activation.service.js';

@Resolver(() => Activation)
export class ActivationResolver {
  constructor(private readonly service: ActivationService) {}

  @Query(() => Activation, {
    description: 'How many ambassadors do something, against the goal. For staff and servers.',
  })
  activation(@Ctx() context: RequestContext): Promise<Activation> {
    return this.service.current(context);
  }

  @FieldResolver(() => [ActivationMonth], {
    description: "By month in the program's time zone, oldest first, without gaps, at most 36.",
  })
  byMonth(
    @Root() activation: Activation,
    @Ctx() context: RequestContext,
    @Args(() => ActivationMonthsArgs) { months }: ActivationMonthsArgs,
  ): Promise<ActivationMonth[]> {
    return this.service.byMonth(context, activation, months);
  }

  @FieldResolver(() => GrowthProjection, {
    nullable: true,
    description:
      'How many ambassadors there will be if all goes on as it did; null without ambassadors in the last six whole months.',
  })
  projection(
    @Root() activation: Activation,
    @Ctx() context: RequestContext,
    @Args(() => ProjectionArgs) { months }: ProjectionArgs,
  ): Promise<GrowthProjection | null> {
    return this.service.projection(context, activation, months);
  }

  @FieldResolver(() => String, { description: 'The months as CSV, with a header, to be saved as a file.' })
  async csv(
    @Root() activation: Activation,
    @Ctx() context: RequestContext,
    @Args(() => ActivationMonthsArgs) args: ActivationMonthsArgs,
  ): Promise<string> {
    const months = await this.service.byMonth(context, activation, args.months);
    return spreadsheet(
      ['from', 'ambassadors', 'joined', 'joinedAsFriends', 'active', 'share'],
      months.map((each) => [
        each.from.toISOString(),
        each.ambassadors,
        each.joined,
        each.joinedAsFriends,
        each.active,
        each.share,
      ]),
    );
  }
}
