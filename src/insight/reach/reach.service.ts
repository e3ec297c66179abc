import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import { schemeOf } from '../../nps/scheme.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database/database.js';
import { lastAnswers, programOf } from '../last-answers.js';
import { type SpanArgs, spanOf } from '../periods.js';
import { peopleMin } from '../small-groups.js';
import { defaultSettings, type InsightSettings } from '../terms/terms.entity.js';
import { settingsOf } from '../terms/terms.service.js';
import { DetractorReach, reachSource } from './reach.js';

/** How many people hear from detractors, roughly. */
export class ReachService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async estimate(context: RequestContext, args: SpanArgs): Promise<DetractorReach> {
    context.session.require('insight.read');
    const { id: programId, timeZone } = context.session.program;
    const { from, to } = spanOf(args, timeZone, this.clock.now());
    return this.database.read(async (db) => {
      const settings = await settingsOf(db, programId);
      const programScheme = schemeOf(await programOf(db, programId));
      const [row] = await db.query<{ n: number | string; detractors: number | string | null }>(sql`
        SELECT COUNT(*) AS n, SUM(p.is_detractor) AS detractors
        FROM (${lastAnswers({ programId, programScheme, from, to })}) p`);
      const respondents = Number(row?.n ?? 0);
      const detractors = respondents < peopleMin ? null : Number(row?.detractors ?? 0);
      const reachBy = (tells: number) => (detractors === null ? null : detractors * tells);
      return Object.assign(new DetractorReach(), {
        from,
        to,
        respondents,
        detractors,
        tells: settings.detractorTells,
        reach: reachBy(settings.detractorTells),
        reachLow: reachBy(settings.detractorTellsLow),
        reachHigh: reachBy(settings.detractorTellsHigh),
        source: isOurs(settings) ? reachSource : null,
      });
    });
  }
}

/** Whether the numbers are those that every program starts with. */
function isOurs(settings: InsightSettings): boolean {
  const ours = ['detractorTells', 'detractorTellsLow', 'detractorTellsHigh'] as const;
  return ours.every((each) => settings[each] === defaultSettings[each]);
}
