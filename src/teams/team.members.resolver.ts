import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { NotFound } from '../platform/graphql/problem.js';
import { Team } from './team.entity.js';
import { TeamJoinInput, TeamLeaveInput, TeamMoveInput } from './team.inputs.js';
import type { TeamMembers } from './team.members.js';
import { TeamJoined, TeamJoinResult, TeamLeaveResult, TeamLeft, TeamMoveResult } from './team.results.js';

@Resolver()
export class TeamMembersResolver {
  constructor(private readonly members: TeamMembers) {}

  @Mutation(() => TeamJoinResult, {
    description:
      'An ambassador who is in no team joins one: the calling one; staff and servers add anybody to any team that has a seat. Done again it changes nothing.',
  })
  async teamJoin(
    @Ctx() context: RequestContext,
    @Arg('input', () => TeamJoinInput) input: TeamJoinInput,
  ): Promise<typeof TeamJoinResult> {
    const result = await this.members.join(context, input);
    return result instanceof Team ? new TeamJoined(result) : result;
  }

  @Mutation(() => TeamMoveResult, {
    description:
      'An ambassador leaves its team for another, both or neither. What it earned for the first stays there. Done again it changes nothing.',
  })
  async teamMove(
    @Ctx() context: RequestContext,
    @Arg('input', () => TeamMoveInput) input: TeamMoveInput,
  ): Promise<typeof TeamMoveResult> {
    const result = await this.members.move(context, input);
    return result instanceof Team ? new TeamJoined(result) : result;
  }

  @Mutation(() => TeamLeaveResult, {
    description:
      'An ambassador leaves its team: the calling one, or for staff and servers any. What it earned for the team stays there. Done again it changes nothing.',
  })
  async teamLeave(
    @Ctx() context: RequestContext,
    @Arg('input', () => TeamLeaveInput) input: TeamLeaveInput,
  ): Promise<typeof TeamLeaveResult> {
    const result = await this.members.leave(context, input);
    return result instanceof NotFound ? result : new TeamLeft(result);
  }
}
