import { createUnionType, Field, ObjectType } from 'type-graphql';
import { IdempotencyKeyReused, InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { NpsResponse } from './response.entity.js';

@ObjectType({ description: 'The answer is recorded, or was before.' })
export class NpsResponseRecorded {
  @Field(() => NpsResponse, { description: 'The answer.' })
  readonly response: NpsResponse;

  constructor(response: NpsResponse) {
    this.response = response;
  }
}

export const NpsResponseRecordResult = createUnionType({
  name: 'NpsResponseRecordResult',
  description: 'What npsResponseRecord answers.',
  types: () => [NpsResponseRecorded, InputInvalid, IdempotencyKeyReused, NotFound] as const,
});
