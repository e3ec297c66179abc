import { Arg, Ctx, createUnionType, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { IdempotencyKeyReused, InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { streakTermsOf } from './badge.loaders.js';
import { Streak, StreakTerms } from './streak.entity.js';
import { StreakFreezeGrantInput, StreakTermsSetInput } from './streak.inputs.js';
import { StreakService } from './streak.service.js';

@ObjectType({ description: 'Streaks survive like this from now on.' })
export class StreakTermsReplaced {
  @Field(() => StreakTerms, { description: 'What holds now.' })
  readonly terms: StreakTerms;

  constructor(terms: StreakTerms) {
    this.terms = terms;
  }
}

@ObjectType({ description: 'The ambassador has a freeze more.' })
export class StreakFreezeGranted {
  @Field(() => Ambassador, { description: 'Who has it; see `streak`.' })
  readonly ambassador: Ambassador;

  constructor(ambassador: Ambassador) {
    this.ambassador = ambassador;
  }
}

export const StreakTermsSetResult = createUnionType({
  name: 'StreakTermsSetResult',
  description: 'What streakTermsSet answers.',
  types: () => [StreakTermsReplaced, InputInvalid] as const,
});

export const StreakFreezeGrantResult = createUnionType({
  name: 'StreakFreezeGrantResult',
  description: 'What streakFreezeGrant answers.',
  types: () => [StreakFreezeGranted, InputInvalid, IdempotencyKeyReused, NotFound] as const,
});

@Resolver(() => Ambassador)
export class AmbassadorStreakResolver {
  constructor(private readonly service: StreakService) {}

  @FieldResolver(() => Streak, { description: 'Its weeks in a row with an approved submission.' })
  streak(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<Streak> {
    return this.service.streak(context, ambassador);
  }
}

@Resolver(() => Program)
export class ProgramStreaksResolver {
  constructor(private readonly service: StreakService) {}

  @FieldResolver(() => StreakTerms, {
    nullable: true,
    description: 'How streaks survive a week that is missed; null: they do not.',
  })
  streakTerms(@Root() program: Program, @Ctx() context: RequestContext): Promise<StreakTerms | undefined> {
    return streakTermsOf.load(context, program.id);
  }

  @Mutation(() => StreakTermsSetResult, {
    description: 'Says how streaks survive a week that is missed, from the week under way on. For admins.',
  })
  async streakTermsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => StreakTermsSetInput) input: StreakTermsSetInput,
  ): Promise<typeof StreakTermsSetResult> {
    return new StreakTermsReplaced(await this.service.setTerms(context, input));
  }

  @Mutation(() => StreakFreezeGrantResult, {
    description: 'Gives an ambassador a freeze, which spares one missed week by itself. For admins and servers.',
  })
  async streakFreezeGrant(
    @Ctx() context: RequestContext,
    @Arg('input', () => StreakFreezeGrantInput) input: StreakFreezeGrantInput,
  ): Promise<typeof StreakFreezeGrantResult> {
    const result = await this.service.grant(context, input);
    return result instanceof Ambassador ? new StreakFreezeGranted(result) : result;
  }
}
