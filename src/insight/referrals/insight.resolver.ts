import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../../identity/session.js';
import {
  KFactor,
  ReferralAmbassadorFigures,
  ReferralChannelFigures,
  ReferralFigures,
  ReferralPeriodFigures,
  StatedAgainstObserved,
  TimeToConvert,
} from './figures.js';
import { CsvArgs, IntervalArgs, ReferralInsightArgs, TopArgs } from './insight.inputs.js';
import { ReferralInsight } from './insight.js';
import { ReferralInsightService } from './insight.service.js';
import { ReferredQuality } from './quality.js';
import { tableOf } from './table.js';

const ambassadorsInTable = 100;

@Resolver(() => ReferralInsight)
export class ReferralInsightResolver {
  constructor(private readonly service: ReferralInsightService) {}

  @Query(() => ReferralInsight, {
    description:
      'What recommending brings in, and what it costs: by channel, ambassador and period. For staff and servers.',
  })
  referralInsight(
    @Ctx() context: RequestContext,
    @Args(() => ReferralInsightArgs) { filter }: ReferralInsightArgs,
  ): ReferralInsight {
    return this.service.insight(context, filter ?? {});
  }

  @FieldResolver(() => ReferralFigures, { description: 'All together.' })
  totals(@Root() insight: ReferralInsight): Promise<ReferralFigures> {
    return this.service.totals(insight);
  }

  @FieldResolver(() => [ReferralChannelFigures], {
    description: 'By the channel that clicks and friends came over, those with most orders first.',
  })
  byChannel(@Root() insight: ReferralInsight): Promise<ReferralChannelFigures[]> {
    return this.service.byChannel(insight);
  }

  @FieldResolver(() => [ReferralPeriodFigures], {
    description: "By period in the program's time zone, oldest first, without gaps, at most 400.",
  })
  byPeriod(
    @Root() insight: ReferralInsight,
    @Ctx() context: RequestContext,
    @Args(() => IntervalArgs) { interval }: IntervalArgs,
  ): Promise<ReferralPeriodFigures[]> {
    return this.service.byPeriod(context, insight, interval);
  }

  @FieldResolver(() => [ReferralAmbassadorFigures], {
    description: 'By ambassador: those whose friends of this time became customers most often first.',
  })
  byAmbassador(
    @Root() insight: ReferralInsight,
    @Args(() => TopArgs) { first }: TopArgs,
  ): Promise<ReferralAmbassadorFigures[]> {
    return this.service.byAmbassador(insight, first);
  }

  @FieldResolver(() => KFactor, { description: 'Whether referrals alone let the program grow.' })
  kFactor(@Root() insight: ReferralInsight): Promise<KFactor> {
    return this.service.kFactor(insight);
  }

  @FieldResolver(() => TimeToConvert, { description: 'How long friends take to become customers.' })
  timeToConvert(@Root() insight: ReferralInsight): Promise<TimeToConvert> {
    return this.service.timeToConvert(insight);
  }

  @FieldResolver(() => StatedAgainstObserved, { description: 'What ambassadors said, against what came of it.' })
  statedAgainstObserved(@Root() insight: ReferralInsight): Promise<StatedAgainstObserved> {
    return this.service.statedAgainstObserved(insight);
  }

  @FieldResolver(() => ReferredQuality, {
    description: 'Whether referred customers are as good as others. The scores are of the whole program in this time.',
  })
  quality(@Root() insight: ReferralInsight, @Ctx() context: RequestContext): Promise<ReferredQuality> {
    return this.service.quality(context, insight);
  }

  @FieldResolver(() => String, {
    description:
      'The figures as CSV, with a header and a column for the revenue of each currency, to be saved as a file.',
  })
  async csv(
    @Root() insight: ReferralInsight,
    @Ctx() context: RequestContext,
    @Args(() => CsvArgs) { by, interval }: CsvArgs,
  ): Promise<string> {
    switch (by) {
      case 'CHANNEL': {
        const parts = await this.service.byChannel(insight);
        return tableOf(
          'channel',
          parts.map(({ channel, figures }) => ({ of: channel ?? '', figures })),
        );
      }
      case 'PERIOD': {
        const parts = await this.service.byPeriod(context, insight, interval);
        return tableOf(
          'from',
          parts.map(({ from, figures }) => ({ of: from.toISOString(), figures })),
        );
      }
      case 'AMBASSADOR': {
        const parts = await this.service.byAmbassador(insight, ambassadorsInTable);
        const named = parts.map(async ({ ambassadorId, figures }) => ({
          of: (await requireAmbassador(context, ambassadorId)).displayName,
          figures,
        }));
        return tableOf('ambassador', await Promise.all(named));
      }
    }
  }
}

@Resolver(() => ReferralAmbassadorFigures)
export class ReferralAmbassadorFiguresResolver {
  @FieldResolver(() => Ambassador, { description: 'The ambassador.' })
  ambassador(@Root() { ambassadorId }: ReferralAmbassadorFigures, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, ambassadorId);
  }
}
