import { Arg, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { LeaderboardLeaveInput, LeaderboardReturnInput } from './absence.inputs.js';
import { hasLeft } from './absence.loaders.js';
import {
  LeaderboardLeaveResult,
  LeaderboardLeft,
  LeaderboardReturned,
  LeaderboardReturnResult,
} from './absence.results.js';
import { BoardAbsences } from './absence.service.js';
import { Leaderboard } from './leaderboard.entity.js';

@Resolver(() => Leaderboard)
export class LeaderboardAbsenceResolver {
  constructor(private readonly absences: BoardAbsences) {}

  @Mutation(() => LeaderboardLeaveResult, {
    description:
      'The calling ambassador leaves a leaderboard, or all: it is listed no more, others move up, and it wins no prize of a season that closes meanwhile. Its points stay. Done again it changes nothing.',
  })
  async leaderboardLeave(
    @Ctx() context: RequestContext,
    @Arg('input', () => LeaderboardLeaveInput) input: LeaderboardLeaveInput,
  ): Promise<typeof LeaderboardLeaveResult> {
    const result = await this.absences.leave(context, input);
    return typeof result === 'string' ? new LeaderboardLeft(await requireAmbassador(context, result)) : result;
  }

  @Mutation(() => LeaderboardReturnResult, {
    description:
      'The calling ambassador comes back to a leaderboard, or to all, and stands where all its points put it. Done again it changes nothing.',
  })
  async leaderboardReturn(
    @Ctx() context: RequestContext,
    @Arg('input', () => LeaderboardReturnInput) input: LeaderboardReturnInput,
  ): Promise<typeof LeaderboardReturnResult> {
    const result = await this.absences.comeBack(context, input);
    return typeof result === 'string' ? new LeaderboardReturned(await requireAmbassador(context, result)) : result;
  }

  @FieldResolver(() => Boolean, {
    description: 'Whether the calling ambassador has left this board, and so has no standing on it; false for others.',
  })
  async viewerHasLeft(@Root() { id: boardId }: Leaderboard, @Ctx() context: RequestContext): Promise<boolean> {
    const { ambassadorId } = context.session;
    return ambassadorId !== null && hasLeft.load(context, { boardId, ambassadorId });
  }
}

@Resolver(() => Ambassador)
export class AmbassadorAbsenceResolver {
  constructor(private readonly absences: BoardAbsences) {}

  @FieldResolver(() => [Leaderboard], {
    description:
      'The boards that it has left, and where it therefore has no standing. For the ambassador itself and staff.',
  })
  leaderboardsLeft(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<Leaderboard[]> {
    return this.absences.leftBy(context, ambassador);
  }
}
