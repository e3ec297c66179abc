import { Field, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules } from '../platform/graphql/input.js';
import { EmailAddress, JsonObject } from '../platform/graphql/scalars.js';
import { ContactKind } from './contact.entity.js';

export const attributeName = rules.line(64);
const attributesBytesMax = 10_000;

/** Attributes that can be searched by have a plain value; what is nested is kept as it is. */
export const contactAttributes = z
  .record(attributeName, z.union([z.string().max(255, 'must not be longer than 255 characters'), z.unknown()]))
  .refine((value) => Object.keys(value).length <= 50, 'must not be more than 50 attributes')
  .refine(
    (value) => JSON.stringify(value).length <= attributesBytesMax,
    'must not be more than 10,000 characters of JSON',
  );

export const contactRules = z
  .object({
    externalId: rules.line(200).nullish(),
    email: rules.email.nullish(),
    displayName: rules.line(200).nullish(),
    attributes: contactAttributes.nullish(),
    kind: z.enum(ContactKind).nullish(),
  })
  .refine(({ externalId, email }) => externalId || email, {
    path: ['externalId'],
    error: 'externalId or email is needed to know the contact by',
  });

@InputType({ description: 'A person; at least one of externalId and email says who, within the program.' })
export class ContactInput {
  @Field(() => String, {
    nullable: true,
    description: "The owner's own id of this person; goes before the e-mail address.",
  })
  readonly externalId?: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'The e-mail address, compared without regard to case.' })
  readonly email?: string | null;

  @Field(() => String, { nullable: true, description: 'The name as the program should know it.' })
  readonly displayName?: string | null;

  @Field(() => JsonObject, {
    nullable: true,
    description: 'Attributes to add or change, at most 50 of 255 characters; null takes one away; others stay.',
  })
  readonly attributes?: Readonly<Record<string, unknown>> | null;

  @Field(() => ContactKind, {
    nullable: true,
    description: 'What the contact is to the brand; what is known stays where it is left out.',
  })
  readonly kind?: ContactKind | null;
}
