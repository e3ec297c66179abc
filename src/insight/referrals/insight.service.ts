import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../../identity/session.js';
import { type Interval, periodStarts } from '../../nps/interval.js';
import type { SurveyService } from '../../nps/survey.service.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database/database.js';
import { timeOf } from '../../platform/database/rows.js';
import { argumentRefused } from '../../platform/graphql/input.js';
import { rowId } from '../../platform/graphql/node.js';
import type { ReferralChannel } from '../../referrals/referral.sources.js';
import { countFigures, within } from './counting.js';
import {
  KFactor,
  noFigures,
  ReferralAmbassadorFigures,
  ReferralChannelFigures,
  ReferralFigures,
  ReferralPeriodFigures,
  StatedAgainstObserved,
  TimeToConvert,
} from './figures.js';
import type { ReferralInsightFilter } from './insight.inputs.js';
import { ReferralInsight } from './insight.js';
import { answersMin, groupsOf, ReferredQuality, scoresOf } from './quality.js';
import { type Statements, statementsOf } from './statements.js';

const yearMilliseconds = 365 * 86_400_000;
const hourMilliseconds = 3_600_000;
/** Three years of weeks, or most of a year of days; more is no picture. */
const periodsMax = 400;
const conversionsMax = 50_000;

/** What recommending brings in: read-only, each question in a few statements whatever it is asked of. */
export class ReferralInsightService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly surveys: SurveyService,
  ) {}

  /** What is to be counted. An ambassador of another program is nobody, and brought nothing. */
  insight(context: RequestContext, filter: ReferralInsightFilter): ReferralInsight {
    context.session.require('insight.read');
    // What happens at this very moment counts.
    const to = filter.to ?? new Date(this.clock.now().getTime() + 1);
    const from = filter.from ?? new Date(to.getTime() - yearMilliseconds);
    if (from >= to) throw argumentRefused(['filter', 'from'], 'must be earlier than to');
    const { ambassadorId, channel = null } = filter;
    const ambassadorIds = ambassadorId ? [rowId(Ambassador, ambassadorId) ?? ''] : null;
    return new ReferralInsight({ programId: context.session.program.id, from, to, channel, ambassadorIds });
  }

  async totals({ scope }: ReferralInsight): Promise<ReferralFigures> {
    const figures = await this.database.read((db) => countFigures(db, scope, { by: 'NOTHING' }));
    return new ReferralFigures(figures.get('') ?? noFigures());
  }

  /** The channels that something came over, those with most orders first. */
  async byChannel({ scope }: ReferralInsight): Promise<ReferralChannelFigures[]> {
    const figures = await this.database.read((db) => countFigures(db, scope, { by: 'CHANNEL' }));
    return [...figures]
      .map(([channel, counts]) =>
        Object.assign(new ReferralChannelFigures(), {
          channel: channel === '' ? null : (channel as ReferralChannel),
          figures: new ReferralFigures(counts),
        }),
      )
      .sort((a, b) => b.figures.conversions - a.figures.conversions || b.figures.clicks - a.figures.clicks);
  }

  /** Every period of the time, those in which nothing happened included. */
  async byPeriod(
    context: RequestContext,
    { scope }: ReferralInsight,
    interval: Interval,
  ): Promise<ReferralPeriodFigures[]> {
    const span = { first: scope.from, last: new Date(scope.to.getTime() - 1) };
    const starts = periodStarts(interval, context.session.program.timeZone, span, periodsMax);
    if (!starts)
      throw argumentRefused(['interval'], `would be more than ${periodsMax} periods; take longer ones, or a filter`);
    const figures = await this.database.read((db) => countFigures(db, scope, { by: 'PERIOD', starts }));
    return starts.map((from, index) =>
      Object.assign(new ReferralPeriodFigures(), {
        from,
        figures: new ReferralFigures(figures.get(String(index)) ?? noFigures()),
      }),
    );
  }

  /** The ambassadors whose friends were registered in this time: those with most customers first, then most friends. */
  async byAmbassador({ scope }: ReferralInsight, first: number): Promise<ReferralAmbassadorFigures[]> {
    return this.database.read(async (db) => {
      const top = await db.query<{ referrer_id: string }>(sql`
        SELECT e.referrer_id, SUM(CASE WHEN e.status IN ('HELD', 'REWARDED') THEN 1 ELSE 0 END) AS customers
        FROM referral e WHERE ${within(scope, 'referrer_id', 'registered_at')} AND e.status <> 'REJECTED'
        GROUP BY e.referrer_id ORDER BY customers DESC, COUNT(*) DESC, e.referrer_id LIMIT ${first}`);
      const ambassadorIds = top.map((row) => row.referrer_id);
      if (ambassadorIds.length === 0) return [];
      const figures = await countFigures(db, { ...scope, ambassadorIds }, { by: 'AMBASSADOR' });
      const stated = await statementsOf(db, scope, ambassadorIds);
      return ambassadorIds.map((ambassadorId) =>
        Object.assign(new ReferralAmbassadorFigures(), {
          ambassadorId,
          figures: new ReferralFigures(figures.get(ambassadorId) ?? noFigures()),
          statedTold: stated.get(ambassadorId)?.told ?? null,
          statedFollowed: stated.get(ambassadorId)?.followed ?? null,
        }),
      );
    });
  }

  async kFactor({ scope }: ReferralInsight): Promise<KFactor> {
    return this.database.read(async (db) => {
      const only = scope.ambassadorIds === null ? sql`` : sql`AND id IN (${join([...scope.ambassadorIds])})`;
      const ambassadors = await db.count(
        Ambassador,
        sql`WHERE program_id = ${scope.programId} AND joined_at < ${scope.to} ${only}`,
      );
      const [row] = await db.query<{ registrations: number | string; customers: number | string | null }>(sql`
        SELECT COUNT(*) AS registrations, SUM(CASE WHEN e.status IN ('HELD', 'REWARDED') THEN 1 ELSE 0 END) AS customers
        FROM referral e WHERE ${within(scope, 'referrer_id', 'registered_at')} AND e.status <> 'REJECTED'`);
      const [registrations, customers] = [Number(row?.registrations ?? 0), Number(row?.customers ?? 0)];
      const value = ambassadors === 0 ? null : customers / ambassadors;
      return Object.assign(new KFactor(), { ambassadors, registrations, customers, value });
    });
  }

  async timeToConvert({ scope }: ReferralInsight): Promise<TimeToConvert> {
    const rows = await this.database.read((db) =>
      db.query<{ registered_at: string; converted_at: string }>(sql`
        SELECT e.registered_at, e.converted_at FROM referral e
        WHERE ${within(scope, 'referrer_id', 'converted_at')} ORDER BY e.converted_at DESC LIMIT ${conversionsMax}`),
    );
    const hours = rows
      .map((row) => (timeOf(row.converted_at).getTime() - timeOf(row.registered_at).getTime()) / hourMilliseconds)
      .sort((a, b) => a - b);
    return Object.assign(new TimeToConvert(), {
      conversions: hours.length,
      medianHours: quantile(hours, 0.5),
      p90Hours: quantile(hours, 0.9),
    });
  }

  async statedAgainstObserved({ scope }: ReferralInsight): Promise<StatedAgainstObserved> {
    return this.database.read(async (db) => {
      const stated = await statementsOf(db, scope, scope.ambassadorIds);
      if (stated.size < answersMin) return against(stated.size);
      const ambassadorIds = [...stated.keys()];
      const figures = await countFigures(db, { ...scope, ambassadorIds }, { by: 'NOTHING' });
      return against(stated.size, stated, new ReferralFigures(figures.get('') ?? noFigures()));
    });
  }

  async quality(context: RequestContext, insight: ReferralInsight): Promise<ReferredQuality> {
    const { conversions, reversals, partialRefunds } = await this.totals(insight);
    const share = (count: number) => (conversions === 0 ? null : count / conversions);
    return this.database.read(async (db) => {
      const scheme = await this.surveys.schemeOf(db, context.session.program.id);
      return Object.assign(new ReferredQuality(), {
        scheme,
        ...groupsOf(scheme, await scoresOf(db, insight.scope)),
        orders: conversions,
        reversalRate: share(reversals),
        refundRate: share(reversals + partialRefunds),
      });
    });
  }
}

function against(ambassadors: number, stated?: Statements, figures?: ReferralFigures): StatedAgainstObserved {
  const sum = (of: 'told' | 'followed') =>
    stated ? [...stated.values()].reduce((total, each) => total + (each[of] ?? 0), 0) : null;
  return Object.assign(new StatedAgainstObserved(), {
    ambassadors,
    statedTold: sum('told'),
    clicks: figures?.clicks ?? null,
    registrations: figures?.registrations ?? null,
    statedFollowed: sum('followed'),
    conversions: figures?.conversions ?? null,
  });
}

/** Between the two nearest values, in proportion (Hyndman and Fan's type 7, as spreadsheets have it). */
function quantile(sorted: readonly number[], share: number): number | null {
  const at = (sorted.length - 1) * share;
  const [below, above] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below === undefined || above === undefined ? null : below + (above - below) * (at - Math.floor(at));
}
