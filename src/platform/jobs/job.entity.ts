import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../database/columns.js';
import { graphqlEnum } from '../graphql/enums.js';
import { Node } from '../graphql/node.js';

export const JobStatus = graphqlEnum('JobStatus', 'How far a job is.', {
  WAITING: 'It begins, or is tried again, once it is due.',
  RUNNING: 'It has begun, and goes on by itself; after a crash, too.',
  DONE: 'It is finished.',
  FAILED: 'It was tried as often as is sensible. What was done stays done; jobRetry lets it go on from there.',
});
export type JobStatus = keyof typeof JobStatus;

@ObjectType({ description: 'How far a job has come.' })
export class JobProgress {
  @Field(() => Int, { description: 'How many of the things that it goes through are done.' })
  readonly done: number;

  @Field(() => Int, { nullable: true, description: 'How many there are, as far as is known; null where it is not.' })
  readonly total: number | null;
}

/**
 * One run of something that has to happen once, whichever process does it: what is kept so that any process can begin it,
 * and go on with it where another stopped.
 */
@ObjectType({
  implements: Node,
  description: 'Work that the server does by itself, once: in parts, on whichever process is free, also after a crash.',
})
@Entity('job')
@Index('uq_job_run', ['programId', 'name', 'runKey'], { unique: true })
@Index('ix_job_due', ['dueAt'])
@Index('ix_job_program', ['programId', 'id'])
@Index('ix_job_finished', ['finishedAt'])
export class Job extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'What kind of work it is, as in badges.grant.' })
  @Stored('key', 'name')
  readonly name: string;

  @Field({ description: 'What the work is about, as in week:2026-W10; each kind is done once for each of these.' })
  @Stored('line', 'run_key')
  readonly runKey: string;

  @Field(() => JobStatus, { description: 'Whether it waits, runs, is done or has failed.' })
  @Stored('key', 'status')
  readonly status: JobStatus;

  /** What the next part needs to know of those before; only the job's own definition reads it. */
  @Stored('json', 'state')
  readonly state: Readonly<Record<string, unknown>>;

  @Stored('integer', 'done')
  readonly done: number;

  @Optional('integer', 'total')
  readonly total: number | null;

  @Field(() => Int, {
    description: 'How often it was begun since it last got on: 1 while all goes well, 0 before it begins.',
  })
  @Stored('integer', 'attempts')
  readonly attempts: number;

  /** Of the process that does it now: who shows another one has lost it. Null while nobody does. */
  @Optional('id', 'lease')
  readonly lease: string | null;

  /** From when a process may take it: when it is due, its next try, or the end of the lease. Null once it has ended. */
  @Optional('time', 'due_at')
  readonly dueAt: Date | null;

  @Field({ description: 'When it was planned.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field({ description: 'From when it could begin.' })
  @Stored('time', 'scheduled_for')
  readonly scheduledFor: Date;

  @Field(() => Date, { nullable: true, description: 'When it first began; null while it has not.' })
  @Optional('time', 'started_at')
  readonly startedAt: Date | null;

  @Field(() => Date, { nullable: true, description: 'When it was done, or given up; null until then.' })
  @Optional('time', 'finished_at')
  readonly finishedAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'What kind of error it met last, without anybody’s data; null where none. The log has the whole.',
  })
  @Optional('line', 'last_error')
  readonly lastError: string | null;

  @Field(() => JobProgress, { description: 'How far it has come.' })
  progress(): JobProgress {
    return { done: this.done, total: this.total };
  }
}
