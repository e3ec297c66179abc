import { GraphQLError } from 'graphql';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader } from '../platform/database/database.js';
import { type Interval, periodStarts } from './interval.js';
import type { NpsFilter } from './nps.inputs.js';
import { everyScore, schemes } from './scheme.js';
import { NpsPoint, NpsSummary, type Selection } from './summary.js';
import { Survey } from './survey.entity.js';
import type { SurveyService } from './survey.service.js';
import type { GivenScore } from './tally.js';

/** Nearly three years of days; more is no picture, and costs the database. */
const periodsMax = 1_000;

interface ScoreRow {
  readonly score: number;
  readonly n: number | string;
  readonly first: string;
  readonly last: string;
}

interface PeriodRow {
  readonly period: number | string;
  readonly score: number;
  readonly n: number | string;
}

/** What the answers of a program say together. */
export class NpsService {
  constructor(
    private readonly database: Database,
    private readonly surveys: SurveyService,
  ) {}

  /** Counts answers. An unknown survey is the caller's error at `filter.surveyKey`. */
  async summarize(context: RequestContext, filter: NpsFilter): Promise<NpsSummary> {
    context.session.require('nps.read');
    return this.database.read(async (db) => {
      const selection = await this.select(db, context.session.program.id, filter);
      const rows = await db.query<ScoreRow>(sql`
        SELECT nps_response.score, COUNT(*) AS n,
          MIN(nps_response.responded_at) AS first, MAX(nps_response.responded_at) AS last
        FROM nps_response ${conditions(context.session.program.id, selection)}
        GROUP BY nps_response.survey_id, nps_response.score`);
      const given = rows.map(({ score, n }) => ({ score, count: Number(n) }));
      const first = rows.map((row) => row.first).sort()[0];
      const last = rows
        .map((row) => row.last)
        .sort()
        .at(-1);
      const span = first && last ? { first: utc(first), last: utc(last) } : undefined;
      return new NpsSummary(selection, given, span);
    });
  }

  /**
   * The same answers by period, those without answers included: from the first answer, or the filter's `from`, to the
   * last one, or the filter's `to`. More than 1,000 periods are the caller's error.
   */
  async trend(context: RequestContext, summary: NpsSummary, interval: Interval): Promise<NpsPoint[]> {
    context.session.require('nps.read');
    const { selection, span } = summary;
    const first = selection.from ?? span?.first;
    const last = selection.to ? new Date(selection.to.getTime() - 1) : span?.last;
    if (!first || !last) return [];
    const { program } = context.session;
    const starts = periodStarts(interval, program.timeZone, { first, last }, periodsMax);
    if (!starts) throw refused(['interval'], `would be more than ${periodsMax} periods; take longer ones, or a filter`);
    const given: GivenScore[][] = starts.map(() => []);
    // No periods, or no answers, need no counting.
    const rows = span && starts.length > 0 ? await this.countByPeriod(program.id, selection, starts) : [];
    for (const { period, score, n } of rows) given[Number(period)]?.push({ score, count: Number(n) });
    return starts.map((start, index) => new NpsPoint(start, selection.scheme, given[index] ?? []));
  }

  private countByPeriod(programId: string, selection: Selection, starts: readonly Date[]): Promise<PeriodRow[]> {
    return this.database.read((db) =>
      db.query<PeriodRow>(sql`
        SELECT ${periodOf(starts, 0, starts.length)} AS period, nps_response.score, COUNT(*) AS n
        FROM nps_response ${conditions(programId, selection)}
        GROUP BY period, nps_response.score`),
    );
  }

  private async select(db: Reader, programId: string, filter: NpsFilter): Promise<Selection> {
    const { surveyKey, from = null, to = null, attribute = null } = filter;
    const survey = typeof surveyKey === 'string' ? await this.surveys.findByKey(db, programId, surveyKey) : undefined;
    if (typeof surveyKey === 'string' && !survey)
      throw refused(['filter', 'surveyKey'], 'is no survey of this program');
    const surveys = survey ? [survey] : await db.select(Survey, sql`WHERE program_id = ${programId}`);
    const scheme = filter.scheme ? schemes[filter.scheme] : await this.surveys.schemeOf(db, programId, survey);
    return { surveyIds: surveys.map(({ id }) => id), scheme, from, to, attribute };
  }
}

/**
 * Joins and WHERE for the answers that are meant. The index stands in order of survey, score and time: counted by
 * survey and score it is read straight through, and a span of time is one short range for each score.
 */
function conditions(programId: string, { surveyIds, from, to, attribute }: Selection): Sql {
  const having = attribute
    ? sql`JOIN contact_attribute ON contact_attribute.contact_id = nps_response.contact_id
        AND contact_attribute.program_id = ${programId}
        AND contact_attribute.name = ${attribute.name} AND contact_attribute.value = ${attribute.value}`
    : empty;
  return sql`${having} WHERE nps_response.survey_id IN (${join([...surveyIds])})
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

/** A time as the database writes it. */
function utc(text: string): Date {
  return new Date(`${text.replace(' ', 'T')}Z`);
}

function refused(path: readonly string[], text: string): GraphQLError {
  return new GraphQLError(`${path.join('.')}: ${text}`, {
    extensions: { code: 'BAD_USER_INPUT', issues: [{ path, message: text }] },
  });
}
