import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import type { CaseTermsSetInput } from './case.inputs.js';
import { type CaseSettings, CaseTermsRow, defaultCaseSettings } from './case.terms.js';

/** How a program follows up its detractors. */
export class CaseTermsService {
  constructor(private readonly database: Database) {}

  async current(context: RequestContext): Promise<CaseSettings> {
    context.session.require('case.read');
    const programId = context.session.program.id;
    return this.database.read((db) => caseSettingsOf(db, programId));
  }

  /** Changes them for cases from now on. */
  async set(context: RequestContext, input: CaseTermsSetInput): Promise<CaseSettings> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const row = await tx.first(CaseTermsRow, sql`WHERE program_id = ${programId} ${tx.forUpdate}`);
      const known = { ...defaultCaseSettings, ...row?.settings };
      const settings: CaseSettings = {
        isOn: input.isOn ?? known.isOn,
        dueWorkingDays: input.dueWorkingDays ?? known.dueWorkingDays,
        workingDays: input.workingDays ?? known.workingDays,
        owners: input.owners ?? known.owners,
      };
      if (row) {
        await tx.execute(sql`
          UPDATE case_terms SET settings = ${JSON.stringify(settings)} WHERE program_id = ${programId}`);
        return settings;
      }
      try {
        await tx.insert(CaseTermsRow, { programId, settings, turns: 0 });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('Somebody set the terms at the same moment');
        throw error;
      }
      return settings;
    });
  }
}

export async function caseSettingsOf(db: Reader, programId: string): Promise<CaseSettings> {
  const row = await db.first(CaseTermsRow, sql`WHERE program_id = ${programId}`);
  return { ...defaultCaseSettings, ...row?.settings };
}

/** Whose turn it is: each owner gets as many new cases as the next, also of those that come at once. */
export async function nextOwner(tx: Transaction, programId: string, { owners }: CaseSettings): Promise<string | null> {
  if (owners.length < 2) return owners[0] ?? null;
  await tx.execute(sql`UPDATE case_terms SET turns = turns + 1 WHERE program_id = ${programId}`);
  const row = await tx.first(CaseTermsRow, sql`WHERE program_id = ${programId}`);
  return owners[((row?.turns ?? 1) - 1) % owners.length] ?? null;
}
