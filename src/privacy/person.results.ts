import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { IdempotencyKeyReused, InputInvalid, NotFound, SecretKeyMissing } from '../platform/graphql/problem.js';
import { JsonObject } from '../platform/graphql/scalars.js';
import { Erasure } from './erasure.entity.js';

@ObjectType({ description: 'A page of erasures.' })
export class ErasureConnection extends connectionOf(Erasure) {}

@ObjectType({
  description: 'The person is forgotten: nobody finds them any more, and what they wrote is gone or going.',
})
export class ContactErased {
  @Field(() => Erasure, { description: 'The erasure, and how far it is.' })
  readonly erasure: Erasure;

  constructor(erasure: Erasure) {
    this.erasure = erasure;
  }
}

@ObjectType({ description: 'The wish is noted; an admin carries it out.' })
export class MeErasureRequested {
  @Field(() => Erasure, { description: 'What was asked for; asking again answers with the same one.' })
  readonly erasure: Erasure;

  constructor(erasure: Erasure) {
    this.erasure = erasure;
  }
}

@ObjectType({ description: 'Something that is known of a person.' })
export class PersonalDataItem {
  @Field({ description: 'What kind of thing it is, as in submissions.' })
  readonly part: string;

  @Field(() => JsonObject, { description: 'What is known; times in ISO 8601.' })
  readonly content: Readonly<Record<string, unknown>>;
}

@ObjectType({ description: 'What is known of a person, a page of it, for machines to read.' })
export class ContactExported {
  @Field(() => [PersonalDataItem], { description: 'The things, kind after kind; at most 500.' })
  readonly items: readonly PersonalDataItem[];

  @Field(() => String, { nullable: true, description: 'Ask for more with this as `after`; null when this is all.' })
  readonly after: string | null;

  constructor(items: readonly PersonalDataItem[], after: string | null) {
    this.items = items;
    this.after = after;
  }
}

export const ContactEraseResult = createUnionType({
  name: 'ContactEraseResult',
  description: 'What contactErase answers.',
  types: () => [ContactErased, IdempotencyKeyReused, SecretKeyMissing, InputInvalid, NotFound] as const,
});

export const MeErasureRequestResult = createUnionType({
  name: 'MeErasureRequestResult',
  description: 'What meErasureRequest answers.',
  types: () => [MeErasureRequested, InputInvalid, NotFound] as const,
});

export const ContactExportResult = createUnionType({
  name: 'ContactExportResult',
  description: 'What contactExport and meExport answer.',
  types: () => [ContactExported, InputInvalid, NotFound] as const,
});
