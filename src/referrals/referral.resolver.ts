import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import { Contact } from '../contacts/contact.entity.js';
import { contactById } from '../contacts/contact.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Program } from '../programs/program.entity.js';
import { clicksOf, type ReferralCodes } from './referral.codes.js';
import { Referral, ReferralTerms } from './referral.entity.js';
import {
  ReferralConvertInput,
  ReferralRegisterInput,
  ReferralReverseInput,
  ReferralTermsSetInput,
} from './referral.inputs.js';
import {
  ReferralConnection,
  ReferralConverted,
  ReferralConvertResult,
  ReferralLink,
  ReferralRegistered,
  ReferralRegisterResult,
  ReferralReversed,
  ReferralReverseResult,
  ReferralTermsReplaced,
  ReferralTermsSetResult,
} from './referral.results.js';
import { ReferralService } from './referral.service.js';
import type { ReferralTermsService } from './referral.terms.js';

@Resolver(() => Referral)
export class ReferralResolver {
  constructor(private readonly referrals: ReferralService) {}

  @Query(() => ReferralConnection, {
    name: 'referrals',
    description: 'The referrals of the program, newest first. For staff and servers.',
  })
  async list(@Ctx() context: RequestContext, @Args(() => PageArgs) args: PageArgs): Promise<ReferralConnection> {
    return new ReferralConnection(await this.referrals.list(context, args));
  }

  @Mutation(() => ReferralRegisterResult, {
    description:
      'Says who sent a friend: by the friend, a check-out, a call centre or the ambassador. The first valid claim wins.',
  })
  async referralRegister(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralRegisterInput) input: ReferralRegisterInput,
  ): Promise<typeof ReferralRegisterResult> {
    const result = await this.referrals.register(context, input);
    return result instanceof Referral ? new ReferralRegistered(result) : result;
  }

  @Mutation(() => ReferralConvertResult, {
    description: 'Says that a friend became a customer; both sides are rewarded after the hold. For servers and staff.',
  })
  async referralConvert(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralConvertInput) input: ReferralConvertInput,
  ): Promise<typeof ReferralConvertResult> {
    const result = await this.referrals.convert(context, input);
    return result instanceof Referral ? new ReferralConverted(result) : result;
  }

  @Mutation(() => ReferralReverseResult, {
    description: 'Says that the order of a friend was undone; both rewards are taken back. For servers and staff.',
  })
  async referralReverse(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralReverseInput) input: ReferralReverseInput,
  ): Promise<typeof ReferralReverseResult> {
    const result = await this.referrals.reverse(context, input);
    return result instanceof Referral ? new ReferralReversed(result) : result;
  }

  @FieldResolver(() => Ambassador, { description: 'Who brought the friend.' })
  referrer(@Root() referral: Referral, @Ctx() context: RequestContext): Promise<Ambassador> {
    return requireAmbassador(context, referral.referrerId);
  }

  @FieldResolver(() => Contact, { nullable: true, description: 'The friend. For staff and servers.' })
  async friend(@Root() referral: Referral, @Ctx() context: RequestContext): Promise<Contact | undefined> {
    return context.session.may('referral.list') ? contactById.load(context, referral.friendId) : undefined;
  }
}

@Resolver(() => Ambassador)
export class AmbassadorReferralsResolver {
  constructor(
    private readonly service: ReferralService,
    private readonly codes: ReferralCodes,
  ) {}

  @FieldResolver(() => ReferralLink, { description: 'What it shares, or says, so that friends can name it.' })
  referralLink(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<ReferralLink> {
    return this.codes.linkOf(context, ambassador.id);
  }

  @FieldResolver(() => ReferralConnection, {
    description: 'The friends that it brought, newest first; for the ambassador itself and staff.',
  })
  async referrals(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ReferralConnection> {
    return new ReferralConnection(await this.service.listOfAmbassador(context, ambassador, args));
  }
}

@Resolver(() => ReferralLink)
export class ReferralLinkResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description: 'How often the link was followed; for the ambassador itself and staff, null for others.',
  })
  async clicks(@Root() link: ReferralLink, @Ctx() context: RequestContext): Promise<number | undefined> {
    return context.session.may('referral.read', link) ? clicksOf.load(context, link.ambassadorId) : undefined;
  }
}

@Resolver(() => Program)
export class ProgramReferralsResolver {
  constructor(private readonly terms: ReferralTermsService) {}

  @FieldResolver(() => ReferralTerms, { description: 'What the program promises for a new customer.' })
  referralTerms(@Root() program: Program, @Ctx() context: RequestContext): Promise<ReferralTerms> {
    return context.database.read((db) => this.terms.of(db, program.id));
  }

  @Mutation(() => ReferralTermsSetResult, { description: 'Changes the terms of referrals. For admins.' })
  async referralTermsSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralTermsSetInput) input: ReferralTermsSetInput,
  ): Promise<typeof ReferralTermsSetResult> {
    return new ReferralTermsReplaced(await this.terms.set(context, input));
  }
}
