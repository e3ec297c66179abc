import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { FatigueBudget, FatigueTerms } from './budget.entity.js';
import type { FatigueBudgetSetInput } from './budget.inputs.js';
import type { Fatigue } from './fatigue.js';

/** How often a program asks one person, as staff see and set it. */
export class BudgetService {
  constructor(
    private readonly database: Database,
    private readonly fatigue: Fatigue,
  ) {}

  show(context: RequestContext): Promise<FatigueBudget> {
    context.session.require('invitation.read');
    return this.database.read((db) => this.fatigue.budgetOf(db, context.session.program.id));
  }

  /** Changes the clocks that are named. What was asked before stays asked, and is held against the new clocks. */
  async set(context: RequestContext, input: FatigueBudgetSetInput): Promise<FatigueBudget> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const known = await tx.first(FatigueTerms, sql`WHERE program_id = ${programId} ${tx.forUpdate}`);
      const before = new FatigueBudget(known);
      const allDays = input.allDays ?? before.allDays;
      const named = Object.fromEntries((input.clocks ?? []).map(({ kind, days }) => [kind, days]));
      const daysByKind = { ...known?.daysByKind, ...named };
      if (known) {
        await tx.execute(sql`
          UPDATE fatigue_terms SET all_days = ${allDays}, days_by_kind = ${JSON.stringify(daysByKind)}
          WHERE program_id = ${programId}`);
        return new FatigueBudget({ allDays, daysByKind });
      }
      try {
        await tx.insert(FatigueTerms, { programId, allDays, daysByKind });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('The budget was set at the same moment');
        throw error;
      }
      return new FatigueBudget({ allDays, daysByKind });
    });
  }
}
