import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { requireAmbassador } from '../ambassadors/ambassador.loaders.js';
import { Contact } from '../contacts/contact.entity.js';
import { contactById } from '../contacts/contact.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Url } from '../platform/graphql/scalars.js';
import { Program } from '../programs/program.entity.js';
import { clickById, clicksOf, floodClicksOf } from './referral.clicks.js';
import type { ReferralCodes } from './referral.codes.js';
import { Referral, ReferralTerms } from './referral.entity.js';
import {
  ReferralConvertInput,
  ReferralRegisterInput,
  ReferralReverseInput,
  ReferralTermsSetInput,
} from './referral.inputs.js';
import { qrSvg } from './referral.qr.js';
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
import { markedUrl } from './referral.sources.js';
import { ReferralStep, stepsOf } from './referral.steps.js';
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

  @FieldResolver(() => [ReferralStep], { description: 'Where it has been and when, oldest first.' })
  history(@Root() referral: Referral, @Ctx() context: RequestContext): Promise<readonly ReferralStep[]> {
    return stepsOf.load(context, referral.id).then((steps) => steps ?? []);
  }

  @FieldResolver(() => Date, {
    nullable: true,
    description: 'When the friend followed the link; null where no click was named.',
  })
  async clickedAt(@Root() { clickId }: Referral, @Ctx() context: RequestContext): Promise<Date | undefined> {
    return clickId ? (await clickById.load(context, clickId))?.clickedAt : undefined;
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

  @FieldResolver(() => Int, {
    nullable: true,
    description: 'Clicks that were not counted because too many came at once: a sign of fraud. For staff and servers.',
  })
  async floodClicks(@Root() link: ReferralLink, @Ctx() context: RequestContext): Promise<number | undefined> {
    return context.session.may('referral.list') ? floodClicksOf.load(context, link.ambassadorId) : undefined;
  }

  @FieldResolver(() => String, { description: 'The QR code of the link, as an SVG document to put on a page.' })
  qrSvg(@Root() link: ReferralLink): Promise<string> {
    return qrSvg(markedUrl(link.url, 'QR'));
  }

  @FieldResolver(() => Url, { description: 'Where the QR code is as an SVG picture, for anybody.' })
  qrSvgUrl(@Root() link: ReferralLink): string {
    return `${link.url}/qr.svg`;
  }

  @FieldResolver(() => Url, {
    description: 'Where the QR code is as a PNG picture, for anybody; ?size= makes it 128 to 2048 pixels wide.',
  })
  qrPngUrl(@Root() link: ReferralLink): string {
    return `${link.url}/qr.png`;
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
    const result = await this.terms.set(context, input);
    return result instanceof ReferralTerms ? new ReferralTermsReplaced(result) : result;
  }
}
