import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader } from '../platform/database/database.js';
import { timeOf } from '../platform/database/rows.js';
import { argumentRefused } from '../platform/graphql/input.js';
import { type CountedRow, type CountReading, joinOf } from './counts/count-reading.js';
import { type Days, startOfDay } from './counts/days.js';
import { groupedBy } from './counts/groups.js';
import { valuesMax, wideAttributes } from './counts/wide-attributes.js';
import { type Interval, periodStarts } from './interval.js';
import type { NpsFilter } from './nps.inputs.js';
import { everyScore, schemes } from './scheme.js';
import { NpsBreakdown, NpsGroup, type NpsPoint, NpsSummary, type Selection, trendOf } from './summary.js';
import { Survey } from './survey.entity.js';
import type { SurveyService } from './survey.service.js';
import type { GivenScore } from './tally.js';

/** Nearly three years of days; more is no picture, and costs the database. */
const periodsMax = 1_000;

interface ScoreRow {
  readonly score: number;
  readonly n: number | string;
}

/**
 * What the answers of a program say together. They are read from the counts that are kept of them (counts/); while a
 * survey is being counted anew, and by attributes with very many values, the answers themselves are counted.
 */
export class NpsService {
  constructor(
    private readonly database: Database,
    private readonly surveys: SurveyService,
    private readonly counts: CountReading,
    private readonly days: Days,
  ) {}

  /** Counts answers. An unknown survey is the caller's error at `filter.surveyKey`. */
  async summarize(context: RequestContext, filter: NpsFilter): Promise<NpsSummary> {
    context.session.require('nps.read');
    const { id, timeZone } = context.session.program;
    return this.database.read(async (db) => {
      const selection = await this.select(db, id, filter);
      const given = (await this.counts.read(db, timeZone, selection, 'NOTHING')) ?? (await countByScore(db, selection));
      return new NpsSummary(selection, given);
    });
  }

  /**
   * The same answers by period, those without answers included: from the first answer, or the filter's `from`, to the
   * last one, or the filter's `to`. More than 1,000 periods are the caller's error.
   */
  async trend(context: RequestContext, { selection }: NpsSummary, interval: Interval): Promise<NpsPoint[]> {
    context.session.require('nps.read');
    const { timeZone } = context.session.program;
    return this.database.read(async (db) => {
      const rows = await this.counts.read(db, timeZone, selection, daily.has(interval) ? 'DAY' : 'MONTH');
      const span = rows ? spanOf(rows, timeZone) : await spanOfAnswers(db, selection);
      const first = selection.from ?? span?.first;
      const last = selection.to ? new Date(selection.to.getTime() - 1) : span?.last;
      if (!first || !last) return [];
      const starts = periodStarts(interval, timeZone, { first, last }, periodsMax);
      if (!starts)
        throw argumentRefused(['interval'], `would be more than ${periodsMax} periods; take longer ones, or a filter`);
      // No periods, or no answers, need no counting.
      const given = span && starts.length > 0 ? await this.byPeriod(db, timeZone, selection, starts, rows) : [];
      return trendOf(
        selection.scheme,
        starts.map((from, index) => ({ from, given: given[index] ?? [] })),
      );
    });
  }

  /** The same answers by an attribute of the contacts. One with more than 200 values is the caller's error. */
  async breakDown(context: RequestContext, summary: NpsSummary, attributeName: string): Promise<NpsBreakdown> {
    context.session.require('nps.read');
    const { selection, responses } = summary;
    return this.database.read(async (db) => {
      const tooMany = argumentRefused(
        ['name'],
        `is an attribute with more than ${valuesMax} values, which make no groups`,
      );
      if ((await wideAttributes(db, selection.programId)).includes(attributeName)) throw tooMany;
      const rows =
        (await this.counts.read(db, context.session.program.timeZone, selection, { attributeName })) ??
        (await countByValue(db, selection, attributeName));
      const byValue = new Map<string, GivenScore[]>();
      for (const { part, score, count } of rows) {
        byValue.set(String(part), [...(byValue.get(String(part)) ?? []), { score, count }]);
      }
      if (byValue.size > valuesMax) throw tooMany;
      const groups = [...byValue].map(([value, given]) => new NpsGroup(value, selection.scheme, given));
      return new NpsBreakdown(groups, responses);
    });
  }

  /** What was given in each period, by its number: of the counted rows, or else of the answers themselves. */
  private async byPeriod(
    db: Reader,
    timeZone: string,
    selection: Selection,
    starts: readonly Date[],
    rows: readonly CountedRow[] | undefined,
  ): Promise<GivenScore[][]> {
    const given: GivenScore[][] = starts.map(() => []);
    if (rows) {
      const firstDays = starts.map((start) => this.days.of(start, timeZone));
      for (const { part, score, count } of rows) {
        given[lastUpTo(firstDays, lastDayOf(Number(part)))]?.push({ score, count });
      }
      return given;
    }
    for (const { part, score, count } of await countByPeriod(db, selection, starts)) {
      given[Number(part)]?.push({ score, count });
    }
    return given;
  }

  private async select(db: Reader, programId: string, filter: NpsFilter): Promise<Selection> {
    const { surveyKey, from = null, to = null, attribute = null } = filter;
    const survey = typeof surveyKey === 'string' ? await this.surveys.findByKey(db, programId, surveyKey) : undefined;
    if (typeof surveyKey === 'string' && !survey)
      throw argumentRefused(['filter', 'surveyKey'], 'is no survey of this program');
    const surveys = survey ? [survey] : await db.select(Survey, sql`WHERE program_id = ${programId} AND kind = 'NPS'`);
    const scheme = filter.scheme ? schemes[filter.scheme] : await this.surveys.schemeOf(db, programId, survey);
    return { programId, surveys, scheme, from, to, attribute };
  }
}

/** Intervals that no month is a part of. */
const daily: ReadonlySet<Interval> = new Set(['DAY', 'WEEK']);

/** A month, as 20260300, is in the period that its last day is in: the first period may begin within it. */
function lastDayOf(part: number): number {
  return part % 100 === 0 ? part + 99 : part;
}

/** The index of the last number that is not above the given one; -1 if there is none. */
function lastUpTo(numbers: readonly number[], given: number): number {
  let [low, high] = [-1, numbers.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((numbers[middle] ?? given) <= given) low = middle;
    else high = middle - 1;
  }
  return low;
}

function spanOf(rows: readonly CountedRow[], timeZone: string): { first: Date; last: Date } | undefined {
  const [first, last] = [rows[0], rows.at(-1)];
  if (!first || !last) return undefined;
  return { first: startOfDay(Number(first.part), timeZone), last: startOfDay(Number(last.part), timeZone) };
}

async function spanOfAnswers(db: Reader, selection: Selection): Promise<{ first: Date; last: Date } | undefined> {
  const [row] = await db.query<{ first: string | null; last: string | null }>(sql`
    SELECT MIN(nps_response.responded_at) AS first, MAX(nps_response.responded_at) AS last
    FROM nps_response ${conditions(selection)}`);
  return row?.first && row.last ? { first: timeOf(row.first), last: timeOf(row.last) } : undefined;
}

async function countByScore(db: Reader, selection: Selection): Promise<GivenScore[]> {
  const rows = await db.query<ScoreRow>(sql`
    SELECT nps_response.score, COUNT(*) AS n FROM nps_response ${conditions(selection)}
    GROUP BY nps_response.survey_id, nps_response.score`);
  return rows.map(({ score, n }) => ({ score, count: Number(n) }));
}

async function countByPeriod(db: Reader, selection: Selection, starts: readonly Date[]): Promise<CountedRow[]> {
  const rows = await db.query<ScoreRow & { readonly part: number | string }>(sql`
    SELECT ${periodOf(starts, 0, starts.length)} AS part, nps_response.score, COUNT(*) AS n
    FROM nps_response ${conditions(selection)}
    GROUP BY part, nps_response.score`);
  return rows.map(({ part, score, n }) => ({ part, score, count: Number(n) }));
}

/** By the values of an attribute, and no more of them than show that there are too many. */
async function countByValue(db: Reader, selection: Selection, name: string): Promise<CountedRow[]> {
  const rows = await db.query<ScoreRow & { readonly part: string }>(sql`
    SELECT grouped.value AS part, nps_response.score, COUNT(*) AS n
    FROM nps_response
    JOIN contact_attribute AS grouped ON grouped.contact_id = ${groupedBy}
      AND grouped.program_id = ${selection.programId} AND grouped.name = ${name}
    ${conditions(selection)}
    GROUP BY grouped.value, nps_response.score ORDER BY part LIMIT ${(valuesMax + 1) * everyScore.length}`);
  return rows.map(({ part, score, n }) => ({ part, score, count: Number(n) }));
}

/**
 * Joins and WHERE for the answers that are meant. The index stands in order of survey, score and time: counted by
 * survey and score it is read straight through, and a span of time is one short range for each score.
 */
function conditions({ programId, surveys, from, to, attribute }: Selection): Sql {
  const ids = surveys.map(({ id }) => id);
  return sql`${attribute ? joinOf(programId, attribute.name, attribute.value) : empty}
    WHERE nps_response.survey_id IN (${join(ids)})
    ${from || to ? sql`AND nps_response.score IN (${join([...everyScore])})` : empty}
    ${from ? sql`AND nps_response.responded_at >= ${from}` : empty}
    ${to ? sql`AND nps_response.responded_at < ${to}` : empty}`;
}

/**
 * The number of the period that an answer falls in, by halves: ten comparisons find one of a thousand. The bounds are
 * moments, so that the database need not know any time zone, and days of 23 and 25 hours come out right.
 */
function periodOf(starts: readonly Date[], from: number, to: number): Sql {
  const middle = Math.floor((from + to) / 2);
  if (middle === from) return raw(String(from));
  return sql`CASE WHEN nps_response.responded_at < ${starts[middle]}
    THEN ${periodOf(starts, from, middle)} ELSE ${periodOf(starts, middle, to)} END`;
}
