import { Arg, Args, Ctx, Mutation, Query, Resolver } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { Job } from '../platform/jobs/job.entity.js';
import { JobRetryInput, JobsArgs } from './job.inputs.js';
import { JobConnection, JobRetryResult } from './job.results.js';
import { JobService } from './job.service.js';

@Resolver(() => Job)
export class JobResolver {
  constructor(private readonly service: JobService) {}

  @Query(() => JobConnection, {
    description: 'What the server does by itself for the program, newest first, and how far it is. For admins.',
  })
  async jobs(@Ctx() context: RequestContext, @Args(() => JobsArgs) args: JobsArgs): Promise<JobConnection> {
    return new JobConnection(await this.service.list(context, args));
  }

  @Mutation(() => JobRetryResult, {
    description: 'Lets a job that failed go on where it stopped. For admins.',
  })
  jobRetry(
    @Ctx() context: RequestContext,
    @Arg('input', () => JobRetryInput) input: JobRetryInput,
  ): Promise<typeof JobRetryResult> {
    return this.service.retry(context, input);
  }
}
