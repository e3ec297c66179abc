import { Arg, Ctx, createUnionType, Field, Mutation, ObjectType, Resolver } from 'type-graphql';
import { Contact } from '../contacts/contact.entity.js';
import type { RequestContext } from '../identity/session.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { MailBounceRecordInput } from './bounce.inputs.js';
import type { InvitationAftermath } from './invitation.aftermath.js';

@ObjectType({
  description: 'The bounce is known: the address is written to no more, until the contact has another one.',
})
export class MailBounceRecorded {
  @Field(() => Contact, { description: 'Whose address it is.' })
  readonly contact: Contact;

  constructor(contact: Contact) {
    this.contact = contact;
  }
}

export const MailBounceRecordResult = createUnionType({
  name: 'MailBounceRecordResult',
  description: 'What mailBounceRecord answers.',
  types: () => [MailBounceRecorded, InputInvalid, NotFound] as const,
});

@Resolver()
export class BounceResolver {
  constructor(private readonly aftermath: InvitationAftermath) {}

  @Mutation(() => MailBounceRecordResult, {
    description:
      'Writes down that a mail came back for good, as providers tell by their webhooks; told again it changes nothing. For admins and servers.',
  })
  async mailBounceRecord(
    @Ctx() context: RequestContext,
    @Arg('input', () => MailBounceRecordInput) input: MailBounceRecordInput,
  ): Promise<typeof MailBounceRecordResult> {
    const result = await this.aftermath.recordBounce(context, input);
    return result instanceof Contact ? new MailBounceRecorded(result) : result;
  }
}
