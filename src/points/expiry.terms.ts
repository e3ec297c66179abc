import { DateTime } from 'luxon';
import type { PointsExpiryTerms } from './expiry.entity.js';
import type { LotSlice } from './lots.js';

const dayMilliseconds = 86_400_000;

/** Points that came back from a redemption stay at least so long, however old they are. */
export const returnedStayDays = 30;

/** Terms as far as they decide when points expire: those in force, those that were, and those to come. */
export type Terms = Pick<
  PointsExpiryTerms,
  'kind' | 'length' | 'lengthUnit' | 'earlierPoints' | 'inForceFrom' | 'noticeDays'
>;

/** What decides when an ambassador's points expire, beside their age. */
export interface Circumstances {
  /** All terms of the unit, oldest first. */
  readonly terms: readonly Terms[];
  readonly timeZone: string;
  /** When the ambassador last earned, spent or sent points; null if never. */
  readonly lastActiveAt: Date | null;
  /** What came back from redemptions lately. */
  readonly returns: readonly { readonly points: number; readonly returnedAt: Date }[];
}

/** Points of one lot that expire together; null: never. */
export interface ExpiringSlice extends LotSlice {
  readonly expiresAt: Date | null;
}

/** When each of these points expires. @param lots what is left, oldest first */
export function expiriesOf(lots: readonly LotSlice[], circumstances: Circumstances): ExpiringSlice[] {
  const slices = lots.map((lot) => ({ ...lot, expiresAt: expiryOf(lot.earnedAt, circumstances) }));
  return circumstances.returns.length === 0 ? slices : withReturns(slices, circumstances);
}

/**
 * When points of that age expire: by the terms in force when they were earned, unless later ones, that came in time,
 * count them anew.
 */
function expiryOf(earnedAt: Date, { terms, timeZone, lastActiveAt }: Circumstances): Date | null {
  let expiresAt: Date | null = null;
  for (const each of terms) {
    if (expiresAt !== null && expiresAt <= each.inForceFrom && earnedAt < each.inForceFrom) break;
    if (earnedAt >= each.inForceFrom) expiresAt = endOf(each, earnedAt, lastActiveAt, timeZone);
    else if (each.earlierPoints === 'COUNT_FROM_START') {
      expiresAt = endOf(each, each.inForceFrom, lastActiveAt, timeZone);
    }
  }
  return expiresAt;
}

const luxonUnits = { DAY: 'days', MONTH: 'months', YEAR: 'years' } as const;

function endOf(terms: Terms, countedFrom: Date, lastActiveAt: Date | null, timeZone: string): Date | null {
  if (terms.kind === 'NEVER') return null;
  const inactive = terms.kind === 'AFTER_INACTIVITY' && lastActiveAt && lastActiveAt > countedFrom;
  const from = inactive ? lastActiveAt : countedFrom;
  // In every zone a day begins at a quarter of an hour, and what lies between two of them ends together.
  const quarter = Math.floor(from.getTime() / quarterMilliseconds);
  const key = `${timeZone} ${terms.kind} ${terms.length} ${terms.lengthUnit} ${quarter}`;
  let end = knownEnds.get(key);
  if (!end) {
    if (knownEnds.size >= knownEndsMax) knownEnds.clear();
    end = reckonEnd(terms, DateTime.fromJSDate(from, { zone: timeZone }));
    knownEnds.set(key, end);
  }
  return end;
}

/** Calendars are slow, and thousands of lots fall on the same few days. */
const knownEnds = new Map<string, Date>();
const knownEndsMax = 20_000;
const quarterMilliseconds = 900_000;

function reckonEnd({ kind, length, lengthUnit }: Terms, from: DateTime): Date {
  if (kind !== 'CALENDAR_YEAR') return endOfDay(from.plus({ [luxonUnits[lengthUnit]]: length }));
  return from
    .startOf('year')
    .plus({ years: length + 1 })
    .toJSDate();
}

/** The midnight that ends a day: points can be used all day long. */
function endOfDay(moment: DateTime): Date {
  return moment.startOf('day').plus({ days: 1 }).toJSDate();
}

/**
 * What came back lies in the oldest lots that are left: these stay at least as long as it may. Later purchases take just
 * these first, so that somebody who bought again keeps a few points longer than a stricter count would say, never shorter.
 */
function withReturns(slices: readonly ExpiringSlice[], { returns, timeZone }: Circumstances): ExpiringSlice[] {
  const stays = returns.map(({ points, returnedAt }) => ({
    points,
    until: endOfDay(DateTime.fromJSDate(returnedAt, { zone: timeZone }).plus({ days: returnedStayDays })),
  }));
  const until = new Date(Math.max(...stays.map((stay) => stay.until.getTime())));
  let open = stays.reduce((sum, { points }) => sum + points, 0);
  return slices.flatMap((slice) => {
    if (slice.expiresAt === null || slice.expiresAt >= until || open <= 0) return [slice];
    const staying = Math.min(open, slice.points);
    open -= staying;
    const parts = [{ ...slice, points: staying, expiresAt: until }];
    return staying === slice.points ? parts : [...parts, { ...slice, points: slice.points - staying }];
  });
}

/** Before this moment nothing can expire by these terms, nor have to be told of; null: never. */
export function firstConcernOf(terms: Terms, timeZone: string): Date | null {
  const end = endOf(terms, terms.inForceFrom, null, timeZone);
  return end && new Date(end.getTime() - terms.noticeDays * dayMilliseconds);
}

/** The day that this moment lies in, and the midnight with which it began. */
export function dayOf(moment: Date, timeZone: string): { readonly day: string; readonly beganAt: Date } {
  const start = DateTime.fromJSDate(moment, { zone: timeZone }).startOf('day');
  return { day: start.toFormat('yyyy-MM-dd'), beganAt: start.toJSDate() };
}
