import sql from 'sql-template-tag';
import { ChallengeKind } from '../../challenges/challenge.entity.js';
import type { RequestContext } from '../../identity/session.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Reader } from '../../platform/database/database.js';
import { defaultUnitKey } from '../../points/unit.entity.js';
import { type SpanArgs, spanOf } from '../periods.js';
import { countFigures } from '../referrals/counting.js';
import { noFigures, ReferralFigures } from '../referrals/figures.js';
import { centsOf, type InsightSettings } from '../terms/terms.entity.js';
import { settingsOf } from '../terms/terms.service.js';
import { ActReturn, ProgramReturn } from './returns.js';

interface Scope {
  readonly programId: string;
  readonly from: Date;
  readonly to: Date;
}

/** Points that were earned for something of one kind, in one unit. */
interface Earned {
  /** Null for what no challenge earned. */
  readonly kind: ChallengeKind | null;
  readonly unitKey: string;
  readonly points: number;
}

/** What the program brings in against what it costs, by what it lays down in its terms. */
export class ReturnService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async reckon(context: RequestContext, args: SpanArgs): Promise<ProgramReturn> {
    context.session.require('insight.read');
    const { id: programId, timeZone } = context.session.program;
    const { from, to } = spanOf(args, timeZone, this.clock.now());
    const scope = { programId, from, to };
    return this.database.read(async (db) => {
      const settings = await settingsOf(db, programId);
      const approved = await approvedByKind(db, scope);
      const earned = await earnedByKind(db, scope);
      const counts = await countFigures(db, { ...scope, channel: null, ambassadorIds: null }, { by: 'NOTHING' });
      const referred = new ReferralFigures(counts.get('') ?? noFigures());
      return returnOf(scope, settings, { approved, earned, referred });
    });
  }
}

interface Counted {
  readonly approved: ReadonlyMap<ChallengeKind, number>;
  readonly earned: readonly Earned[];
  readonly referred: ReferralFigures;
}

function returnOf(
  { from, to }: Scope,
  settings: InsightSettings,
  { approved, earned, referred }: Counted,
): ProgramReturn {
  const { currency, marginPercent } = settings;
  const kinds = new Set([...approved.keys(), ...earned.flatMap(({ kind }) => (kind === null ? [] : [kind]))]);
  const acts = [...kinds]
    .map((kind) => actReturn(kind, approved.get(kind) ?? 0, settings, earned))
    .sort((a, b) => b.approvedActs - a.approvedActs || b.points - a.points || (a.kind < b.kind ? -1 : 1));
  const costCents = costOf(settings, earned);
  const actValueCents = currency === null ? null : acts.reduce((sum, act) => sum + (act.valueCents ?? 0), 0);
  const inCurrency = referred.revenue.find((each) => each.currency === currency);
  const revenueCents = currency === null ? null : (inCurrency?.amountCents ?? 0);
  const gained = (actValueCents ?? 0) + Math.round(((revenueCents ?? 0) * marginPercent) / 100);
  const netCents = costCents === null ? null : gained - costCents;
  return Object.assign(new ProgramReturn(), {
    from,
    to,
    currency,
    acts,
    otherPoints: pointsOf(earned.filter(({ kind }) => kind === null)),
    costCents,
    actValueCents,
    newCustomers: referred.conversions - referred.reversals,
    revenue: referred.revenue,
    revenueCents,
    marginPercent,
    netCents,
    roi: netCents === null || !costCents ? null : netCents / costCents,
  });
}

function actReturn(
  kind: ChallengeKind,
  approvedActs: number,
  settings: InsightSettings,
  earned: readonly Earned[],
): ActReturn {
  const own = earned.filter((each) => each.kind === kind);
  const worth = settings.currency === null ? undefined : settings.actCents[kind];
  const valueCents = worth === undefined ? null : approvedActs * worth;
  const costCents = costOf(settings, own);
  const known = valueCents !== null && costCents !== null && approvedActs > 0;
  const netCentsPerAct = known ? (valueCents - costCents) / approvedActs : null;
  return Object.assign(new ActReturn(), {
    kind,
    approvedActs,
    points: pointsOf(own),
    costCents,
    valueCents,
    netCentsPerAct,
  });
}

function pointsOf(earned: readonly Earned[]): number {
  return earned.reduce((sum, { unitKey, points }) => sum + (unitKey === defaultUnitKey ? points : 0), 0);
}

/** What points cost; null where that is not known of a unit that was paid in, or of points at all. */
function costOf(settings: InsightSettings, earned: readonly Earned[]): number | null {
  if (centsOf(settings, defaultUnitKey, 0) === null) return null;
  const costs = earned.map(({ unitKey, points }) => (points === 0 ? 0 : centsOf(settings, unitKey, points)));
  return costs.reduce<number | null>((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0);
}

async function approvedByKind(db: Reader, { programId, from, to }: Scope): Promise<ReadonlyMap<ChallengeKind, number>> {
  const rows = await db.query<{ kind: ChallengeKind; n: number | string }>(sql`
    SELECT kind, COUNT(*) AS n FROM submission
    WHERE program_id = ${programId} AND status = 'APPROVED' AND decided_at >= ${from} AND decided_at < ${to}
    GROUP BY kind`);
  return new Map(rows.map(({ kind, n }) => [kind, Number(n)]));
}

/** Points by what earned them: a reversal counts where the award did, points that wait once they are released. */
async function earnedByKind(db: Reader, { programId, from, to }: Scope): Promise<Earned[]> {
  const rows = await db.query<{ category: string | null; unit_key: string | null; points: number | string }>(sql`
    SELECT category, unit_key, SUM(earned_points) AS points FROM points_transfer
    WHERE program_id = ${programId} AND earned_at >= ${from} AND earned_at < ${to}
    GROUP BY category, unit_key`);
  return rows.map(({ category, unit_key: unitKey, points }) => ({
    kind: category !== null && category in ChallengeKind ? (category as ChallengeKind) : null,
    unitKey: unitKey ?? defaultUnitKey,
    points: Number(points),
  }));
}
