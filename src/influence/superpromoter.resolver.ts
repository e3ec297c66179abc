import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import { AmbassadorConnection } from '../ambassadors/ambassador.resolver.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { message } from '../platform/graphql/messages.js';
import { SuperpromoterNomination } from './nomination.entity.js';
import { SuperpromoterNominateInput, SuperpromoterNominationWithdrawInput } from './nomination.inputs.js';
import { NominationService } from './nomination.service.js';
import { SuperpromotersArgs } from './superpromoter.inputs.js';
import { GateEvidence, Superpromoter } from './superpromoter.js';
import {
  SuperpromoterNominated,
  SuperpromoterNominateResult,
  SuperpromoterNominationConnection,
  SuperpromoterNominationWithdrawn,
  SuperpromoterNominationWithdrawResult,
  SuperpromoterTermsReplaced,
  SuperpromoterTermsSetResult,
} from './superpromoter.results.js';
import { SuperpromoterService } from './superpromoter.service.js';
import { SuperpromoterTerms } from './terms.entity.js';
import { SuperpromoterTermsSetInput } from './terms.inputs.js';
import { SuperpromoterTermsService } from './terms.service.js';

@Resolver(() => Ambassador)
export class AmbassadorSuperpromoterResolver {
  constructor(
    private readonly superpromoters: SuperpromoterService,
    private readonly nominations: NominationService,
  ) {}

  @Query(() => AmbassadorConnection, {
    name: 'superpromoters',
    description: 'The ambassadors who pass the gates of a superpromoter, those who joined last first. For staff.',
  })
  async list(
    @Ctx() context: RequestContext,
    @Args(() => SuperpromotersArgs) args: SuperpromotersArgs,
  ): Promise<AmbassadorConnection> {
    return new AmbassadorConnection(await this.superpromoters.list(context, args));
  }

  @FieldResolver(() => Superpromoter, {
    nullable: true,
    description: 'Whether it is a superpromoter, and why: three gates with their evidence. For staff, null for others.',
  })
  superpromoter(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<Superpromoter | undefined> {
    return this.superpromoters.of(context, ambassador);
  }

  @FieldResolver(() => SuperpromoterNominationConnection, {
    description: 'What staff noted of it as evidence, newest first, withdrawn or not. For staff.',
  })
  async superpromoterNominations(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<SuperpromoterNominationConnection> {
    return new SuperpromoterNominationConnection(await this.nominations.list(context, ambassador, args));
  }
}

@Resolver(() => SuperpromoterNomination)
export class SuperpromoterNominationResolver {
  constructor(private readonly nominations: NominationService) {}

  @Mutation(() => SuperpromoterNominateResult, {
    description:
      'Notes what staff saw an ambassador do, as in "She brought in three colleagues at the trade fair", as evidence that it shares or influences. For moderators and admins.',
  })
  async superpromoterNominate(
    @Ctx() context: RequestContext,
    @Arg('input', () => SuperpromoterNominateInput) input: SuperpromoterNominateInput,
  ): Promise<typeof SuperpromoterNominateResult> {
    const result = await this.nominations.nominate(context, input);
    return result instanceof SuperpromoterNomination ? new SuperpromoterNominated(result) : result;
  }

  @Mutation(() => SuperpromoterNominationWithdrawResult, {
    description: 'Takes a nomination back: it counts no more, but who noted it stays known. For moderators and admins.',
  })
  async superpromoterNominationWithdraw(
    @Ctx() context: RequestContext,
    @Arg('input', () => SuperpromoterNominationWithdrawInput) input: SuperpromoterNominationWithdrawInput,
  ): Promise<typeof SuperpromoterNominationWithdrawResult> {
    const result = await this.nominations.withdraw(context, input);
    return result instanceof SuperpromoterNomination ? new SuperpromoterNominationWithdrawn(result) : result;
  }

  @FieldResolver(() => Ambassador, { description: 'Whom staff saw.' })
  ambassador(@Root() { ambassadorId }: SuperpromoterNomination, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, ambassadorId);
  }
}

@Resolver(() => SuperpromoterTerms)
export class SuperpromoterTermsResolver {
  constructor(private readonly terms: SuperpromoterTermsService) {}

  @Query(() => SuperpromoterTerms, { description: 'How the program tells its superpromoters. For staff.' })
  superpromoterTerms(@Ctx() context: RequestContext): Promise<SuperpromoterTerms> {
    return this.terms.current(context);
  }

  @Mutation(() => SuperpromoterTermsSetResult, {
    description: 'Changes the weights and thresholds by which superpromoters are told. For admins.',
  })
  async superpromoterTermsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => SuperpromoterTermsSetInput) input: SuperpromoterTermsSetInput,
  ): Promise<typeof SuperpromoterTermsSetResult> {
    return new SuperpromoterTermsReplaced(await this.terms.set(context, input));
  }
}

@Resolver(() => GateEvidence)
export class GateEvidenceResolver {
  @FieldResolver(() => String, {
    description:
      'The evidence as a sentence, in the language of the caller; a nomination in the words of who noted it.',
  })
  text(@Root() { kind, count, survey, nomination }: GateEvidence, @Ctx() { locale }: RequestContext): string {
    return nomination?.text ?? message(locale, `evidence.${kind}`, { count, survey });
  }
}
