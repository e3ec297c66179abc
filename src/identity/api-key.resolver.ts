import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import { PageArgs } from '../platform/graphql/connection.js';
import { ApiKey } from './api-key.entity.js';
import { ApiKeyCreateInput, ApiKeyRevokeInput } from './api-key.inputs.js';
import {
  ApiKeyConnection,
  ApiKeyCreated,
  ApiKeyCreateResult,
  ApiKeyRevoked,
  ApiKeyRevokeResult,
} from './api-key.results.js';
import { ApiKeyService } from './api-key.service.js';
import type { RequestContext } from './session.js';

@Resolver()
export class ApiKeyResolver {
  constructor(private readonly service: ApiKeyService) {}

  @Query(() => ApiKeyConnection, {
    description: 'The API keys of the program, newest first, those that were revoked included. For admins.',
  })
  async apiKeys(@Ctx() context: RequestContext, @Args(() => PageArgs) page: PageArgs): Promise<ApiKeyConnection> {
    return new ApiKeyConnection(await this.service.list(context, page));
  }

  @Mutation(() => ApiKeyCreateResult, {
    description: "Makes an API key for a server of the program's owner. For admins.",
  })
  async apiKeyCreate(
    @Ctx() context: RequestContext,
    @Arg('input', () => ApiKeyCreateInput) input: ApiKeyCreateInput,
  ): Promise<typeof ApiKeyCreateResult> {
    const { apiKey, secret } = await this.service.issue(context, input);
    return new ApiKeyCreated(apiKey, secret);
  }

  @Mutation(() => ApiKeyRevokeResult, {
    description: 'Ends an API key: it is refused from the next request on. For admins.',
  })
  async apiKeyRevoke(
    @Ctx() context: RequestContext,
    @Arg('input', () => ApiKeyRevokeInput) input: ApiKeyRevokeInput,
  ): Promise<typeof ApiKeyRevokeResult> {
    const result = await this.service.revoke(context, input);
    return result instanceof ApiKey ? new ApiKeyRevoked(result) : result;
  }
}
