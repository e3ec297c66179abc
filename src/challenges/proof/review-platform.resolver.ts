import { Arg, Ctx, createUnionType, Field, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { InputInvalid } from '../../platform/graphql/problem.js';
import { ReviewPlatformShown } from './review-platform.entity.js';
import { ReviewPlatformRemoveInput, ReviewPlatformSetInput } from './review-platform.inputs.js';
import { ReviewPlatformService } from './review-platform.service.js';

@ObjectType({ description: 'Reviews may be on this platform from now on.' })
export class ReviewPlatformWasSet {
  @Field(() => ReviewPlatformShown, { description: 'The platform as it is now.' })
  readonly platform: ReviewPlatformShown;

  constructor(platform: ReviewPlatformShown) {
    this.platform = platform;
  }
}

@ObjectType({ description: "The platform is none of the program's own any more." })
export class ReviewPlatformRemoved {
  @Field({ description: 'Its name for programs.' })
  readonly key: string;

  constructor(key: string) {
    this.key = key;
  }
}

export const ReviewPlatformSetResult = createUnionType({
  name: 'ReviewPlatformSetResult',
  description: 'What reviewPlatformSet answers.',
  types: () => [ReviewPlatformWasSet, InputInvalid] as const,
});

export const ReviewPlatformRemoveResult = createUnionType({
  name: 'ReviewPlatformRemoveResult',
  description: 'What reviewPlatformRemove answers.',
  types: () => [ReviewPlatformRemoved, InputInvalid] as const,
});

@Resolver()
export class ReviewPlatformResolver {
  constructor(private readonly service: ReviewPlatformService) {}

  @Query(() => [ReviewPlatformShown], {
    description:
      'The platforms on which a review may be, by name: those that everybody knows, and those that the program added.',
  })
  reviewPlatforms(@Ctx() context: RequestContext): Promise<ReviewPlatformShown[]> {
    return this.service.list(context);
  }

  @Mutation(() => ReviewPlatformSetResult, {
    description: 'Adds a platform to those on which reviews may be, or changes one. For admins.',
  })
  async reviewPlatformSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReviewPlatformSetInput) input: ReviewPlatformSetInput,
  ): Promise<typeof ReviewPlatformSetResult> {
    const result = await this.service.set(context, input);
    return result instanceof InputInvalid ? result : new ReviewPlatformWasSet(result);
  }

  @Mutation(() => ReviewPlatformRemoveResult, {
    description: "Forgets a platform of the program's own. Reviews on it stay as they are. For admins.",
  })
  async reviewPlatformRemove(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReviewPlatformRemoveInput) input: ReviewPlatformRemoveInput,
  ): Promise<typeof ReviewPlatformRemoveResult> {
    return new ReviewPlatformRemoved(await this.service.remove(context, input));
  }
}
