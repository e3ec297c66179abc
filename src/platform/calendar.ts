import { DateTime, type DateTimeUnit } from 'luxon';

/** A stretch of the calendar, in the time zone of a program. */
export type CalendarUnit = 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR';

const units: Readonly<Record<CalendarUnit, { readonly unit: DateTimeUnit; readonly format: string }>> = {
  DAY: { unit: 'day', format: 'yyyy-MM-dd' },
  WEEK: { unit: 'week', format: "kkkk-'W'WW" },
  MONTH: { unit: 'month', format: 'yyyy-MM' },
  QUARTER: { unit: 'quarter', format: "yyyy-'Q'q" },
  YEAR: { unit: 'year', format: 'yyyy' },
};

/** The name of the stretch that a moment falls in: 2026-03-09, 2026-W11 (ISO 8601), 2026-03, 2026-Q1, 2026. */
export function calendarName(unit: CalendarUnit, timeZone: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone: timeZone }).toFormat(units[unit].format, { locale: 'en' });
}

/** From when, inclusive, to when, exclusive, that stretch lasts: from midnight to midnight. */
export function calendarBounds(unit: CalendarUnit, timeZone: string, at: Date): { from: Date; to: Date } {
  const from = DateTime.fromJSDate(at, { zone: timeZone }).startOf(units[unit].unit);
  const next = from.plus({ [units[unit].unit]: 1 }).startOf(units[unit].unit);
  return { from: from.toJSDate(), to: next.toJSDate() };
}
