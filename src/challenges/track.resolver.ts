import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Challenge } from './challenge.entity.js';
import { requireChallenge } from './challenge.loaders.js';
import { prerequisitesOf } from './challenge.prerequisites.js';
import { Track, TrackProgress } from './track.entity.js';
import { TrackCreateInput, TrackUpdateInput } from './track.inputs.js';
import { TrackConnection, TrackCreated, TrackCreateResult, TrackUpdated, TrackUpdateResult } from './track.results.js';
import { TrackService } from './track.service.js';

@Resolver(() => Track)
export class TrackResolver {
  constructor(private readonly service: TrackService) {}

  @Query(() => TrackConnection, { description: 'The tracks of the program, newest first.' })
  async tracks(@Ctx() context: RequestContext, @Args(() => PageArgs) page: PageArgs): Promise<TrackConnection> {
    return new TrackConnection(await this.service.list(context, page));
  }

  @Mutation(() => TrackCreateResult, {
    description:
      'Puts challenges in order. For a certificate, make a badge whose rule asks for the completed track. For admins.',
  })
  async trackCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => TrackCreateInput) input: TrackCreateInput,
  ): Promise<typeof TrackCreateResult> {
    const result = await this.service.create(context, input);
    return result instanceof Track ? new TrackCreated(result) : result;
  }

  @Mutation(() => TrackUpdateResult, { description: 'Changes a track; it grows at its end only. For admins.' })
  async trackUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => TrackUpdateInput) input: TrackUpdateInput,
  ): Promise<typeof TrackUpdateResult> {
    const result = await this.service.update(context, input);
    return result instanceof Track ? new TrackUpdated(result) : result;
  }

  @FieldResolver(() => [Challenge], { description: 'Its challenges, in their order; at most 50.' })
  challenges(@Root() track: Track, @Ctx() context: RequestContext): Promise<Challenge[]> {
    return this.service.challengesOf(context, track);
  }
}

@Resolver(() => Ambassador)
export class AmbassadorTracksResolver {
  constructor(private readonly service: TrackService) {}

  @FieldResolver(() => [TrackProgress], {
    description:
      'How far this ambassador has come in each track of the program, oldest track first. For the ambassador itself and staff.',
  })
  tracks(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<TrackProgress[]> {
    return this.service.progressOf(context, ambassador);
  }
}

@Resolver(() => Challenge)
export class ChallengePrerequisitesResolver {
  @FieldResolver(() => [Challenge], {
    description: 'The challenges that have to be approved before it opens, beside those before it in a track.',
  })
  async prerequisites(@Root() challenge: Challenge, @Ctx() context: RequestContext): Promise<Challenge[]> {
    const rows = await prerequisitesOf.load(context, challenge.id);
    return Promise.all(rows.map(({ requiredId }) => requireChallenge(context, requiredId)));
  }
}
