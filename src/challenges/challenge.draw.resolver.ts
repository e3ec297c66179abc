import {
  Arg,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  ID,
  InputType,
  Mutation,
  ObjectType,
  Resolver,
  Root,
} from 'type-graphql';
import { z } from 'zod';
import type { RequestContext } from '../identity/session.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { RewardDraw } from './challenge.draw.entity.js';
import { ChallengeDraws, drawById } from './challenge.draw.js';
import { Challenge } from './challenge.entity.js';
import { Submission } from './submission.entity.js';

@Validated(z.object({ drawId: rules.globalId }))
@InputType({ description: 'A draw whose seed everybody may know.' })
export class RewardDrawRevealInput {
  @Field(() => ID, { description: 'The draw, of which no submission waits for a decision.' })
  readonly drawId: string;
}

@ObjectType({ description: 'The seed is open: every prize that it drew can be checked.' })
export class RewardDrawRevealed {
  @Field(() => RewardDraw, { description: 'The draw, with its seed.' })
  readonly draw: RewardDraw;

  constructor(draw: RewardDraw) {
    this.draw = draw;
  }
}

export const RewardDrawRevealResult = createUnionType({
  name: 'RewardDrawRevealResult',
  description: 'What rewardDrawReveal answers.',
  types: () => [RewardDrawRevealed, InputInvalid, NotFound] as const,
});

@Resolver(() => Challenge)
export class ChallengeDrawResolver {
  constructor(private readonly draws: ChallengeDraws) {}

  @Mutation(() => RewardDrawRevealResult, {
    description:
      'Reveals the seed of a draw. A challenge that goes on draws by a new seed with the same odds from then on. For admins.',
  })
  async rewardDrawReveal(
    @Ctx() context: RequestContext,
    @Arg('input', () => RewardDrawRevealInput) { drawId }: RewardDrawRevealInput,
  ): Promise<typeof RewardDrawRevealResult> {
    const result = await this.draws.reveal(context, drawId);
    return result instanceof Problem ? result : new RewardDrawRevealed(result);
  }

  @FieldResolver(() => RewardDraw, {
    nullable: true,
    description: 'The draw in which submissions of now take part, with its odds; null where nothing is drawn.',
  })
  async draw(@Root() { drawId }: Challenge, @Ctx() context: RequestContext): Promise<RewardDraw | undefined> {
    return drawId ? drawById.load(context, drawId) : undefined;
  }
}

@Resolver(() => Submission)
export class SubmissionDrawResolver {
  @FieldResolver(() => RewardDraw, { nullable: true, description: 'The draw that it takes part in; null if in none.' })
  async draw(@Root() { drawId }: Submission, @Ctx() context: RequestContext): Promise<RewardDraw | undefined> {
    return drawId ? drawById.load(context, drawId) : undefined;
  }
}
