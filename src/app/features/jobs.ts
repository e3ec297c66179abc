import { JobResolver } from '../../jobs/job.resolver.js';
import { JobService } from '../../jobs/job.service.js';
import { Job } from '../../platform/jobs/job.entity.js';
import { JobWorker } from '../../platform/jobs/job.worker.js';
import type { Kit } from './kit.js';

/** What is done once, by whichever process is free. */
export function composeJobs({ database, jobs, events, clock, log, nodes }: Kit) {
  const jobWorker = new JobWorker(database, jobs, events, clock, log);
  const service = new JobService(database);
  nodes.register(Job, (context, id) => service.find(context, id));
  return {
    services: { jobWorker },
    resolvers: [new JobResolver(service)],
    jobs: [{ name: 'jobs.forget', everyMilliseconds: 3_600_000, doSome: () => jobWorker.forgetSome() }],
  };
}
