import { createUnionType, Field, ObjectType } from 'type-graphql';
import { Contact } from '../contacts/contact.entity.js';
import { connectionOf } from '../platform/graphql/connection.js';
import { IdempotencyKeyReused, InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Consent, ConsentRule } from './consent.entity.js';

@ObjectType({ description: 'A page of decisions.' })
export class ConsentConnection extends connectionOf(Consent) {}

@ObjectType({ description: 'The decision is kept, and holds from now on.' })
export class ConsentRecorded {
  @Field(() => Consent, { description: 'The decision.' })
  readonly consent: Consent;

  @Field(() => Contact, { description: 'Whose it is.' })
  readonly contact: Contact;

  constructor(consent: Consent, contact: Contact) {
    this.consent = consent;
    this.contact = contact;
  }
}

@ObjectType({ description: 'The policy is as it was asked for.' })
export class ConsentPolicySet {
  @Field(() => [ConsentRule], { description: 'What holds now, for each purpose.' })
  readonly rules: readonly ConsentRule[];

  constructor(rules: readonly ConsentRule[]) {
    this.rules = rules;
  }
}

export const ConsentRecordResult = createUnionType({
  name: 'ConsentRecordResult',
  description: 'What consentRecord answers.',
  types: () => [ConsentRecorded, IdempotencyKeyReused, InputInvalid, NotFound] as const,
});

export const ConsentPolicySetResult = createUnionType({
  name: 'ConsentPolicySetResult',
  description: 'What consentPolicySet answers.',
  types: () => [ConsentPolicySet, InputInvalid] as const,
});
