import { calendarBounds, calendarName } from '../platform/calendar.js';
import { graphqlEnum } from '../platform/graphql/enums.js';

export const LeaderboardWindow = graphqlEnum('LeaderboardWindow', 'Over which time a board counts points.', {
  ALL_TIME: 'From the beginning on, for ever.',
  DAY: "A day of the program's time zone.",
  WEEK: "A week, from Monday, in the program's time zone (ISO 8601).",
  MONTH: "A calendar month of the program's time zone.",
  QUARTER: "A quarter of the calendar year, in the program's time zone.",
  YEAR: "A calendar year of the program's time zone.",
  SEASON: 'From one moment to another, once; both are given with the board.',
});
export type LeaderboardWindow = keyof typeof LeaderboardWindow;

/** How a board divides time. */
export interface Windowed {
  readonly window: LeaderboardWindow;
  /** IANA name; windows begin at midnight there. */
  readonly timeZone: string;
  /** Of a board of one season, when it begins and ends. */
  readonly seasonFrom: Date | null;
  readonly seasonTo: Date | null;
}

/** The name of the window that a moment falls in: 2026-03-09, 2026-W11, 2026-03, 2026-Q1, 2026; '' where there is one alone. */
export function periodAt({ window, timeZone }: Windowed, at: Date): string {
  if (window === 'ALL_TIME' || window === 'SEASON') return '';
  return calendarName(window, timeZone, at);
}

/** From when, inclusive, to when, exclusive, the window of a moment lasts; undefined for all time. */
export function boundsAt(windowed: Windowed, at: Date): { from: Date; to: Date } | undefined {
  const { window, timeZone, seasonFrom, seasonTo } = windowed;
  if (window === 'SEASON') return seasonFrom && seasonTo ? { from: seasonFrom, to: seasonTo } : undefined;
  if (window === 'ALL_TIME') return undefined;
  return calendarBounds(window, timeZone, at);
}
