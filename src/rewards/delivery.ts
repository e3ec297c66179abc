import { Field, InputType, ObjectType } from 'type-graphql';
import { z } from 'zod';
import { rules } from '../platform/graphql/input.js';

export const deliveryMaxCharacters = 2_000;

/** What makes a postal address. */
export const addressRules = z.object({
  name: rules.line(120),
  street: rules.line(200),
  postalCode: rules.line(20).nullish(),
  city: rules.line(120),
  region: rules.line(120).nullish(),
  country: z.string().regex(/^[A-Z]{2}$/, 'must be an ISO 3166-1 code of two letters, as in NL'),
  phone: rules.line(40).nullish(),
});

@InputType({ description: 'Where to send a reward. It is kept sealed, and erased when the redemption is settled.' })
export class DeliveryAddressInput {
  @Field({ description: 'Whose name to write on it, at most 120 characters.' })
  readonly name: string;

  @Field({ description: 'Street, number and what else finds the door; at most 200 characters.' })
  readonly street: string;

  @Field(() => String, { nullable: true, description: 'The postal code, where there is one.' })
  readonly postalCode?: string | null;

  @Field({ description: 'The town, at most 120 characters.' })
  readonly city: string;

  @Field(() => String, { nullable: true, description: 'State or province, where the post asks for it.' })
  readonly region?: string | null;

  @Field({ description: 'The country by ISO 3166-1, as in NL.' })
  readonly country: string;

  @Field(() => String, { nullable: true, description: 'For the carrier, where one asks for it.' })
  readonly phone?: string | null;
}

@ObjectType({ description: 'Where to send a reward. It is erased when the redemption is settled.' })
export class DeliveryAddress {
  @Field({ description: 'Whose name to write on it.' })
  readonly name: string;

  @Field({ description: 'Street, number and what else finds the door.' })
  readonly street: string;

  @Field(() => String, { nullable: true, description: 'The postal code, where there is one.' })
  readonly postalCode: string | null;

  @Field({ description: 'The town.' })
  readonly city: string;

  @Field(() => String, { nullable: true, description: 'State or province, where the post asks for it.' })
  readonly region: string | null;

  @Field({ description: 'The country by ISO 3166-1, as in NL.' })
  readonly country: string;

  @Field(() => String, { nullable: true, description: 'For the carrier, where one asks for it.' })
  readonly phone: string | null;
}
