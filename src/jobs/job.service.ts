import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Page } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound } from '../platform/graphql/problem.js';
import { Job } from '../platform/jobs/job.entity.js';
import type { JobRetryInput, JobsArgs } from './job.inputs.js';
import { JobNotFailed, JobRetried } from './job.results.js';

/** The jobs of a program as admins see them. Doing them is JobWorker's. */
export class JobService {
  constructor(private readonly database: Database) {}

  /** The jobs of the program, newest first. */
  async list(context: RequestContext, args: JobsArgs): Promise<Page<Job>> {
    context.session.require('job.read');
    const ofStatus = args.status ? sql` AND job.status = ${args.status}` : sql``;
    const ofName = args.name ? sql` AND job.name = ${args.name}` : sql``;
    return paginate(this.database, {
      entity: Job,
      where: sql`job.program_id = ${context.session.program.id}${ofStatus}${ofName}`,
      order: newestFirst('job'),
      page: args,
    });
  }

  /** A job of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Job | undefined> {
    if (!context.session.may('job.read')) return undefined;
    const { program } = context.session;
    return this.database.read((db) => db.first(Job, sql`WHERE id = ${id} AND program_id = ${program.id}`));
  }

  /** Lets a job that failed go on where it stopped. */
  async retry(context: RequestContext, input: JobRetryInput): Promise<JobRetried | JobNotFailed | NotFound> {
    context.session.require('job.retry');
    const id = rowId(Job, input.jobId);
    const same = sql`id = ${id} AND program_id = ${context.session.program.id}`;
    return this.database.transact(async (tx) => {
      const changed = await tx.execute(sql`
        UPDATE job SET status = 'WAITING', due_at = ${tx.now}, attempts = 0, finished_at = NULL
        WHERE ${same} AND status = 'FAILED'`);
      const job = await tx.first(Job, sql`WHERE ${same}`);
      if (!job) return new NotFound();
      return changed > 0 ? new JobRetried(job) : new JobNotFailed(job);
    });
  }
}
