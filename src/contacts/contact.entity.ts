import { Field, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';
import { EmailAddress, JsonObject } from '../platform/graphql/scalars.js';

export type ContactAttributes = Readonly<Record<string, unknown>>;

export const ContactKind = graphqlEnum('ContactKind', 'What a contact is to the brand.', {
  CUSTOMER: 'Buys from it.',
  EMPLOYEE: 'Works for it.',
  PARTNER: 'Sells, installs or builds with it.',
  INFLUENCER: 'Is followed by many.',
  JOURNALIST: 'Writes about it.',
  OTHER: 'Anything else.',
});
export type ContactKind = keyof typeof ContactKind;

@ObjectType({
  implements: Node,
  description: 'A person the program knows: customer, employee, influencer, journalist …',
})
@Entity('contact')
@Index('uq_contact_external_id', ['programId', 'externalId'], { unique: true })
@Index('uq_contact_email', ['programId', 'email'], { unique: true })
export class Contact extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field(() => String, {
    nullable: true,
    description: 'What the owner of the program calls this person; unique in the program.',
  })
  @Optional('line', 'external_id')
  readonly externalId: string | null;

  @Field(() => String, { nullable: true, description: 'The name as the program knows it.' })
  @Optional('line', 'display_name')
  readonly displayName: string | null;

  @Field(() => EmailAddress, { nullable: true, description: 'Lower case; unique in the program.' })
  @Optional('line', 'email')
  readonly email: string | null;

  @Field(() => JsonObject, { description: 'Free attributes, as in {"market": "NL", "size": 40}.' })
  @Stored('json', 'attributes')
  readonly attributes: ContactAttributes;

  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => ContactKind, {
    nullable: true,
    description: 'What the contact is to the brand; null where nobody said.',
  })
  @Optional('key', 'kind')
  readonly kind: ContactKind | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the person was erased: nothing is known of them any more. Null for everybody else.',
  })
  @Optional('time', 'erased_at')
  readonly erasedAt: Date | null;
}

/** One attribute of one contact as text, to be searched by. Derived from `Contact.attributes` in the same transaction. */
@Entity('contact_attribute')
@Index('ix_contact_attribute_value', ['programId', 'name', 'value', 'contactId'])
export class ContactAttribute {
  @PrimaryColumn('varchar', { length: '36', name: 'contact_id' })
  readonly contactId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'name' })
  readonly name: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('line', 'value')
  readonly value: string;
}
