import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import { paginate, type SortKey } from '../../platform/database/paginate.js';
import type { Events } from '../../platform/events/events.js';
import type { Page } from '../../platform/graphql/connection.js';
import { rowId } from '../../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../../platform/graphql/problem.js';
import { once } from '../../platform/idempotency/idempotency.js';
import { Program } from '../../programs/program.entity.js';
import { dueAt } from './case.due.js';
import { Case } from './case.entity.js';
import './case.events.js';
import type { CaseAssignInput, CaseNoteInput, CaseReopenInput, CaseResolveInput, CasesArgs } from './case.inputs.js';
import { caseById, historyOf } from './case.loaders.js';
import { entriesMax, noteStep } from './case.steps.js';
import { caseSettingsOf } from './case.terms.service.js';

type Refusal = InputInvalid | NotFound;

/** What is due first comes first, in a list of any cases. */
const mostUrgentFirst: readonly SortKey<Case>[] = [
  { column: 'detractor_case.due_at', direction: 'ASC', read: (row) => row.dueAt },
  { column: 'detractor_case.id', direction: 'ASC', read: (row) => row.id },
];

/** Works on cases: who has them, what was said, how they ended. Whoever changes one holds its row. */
export class CaseService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async assign(context: RequestContext, { caseId, owner = null }: CaseAssignInput): Promise<Case | Refusal> {
    return this.change(context, caseId, async (tx, known) => {
      if (known.owner === owner) return undefined;
      if (known.status !== 'OPEN') return notOpen();
      if (known.entries >= entriesMax) return full();
      await tx.execute(sql`UPDATE detractor_case SET owner = ${owner} WHERE id = ${known.id}`);
      await noteStep(tx, known, { step: 'ASSIGNED', by: context.session.caller, owner });
      await this.events.emit(tx, 'case.assigned', known.programId, { caseId: known.id, owner });
      return undefined;
    });
  }

  async note(context: RequestContext, input: CaseNoteInput): Promise<Case | Refusal | IdempotencyKeyReused> {
    const { program, caller } = context.session;
    return this.change(context, input.caseId, async (tx, known) => {
      if (known.entries >= entriesMax) return full();
      const written = await once(tx, { programId: program.id, caller, operation: 'caseNote', input }, () =>
        noteStep(tx, known, { step: 'NOTED', by: caller, note: input.note }),
      );
      return written instanceof Problem ? written : undefined;
    });
  }

  /** Ends a case; with the same outcome again it changes nothing. */
  async resolve(context: RequestContext, { caseId, outcome, note }: CaseResolveInput): Promise<Case | Refusal> {
    return this.change(context, caseId, async (tx, known) => {
      if (known.outcome === outcome) return undefined;
      if (known.status !== 'OPEN') return notOpen();
      await tx.execute(sql`
        UPDATE detractor_case SET status = 'RESOLVED', resolved_at = ${tx.now}, outcome = ${outcome}
        WHERE id = ${known.id}`);
      await noteStep(tx, known, { step: 'RESOLVED', by: context.session.caller, outcome, note: note || null });
      const payload = { caseId: known.id, owner: known.owner, outcome };
      await this.events.emit(tx, 'case.resolved', known.programId, payload);
      return undefined;
    });
  }

  /** Lets a case go on, due anew; one that is open stays as it is. */
  async reopen(context: RequestContext, { caseId, note }: CaseReopenInput): Promise<Case | Refusal> {
    return this.change(context, caseId, async (tx, known) => {
      if (known.status === 'OPEN') return undefined;
      if (known.entries >= entriesMax) return full();
      const program = await tx.first(Program, sql`WHERE id = ${known.programId}`);
      if (!program) throw new Error('The program of a case is gone');
      const due = dueAt(await caseSettingsOf(tx, program.id), program.timeZone, tx.now);
      await tx.execute(sql`
        UPDATE detractor_case SET status = 'OPEN', resolved_at = NULL, outcome = NULL, escalated_at = NULL,
          due_at = ${due}
        WHERE id = ${known.id}`);
      await noteStep(tx, known, { step: 'REOPENED', by: context.session.caller, note: note || null });
      await this.events.emit(tx, 'case.reopened', known.programId, { caseId: known.id, owner: known.owner });
      return undefined;
    });
  }

  async find(context: RequestContext, id: string): Promise<Case | undefined> {
    if (!context.session.may('case.read')) return undefined;
    const found = await caseById.load(context, id);
    return found?.programId === context.session.program.id ? found : undefined;
  }

  async list(context: RequestContext, args: CasesArgs): Promise<Page<Case>> {
    context.session.require('case.read');
    let where = sql`detractor_case.program_id = ${context.session.program.id}`;
    if (args.status) where = sql`${where} AND detractor_case.status = ${args.status}`;
    if (args.owner) where = sql`${where} AND detractor_case.owner = ${args.owner}`;
    const overdue = sql`(detractor_case.status = 'OPEN' AND detractor_case.due_at <= ${this.clock.now()})`;
    if (typeof args.overdue === 'boolean') {
      where = args.overdue ? sql`${where} AND ${overdue}` : sql`${where} AND NOT ${overdue}`;
    }
    return paginate(this.database, { entity: Case, where, order: mostUrgentFirst, page: args });
  }

  isOverdue({ status, dueAt: due }: Case): boolean {
    return status === 'OPEN' && due <= this.clock.now();
  }

  private async change<Other extends Problem = InputInvalid>(
    context: RequestContext,
    globalId: string,
    work: (tx: Transaction, known: Case) => Promise<Other | undefined>,
  ): Promise<Case | Other | Refusal> {
    context.session.require('case.work');
    const id = rowId(Case, globalId);
    const result = await this.database.transact(async (tx) => {
      const known = id && (await tx.first(Case, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!known || known.programId !== context.session.program.id) return new NotFound();
      const refusal = await work(tx, known);
      if (refusal) return refusal;
      const changed = await tx.first(Case, sql`WHERE id = ${known.id}`);
      if (!changed) throw new Error('A case that is held is gone');
      return changed;
    });
    caseById.clear(context);
    historyOf.clear(context);
    return result;
  }
}

function notOpen(): InputInvalid {
  return InputInvalid.at(['caseId'], 'must be of a case that is open');
}

/** A case that is full can still be resolved. */
function full(): InputInvalid {
  return InputInvalid.at(['caseId'], `must not have ${entriesMax} steps already`);
}
