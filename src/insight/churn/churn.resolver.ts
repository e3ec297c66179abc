import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import { Contact } from '../../contacts/contact.entity.js';
import { contactById } from '../../contacts/contact.loaders.js';
import type { RequestContext } from '../../identity/session.js';
import { PageArgs } from '../../platform/graphql/connection.js';
import { spreadsheet } from '../spreadsheet.js';
import { ChurnArgs, ChurnOutlook, ChurnRisk, ChurnRiskConnection } from './churn.js';
import { ChurnService } from './churn.service.js';

@Resolver(() => ChurnOutlook)
export class ChurnResolver {
  constructor(private readonly service: ChurnService) {}

  @Query(() => ChurnOutlook, {
    nullable: true,
    description: 'Who may be about to leave, by the course of their scores. Null without such a survey. For staff.',
  })
  churnOutlook(@Ctx() context: RequestContext, @Args(() => ChurnArgs) args: ChurnArgs): Promise<ChurnOutlook | null> {
    return this.service.outlook(context, args);
  }

  @FieldResolver(() => ChurnRiskConnection, { description: 'These people, those with the highest risk first.' })
  async people(
    @Root() outlook: ChurnOutlook,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<ChurnRiskConnection> {
    return new ChurnRiskConnection(await this.service.page(context, outlook, args));
  }

  @FieldResolver(() => String, { description: 'A page of them as CSV, with a header, to be saved as a file.' })
  async csv(
    @Root() outlook: ChurnOutlook,
    @Ctx() context: RequestContext,
    @Args(() => PageArgs) args: PageArgs,
  ): Promise<string> {
    const { edges } = await this.service.page(context, outlook, args);
    const rows = edges.map(async ({ node }) => [
      (await requireContact(context, node.contactId)).externalId,
      node.risk,
      node.reasons.join(' '),
      node.lastScore,
      node.lastAnsweredAt.toISOString(),
      node.scoreBefore,
    ]);
    const header = ['externalId', 'risk', 'reasons', 'lastScore', 'lastAnsweredAt', 'scoreBefore'];
    return spreadsheet(header, await Promise.all(rows));
  }
}

@Resolver(() => ChurnRisk)
export class ChurnRiskResolver {
  @FieldResolver(() => Contact, { description: 'Who it is.' })
  contact(@Root() { contactId }: ChurnRisk, @Ctx() context: RequestContext): Promise<Contact> {
    return requireContact(context, contactId);
  }
}

async function requireContact(context: RequestContext, id: string): Promise<Contact> {
  const contact = await contactById.load(context, id);
  if (!contact) throw new Error('A contact that is referred to is gone');
  return contact;
}
