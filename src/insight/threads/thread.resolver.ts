import { Args, Ctx, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { CommonThreadArgs } from './thread.inputs.js';
import { CommonThread } from './thread.js';
import { CommonThreadService } from './thread.service.js';

@Resolver()
export class CommonThreadResolver {
  constructor(private readonly service: CommonThreadService) {}

  @Query(() => CommonThread, {
    nullable: true,
    description:
      'Which attributes the most enthusiastic customers share, more than chance would have it. Null without such a survey. For staff and servers.',
  })
  commonThread(
    @Ctx() context: RequestContext,
    @Args(() => CommonThreadArgs) args: CommonThreadArgs,
  ): Promise<CommonThread | null> {
    return this.service.find(context, args);
  }
}
