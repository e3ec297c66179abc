import { DateTime } from 'luxon';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import { schemeOf } from '../../nps/scheme.js';
import { boundOf } from '../../nps/scheme.sql.js';
import type { SurveyService } from '../../nps/survey.service.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database/database.js';
import { decodeCursor, encodeCursor, pageOf } from '../../platform/database/paginate.js';
import { timeOf } from '../../platform/database/rows.js';
import type { Page, PageArgs } from '../../platform/graphql/connection.js';
import { programOf } from '../last-answers.js';
import { monthsMax } from '../periods.js';
import { type ChurnArgs, ChurnOutlook, type ChurnReason, ChurnRisk, churnWeights, everyChurnReason } from './churn.js';

const silentMilliseconds = 365 * 86_400_000;
/** The last answer, and those that it is compared with. */
const answersLooked = 5;
const fallPoints = 2;

interface RiskRow extends Readonly<Record<Lowercase<ChurnReason>, number | string>> {
  readonly contact_id: string;
  readonly risk: number | string;
  readonly last_score: number;
  readonly last_at: string;
  readonly score_before: number | null;
}

/** Who may be about to leave, and why. */
export class ChurnService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly surveys: SurveyService,
  ) {}

  /** Null if the program has no such survey. */
  async outlook(context: RequestContext, { surveyKey }: ChurnArgs): Promise<ChurnOutlook | null> {
    context.session.require('churn.read');
    const survey = await this.database.read((db) => this.surveys.findByKey(db, context.session.program.id, surveyKey));
    if (!survey) return null;
    const weights = everyChurnReason.map((reason) => ({ reason, points: churnWeights[reason] }));
    return Object.assign(new ChurnOutlook(), { surveyId: survey.id, surveyKey, weights });
  }

  /** A page of them, the highest risk first. */
  async page(context: RequestContext, outlook: ChurnOutlook, args: PageArgs): Promise<Page<ChurnRisk>> {
    const backward = typeof args.last === 'number';
    const size = args.last ?? args.first;
    const order = backward ? sql`risk ASC, contact_id DESC` : sql`risk DESC, contact_id ASC`;
    const bounds = [
      ...(args.after ? [beyond(args.after, 'after')] : []),
      ...(args.before ? [beyond(args.before, 'before')] : []),
    ];
    const judged = await this.judged(context, outlook);
    const rows = await this.database.read((db) =>
      db.query<RiskRow>(sql`SELECT * FROM (${judged}) judged WHERE ${join([sql`risk > 0`, ...bounds], ' AND ')}
        ORDER BY ${order} LIMIT ${size + 1}`),
    );
    return pageOf(rows.map(riskOf), args, {
      cursorOf: ({ risk, contactId }) => encodeCursor([risk, contactId]),
      countAll: () => this.count(judged),
    });
  }

  private async count(judged: Sql): Promise<number> {
    const [row] = await this.database.read((db) =>
      db.query<{ n: number | string }>(sql`SELECT COUNT(*) AS n FROM (${judged}) judged WHERE risk > 0`),
    );
    return Number(row?.n ?? 0);
  }

  /** Everybody who answered the survey by name in the last 36 months, with each reason as 0 or 1 and their sum. */
  private async judged(context: RequestContext, { surveyId }: ChurnOutlook): Promise<Sql> {
    const { id: programId, timeZone } = context.session.program;
    const now = this.clock.now();
    const since = DateTime.fromJSDate(now, { zone: timeZone }).minus({ months: monthsMax }).toJSDate();
    const silentSince = new Date(now.getTime() - silentMilliseconds);
    const programScheme = schemeOf(await this.database.read((db) => programOf(db, programId)));
    const band = (score: string) => sql`CASE WHEN ${raw(score)} >= promoter_from THEN 2
      WHEN ${raw(score)} <= detractor_to THEN 0 ELSE 1 END`;
    const whether = (condition: Sql) => sql`CASE WHEN ${condition} THEN 1 ELSE 0 END`;
    const risk = everyChurnReason.map((reason) => sql`${churnWeights[reason]} * ${raw(reason.toLowerCase())}`);
    return sql`SELECT weighed.*, ${join(risk, ' + ')} AS risk FROM (
      SELECT contact_id, last_score, last_at, score_before,
        ${whether(sql`last_score <= detractor_to`)} AS detractor,
        ${whether(sql`counted_before > 0 AND sum_before - last_score * counted_before >= ${fallPoints} * counted_before`)}
          AS falling,
        ${whether(sql`score_before IS NOT NULL AND ${band('last_score')} < ${band('score_before')}`)} AS lower_band,
        ${whether(sql`last_at < ${silentSince}`)} AS silent
      FROM (
        SELECT contact_id, MAX(promoter_from) AS promoter_from, MAX(detractor_to) AS detractor_to,
          MAX(CASE WHEN place = 1 THEN score END) AS last_score,
          MAX(CASE WHEN place = 1 THEN responded_at END) AS last_at,
          MAX(CASE WHEN place = 2 THEN score END) AS score_before,
          SUM(CASE WHEN place > 1 THEN 1 ELSE 0 END) AS counted_before,
          SUM(CASE WHEN place > 1 THEN score ELSE 0 END) AS sum_before
        FROM (
          SELECT r.contact_id, r.score, r.responded_at,
            ${boundOf('promoterFrom', programScheme)} AS promoter_from,
            ${boundOf('detractorTo', programScheme)} AS detractor_to,
            ROW_NUMBER() OVER (PARTITION BY r.contact_id ORDER BY r.responded_at DESC, r.id DESC) AS place
          FROM survey s JOIN nps_response r ON r.survey_id = s.id JOIN contact known ON known.id = r.contact_id
          WHERE s.id = ${surveyId} AND r.responded_at >= ${since}) course
        WHERE place <= ${answersLooked} GROUP BY contact_id) told) weighed`;
  }
}

/** Of rows whose risk sinks and whose contacts rise: those on one side of a cursor. */
function beyond(cursor: string, side: 'after' | 'before'): Sql {
  const [risk, contactId] = decodeCursor(cursor, 2);
  return side === 'after'
    ? sql`(risk < ${risk} OR (risk = ${risk} AND contact_id > ${contactId}))`
    : sql`(risk > ${risk} OR (risk = ${risk} AND contact_id < ${contactId}))`;
}

function riskOf(row: RiskRow): ChurnRisk {
  return Object.assign(new ChurnRisk(), {
    contactId: row.contact_id,
    risk: Number(row.risk),
    reasons: everyChurnReason.filter((reason) => Number(row[reason.toLowerCase() as Lowercase<ChurnReason>]) === 1),
    lastScore: Number(row.last_score),
    lastAnsweredAt: timeOf(row.last_at),
    scoreBefore: row.score_before === null ? null : Number(row.score_before),
  });
}
