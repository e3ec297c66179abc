import sql, { raw } from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import { SurveyChannel } from '../../nps/links/survey-link.entity.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database/database.js';
import { type SpanArgs, wholeMonths } from '../periods.js';
import { periodOf } from '../referrals/counting.js';
import { reachedBySurveys } from './invited.js';
import { ResponseChannel, ResponseMonth, ResponseRate, ResponseShare } from './response-rate.js';

interface CountRow {
  readonly part: number | string;
  readonly channel: SurveyChannel;
  readonly invited: number | string;
  readonly answered: number | string;
}

/** How many of those who were invited answered. */
export class ResponseRateService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async reckon(context: RequestContext, args: SpanArgs): Promise<ResponseRate> {
    context.session.require('insight.read');
    const { id: programId, timeZone } = context.session.program;
    const { from, to, months } = wholeMonths(args, timeZone, this.clock.now());
    const rows = await this.database.read((db) =>
      db.query<CountRow>(sql`
        SELECT ${periodOf(months, raw('i.sent_at'), 0, months.length)} AS part, w.channel, COUNT(*) AS invited,
          SUM(CASE WHEN l.is_used = 1 THEN 1 ELSE 0 END) AS answered
        ${reachedBySurveys({ programId, from, to })} GROUP BY part, w.channel`),
    );
    const sum = (of: readonly CountRow[]): [invited: number, answered: number] => [
      of.reduce((total, { invited }) => total + Number(invited), 0),
      of.reduce((total, { answered }) => total + Number(answered), 0),
    ];
    const channels = Object.values(SurveyChannel).filter((channel) => rows.some((row) => row.channel === channel));
    return Object.assign(new ResponseRate(), {
      from,
      to,
      all: new ResponseShare(...sum(rows)),
      byMonth: months.map((month, index) => {
        return new ResponseMonth(month, ...sum(rows.filter(({ part }) => Number(part) === index)));
      }),
      byChannel: channels.map((channel) => {
        return new ResponseChannel(channel, ...sum(rows.filter((row) => row.channel === channel)));
      }),
    });
  }
}
