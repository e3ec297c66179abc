import sql, { empty, join } from 'sql-template-tag';
import type { Reader } from '../../platform/database/database.js';
import type { InsightScope } from './counting.js';

/** What ambassadors said last, of themselves: how many they told, how many of these became customers. */
export type Statements = ReadonlyMap<string, { readonly told: number | null; readonly followed: number | null }>;

/** As many ambassadors as answer in a year of a big program; the rest would not change the picture. */
const ambassadorsMax = 10_000;

/** The last statements of this time, by ambassador. Only those who told a number of people are there. */
export async function statementsOf(
  db: Reader,
  { programId, from, to }: InsightScope,
  ambassadorIds: readonly string[] | null,
): Promise<Statements> {
  const only = ambassadorIds === null ? empty : sql`AND a.id IN (${join(['', ...ambassadorIds])})`;
  const inTime = (answer: 'f' | 'later') =>
    answer === 'f'
      ? sql`f.answered_at >= ${from} AND f.answered_at < ${to}`
      : sql`later.answered_at > f.answered_at AND later.answered_at < ${to}`;
  const rows = await db.query<{ ambassador_id: string; told: number | null; followed: number | null }>(sql`
    SELECT a.id AS ambassador_id, MAX(CASE WHEN f.metric = 'SSM' THEN f.number_value END) AS told,
      MAX(CASE WHEN f.metric = 'IFM' THEN f.number_value END) AS followed
    FROM survey s JOIN follow_up_answer f ON f.survey_id = s.id AND f.metric IN ('SSM', 'IFM')
    JOIN ambassador a ON a.contact_id = f.contact_id
    WHERE s.program_id = ${programId} ${only} AND ${inTime('f')} AND NOT EXISTS (
      SELECT 1 FROM follow_up_answer later
      WHERE later.contact_id = f.contact_id AND later.metric = f.metric AND ${inTime('later')})
    GROUP BY a.id HAVING MAX(CASE WHEN f.metric = 'SSM' THEN 1 ELSE 0 END) = 1 LIMIT ${ambassadorsMax}`);
  return new Map(
    rows.map((row) => [
      row.ambassador_id,
      {
        told: row.told === null ? null : Number(row.told),
        followed: row.followed === null ? null : Number(row.followed),
      },
    ]),
  );
}
