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
import { Contact } from '../contacts/contact.entity.js';
import { contactById } from '../contacts/contact.loaders.js';
import type { RequestContext } from '../identity/session.js';
import { connectionOf } from '../platform/graphql/connection.js';
import { message } from '../platform/graphql/messages.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Ambassador } from './ambassador.entity.js';
import { AmbassadorEnrollInput, AmbassadorsArgs, AmbassadorUpdateInput } from './ambassador.inputs.js';
import { AmbassadorService } from './ambassador.service.js';

@ObjectType({ description: 'A page of ambassadors.' })
export class AmbassadorConnection extends connectionOf(Ambassador) {}

@ObjectType({ description: 'The contact is an ambassador now, or was one already.' })
export class AmbassadorEnrolled {
  @Field(() => Ambassador, {
    description: 'The ambassador; enrolling the same contact again answers with the same one.',
  })
  readonly ambassador: Ambassador;

  constructor(ambassador: Ambassador) {
    this.ambassador = ambassador;
  }
}

export const AmbassadorEnrollResult = createUnionType({
  name: 'AmbassadorEnrollResult',
  description: 'What ambassadorEnroll answers.',
  types: () => [AmbassadorEnrolled, InputInvalid] as const,
});

@ObjectType({ description: 'The ambassador is as it was asked for.' })
export class AmbassadorUpdated {
  @Field(() => Ambassador, { description: 'The ambassador.' })
  readonly ambassador: Ambassador;

  constructor(ambassador: Ambassador) {
    this.ambassador = ambassador;
  }
}

export const AmbassadorUpdateResult = createUnionType({
  name: 'AmbassadorUpdateResult',
  description: 'What ambassadorUpdate answers.',
  types: () => [AmbassadorUpdated, InputInvalid, NotFound] as const,
});

@Resolver(() => Ambassador)
export class AmbassadorResolver {
  constructor(private readonly ambassadors: AmbassadorService) {}

  @Query(() => AmbassadorConnection, {
    name: 'ambassadors',
    description: 'The ambassadors of the program, those who joined last first. For staff.',
  })
  async list(
    @Ctx() context: RequestContext,
    @Args(() => AmbassadorsArgs) args: AmbassadorsArgs,
  ): Promise<AmbassadorConnection> {
    return new AmbassadorConnection(await this.ambassadors.list(context, args));
  }

  @Mutation(() => AmbassadorEnrollResult, { description: 'Makes an ambassador of a contact, once.' })
  async ambassadorEnroll(
    @Ctx() context: RequestContext,
    @Arg('input', () => AmbassadorEnrollInput) input: AmbassadorEnrollInput,
  ): Promise<typeof AmbassadorEnrollResult> {
    const result = await this.ambassadors.enroll(context, input);
    return result instanceof Ambassador ? new AmbassadorEnrolled(result) : result;
  }

  @Mutation(() => AmbassadorUpdateResult, {
    description: 'Changes the language of an ambassador: of the calling one, or for staff and servers any.',
  })
  async ambassadorUpdate(
    @Ctx() context: RequestContext,
    @Arg('input', () => AmbassadorUpdateInput) input: AmbassadorUpdateInput,
  ): Promise<typeof AmbassadorUpdateResult> {
    const result = await this.ambassadors.update(context, input);
    return result instanceof Ambassador ? new AmbassadorUpdated(result) : result;
  }

  @FieldResolver(() => String, {
    description:
      'The name that others in the program see; of who was erased, neutral words in the language of the caller.',
  })
  displayName(@Root() { displayName, erasedAt }: Ambassador, @Ctx() { locale }: RequestContext): string {
    return erasedAt === null ? displayName : message(locale, 'ambassador.erased');
  }

  @FieldResolver(() => Contact, {
    nullable: true,
    description: 'The person behind it; for the ambassador itself and staff.',
  })
  async contact(@Root() ambassador: Ambassador, @Ctx() context: RequestContext): Promise<Contact | undefined> {
    if (!context.session.may('contact.read', ambassador)) return undefined;
    return contactById.load(context, ambassador.contactId);
  }
}
