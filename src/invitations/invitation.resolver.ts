import { Ctx, FieldResolver, Resolver, Root } from 'type-graphql';
import { Contact } from '../contacts/contact.entity.js';
import { contactById } from '../contacts/contact.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { InvitationStatus, SurveyInvitation } from './invitation.entity.js';
import type { InvitationService } from './invitation.service.js';

@Resolver(() => SurveyInvitation)
export class InvitationResolver {
  constructor(private readonly service: InvitationService) {}

  @FieldResolver(() => Contact, { description: 'Who is asked.' })
  async contact(@Root() { contactId }: SurveyInvitation, @Ctx() context: RequestContext): Promise<Contact> {
    const contact = await contactById.load(context, contactId);
    if (!contact) throw new Error('The contact of an invitation is gone');
    return contact;
  }

  @FieldResolver(() => InvitationStatus, { description: 'How far it is.' })
  status(@Root() invitation: SurveyInvitation, @Ctx() context: RequestContext): Promise<InvitationStatus> {
    return this.service.statusOf(context, invitation);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description:
      "The address of the survey page, by the channels LINK and API. A link in a mail is nobody else's to see. For admins and servers.",
  })
  url(@Root() invitation: SurveyInvitation, @Ctx() context: RequestContext): Promise<string | null> {
    return this.service.urlOf(context, invitation);
  }
}
