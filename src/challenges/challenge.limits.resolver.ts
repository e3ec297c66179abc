import { Ctx, FieldResolver, Int, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { usageOf } from './challenge.budget.js';
import { ChallengeEligibility } from './challenge.eligibility.js';
import { Challenge, ChallengeStatus } from './challenge.entity.js';
import { MissingRequirement } from './challenge.refusals.js';
import { ChallengeService } from './challenge.service.js';

@Resolver(() => Challenge)
export class ChallengeLimitsResolver {
  constructor(
    private readonly service: ChallengeService,
    private readonly eligibility: ChallengeEligibility,
  ) {}

  @FieldResolver(() => ChallengeStatus, { description: 'Where it stands now.' })
  status(@Root() challenge: Challenge): ChallengeStatus {
    return this.service.statusOf(challenge);
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How many submissions of all ambassadors together it still takes; null: any number.',
  })
  async submissionsLeft(@Root() challenge: Challenge, @Ctx() context: RequestContext): Promise<number | null> {
    if (challenge.maxInAll === null) return null;
    const used = await usageOf.load(context, challenge.id);
    return Math.max(0, challenge.maxInAll - (used?.submissions ?? 0));
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Points of its budget that are neither paid nor set aside; null where it has no budget.',
  })
  async budgetPointsLeft(@Root() challenge: Challenge, @Ctx() context: RequestContext): Promise<number | null> {
    if (challenge.budgetPoints === null) return null;
    const used = await usageOf.load(context, challenge.id);
    return challenge.budgetPoints - (used?.points ?? 0);
  }

  @FieldResolver(() => [MissingRequirement], {
    description:
      'What the calling ambassador lacks to be eligible, as challengeSubmit would answer; empty where nothing is missing, and for everybody else.',
  })
  viewerMissing(@Root() challenge: Challenge, @Ctx() context: RequestContext): Promise<readonly MissingRequirement[]> {
    return this.eligibility.missingOfCaller(context, challenge);
  }
}
