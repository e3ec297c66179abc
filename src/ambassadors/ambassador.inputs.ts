import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { ContactInput, contactRules } from '../contacts/contact.inputs.js';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';

/** A language as in BCP 47, with or without a region. */
export const languageRule = z
  .string()
  .trim()
  .regex(/^[a-z]{2,3}(-[A-Z]{2})?$/, 'must be a language as in nl or nl-BE');

@Validated(z.object({ language: languageRule.nullish() }))
@ArgsType()
export class LanguageArgs {
  @Field(() => String, {
    nullable: true,
    description: "The language, as in nl or nl-BE; the ambassador's own if left out, else that of the caller.",
  })
  readonly language?: string | null;
}

@Validated(z.object({ contact: contactRules, displayName: rules.line(80), language: languageRule.nullish() }))
@InputType({ description: 'Who joins.' })
export class AmbassadorEnrollInput {
  @Field(() => ContactInput, { description: 'The person; made if the program does not know them yet.' })
  readonly contact: ContactInput;

  @Field({ description: 'The name that others in the program see, at most 80 characters.' })
  readonly displayName: string;

  @Field(() => String, { nullable: true, description: 'The language to write to them in, as in nl or nl-BE.' })
  readonly language?: string | null;
}

@Validated(
  z.object({
    ambassadorId: rules.globalId.nullish(),
    language: languageRule.nullish(),
    isPrivate: z.boolean().nullish(),
  }),
)
@InputType({ description: 'What to change of an ambassador; what is left out stays.' })
export class AmbassadorUpdateInput {
  @Field(() => ID, { nullable: true, description: 'The ambassador; the calling one if left out.' })
  readonly ambassadorId?: string | null;

  @Field(() => String, { nullable: true, description: 'The language to write to them in; null forgets it.' })
  readonly language?: string | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether others than itself and staff see a neutral text in place of its name; at first they do not.',
  })
  readonly isPrivate?: boolean | null;
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
