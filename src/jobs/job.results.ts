import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { Job } from '../platform/jobs/job.entity.js';

@ObjectType({ description: 'A page of jobs.' })
export class JobConnection extends connectionOf(Job) {}

@ObjectType({ description: 'The job goes on where it stopped.' })
export class JobRetried {
  @Field(() => Job, { description: 'The job as it is now.' })
  readonly job: Job;

  constructor(job: Job) {
    this.job = job;
  }
}

@ObjectType({ implements: Problem, description: 'Only a job that has failed is tried again by hand.' })
export class JobNotFailed extends Problem {
  @Field(() => Job, { description: 'The job as it is.' })
  readonly job: Job;

  constructor(job: Job) {
    super('JOB_NOT_FAILED', 'problem.jobNotFailed');
    this.job = job;
  }
}

export const JobRetryResult = createUnionType({
  name: 'JobRetryResult',
  description: 'What jobRetry answers.',
  types: () => [JobRetried, JobNotFailed, InputInvalid, NotFound] as const,
});
