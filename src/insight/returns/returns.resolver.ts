import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { SpanArgs } from '../periods.js';
import { spreadsheet } from '../spreadsheet.js';
import { ProgramReturn } from './returns.js';
import { ReturnService } from './returns.service.js';

@Resolver(() => ProgramReturn)
export class ReturnResolver {
  constructor(private readonly service: ReturnService) {}

  @Query(() => ProgramReturn, {
    description:
      'What the program brought in against what it cost, by the values that it laid down itself in insightTerms. For staff and servers.',
  })
  programReturn(@Ctx() context: RequestContext, @Args(() => SpanArgs) args: SpanArgs): Promise<ProgramReturn> {
    return this.service.reckon(context, args);
  }

  @FieldResolver(() => String, { description: 'The kinds of challenges as CSV, with a header, to be saved as a file.' })
  csv(@Root() { acts }: ProgramReturn): string {
    return spreadsheet(
      ['kind', 'approvedActs', 'points', 'costCents', 'valueCents', 'netCentsPerAct'],
      acts.map((act) => [act.kind, act.approvedActs, act.points, act.costCents, act.valueCents, act.netCentsPerAct]),
    );
  }
}
