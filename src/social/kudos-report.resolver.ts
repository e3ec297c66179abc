import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Kudos } from './kudos.entity.js';
import { KudosConnection } from './kudos.results.js';
import { KudosReportInput, KudosReportsDismissInput } from './kudos-report.inputs.js';
import {
  KudosReported,
  KudosReportResult,
  KudosReportsDismissed,
  KudosReportsDismissResult,
} from './kudos-report.results.js';
import { type KudosReports, reportCountOf } from './kudos-report.service.js';

@Resolver(() => Kudos)
export class KudosReportResolver {
  constructor(private readonly reports: KudosReports) {}

  @Query(() => KudosConnection, {
    description:
      'Kudos that ambassadors reported and no moderator has decided on, the latest first. Either `kudosWithdraw` removes them, or `kudosReportsDismiss` lets them stay. For moderators and admins.',
  })
  async reportedKudos(@Ctx() context: RequestContext, @Args(() => PageArgs) page: PageArgs): Promise<KudosConnection> {
    return new KudosConnection(await this.reports.list(context, page));
  }

  @Mutation(() => KudosReportResult, {
    description:
      'Asks moderators to look at kudos that the calling ambassador sees; done again it changes nothing. For ambassadors.',
  })
  async kudosReport(
    @Ctx() context: RequestContext,
    @Arg('input', () => KudosReportInput) input: KudosReportInput,
  ): Promise<typeof KudosReportResult> {
    const result = await this.reports.report(context, input.kudosId);
    return result instanceof Kudos ? new KudosReported(result) : result;
  }

  @Mutation(() => KudosReportsDismissResult, {
    description: 'Lets reported kudos stay; they can be reported anew. For moderators and admins.',
  })
  async kudosReportsDismiss(
    @Ctx() context: RequestContext,
    @Arg('input', () => KudosReportsDismissInput) input: KudosReportsDismissInput,
  ): Promise<typeof KudosReportsDismissResult> {
    const result = await this.reports.dismiss(context, input.kudosId);
    return result instanceof Kudos ? new KudosReportsDismissed(result) : result;
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many ambassadors reported it and wait for a decision; null for all but moderators and admins.',
  })
  async reportCount(@Root() kudos: Kudos, @Ctx() context: RequestContext): Promise<number | null> {
    return context.session.may('kudos.moderate') ? reportCountOf.load(context, kudos.id) : null;
  }
}
