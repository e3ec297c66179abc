import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { Challenge } from '../challenges/challenge.entity.js';
import { requireChallenge } from '../challenges/challenge.loaders.js';
import { submissionById } from '../challenges/submission.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { SurveyAnswered } from '../nps/answering/answering.results.js';
import { NpsResponseRecorded } from '../nps/response.results.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { message } from '../platform/graphql/messages.js';
import type { ReferralCodes } from '../referrals/referral.codes.js';
import { ReferralShare } from '../referrals/share-text.js';
import type { ShareTexts } from '../referrals/share-text.service.js';
import type { WeighedCandidate } from './ask.candidate.js';
import { Ask, AskDecision } from './ask.entity.js';
import { AskDeclineInput, AskNextInput, AskOrderSetInput, AsksArgs } from './ask.inputs.js';
import { channelOf, isSharing } from './ask.kinds.js';
import type { AskLearning } from './ask.learning.js';
import { askOfResponse } from './ask.loaders.js';
import { AskOrder, askOrderOf } from './ask.order.js';
import type { AskOrderService } from './ask.order.service.js';
import {
  AskCandidate,
  AskConnection,
  AskDeclined,
  AskDeclineResult,
  AskGroup,
  AskMade,
  AskNextResult,
  AskOrderReplaced,
  AskOrderSetResult,
} from './ask.results.js';
import type { AskService } from './ask.service.js';

@Resolver(() => NpsResponseRecorded)
export class ResponseAskResolver {
  @FieldResolver(() => Ask, {
    nullable: true,
    description:
      "What to show the respondent now; null below the program's askFromScore. The same answer again is met with the same ask.",
  })
  ask(@Root() { response }: NpsResponseRecorded, @Ctx() context: RequestContext): Promise<Ask | undefined> {
    return askOfResponse.load(context, response.id);
  }
}

@Resolver(() => SurveyAnswered)
export class AnsweredAskResolver {
  @FieldResolver(() => Ask, {
    nullable: true,
    description:
      "What to ask for at the end; null below the program's askFromScore, and of an anonymous survey, which knows nobody to ask.",
  })
  ask(@Root() { given }: SurveyAnswered, @Ctx() context: RequestContext): Promise<Ask | undefined> | undefined {
    return given.response ? askOfResponse.load(context, given.response.id) : undefined;
  }
}

@Resolver(() => Ambassador)
export class AmbassadorAsksResolver {
  constructor(private readonly service: AskService) {}

  @FieldResolver(() => AskConnection, {
    description: 'What it was asked, newest first; for the ambassador itself, staff and servers.',
  })
  async asks(
    @Root() ambassador: Ambassador,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<AskConnection> {
    return new AskConnection(await this.service.listOf(context, ambassador, args));
  }
}

@Resolver(() => AskOrder)
export class AskOrderResolver {
  constructor(
    private readonly orders: AskOrderService,
    private readonly learning: AskLearning,
  ) {}

  @Query(() => AskOrder, { description: 'How the program decides what somebody is asked next. For staff and servers.' })
  async askOrder(@Ctx() context: RequestContext): Promise<AskOrder> {
    return askOrderOf(await this.orders.current(context));
  }

  @Query(() => [AskGroup], {
    description:
      'What the program learnt of its asks: how each kind goes with people who are alike, at most the 50 groups that were asked most. For staff and servers.',
  })
  askLearning(@Ctx() context: RequestContext): Promise<AskGroup[]> {
    return this.learning.groups(context);
  }

  @Mutation(() => AskOrderSetResult, {
    description: 'Pins the order of asks, excludes some, or switches between the rule and learning. For admins.',
  })
  async askOrderSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => AskOrderSetInput) input: AskOrderSetInput,
  ): Promise<typeof AskOrderSetResult> {
    return new AskOrderReplaced(askOrderOf(await this.orders.set(context, input)));
  }
}

@Resolver(() => Ask)
export class AskResolver {
  constructor(
    private readonly service: AskService,
    private readonly codes: ReferralCodes,
    private readonly shareTexts: ShareTexts,
  ) {}

  @Query(() => AskConnection, { description: 'What people were asked, newest first. For staff and servers.' })
  async asks(@Ctx() context: RequestContext, @Args(() => AsksArgs) args: AsksArgs): Promise<AskConnection> {
    return new AskConnection(await this.service.list(context, args));
  }

  @Mutation(() => AskNextResult, {
    description:
      'Thanks an ambassador for what was just approved, and asks for the next, which is to bring a friend wherever they were not asked that last. For the ambassador itself, admins and servers.',
  })
  async askNext(
    @Ctx() context: RequestContext,
    @Arg('input', () => AskNextInput) input: AskNextInput,
  ): Promise<typeof AskNextResult> {
    const result = await this.service.next(context, input);
    return result instanceof Ask ? new AskMade(result) : result;
  }

  @Mutation(() => AskDeclineResult, {
    description:
      'Says no to an ask, for now or for good; done again it changes nothing. For the ambassador itself, and for admins, moderators and servers on behalf of whoever was asked.',
  })
  async askDecline(
    @Ctx() context: RequestContext,
    @Arg('input', () => AskDeclineInput) input: AskDeclineInput,
  ): Promise<typeof AskDeclineResult> {
    const result = await this.service.decline(context, input);
    return result instanceof Ask ? new AskDeclined(result) : result;
  }

  @FieldResolver(() => Challenge, {
    nullable: true,
    description:
      'What is asked for, never the same twice in a row; of JOIN what to begin with. Null where there is none.',
  })
  challenge(@Root() { challengeId }: Ask, @Ctx() context: RequestContext): Promise<Challenge | undefined> | undefined {
    return challengeId === null ? undefined : requireChallenge(context, challengeId);
  }

  @FieldResolver(() => ReferralShare, {
    nullable: true,
    description:
      'What to share, ready to be sent over the channel that is asked for; null where it is not for sharing.',
  })
  async share(@Root() { kind, ambassadorId }: Ask, @Ctx() context: RequestContext): Promise<ReferralShare | undefined> {
    if (!isSharing(kind) || ambassadorId === null) return undefined;
    const shares = await this.shareTexts.sharesOf(context, await this.codes.linkOf(context, ambassadorId), null);
    return shares.find(({ channel }) => channel === channelOf[kind]);
  }

  @FieldResolver(() => String, {
    description: 'The ask in words, in the language of the caller. Who has not joined yet is invited to.',
  })
  async text(@Root() ask: Ask, @Ctx() context: RequestContext): Promise<string> {
    const { kind, challengeId, submissionId } = ask;
    const title = challengeId === null ? null : (await requireChallenge(context, challengeId)).title;
    const deed = submissionId === null ? null : await titleOfDeed(context, submissionId);
    const channel = isSharing(kind) ? channelNames[channelOf[kind]] : null;
    if (deed !== null) {
      if (channel) return message(context.locale, 'askNext.share', { deed, channel });
      return message(context.locale, title ? 'askNext.do' : 'askNext.thanks', { deed, title: title ?? '' });
    }
    if (channel) return message(context.locale, 'ask.share', { channel });
    if (kind === 'JOIN') return message(context.locale, title ? 'ask.joinAndDo' : 'ask.join', { title: title ?? '' });
    if (title) return message(context.locale, 'ask.do', { title });
    return message(context.locale, ask.ambassadorId === null ? 'ask.thanksForAnswer' : 'ask.thanks');
  }

  @FieldResolver(() => AskDecision, {
    nullable: true,
    description: 'What decided on it. For staff and servers; null for others.',
  })
  decidedBy(@Root() { decidedBy }: Ask, @Ctx() { session }: RequestContext): AskDecision | undefined {
    return session.may('ask.list') ? decidedBy : undefined;
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'With whom it is counted, as AskGroup.key has it. For staff and servers; null for others.',
  })
  group(@Root() { groupKey }: Ask, @Ctx() { session }: RequestContext): string | undefined {
    return session.may('ask.list') ? groupKey : undefined;
  }

  @FieldResolver(() => [AskCandidate], {
    nullable: true,
    description:
      'Why this: all that could have been asked, with what was known of each and its odds, in the order of the rule. For staff and servers; null for others, and for asks from before this was kept.',
  })
  candidates(@Root() { candidates }: Ask, @Ctx() { session }: RequestContext): AskCandidate[] | undefined {
    return session.may('ask.list') ? candidates?.map(shown) : undefined;
  }
}

@Resolver(() => AskCandidate)
export class AskCandidateResolver {
  @FieldResolver(() => Challenge, { nullable: true, description: 'The challenge; null for what is none.' })
  challenge(@Root() { challengeId }: AskCandidate, @Ctx() context: RequestContext) {
    return challengeId === null ? undefined : requireChallenge(context, challengeId);
  }
}

/** As these are called in every language. */
const channelNames = { WHATSAPP: 'WhatsApp', EMAIL: 'e-mail', FACEBOOK: 'Facebook' } as const;

function shown({ counts: { asked, accepted }, ...candidate }: WeighedCandidate): AskCandidate {
  return Object.assign(new AskCandidate(), candidate, { asked, accepted });
}

async function titleOfDeed(context: RequestContext, submissionId: string): Promise<string> {
  const submission = await submissionById.load(context, submissionId);
  if (!submission) throw new Error('What an ask gives thanks for is gone');
  return (await requireChallenge(context, submission.challengeId)).title;
}
