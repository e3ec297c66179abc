import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { NpsArgs } from '../../nps/nps.inputs.js';
import { spreadsheet } from '../spreadsheet.js';
import { NpsBenchmark } from './benchmark.js';
import { BenchmarkService } from './benchmark.service.js';

@Resolver(() => NpsBenchmark)
export class BenchmarkResolver {
  constructor(private readonly service: BenchmarkService) {}

  @Query(() => NpsBenchmark, {
    description:
      "Answers held against the program's own: those before them, and everybody else's. The year until now unless the filter says otherwise, at most 36 months. For staff and servers.",
  })
  npsBenchmark(@Ctx() context: RequestContext, @Args(() => NpsArgs) { filter }: NpsArgs): Promise<NpsBenchmark> {
    return this.service.compare(context, filter ?? {});
  }

  @FieldResolver(() => String, { description: 'The comparisons as CSV, with a header, to be saved as a file.' })
  csv(@Root() { current, earlier, others }: NpsBenchmark): string {
    const scores = { current, earlier: earlier?.against, others: others?.against };
    const rows = Object.entries(scores).flatMap(([of, each]) =>
      each ? [[of, each.responses, each.score, each.interval.lower, each.interval.upper]] : [],
    );
    return spreadsheet(['of', 'responses', 'score', 'lower', 'upper'], rows);
  }
}
