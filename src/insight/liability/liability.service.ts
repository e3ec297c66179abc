import { DateTime } from 'luxon';
import sql, { join, raw } from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import { periodStarts } from '../../nps/interval.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Reader } from '../../platform/database/database.js';
import { argumentRefused } from '../../platform/graphql/input.js';
import type { ExpiryService } from '../../points/expiry.service.js';
import { accountName } from '../../points/points.entity.js';
import { defaultUnitKey, PointsUnit, storedUnit } from '../../points/unit.entity.js';
import { monthsMax } from '../periods.js';
import { periodOf } from '../referrals/counting.js';
import { centsOf } from '../terms/terms.entity.js';
import { settingsOf } from '../terms/terms.service.js';
import {
  LiabilityExpiry,
  LiabilityMonth,
  type LiabilityMonthsArgs,
  PointsLiability,
  UnitLiability,
} from './liability.js';

const dayMilliseconds = 86_400_000;

interface BalanceRow {
  readonly unit_key: string;
  readonly available: number | string | null;
  readonly pending: number | string | null;
  readonly debt: number | string | null;
}

type ProgramAccount = 'ISSUANCE' | 'REDEEMED' | 'EXPIRED';
const programAccounts: readonly ProgramAccount[] = ['ISSUANCE', 'REDEEMED', 'EXPIRED'];

/** What points the program owes, what of them expires, and how that changed. */
export class LiabilityService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly expiry: ExpiryService,
  ) {}

  async current(context: RequestContext): Promise<PointsLiability> {
    context.session.require('insight.read');
    const programId = context.session.program.id;
    return this.database.read(async (db) => {
      const settings = await settingsOf(db, programId);
      const units = await db.select(PointsUnit, sql`WHERE program_id = ${programId} ORDER BY created_at, unit_key`);
      const rows = new Map((await balances(db, programId)).map((row) => [row.unit_key, row]));
      const inOrder = [...units].sort((a, b) => Number(b.isDefault()) - Number(a.isDefault()));
      return Object.assign(new PointsLiability(), {
        at: this.clock.now(),
        currency: settings.currency,
        units: inOrder.map(({ key }) => {
          const row = rows.get(key);
          const availablePoints = Number(row?.available ?? 0);
          const pendingPoints = Number(row?.pending ?? 0);
          const debtPoints = Number(row?.debt ?? 0);
          const outstandingPoints = availablePoints + pendingPoints - debtPoints;
          const valueCents = centsOf(settings, key, outstandingPoints);
          return Object.assign(new UnitLiability(), {
            unitKey: key,
            availablePoints,
            pendingPoints,
            debtPoints,
            outstandingPoints,
            valueCents,
          });
        }),
      });
    });
  }

  /** What expires within so many days, by the terms as they are. */
  async expiring(context: RequestContext, { unitKey }: UnitLiability, days: number): Promise<LiabilityExpiry> {
    const until = new Date(this.clock.now().getTime() + days * dayMilliseconds);
    const preview = await this.expiry.preview(context, { unitKey, until, first: 1 });
    const { points, complete } = await preview.countTotals();
    const settings = await this.database.read((db) => settingsOf(db, context.session.program.id));
    const valueCents = centsOf(settings, unitKey, points);
    return Object.assign(new LiabilityExpiry(), { until, points, valueCents, isComplete: complete });
  }

  /**
   * The last months, this one included. What was owed at the end of each is what is owed now, less what came since: so
   * only the lines of these months are read, however old the program is.
   */
  async byMonth(
    context: RequestContext,
    liability: PointsLiability,
    { unitKey, months }: LiabilityMonthsArgs,
  ): Promise<LiabilityMonth[]> {
    const unit = liability.units.find((each) => each.unitKey === unitKey);
    if (!unit) throw argumentRefused(['unitKey'], 'is no unit of this program');
    const { id: programId, timeZone } = context.session.program;
    const last = liability.at;
    const first = DateTime.fromJSDate(last, { zone: timeZone })
      .startOf('month')
      .minus({ months: months - 1 })
      .toJSDate();
    const starts = periodStarts('MONTH', timeZone, { first, last }, monthsMax) ?? [];
    return this.database.read(async (db) => {
      const settings = await settingsOf(db, programId);
      const moved = await movements(db, { programId, unitKey, starts });
      let outstandingPoints = unit.outstandingPoints;
      const newestFirst = [...starts].reverse().map((from, index) => {
        const of = (account: ProgramAccount) => moved.get(`${starts.length - 1 - index} ${account}`) ?? 0;
        const [issuedPoints, redeemedPoints, expiredPoints] = [0 - of('ISSUANCE'), of('REDEEMED'), of('EXPIRED')];
        const valueCents = centsOf(settings, unitKey, outstandingPoints);
        const month = { from, issuedPoints, redeemedPoints, expiredPoints, outstandingPoints, valueCents };
        outstandingPoints -= issuedPoints - redeemedPoints - expiredPoints;
        return Object.assign(new LiabilityMonth(), month);
      });
      return newestFirst.reverse();
    });
  }
}

/** All balances of the program together, by unit. They are found by key from the ambassadors, who lie together. */
async function balances(db: Reader, programId: string): Promise<BalanceRow[]> {
  const sums = sql`SUM(CASE WHEN b.available > 0 THEN b.available ELSE 0 END) AS available, SUM(b.pending) AS pending,
    SUM(CASE WHEN b.available < 0 THEN 0 - b.available ELSE 0 END) AS debt`;
  return db.query<BalanceRow>(sql`
    SELECT ${defaultUnitKey} AS unit_key, ${sums} FROM ambassador a JOIN points_balance b ON b.ambassador_id = a.id
    WHERE a.program_id = ${programId}
    UNION ALL
    SELECT b.unit_key, ${sums} FROM ambassador a JOIN points_unit_balance b ON b.ambassador_id = a.id
    WHERE a.program_id = ${programId} GROUP BY b.unit_key`);
}

/** What came on the program's own accounts of a unit, by the number of the month and the account. */
async function movements(
  db: Reader,
  {
    programId,
    unitKey,
    starts,
  }: { readonly programId: string; readonly unitKey: string; readonly starts: readonly Date[] },
): Promise<ReadonlyMap<string, number>> {
  const names = new Map(programAccounts.map((account) => [accountName(account, storedUnit(unitKey)), account]));
  const rows = await db.query<{ part: number | string; account: string; points: number | string }>(sql`
    SELECT ${periodOf(starts, raw('e.posted_at'), 0, starts.length)} AS part, e.account, SUM(e.amount_points) AS points
    FROM points_entry e
    WHERE e.program_id = ${programId} AND e.posted_at >= ${starts[0]} AND e.account IN (${join([...names.keys()])})
    GROUP BY part, e.account`);
  return new Map(rows.map(({ part, account, points }) => [`${part} ${names.get(account)}`, Number(points)]));
}
