import { Arg, Ctx, createUnionType, Field, FieldResolver, Mutation, ObjectType, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { SocialTerms } from './terms.entity.js';
import { SocialTermsSetInput } from './terms.inputs.js';
import { type SocialTermsService, socialTermsOf } from './terms.service.js';

@ObjectType({ description: 'This holds for feed and kudos from now on.' })
export class SocialTermsReplaced {
  @Field(() => SocialTerms, { description: 'What holds now.' })
  readonly terms: SocialTerms;

  constructor(terms: SocialTerms) {
    this.terms = terms;
  }
}

export const SocialTermsSetResult = createUnionType({
  name: 'SocialTermsSetResult',
  description: 'What socialTermsSet answers.',
  types: () => [SocialTermsReplaced, InputInvalid] as const,
});

@Resolver(() => Program)
export class ProgramSocialResolver {
  constructor(private readonly terms: SocialTermsService) {}

  @FieldResolver(() => SocialTerms, { description: 'How ambassadors see what others do, and praise it.' })
  socialTerms(@Root() program: Program, @Ctx() context: RequestContext): Promise<SocialTerms> {
    return socialTermsOf.load(context, program.id);
  }

  @Mutation(() => SocialTermsSetResult, {
    description: 'Turns the activity feed on or off, and says what holds for it and for kudos. For admins.',
  })
  async socialTermsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => SocialTermsSetInput) input: SocialTermsSetInput,
  ): Promise<typeof SocialTermsSetResult> {
    const result = await this.terms.set(context, input);
    return result instanceof SocialTerms ? new SocialTermsReplaced(result) : result;
  }
}
