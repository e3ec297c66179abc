import type { Sql } from 'sql-template-tag';
import type { Reader } from './database/database.js';

/** Something that must always be true, and how to find what breaks it. */
export interface Invariant {
  /** Its number in the list of what must always be true. */
  readonly number: number;
  /** What holds, as a sentence. */
  readonly sentence: string;
  /** What breaks it: ids or names of rows, no personal data; none when it holds. At most `samplesMax` of them. */
  violations(reader: Reader): Promise<readonly string[]>;
}

/** No list of violations grows beyond this: one is enough to know. */
export const samplesMax = 20;

/** An invariant that one statement can check: it selects `violation` from whatever breaks it. */
export function checkedBySql(number: number, sentence: string, statement: Sql): Invariant {
  return {
    number,
    sentence,
    violations: async (reader) => {
      const rows = await reader.query<{ violation: string }>(statement);
      return rows.slice(0, samplesMax).map((row) => String(row.violation));
    },
  };
}
