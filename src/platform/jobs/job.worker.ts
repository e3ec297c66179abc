import sql, { join, type Sql } from 'sql-template-tag';
import { QueryFailedError } from 'typeorm';
import type { Clock } from '../clock.js';
import type { Database, Transaction } from '../database/database.js';
import type { Events } from '../events/events.js';
import type { Logger } from '../log.js';
import { Job } from './job.entity.js';
import type { JobPart, JobState, Jobs } from './jobs.js';

const pollMilliseconds = 1_000;
const planMilliseconds = 15_000;
/** What a process that died had taken is anybody's again after this. Each part begins it anew. */
const leaseMilliseconds = 60_000;
/** A long job goes back in the queue after so many parts, so that short ones do not wait for its end. */
const partsPerTurn = 20;
/** Tries without getting on, in about half an hour. */
const attemptsMax = 12;
const retryMillisecondsMax = 3_600_000;
/** How long a finished run is kept, for whoever looks back. */
const keptMilliseconds = 90 * 86_400_000;
const forgottenAtOnceMax = 1_000;
/** Plans that are asked again and again for more; a guard against one that never answers 0. */
const plansAtOnceMax = 10_000;

/** A run that this process does now, and what shows that it is still its own. */
interface Taken {
  readonly job: Job;
  readonly lease: string;
}

/** `ended`: for now, or for good. */
type Outcome = 'more' | 'ended' | 'lost';

/**
 * Does the runs that are due, on any number of processes: one takes a run by a lease in its row, and does its parts, each
 * in one transaction that first locks the row and looks whether the lease is still its own. A process that dies leaves a
 * lease that ends; another goes on after the last part that committed.
 */
export class JobWorker {
  private turn: Promise<void> | undefined;
  private again = false;
  private planAgain = false;
  private timers: readonly NodeJS.Timeout[] = [];
  private stopped = false;

  constructor(
    private readonly database: Database,
    private readonly jobs: Jobs,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly log: Logger,
  ) {}

  start(): void {
    this.jobs.onCommitted(() => this.wake());
    this.timers = [
      setInterval(() => this.wake(), pollMilliseconds).unref(),
      setInterval(() => this.wakeToPlan(), planMilliseconds).unref(),
    ];
    this.wakeToPlan();
  }

  /** Lets the part under way end, and leaves its run to others. */
  async stop(): Promise<void> {
    this.stopped = true;
    for (const timer of this.timers) clearInterval(timer);
    await this.turn;
  }

  /** Plans and does all that is due now. Returns once nothing is left, for tests and for the command line. */
  async drain(): Promise<void> {
    this.wakeToPlan();
    await this.turn;
  }

  /** Deletes some of the runs that ended long ago; answers how many. */
  async forgetSome(): Promise<number> {
    const before = new Date(this.clock.now().getTime() - keptMilliseconds);
    const old = await this.database.read((db) =>
      db.select(Job, sql`WHERE finished_at < ${before} AND status = 'DONE' LIMIT ${forgottenAtOnceMax}`),
    );
    if (old.length === 0) return 0;
    const ids = join(old.map(({ id }) => id));
    return this.database.transact((tx) => tx.execute(sql`DELETE FROM job WHERE id IN (${ids}) AND status = 'DONE'`));
  }

  private wake(): void {
    this.again = true;
    this.turn ??= this.run().finally(() => {
      this.turn = undefined;
    });
  }

  private wakeToPlan(): void {
    this.planAgain = true;
    this.wake();
  }

  private async planAll(): Promise<void> {
    this.planAgain = false;
    for (const { name, plan } of this.jobs.all) {
      try {
        for (let asked = 0; plan && !this.stopped && asked < plansAtOnceMax; asked++) {
          if ((await plan(this.database, this.clock.now())) === 0) break;
        }
      } catch (error) {
        this.log.error({ err: error, job: name }, 'a job could not be planned');
      }
    }
  }

  private async run(): Promise<void> {
    while (this.again && !this.stopped) {
      this.again = false;
      try {
        if (this.planAgain) await this.planAll();
        for (let taken = await this.take(); taken && !this.stopped; taken = await this.take()) await this.work(taken);
      } catch (error) {
        this.log.error({ err: error }, 'the jobs could not be read');
      }
    }
  }

  /** Takes the run that has been due for longest; undefined when none is. */
  private async take(): Promise<Taken | undefined> {
    const names = this.jobs.all.map(({ name }) => name);
    if (names.length === 0) return undefined;
    const due = sql`WHERE due_at <= ${this.clock.now()} AND name IN (${join(names)}) ORDER BY due_at, id LIMIT 1`;
    if (!(await this.database.read((db) => db.first(Job, due)))) return undefined;
    return this.database.transact(async (tx) => {
      const job = await tx.first(Job, sql`${due} ${tx.forUpdateSkipLocked}`);
      if (!job) return undefined;
      const lease = tx.newId();
      await this.update(
        tx,
        job,
        sql`
        status = 'RUNNING', lease = ${lease}, due_at = ${leaseEnd(tx.now)}, attempts = attempts + 1,
        started_at = COALESCE(started_at, ${tx.now})`,
      );
      return { job, lease };
    });
  }

  private async work(taken: Taken): Promise<void> {
    // Whoever took it before died with it, each time: it is not tried for ever.
    if (taken.job.attempts >= attemptsMax) return this.fail(taken, new JobAbandoned());
    try {
      for (let part = 0; part < partsPerTurn && !this.stopped; part++) {
        if ((await this.doPart(taken)) !== 'more') return;
      }
    } catch (error) {
      this.log.warn({ err: error, job: taken.job.name, run: taken.job.id }, 'a part of a job failed');
      return this.fail(taken, error);
    }
    await this.database.transact((tx) =>
      this.update(tx, taken.job, sql`lease = NULL, due_at = ${tx.now}, attempts = 0`, taken.lease),
    );
  }

  /** One part, and the note of how far it came: both or neither. */
  private async doPart({ job: { id, name }, lease }: Taken): Promise<Outcome> {
    const definition = this.jobs.find(name);
    if (!definition) throw new Error(`There is no job ${name}`);
    return this.database.transact(async (tx) => {
      const job = await tx.first(Job, sql`WHERE id = ${id} AND lease = ${lease} ${tx.forUpdate}`);
      if (!job) return 'lost';
      const part = await definition.part(tx, job);
      await this.update(tx, job, sql`${progressOf(job, part)}, ${stateAfter(part, tx.now)}`);
      return part.next && !part.notBefore ? 'more' : 'ended';
    });
  }

  /** Leaves the run for a later try, or gives it up. */
  private async fail({ job: { id, programId, name, runKey }, lease }: Taken, error: unknown): Promise<void> {
    await this.database.transact(async (tx) => {
      const job = await tx.first(Job, sql`WHERE id = ${id} AND lease = ${lease} ${tx.forUpdate}`);
      if (!job) return;
      const met = sql`lease = NULL, last_error = ${kindOf(error)}`;
      if (job.attempts < attemptsMax) {
        const wait = Math.min(retryMillisecondsMax, 1_000 * 2 ** (job.attempts - 1));
        const dueAt = new Date(tx.now.getTime() + wait);
        await this.update(tx, job, sql`${met}, status = 'WAITING', due_at = ${dueAt}`);
        return;
      }
      await this.update(tx, job, sql`${met}, status = 'FAILED', due_at = NULL, finished_at = ${tx.now}`);
      await this.events.emit(tx, 'job.failed', programId, { jobId: id, name, runKey });
    });
  }

  private async update(tx: Transaction, { id }: Job, changes: Sql, lease?: string): Promise<void> {
    const held = lease === undefined ? sql`` : sql` AND lease = ${lease}`;
    await tx.execute(sql`UPDATE job SET ${changes} WHERE id = ${id}${held}`);
  }
}

/** It was begun as often as is sensible, and never answered: each process that did it ended before. */
class JobAbandoned extends Error {
  override readonly name = 'JobAbandoned';
}

function leaseEnd(now: Date): Date {
  return new Date(now.getTime() + leaseMilliseconds);
}

/** There may be more things than there were when they were counted. */
function progressOf(job: Job, part: JobPart<JobState>): Sql {
  const done = job.done + part.done;
  const counted = part.total ?? job.total;
  const soFar = counted === null ? null : Math.max(counted, done);
  const total = part.next ? soFar : done;
  return sql`done = ${done}, total = ${total}`;
}

/** It got on, so that this try is the first again. */
function stateAfter({ next, notBefore }: JobPart<JobState>, now: Date): Sql {
  if (!next) {
    return sql`status = 'DONE', attempts = 1, lease = NULL, due_at = NULL, finished_at = ${now}, last_error = NULL`;
  }
  const state = sql`state = ${JSON.stringify(next)}`;
  if (!notBefore) return sql`${state}, attempts = 1, due_at = ${leaseEnd(now)}`;
  return sql`${state}, status = 'WAITING', attempts = 0, lease = NULL, due_at = ${notBefore}`;
}

/** What kind of error it is, and nothing of what it says: messages of databases quote what they were given. */
function kindOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? ` ${String(cause.code)}` : '';
  return `${error.name}${code}`.slice(0, 255);
}
