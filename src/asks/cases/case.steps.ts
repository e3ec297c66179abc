import sql from 'sql-template-tag';
import type { Transaction } from '../../platform/database/database.js';
import { type Case, CaseEntry } from './case.entity.js';

/** No history is longer: a case is worked on by people. */
export const entriesMax = 200;

type Step = Pick<CaseEntry, 'step'> & Partial<Pick<CaseEntry, 'by' | 'owner' | 'outcome' | 'note'>>;

/** Adds a step to the history of a case, which the caller holds; answers its id. */
export async function noteStep(tx: Transaction, { id: caseId }: Pick<Case, 'id'>, step: Step): Promise<string> {
  await tx.execute(sql`UPDATE detractor_case SET entries = entries + 1 WHERE id = ${caseId}`);
  const [row] = await tx.query<{ entries: number | string }>(sql`
    SELECT entries FROM detractor_case WHERE id = ${caseId}`);
  const id = tx.newId();
  const nothing = { by: null, owner: null, outcome: null, note: null };
  await tx.insert(CaseEntry, { ...nothing, ...step, id, caseId, position: Number(row?.entries), at: tx.now });
  return id;
}
