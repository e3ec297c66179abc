import sql from 'sql-template-tag';
import type { Database, Transaction } from '../../platform/database/database.js';
import type { Events } from '../../platform/events/events.js';
import type { JobPart, JobRun, Jobs, ScheduledJob } from '../../platform/jobs/jobs.js';
import { Case } from './case.entity.js';
import './case.events.js';
import { noteStep } from './case.steps.js';

const casesPerPart = 100;
const programsAtOnce = 50;

/** The moment up to which cases that are due are told. */
type EscalationState = { readonly until: string };

/** Tells once of each case that is past its time, by a job: whoever follows `case.overdue` hears of it. */
export class CaseEscalation {
  private readonly job: ScheduledJob<EscalationState>;

  constructor(
    private readonly events: Events,
    jobs: Jobs,
  ) {
    this.job = jobs.define<EscalationState>({
      name: 'cases.escalate',
      part: (tx, run) => this.part(tx, run),
      plan: (database, now) => this.plan(database, now),
    });
  }

  /** A run for each program that has such cases, up to now; each has its moment, so the next one is another. */
  private async plan(database: Database, now: Date): Promise<number> {
    const until = now.toISOString();
    const programs = await database.read((db) =>
      db.query<{ program_id: string }>(sql`
        SELECT DISTINCT c.program_id FROM detractor_case c
        WHERE c.status = 'OPEN' AND c.escalated_at IS NULL AND c.due_at <= ${now} AND NOT EXISTS (
          SELECT 1 FROM job WHERE job.program_id = c.program_id AND job.name = 'cases.escalate'
            AND job.status <> 'DONE')
        LIMIT ${programsAtOnce}`),
    );
    for (const { program_id: programId } of programs) {
      await database.transact((tx) => this.job.schedule(tx, { programId, runKey: `until:${until}`, state: { until } }));
    }
    return programs.length;
  }

  private async part(tx: Transaction, run: JobRun<EscalationState>): Promise<JobPart<EscalationState>> {
    const { programId, state } = run;
    const until = new Date(state.until);
    const overdue = await tx.select(
      Case,
      sql`WHERE program_id = ${programId} AND status = 'OPEN' AND escalated_at IS NULL AND due_at <= ${until}
        ORDER BY id LIMIT ${casesPerPart} ${tx.forUpdate}`,
    );
    for (const { id, owner } of overdue) {
      await tx.execute(sql`UPDATE detractor_case SET escalated_at = ${tx.now} WHERE id = ${id}`);
      await noteStep(tx, { id }, { step: 'ESCALATED', owner });
      await this.events.emit(tx, 'case.overdue', programId, { caseId: id, owner });
    }
    const done = overdue.length;
    return done === casesPerPart ? { done, next: state } : { done };
  }
}
