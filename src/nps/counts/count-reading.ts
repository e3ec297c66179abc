import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Reader } from '../../platform/database/database.js';
import { everyScore } from '../scheme.js';
import type { Selection } from '../summary.js';
import { Survey } from '../survey.entity.js';
import { type Days, startOfDay, startOfNextDay } from './days.js';
import { groupedBy } from './groups.js';
import { wideAttributes } from './wide-attributes.js';

/** What answers are told apart by, beside their score: nothing, the month, the day, or the value of an attribute. */
export type CountedBy = 'NOTHING' | 'MONTH' | 'DAY' | { readonly attributeName: string };

export interface CountedRow {
  /** A day as 20260302, a month as 20260300, or a value; the same for all where nothing tells them apart. */
  readonly part: number | string;
  readonly score: number;
  readonly count: number;
}

interface Row {
  readonly part: number | string;
  readonly score: number;
  readonly n: number | string;
}

interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** Where answers stand: folded, open, and one by one on the days that are only partly meant. */
interface Source {
  readonly text: Sql;
  readonly day: Sql;
  readonly value: Sql;
  readonly answers: Sql;
}

/** Reads the counts of answers: as many rows as there are days, and of a day that is only partly meant its answers. */
export class CountReading {
  constructor(private readonly days: Days) {}

  /**
   * How many answers there are; undefined where the counts do not cover what is asked, so that the answers have to be
   * counted themselves. It is one statement, and so one moment, beside everything that is being written.
   */
  async read(db: Reader, timeZone: string, selection: Selection, by: CountedBy): Promise<CountedRow[] | undefined> {
    if (typeof by === 'object' && selection.attribute) return undefined;
    if (!selection.surveys.every((survey) => survey.countedZone === timeZone && survey.countedFrom === null))
      return undefined;
    if (selection.surveys.length === 0) return [];
    const parts = this.sources(timeZone, selection, by).map(
      ({ text, day, value, answers }) => sql`
        SELECT ${partOf(by, day, value)} AS part, score, ${answers} AS n ${text} GROUP BY part, score`,
    );
    const rows = await db.query<Row>(sql`
      SELECT part, score, SUM(n) AS n FROM (${join(parts, ' UNION ALL ')}) AS parts
      GROUP BY part, score HAVING SUM(n) <> 0 ORDER BY part, score`);
    // Where the days have become others meanwhile, or the attribute wide, the counts were dropped under our eyes.
    if (!(await this.stillCovers(db, timeZone, selection, by))) return undefined;
    return rows.map(({ part, score, n }) => ({ part, score, count: Number(n) }));
  }

  private sources(timeZone: string, selection: Selection, by: CountedBy): Source[] {
    const { whole, edges } = this.split(timeZone, selection);
    const surveyIds = join(selection.surveys.map(({ id }) => id));
    const { name, value } = groupOf(selection, by);
    const conditions = sql`survey_id IN (${surveyIds}) AND name = ${name}
      ${value === undefined ? empty : sql`AND value = ${value}`} ${whole ?? empty}`;
    const counted = (table: string): Source => ({
      text: sql`FROM ${raw(table)} WHERE ${conditions}`,
      day: sql`day`,
      value: sql`value`,
      answers: sql`SUM(answers)`,
    });
    const having = name === '' ? empty : joinOf(selection.programId, name, value);
    const single = edges.map(({ from, to }) => ({
      text: sql`FROM nps_response ${having}
        WHERE nps_response.survey_id IN (${surveyIds}) AND nps_response.score IN (${join([...everyScore])})
          AND nps_response.responded_at >= ${from} AND nps_response.responded_at < ${to}`,
      day: raw(String(this.days.of(from, timeZone))),
      value: sql`contact_attribute.value`,
      answers: sql`COUNT(*)`,
    }));
    return whole ? [counted('nps_count'), counted('nps_count_change'), ...single] : single;
  }

  /** Whole days as a condition on `day`, undefined if there is none; and what is left of the days at the edges. */
  private split(timeZone: string, { from, to }: Selection): { whole: Sql | undefined; edges: Span[] } {
    const first = from && this.days.of(from, timeZone);
    const last = to && this.days.of(to, timeZone);
    if (from && to && first === last) return { whole: undefined, edges: [{ from, to }] };
    const edges: Span[] = [];
    let whole = empty;
    if (from && first) {
      const starts = startOfDay(first, timeZone).getTime() === from.getTime();
      whole = starts ? sql`AND day >= ${first}` : sql`AND day > ${first}`;
      if (!starts) edges.push({ from, to: startOfNextDay(first, timeZone) });
    }
    if (to && last) {
      whole = sql`${whole} AND day < ${last}`;
      const start = startOfDay(last, timeZone);
      if (start < to) edges.push({ from: start, to });
    }
    return { whole, edges };
  }

  private async stillCovers(db: Reader, timeZone: string, selection: Selection, by: CountedBy): Promise<boolean> {
    const { name } = groupOf(selection, by);
    if (name !== '' && (await wideAttributes(db, selection.programId)).includes(name)) return false;
    const covered = await db.count(
      Survey,
      sql`WHERE id IN (${join(selection.surveys.map(({ id }) => id))})
        AND counted_zone = ${timeZone} AND counted_from IS NULL`,
    );
    return covered === selection.surveys.length;
  }
}

function groupOf({ attribute }: Selection, by: CountedBy): { name: string; value: string | undefined } {
  if (typeof by === 'object') return { name: by.attributeName, value: undefined };
  return { name: attribute?.name ?? '', value: attribute?.value ?? '' };
}

function partOf(by: CountedBy, day: Sql, value: Sql): Sql {
  if (by === 'NOTHING') return sql`0`;
  if (by === 'DAY') return day;
  return by === 'MONTH' ? sql`${day} - ${day} % 100` : value;
}

/** The contacts with an attribute of that name, and of that value if one is given. */
export function joinOf(programId: string, name: string, value: string | undefined): Sql {
  return sql`JOIN contact_attribute ON contact_attribute.contact_id = ${groupedBy}
    AND contact_attribute.program_id = ${programId} AND contact_attribute.name = ${name}
    ${value === undefined ? empty : sql`AND contact_attribute.value = ${value}`}`;
}
