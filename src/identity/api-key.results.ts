import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { ApiKey } from './api-key.entity.js';

@ObjectType({ description: 'A page of API keys.' })
export class ApiKeyConnection extends connectionOf(ApiKey) {}

@ObjectType({ description: 'The key works from now on.' })
export class ApiKeyCreated {
  @Field({ description: 'The key as it is listed.' })
  readonly apiKey: ApiKey;

  @Field({
    description:
      'What the server sends as `Authorization: Bearer apk_…`. It is shown here once and can never be read again.',
  })
  readonly secret: string;

  constructor(apiKey: ApiKey, secret: string) {
    this.apiKey = apiKey;
    this.secret = secret;
  }
}

@ObjectType({ description: 'The key does not work any more.' })
export class ApiKeyRevoked {
  @Field({ description: 'The key; revoking it again answers with the same time.' })
  readonly apiKey: ApiKey;

  constructor(apiKey: ApiKey) {
    this.apiKey = apiKey;
  }
}

export const ApiKeyCreateResult = createUnionType({
  name: 'ApiKeyCreateResult',
  description: 'What apiKeyCreate answers.',
  types: () => [ApiKeyCreated, InputInvalid] as const,
});

export const ApiKeyRevokeResult = createUnionType({
  name: 'ApiKeyRevokeResult',
  description: 'What apiKeyRevoke answers.',
  types: () => [ApiKeyRevoked, InputInvalid, NotFound] as const,
});
