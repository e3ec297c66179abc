import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Challenge } from './challenge.entity.js';
import { ChallengeCreateInput, ChallengesArgs, ChallengeUpdateInput } from './challenge.inputs.js';
import {
  ChallengeConnection,
  ChallengeCreated,
  ChallengeCreateResult,
  ChallengeUpdated,
  ChallengeUpdateResult,
} from './challenge.results.js';
import { ChallengeService } from './challenge.service.js';

@Resolver()
export class ChallengeResolver {
  constructor(private readonly service: ChallengeService) {}

  @Query(() => ChallengeConnection, {
    description:
      'The challenges of the program, newest first. Ambassadors get those that have started, also when they are over.',
  })
  async challenges(
    @Ctx() context: RequestContext,
    @Args(() => ChallengesArgs) args: ChallengesArgs,
  ): Promise<ChallengeConnection> {
    return new ChallengeConnection(await this.service.list(context, args));
  }

  @Mutation(() => ChallengeCreateResult, { description: 'Makes a challenge. For admins.' })
  async challengeCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChallengeCreateInput) input: ChallengeCreateInput,
  ): Promise<typeof ChallengeCreateResult> {
    const result = await this.service.create(context, input);
    return result instanceof Challenge ? new ChallengeCreated(result) : result;
  }

  @Mutation(() => ChallengeUpdateResult, {
    description:
      'Changes a challenge for what is submitted from now on. What was submitted before keeps its points. For admins.',
  })
  async challengeUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChallengeUpdateInput) input: ChallengeUpdateInput,
  ): Promise<typeof ChallengeUpdateResult> {
    const result = await this.service.update(context, input);
    return result instanceof Challenge ? new ChallengeUpdated(result) : result;
  }
}

@Resolver(() => Ambassador)
export class AmbassadorChallengesResolver {
  constructor(private readonly service: ChallengeService) {}

  @FieldResolver(() => ChallengeConnection, {
    description:
      'What is open to this ambassador now, best first: what they have not done yet, then what closes soonest, then what pays most, then what is newest. What they have done as often as allowed is left out. For the ambassador itself and staff.',
  })
  async challenges(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<ChallengeConnection> {
    return new ChallengeConnection(await this.service.listOpen(context, ambassador, page));
  }
}
