import sql, { join } from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { timeOf } from '../platform/database/rows.js';
import { PointsExpiryTerms } from './expiry.entity.js';
import { type Circumstances, type ExpiringSlice, expiriesOf, returnedStayDays, type Terms } from './expiry.terms.js';
import { readLots } from './lots.reading.js';
import { accountName, type PointsBalance } from './points.entity.js';
import { storedUnit } from './unit.entity.js';

const dayMilliseconds = 86_400_000;
/** Wide enough for the day that a stay ends with, in any time zone. */
const returnsReadDays = returnedStayDays + 3;

/** By what the points of a unit expire. */
export interface ExpiryRules {
  readonly unitKey: string;
  readonly timeZone: string;
  /** Oldest first. */
  readonly terms: readonly Terms[];
}

export function readTerms(reader: Reader, programId: string, unitKey: string): Promise<PointsExpiryTerms[]> {
  return reader.select(
    PointsExpiryTerms,
    sql`WHERE program_id = ${programId} AND unit_key = ${unitKey} ORDER BY in_force_from`,
  );
}

/** When the points of each of these balances expire, oldest first; in the order of the balances. */
export async function reckonExpiries(
  reader: Reader,
  { unitKey, timeZone, terms }: ExpiryRules,
  balances: readonly PointsBalance[],
  now: Date,
): Promise<readonly (readonly ExpiringSlice[])[]> {
  if (balances.length === 0 || terms.every(({ kind }) => kind === 'NEVER')) return balances.map(() => []);
  const ids = balances.map(({ ambassadorId }) => ambassadorId);
  const activity = terms.some(({ kind }) => kind === 'AFTER_INACTIVITY')
    ? await readActivity(reader, ids, unitKey)
    : new Map<string, Date>();
  const lots = await readLots(reader, balances);
  const expiries = (index: number, returns: Circumstances['returns']) =>
    expiriesOf(lots[index] ?? [], {
      terms,
      timeZone,
      lastActiveAt: activity.get(ids[index] ?? '') ?? null,
      returns,
    });
  const strict = balances.map((_, index) => expiries(index, []));
  // Returns matter to points that would go soon, which most ambassadors have none of.
  const soon = new Date(now.getTime() + returnsReadDays * dayMilliseconds);
  const concerned = ids.filter((_, index) => strict[index]?.some(({ expiresAt }) => expiresAt && expiresAt < soon));
  if (concerned.length === 0) return strict;
  const returns = await readReturns(reader, concerned, unitKey, now);
  return strict.map((slices, index) => {
    const own = returns.get(ids[index] ?? '');
    return own ? expiries(index, own) : slices;
  });
}

/** When each ambassador last earned, spent or sent points of the unit. */
async function readActivity(
  reader: Reader,
  ambassadorIds: readonly string[],
  unitKey: string,
): Promise<ReadonlyMap<string, Date>> {
  const key = storedUnit(unitKey);
  const rows = await reader.query<{ ambassador_id: string; at: string }>(sql`
    SELECT ambassador_id, MAX(posted_at) AS at FROM points_transfer
    WHERE ambassador_id IN (${join([...ambassadorIds])}) AND kind IN ('AWARD', 'REDEMPTION', 'SENT')
      AND ${key === null ? sql`unit_key IS NULL` : sql`unit_key = ${key}`}
    GROUP BY ambassador_id`);
  return new Map(rows.map(({ ambassador_id, at }) => [ambassador_id, timeOf(at)]));
}

/** What came back to each ambassador from redemptions, as long as that keeps points from expiring. */
async function readReturns(
  reader: Reader,
  ambassadorIds: readonly string[],
  unitKey: string,
  now: Date,
): Promise<ReadonlyMap<string, Circumstances['returns']>> {
  const since = new Date(now.getTime() - returnsReadDays * dayMilliseconds);
  const rows = await reader.query<{ ambassador_id: string; points: number; at: string }>(sql`
    SELECT e.ambassador_id, e.amount_points AS points, e.posted_at AS at
    FROM points_entry e
    JOIN points_transfer t ON t.id = e.transfer_id
    JOIN points_transfer o ON o.id = t.reverses_id
    WHERE e.ambassador_id IN (${join([...ambassadorIds])}) AND e.account = ${accountName('AVAILABLE', storedUnit(unitKey))}
      AND e.amount_points > 0 AND e.posted_at > ${since} AND t.kind = 'REVERSAL' AND o.kind <> 'EXPIRY'`);
  const returns = new Map<string, { readonly points: number; readonly returnedAt: Date }[]>();
  for (const { ambassador_id, points, at } of rows) {
    const own = returns.get(ambassador_id) ?? [];
    own.push({ points, returnedAt: timeOf(at) });
    returns.set(ambassador_id, own);
  }
  return returns;
}
