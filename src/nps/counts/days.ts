import { DateTime } from 'luxon';

/** Since 1973 every zone's offset is a whole number of quarters of an hour, so that one quarter is of one day. */
const quarterMilliseconds = 900_000;
const quartersSince = Date.UTC(1973, 0, 1);
const rememberedMax = 50_000;

/** The day of a moment in a time zone, as 20260302: each quarter of an hour is looked up in the calendar once. */
export class Days {
  private readonly known = new Map<string, Map<number, number>>();

  of(moment: Date, timeZone: string): number {
    if (moment.getTime() < quartersSince) return dayOf(moment.getTime(), timeZone);
    const quarter = Math.floor(moment.getTime() / quarterMilliseconds);
    const ofZone = this.known.get(timeZone) ?? new Map<number, number>();
    this.known.set(timeZone, ofZone);
    const known = ofZone.get(quarter);
    if (known !== undefined) return known;
    if (ofZone.size >= rememberedMax) ofZone.clear();
    const day = dayOf(quarter * quarterMilliseconds, timeZone);
    ofZone.set(quarter, day);
    return day;
  }
}

function dayOf(milliseconds: number, timeZone: string): number {
  const { year, month, day } = DateTime.fromMillis(milliseconds, { zone: timeZone });
  return year * 10_000 + month * 100 + day;
}

/** The first moment of a day like 20260302, or of a month like 20260300. */
export function startOfDay(day: number, timeZone: string): Date {
  return calendarDay(day, timeZone).toJSDate();
}

export function startOfNextDay(day: number, timeZone: string): Date {
  return calendarDay(day, timeZone).plus({ days: 1 }).startOf('day').toJSDate();
}

function calendarDay(day: number, timeZone: string): DateTime {
  const date = { year: Math.floor(day / 10_000), month: Math.floor(day / 100) % 100, day: day % 100 || 1 };
  return DateTime.fromObject(date, { zone: timeZone }).startOf('day');
}
