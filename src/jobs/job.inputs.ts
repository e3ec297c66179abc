import { ArgsType, Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { PageArgs, pageRules } from '../platform/graphql/connection.js';
import { rules, Validated } from '../platform/graphql/input.js';
import { JobStatus } from '../platform/jobs/job.entity.js';

@Validated(pageRules.extend({ name: rules.line(64).nullish() }))
@ArgsType()
export class JobsArgs extends PageArgs {
  @Field(() => JobStatus, { nullable: true, description: 'Only those that are this far.' })
  readonly status?: JobStatus | null;

  @Field(() => String, { nullable: true, description: 'Only those of this kind, as in badges.grant.' })
  readonly name?: string | null;
}

@Validated(z.object({ jobId: rules.globalId }))
@InputType({ description: 'A job that failed and shall go on.' })
export class JobRetryInput {
  @Field(() => ID, { description: 'Which job.' })
  readonly jobId: string;
}
