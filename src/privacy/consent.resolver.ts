import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import { Contact } from '../contacts/contact.entity.js';
import type { RequestContext } from '../identity/session.js';
import { PageArgs } from '../platform/graphql/connection.js';
import { Program } from '../programs/program.entity.js';
import { ConsentRule, ConsentStanding } from './consent.entity.js';
import { ConsentPolicySetInput, ConsentRecordInput } from './consent.inputs.js';
import { ConsentConnection, ConsentPolicySet, ConsentPolicySetResult, ConsentRecordResult } from './consent.results.js';
import { ConsentService } from './consent.service.js';

@Resolver(() => Contact)
export class ConsentResolver {
  constructor(private readonly service: ConsentService) {}

  @Mutation(() => ConsentRecordResult, {
    description:
      'Keeps what somebody decided about a purpose. For ambassadors of themselves; for moderators, admins and servers of anybody.',
  })
  consentRecord(
    @Ctx() context: RequestContext,
    @Arg('input', () => ConsentRecordInput) input: ConsentRecordInput,
  ): Promise<typeof ConsentRecordResult> {
    return this.service.record(context, input);
  }

  @Mutation(() => ConsentPolicySetResult, {
    description: 'Says what holds for those who have not decided about a purpose. For admins.',
  })
  async consentPolicySet(
    @Ctx() context: RequestContext,
    @Arg('input', () => ConsentPolicySetInput) input: ConsentPolicySetInput,
  ): Promise<typeof ConsentPolicySetResult> {
    return new ConsentPolicySet(await this.service.setPolicy(context, input));
  }

  @FieldResolver(() => [ConsentStanding], { description: 'What is allowed with this person now, for each purpose.' })
  consents(@Root() contact: Contact, @Ctx() context: RequestContext): Promise<ConsentStanding[]> {
    return this.service.standingsOf(context, contact);
  }

  @FieldResolver(() => ConsentConnection, {
    description: 'All that this person ever decided, the last decision first.',
  })
  async consentHistory(@Root() contact: Contact, @Args(() => PageArgs) page: PageArgs): Promise<ConsentConnection> {
    return new ConsentConnection(await this.service.history(contact, page));
  }
}

@Resolver(() => Program)
export class ProgramConsentResolver {
  constructor(private readonly service: ConsentService) {}

  @FieldResolver(() => [ConsentRule], {
    description: 'What holds for those who have not decided, for each purpose of consent.',
  })
  consentPolicy(@Root() program: Program): Promise<ConsentRule[]> {
    return this.service.policyOf(program.id);
  }
}
