import sql, { join } from 'sql-template-tag';
import type { Database, Transaction } from '../../platform/database/database.js';
import { listsOf } from '../../platform/database/lists.js';
import { Survey } from '../survey.entity.js';
import { CountSums } from './answer-counts.js';
import { NpsCount, NpsCountChange } from './count.entity.js';
import { registerValues, wideAttributes } from './wide-attributes.js';

const changesPerFold = 2_000;

/** Folds open changes into the counts. Nobody waits for it: whoever reads adds what is open. */
export class CountFolding {
  constructor(private readonly database: Database) {}

  /** Folds some, and answers how many. Any number of processes may do it, each with changes of its own. */
  foldSome(): Promise<number> {
    return this.database.transact(async (tx) => {
      const changes = await tx.select(
        NpsCountChange,
        sql`ORDER BY id LIMIT ${changesPerFold} ${tx.forUpdateSkipLocked}`,
      );
      if (changes.length === 0) return 0;
      const surveys = await surveysOf(tx, changes);
      for (const [programId, ofProgram] of groupBy(changes, ({ surveyId }) => surveys.get(surveyId) ?? '')) {
        await fold(tx, programId, ofProgram);
      }
      for (const ids of listsOf(changes.map(({ id }) => id))) {
        await tx.execute(sql`DELETE FROM nps_count_change WHERE id IN (${join(ids)})`);
      }
      return changes.length;
    });
  }
}

/** Adds changes of one program to the counts, and keeps the values that they bring. */
export async function fold(
  tx: Transaction,
  programId: string,
  changes: readonly Omit<NpsCountChange, 'id'>[],
): Promise<void> {
  const named = changes.filter(({ name }) => name !== '');
  const more = named.filter(({ answers }) => answers > 0);
  const values = new Map(
    [...groupBy(more, ({ name }) => name)].map(([name, rows]) => [name, new Set(rows.map(({ value }) => value))]),
  );
  // Before the rest: an attribute that becomes wide by these values takes its counts with it.
  await registerValues(tx, programId, values);
  const wide = new Set(named.length > 0 ? await wideAttributes(tx, programId) : []);
  const sums = new CountSums();
  for (const { surveyId, name, value, day, score, answers } of changes) {
    if (!wide.has(name)) sums.add({ surveyId, name, value, day, score }, answers);
  }
  await tx.accumulate(NpsCount, sums.rows(), 'answers');
  await forgetEmpty(tx, programId, sums.rows());
}

/** A group that nobody is in any more is not kept, and neither is its value: it may have been one person's alone. */
async function forgetEmpty(tx: Transaction, programId: string, rows: readonly NpsCount[]): Promise<void> {
  const fewer = rows.filter(({ name, answers }) => name !== '' && answers < 0);
  const groups = new Map(fewer.map((row) => [`${row.surveyId}\n${row.name}\n${row.value}`, row]));
  for (const { surveyId, name, value } of groups.values()) {
    await tx.execute(sql`
      DELETE FROM nps_count WHERE survey_id = ${surveyId} AND name = ${name} AND value = ${value} AND answers = 0`);
    await tx.execute(sql`
      DELETE FROM nps_attribute_value WHERE program_id = ${programId} AND name = ${name} AND value = ${value}
        AND NOT EXISTS (SELECT 1 FROM nps_count WHERE name = ${name} AND value = ${value}
          AND survey_id IN (SELECT id FROM survey WHERE program_id = ${programId}))`);
  }
}

async function surveysOf(tx: Transaction, changes: readonly NpsCountChange[]): Promise<Map<string, string>> {
  const ids = [...new Set(changes.map(({ surveyId }) => surveyId))];
  const surveys: Survey[] = [];
  for (const list of listsOf(ids)) surveys.push(...(await tx.select(Survey, sql`WHERE id IN (${join(list)})`)));
  return new Map(surveys.map(({ id, programId }) => [id, programId]));
}

function groupBy<T>(rows: readonly T[], keyOf: (row: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(keyOf(row));
    if (group) group.push(row);
    else groups.set(keyOf(row), [row]);
  }
  return groups;
}
