import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { Problem } from '../platform/graphql/problem.js';
import {
  ChallengeArchiveInput,
  ChallengeDuplicateInput,
  ChallengePauseInput,
  ChallengeResumeInput,
} from './challenge.inputs.js';
import { ChallengeLifecycle } from './challenge.lifecycle.js';
import {
  ChallengeArchiveResult,
  ChallengeCreated,
  ChallengeDuplicateResult,
  ChallengePauseResult,
  ChallengeResumeResult,
  ChallengeUpdated,
} from './challenge.results.js';

@Resolver()
export class ChallengeLifecycleResolver {
  constructor(private readonly service: ChallengeLifecycle) {}

  @Mutation(() => ChallengePauseResult, {
    description: 'Takes no submissions to a challenge until it is resumed. For admins.',
  })
  async challengePause(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChallengePauseInput) { challengeId }: ChallengePauseInput,
  ): Promise<typeof ChallengePauseResult> {
    const result = await this.service.pause(context, challengeId);
    return result instanceof Problem ? result : new ChallengeUpdated(result);
  }

  @Mutation(() => ChallengeResumeResult, { description: 'Goes on with a paused challenge. For admins.' })
  async challengeResume(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChallengeResumeInput) { challengeId }: ChallengeResumeInput,
  ): Promise<typeof ChallengeResumeResult> {
    const result = await this.service.resume(context, challengeId);
    return result instanceof Problem ? result : new ChallengeUpdated(result);
  }

  @Mutation(() => ChallengeArchiveResult, {
    description:
      'Puts a challenge away for good: it takes nothing more and is listed only where it is asked for. What waits can still be decided on. For admins.',
  })
  async challengeArchive(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChallengeArchiveInput) { challengeId }: ChallengeArchiveInput,
  ): Promise<typeof ChallengeArchiveResult> {
    const result = await this.service.archive(context, challengeId);
    return result instanceof Problem ? result : new ChallengeUpdated(result);
  }

  @Mutation(() => ChallengeDuplicateResult, {
    description:
      'Makes a challenge again with all its rules, and none of its submissions. The copy is paused, so that it can be changed first: challengeResume opens it. For admins.',
  })
  async challengeDuplicate(
    @Ctx() context: RequestContext,
    @Arg('input', () => ChallengeDuplicateInput) input: ChallengeDuplicateInput,
  ): Promise<typeof ChallengeDuplicateResult> {
    const result = await this.service.duplicate(context, input);
    return result instanceof Problem ? result : new ChallengeCreated(result);
  }
}
