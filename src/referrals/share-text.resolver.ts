import {
  Arg,
  Args,
  Ctx,
  createUnionType,
  Field,
  FieldResolver,
  Mutation,
  ObjectType,
  Query,
  Resolver,
  Root,
} from 'type-graphql';
import { LanguageArgs } from '../ambassadors/ambassador.inputs.js';
import type { RequestContext } from '../identity/session.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { ReferralLink } from './referral.results.js';
import { ReferralShareTextSetInput } from './share-text.inputs.js';
import { ReferralShare, ReferralShareText } from './share-text.js';
import type { ShareTexts } from './share-text.service.js';

@ObjectType({ description: 'The text is replaced, or the built-in one is back.' })
export class ReferralShareTextReplaced {
  @Field(() => ReferralShareText, { description: 'What is shared over the channel in that language from now on.' })
  readonly text: ReferralShareText;

  constructor(text: ReferralShareText) {
    this.text = text;
  }
}

export const ReferralShareTextSetResult = createUnionType({
  name: 'ReferralShareTextSetResult',
  description: 'What referralShareTextSet answers.',
  types: () => [ReferralShareTextReplaced, InputInvalid] as const,
});

@Resolver(() => ReferralLink)
export class ShareTextResolver {
  constructor(private readonly texts: ShareTexts) {}

  @Query(() => [ReferralShareText], {
    description: "What ambassadors share over each channel: the program's own texts, and the built-in ones. For staff.",
  })
  referralShareTexts(@Ctx() context: RequestContext): Promise<ReferralShareText[]> {
    return this.texts.list(context);
  }

  @Mutation(() => ReferralShareTextSetResult, {
    description: 'Replaces what ambassadors share over a channel in a language. For admins.',
  })
  async referralShareTextSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => ReferralShareTextSetInput) input: ReferralShareTextSetInput,
  ): Promise<typeof ReferralShareTextSetResult> {
    const result = await this.texts.set(context, input);
    return result instanceof ReferralShareText ? new ReferralShareTextReplaced(result) : result;
  }

  @FieldResolver(() => [ReferralShare], {
    description: 'What to share over each channel, ready to be sent: one each for WhatsApp, mail, Facebook and so on.',
  })
  shares(
    @Root() link: ReferralLink,
    @Ctx() context: RequestContext,
    @Args(() => LanguageArgs) { language }: LanguageArgs,
  ): Promise<ReferralShare[]> {
    return this.texts.sharesOf(context, link, language ?? null);
  }
}
