import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { ReferralNomination } from './nomination.entity.js';
import {
  ReferralClaimDismissInput,
  ReferralClaimInput,
  ReferralClaimSettleInput,
  ReferralNominateInput,
} from './nomination.inputs.js';
import {
  ReferralClaimConnection,
  ReferralClaimDismissResult,
  ReferralClaimResult,
  ReferralClaimSettleResult,
  ReferralNominated,
  ReferralNominateResult,
  ReferralNominationConnection,
} from './nomination.results.js';
import type { NominationService } from './nomination.service.js';
import { nominationOf } from './nominations.js';
import { Referral } from './referral.entity.js';
import { referralById } from './referral.loaders.js';
import { ReferralRegistered } from './referral.results.js';

@Resolver(() => ReferralNomination)
export class NominationResolver {
  constructor(private readonly nominations: NominationService) {}

  @Query(() => ReferralClaimConnection, {
    description:
      'What friends said of who sent them and nobody confirmed yet, the latest first. For staff and servers.',
  })
  async referralClaims(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ReferralClaimConnection> {
    return new ReferralClaimConnection(await this.nominations.listClaims(context, args));
  }

  @Mutation(() => ReferralNominateResult, {
    description:
      'Names a friend beforehand: when the friend comes and names this ambassador by name, or nobody at all, it counts.',
  })
  async referralNominate(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralNominateInput) input: ReferralNominateInput,
  ): Promise<typeof ReferralNominateResult> {
    const result = await this.nominations.nominate(context, input);
    return result instanceof ReferralNomination ? new ReferralNominated(result) : result;
  }

  @Mutation(() => ReferralClaimResult, {
    description:
      'The friend says by name who sent them, for want of a code. It counts with the address of the ambassador, or where the ambassador named the friend; else staff decides.',
  })
  async referralClaim(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralClaimInput) input: ReferralClaimInput,
  ): Promise<typeof ReferralClaimResult> {
    return this.nominations.claim(context, input);
  }

  @Mutation(() => ReferralClaimSettleResult, {
    description: 'Says whom a friend meant; the friend is registered. For servers, moderators and admins.',
  })
  async referralClaimSettle(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralClaimSettleInput) input: ReferralClaimSettleInput,
  ): Promise<typeof ReferralClaimSettleResult> {
    const result = await this.nominations.settle(context, input);
    return result instanceof Referral ? new ReferralRegistered(result) : result;
  }

  @Mutation(() => ReferralClaimDismissResult, {
    description: 'Says that a claim leads to nobody. For servers, moderators and admins.',
  })
  async referralClaimDismiss(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralClaimDismissInput) input: ReferralClaimDismissInput,
  ): Promise<typeof ReferralClaimDismissResult> {
    return this.nominations.dismiss(context, input);
  }

  @FieldResolver(() => Referral, { nullable: true, description: 'What came of it; null while it waits.' })
  async referral(@Root() { referralId }: ReferralNomination, @Ctx() context: RequestContext) {
    return referralId ? referralById.load(context, referralId) : undefined;
  }
}

@Resolver(() => Ambassador)
export class AmbassadorNominationsResolver {
  constructor(private readonly service: NominationService) {}

  @FieldResolver(() => ReferralNominationConnection, {
    description: 'The friends that it named beforehand, the latest first; for the ambassador itself and staff.',
  })
  async referralNominations(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ReferralNominationConnection> {
    return new ReferralNominationConnection(await this.service.listOfAmbassador(context, ambassador, args));
  }
}

@Resolver(() => Referral)
export class ReferralNominationResolver {
  @FieldResolver(() => Date, {
    nullable: true,
    description: 'When the ambassador named this friend beforehand, so that both sides said the same; null otherwise.',
  })
  async nominatedAt(@Root() { id }: Referral, @Ctx() context: RequestContext): Promise<Date | undefined> {
    return (await nominationOf.load(context, id))?.nominatedAt;
  }
}
