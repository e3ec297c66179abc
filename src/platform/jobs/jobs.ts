import sql from 'sql-template-tag';
import type { Database, Transaction } from '../database/database.js';
import { isUniqueViolation, RaceLost } from '../database/errors.js';
import { Job } from './job.entity.js';

declare module '../events/events.js' {
  interface EventMap {
    /** A job was given up; somebody has to look at it. */
    'job.failed': { readonly jobId: string; readonly name: string; readonly runKey: string };
  }
}

/** What a job keeps from one part to the next: plain JSON, without personal data. */
export type JobState = Readonly<Record<string, unknown>>;

/** One run of a job, as its parts see it. */
export interface JobRun<State extends JobState> {
  readonly id: string;
  readonly programId: string;
  /** What the run is about. */
  readonly runKey: string;
  /** For when it was planned, however late it is done. */
  readonly scheduledFor: Date;
  readonly state: State;
}

/** What came of one part. */
export interface JobPart<State extends JobState> {
  /** How many things were done in it. */
  readonly done: number;
  /** How many there are in all, where that was found out now. */
  readonly total?: number;
  /** What the next part needs to know; left out once there is none. */
  readonly next?: State;
  /** From when the next part may be done; at once if left out. Waiting is no failure. */
  readonly notBefore?: Date;
}

export interface JobDefinition<State extends JobState> {
  /** The folder and what is done, as in `badges.grant`. It is kept in the database: never change it. */
  readonly name: string;
  /**
   * Does a bounded part, in one transaction with the note of how far it came: so each part happens once, whatever
   * crashes when. Keep it to some hundred rows: others wait for what it locks. The job's own row is locked before
   * everything else.
   */
  readonly part: (tx: Transaction, run: JobRun<State>) => Promise<JobPart<State>>;
  /**
   * For work that comes due by the clock: schedules some of the runs that have, and answers how many; asked again until
   * it answers 0. Every process asks now and then, so a run that is there already is left as it is.
   */
  readonly plan?: (database: Database, now: Date) => Promise<number>;
}

export interface NewRun<State extends JobState> {
  readonly programId: string;
  /** What it is about: the same run is done once. At most 255 characters; admins read it, so no ids and no names. */
  readonly runKey: string;
  readonly state: State;
  /** From when; at once if left out. */
  readonly dueAt?: Date;
  /** How many things it will go through, where that is known. */
  readonly total?: number;
}

/** A job that was defined, to schedule runs of. */
export interface ScheduledJob<State extends JobState> {
  /** Plans a run with what else commits in this transaction. A run that is there already, done or not, stays as it is. */
  schedule(tx: Transaction, run: NewRun<State>): Promise<void>;
  /** Lets a run that has not begun come due at another moment; nothing where it has, or is not there. */
  move(tx: Transaction, run: { programId: string; runKey: string; dueAt: Date }): Promise<void>;
}

/** What the worker needs to know of a job, whatever its state looks like. */
type AnyDefinition = JobDefinition<JobState>;

/** Which jobs there are. Filled by the composition root; the runs are rows, and JobWorker does them. */
export class Jobs {
  private readonly definitions = new Map<string, AnyDefinition>();
  private wake: () => void = () => {};

  /** Says how a job is done, once for its name. */
  define<State extends JobState>(definition: JobDefinition<State>): ScheduledJob<State> {
    const { name } = definition;
    if (this.definitions.has(name)) throw new Error(`There is a job ${name} already`);
    // What comes out of the database is what this same definition put in.
    this.definitions.set(name, definition as unknown as AnyDefinition);
    return { schedule: (tx, run) => this.schedule(tx, name, run), move: (tx, run) => this.move(tx, name, run) };
  }

  get all(): readonly AnyDefinition[] {
    return [...this.definitions.values()];
  }

  find(name: string): AnyDefinition | undefined {
    return this.definitions.get(name);
  }

  /** What the worker does to hear at once that there is something to do. */
  onCommitted(wake: () => void): void {
    this.wake = wake;
  }

  private async schedule(tx: Transaction, name: string, run: NewRun<JobState>): Promise<void> {
    const { programId, runKey, state, dueAt = tx.now, total = null } = run;
    const same = sql`WHERE program_id = ${programId} AND name = ${name} AND run_key = ${runKey}`;
    if (await tx.first(Job, same)) return;
    try {
      await tx.insert(Job, {
        ...{ id: tx.newId(), programId, name, runKey, state, total, dueAt, scheduledFor: dueAt },
        ...{ status: 'WAITING', done: 0, attempts: 0, createdAt: tx.now },
      });
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The run was scheduled at the same moment');
      throw error;
    }
    if (dueAt <= tx.now) tx.afterCommit(this.wake);
  }

  private async move(
    tx: Transaction,
    name: string,
    { programId, runKey, dueAt }: { programId: string; runKey: string; dueAt: Date },
  ): Promise<void> {
    await tx.execute(sql`
      UPDATE job SET due_at = ${dueAt}, scheduled_for = ${dueAt}
      WHERE program_id = ${programId} AND name = ${name} AND run_key = ${runKey} AND status = 'WAITING' AND done = 0`);
    if (dueAt <= tx.now) tx.afterCommit(this.wake);
  }
}
