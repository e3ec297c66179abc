import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Reader } from '../../platform/database/database.js';
import { type FigureCounts, noFigures } from './figures.js';

/** Whose and which part of it is counted. */
export interface InsightScope {
  readonly programId: string;
  readonly from: Date;
  readonly to: Date;
  readonly channel: string | null;
  readonly ambassadorIds: readonly string[] | null;
}

/** What figures are parted by. */
export type Part =
  | { readonly by: 'NOTHING' | 'CHANNEL' | 'AMBASSADOR' }
  | { readonly by: 'PERIOD'; readonly starts: readonly Date[] };

interface CountRow {
  readonly part: string | number;
  readonly n: number | string;
}

interface OrderRow extends CountRow {
  readonly currency: string | null;
  readonly reversals: number | string;
  readonly partial_refunds: number | string;
  readonly revenue: number | string;
  readonly referrer_points: number | string;
  readonly friend_points: number | string;
  readonly vouchers: number | string;
  readonly gifts: number | string;
}

const stands = sql`e.status IN ('HELD', 'REWARDED')`;

/** Figures by part, in three statements whatever the parts. What nothing happened in is not there. */
export async function countFigures(db: Reader, scope: InsightScope, part: Part): Promise<Map<string, FigureCounts>> {
  const figures = new Map<string, FigureCounts>();
  const of = (key: string | number): FigureCounts => {
    const known = figures.get(String(key)) ?? noFigures();
    figures.set(String(key), known);
    return known;
  };
  const clicks = await db.query<CountRow>(sql`
    SELECT ${keyOf(part, 'ambassador_id', 'clicked_at')} AS part, COUNT(*) AS n FROM referral_click e
    WHERE ${within(scope, 'ambassador_id', 'clicked_at')} GROUP BY part`);
  for (const row of clicks) of(row.part).clicks = Number(row.n);
  const registrations = await db.query<CountRow>(sql`
    SELECT ${keyOf(part, 'referrer_id', 'registered_at')} AS part, COUNT(*) AS n FROM referral e
    WHERE ${within(scope, 'referrer_id', 'registered_at')} AND e.status <> 'REJECTED' GROUP BY part`);
  for (const row of registrations) of(row.part).registrations = Number(row.n);
  const orders = await db.query<OrderRow>(sql`
    SELECT ${keyOf(part, 'referrer_id', 'converted_at')} AS part, e.currency, COUNT(*) AS n,
      SUM(CASE WHEN e.status = 'REVERSED' THEN 1 ELSE 0 END) AS reversals,
      SUM(CASE WHEN ${stands} AND e.refunded_cents > 0 THEN 1 ELSE 0 END) AS partial_refunds,
      SUM(CASE WHEN ${stands} THEN COALESCE(e.amount_cents, 0) - COALESCE(e.refunded_cents, 0) ELSE 0 END) AS revenue,
      SUM(CASE WHEN ${stands} THEN e.referrer_points ELSE 0 END) AS referrer_points,
      SUM(CASE WHEN ${stands} THEN COALESCE(e.friend_points, 0) ELSE 0 END) AS friend_points,
      SUM(CASE WHEN ${stands} AND e.friend_voucher_id IS NOT NULL THEN 1 ELSE 0 END) AS vouchers,
      SUM(CASE WHEN ${stands} AND e.promised_friend_reward IS NOT NULL THEN 1 ELSE 0 END) AS gifts
    FROM referral e
    WHERE ${within(scope, 'referrer_id', 'converted_at')} AND e.status <> 'REJECTED'
    GROUP BY part, e.currency`);
  for (const row of orders) addOrders(of(row.part), row);
  return figures;
}

function addOrders(figures: FigureCounts, row: OrderRow): void {
  figures.conversions += Number(row.n);
  figures.reversals += Number(row.reversals);
  figures.partialRefunds += Number(row.partial_refunds);
  figures.referrerPoints += Number(row.referrer_points);
  figures.friendPoints += Number(row.friend_points);
  figures.vouchers += Number(row.vouchers);
  figures.gifts += Number(row.gifts);
  if (row.currency !== null) figures.revenue.set(row.currency, Number(row.revenue));
}

type OwnerColumn = 'ambassador_id' | 'referrer_id';
type TimeColumn = 'clicked_at' | 'registered_at' | 'converted_at';

/** WHERE, over the rows of `e`. */
export function within(scope: InsightScope, owner: OwnerColumn, time: TimeColumn): Sql {
  const { programId, from, to, channel, ambassadorIds } = scope;
  const at = raw(`e.${time}`);
  return sql`e.program_id = ${programId} AND ${at} >= ${from} AND ${at} < ${to}
    ${channel === null ? empty : sql`AND e.channel = ${channel}`}
    ${ambassadorIds === null ? empty : sql`AND ${raw(`e.${owner}`)} IN (${join(['', ...ambassadorIds])})`}`;
}

function keyOf(part: Part, owner: OwnerColumn, time: TimeColumn): Sql {
  switch (part.by) {
    case 'NOTHING':
      return sql`''`;
    case 'CHANNEL':
      return sql`COALESCE(e.channel, '')`;
    case 'AMBASSADOR':
      return raw(`e.${owner}`);
    case 'PERIOD':
      return periodOf(part.starts, raw(`e.${time}`), 0, part.starts.length);
  }
}

/** The number of the period by halves: the bounds are moments, so that the database need not know any time zone. */
export function periodOf(starts: readonly Date[], at: Sql, from: number, to: number): Sql {
  const middle = Math.floor((from + to) / 2);
  if (middle === from) return raw(String(from));
  return sql`CASE WHEN ${at} < ${starts[middle]}
    THEN ${periodOf(starts, at, from, middle)} ELSE ${periodOf(starts, at, middle, to)} END`;
}
