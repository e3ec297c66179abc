import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../../identity/session.js';
import { everyGate } from '../../influence/gate.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { spreadsheet } from '../spreadsheet.js';
import { EffortFocus, FocusCandidate, FocusCandidateConnection } from './focus.js';
import { FocusService } from './focus.service.js';

const linesMax = 1_000;

@Resolver(() => EffortFocus)
export class FocusResolver {
  constructor(private readonly service: FocusService) {}

  @Query(() => EffortFocus, {
    description:
      'The fifth of all ambassadors who can become superpromoters, and what each lacks. For staff and servers.',
  })
  effortFocus(@Ctx() context: RequestContext): Promise<EffortFocus> {
    return this.service.find(context);
  }

  @FieldResolver(() => FocusCandidateConnection, { description: 'These ambassadors, the nearest first.' })
  candidates(@Root() focus: EffortFocus, @Args(() => PageArgs) args: PageArgs): FocusCandidateConnection {
    return new FocusCandidateConnection(this.service.page(focus, args));
  }

  @FieldResolver(() => String, {
    description:
      'The first 1,000 of them as CSV, with a header and what is missing at each gate, to be saved as a file.',
  })
  async csv(@Root() { ranked }: EffortFocus, @Ctx() context: RequestContext): Promise<string> {
    const rows = ranked
      .slice(0, linesMax)
      .map(async ({ ambassadorId, closeness, lacks }) => [
        (await requireAmbassador(context, ambassadorId)).displayName,
        closeness,
        ...everyGate.map((key) => lacks.find(({ gate }) => gate === key)?.missing ?? 0),
      ]);
    return spreadsheet(
      ['ambassador', 'closeness', ...everyGate.map((gate) => `missing ${gate}`)],
      await Promise.all(rows),
    );
  }
}

@Resolver(() => FocusCandidate)
export class FocusCandidateResolver {
  @FieldResolver(() => Ambassador, { description: 'The ambassador.' })
  ambassador(@Root() { ambassadorId }: FocusCandidate, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, ambassadorId);
  }
}
