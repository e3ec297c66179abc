import { DateTime, type DateTimeUnit } from 'luxon';
import { graphqlEnum } from '../platform/graphql/enums.js';

export const LeaderboardWindow = graphqlEnum('LeaderboardWindow', 'Over which time a board counts points.', {
  ALL_TIME: 'From the beginning on, for ever.',
  DAY: "A day of the program's time zone.",
  WEEK: "A week, from Monday, in the program's time zone (ISO 8601).",
  MONTH: "A calendar month of the program's time zone.",
  QUARTER: "A quarter of the calendar year, in the program's time zone.",
  YEAR: "A calendar year of the program's time zone.",
});
export type LeaderboardWindow = keyof typeof LeaderboardWindow;

type Window = Exclude<LeaderboardWindow, 'ALL_TIME'>;

const units: Readonly<Record<Window, { readonly unit: DateTimeUnit; readonly format: string }>> = {
  DAY: { unit: 'day', format: 'yyyy-MM-dd' },
  WEEK: { unit: 'week', format: "kkkk-'W'WW" },
  MONTH: { unit: 'month', format: 'yyyy-MM' },
  QUARTER: { unit: 'quarter', format: "yyyy-'Q'q" },
  YEAR: { unit: 'year', format: 'yyyy' },
};

/** How a board divides time. */
export interface Windowed {
  readonly window: LeaderboardWindow;
  /** IANA name; windows begin at midnight there. */
  readonly timeZone: string;
}

/** The name of the window that a moment falls in: 2026-03-09, 2026-W11, 2026-03, 2026-Q1, 2026; '' for all time. */
export function periodAt({ window, timeZone }: Windowed, at: Date): string {
  if (window === 'ALL_TIME') return '';
  return DateTime.fromJSDate(at, { zone: timeZone }).toFormat(units[window].format, { locale: 'en' });
}

/** From when, inclusive, to when, exclusive, the window of a moment lasts; undefined for all time. */
export function boundsAt({ window, timeZone }: Windowed, at: Date): { from: Date; to: Date } | undefined {
  if (window === 'ALL_TIME') return undefined;
  const { unit } = units[window];
  const from = DateTime.fromJSDate(at, { zone: timeZone }).startOf(unit);
  const next = from.plus({ [unit]: 1 }).startOf(unit);
  return { from: from.toJSDate(), to: next.toJSDate() };
}
