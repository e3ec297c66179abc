import { ArgsType, Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { ContactInput, contactRules } from '../contacts/contact.inputs.js';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';

@Validated(z.object({ contact: contactRules, displayName: rules.line(80) }))
@InputType({ description: 'Who joins.' })
export class AmbassadorEnrollInput {
  @Field(() => ContactInput, { description: 'The person; made if the program does not know them yet.' })
  readonly contact: ContactInput;

  @Field({ description: 'The name that others in the program see, at most 80 characters.' })
  readonly displayName: string;
}

@Validated(pageRules.extend({ search: z.string().trim().max(80, 'must not be longer than 80 characters').nullish() }))
@ArgsType()
export class AmbassadorsArgs extends PageArgs {
  @Field(() => String, {
    nullable: true,
    description: 'Part of the display name; case and accents do not count.',
  })
  readonly search?: string | null;
}
