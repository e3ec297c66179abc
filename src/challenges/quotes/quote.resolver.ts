import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { Submission } from '../submission.entity.js';
import { QuoteConsentRevokeInput } from './quote.inputs.js';
import { QuoteService } from './quote.service.js';
import { PublishedQuoteConnection, QuoteConsentRevoked, QuoteConsentRevokeResult } from './quote.types.js';

@Resolver()
export class QuoteResolver {
  constructor(private readonly service: QuoteService) {}

  @Query(() => PublishedQuoteConnection, {
    description:
      'The quotes that the program may publish, newest first: approved, and with a consent that still holds. For everybody, so that a website can show them; who is not signed in names the program by the header x-applaus-program.',
  })
  async publishedQuotes(
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) page: PageArgs,
  ): Promise<PublishedQuoteConnection> {
    return new PublishedQuoteConnection(await this.service.listPublished(context, page));
  }

  @Mutation(() => QuoteConsentRevokeResult, {
    description:
      'Takes the consent to publish a quote back, for good: it is published no more, and other ambassadors do not see it. The points stay. For the ambassador itself, moderators, admins and servers.',
  })
  async quoteConsentRevoke(
    @Ctx() context: RequestContext,
    @Arg('input', () => QuoteConsentRevokeInput) input: QuoteConsentRevokeInput,
  ): Promise<typeof QuoteConsentRevokeResult> {
    const result = await this.service.revokeConsent(context, input);
    return result instanceof Submission ? new QuoteConsentRevoked(result) : result;
  }
}
