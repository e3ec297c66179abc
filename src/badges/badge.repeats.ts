import { type CalendarUnit, calendarBounds, calendarName } from '../platform/calendar.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import type { Stretch } from './facts.js';
import { weekOf } from './streak.js';

export const BadgeRepeats = graphqlEnum('BadgeRepeats', 'How often a badge can be won again.', {
  WEEK: "Once in each week, from Monday, of the program's time zone.",
  MONTH: "Once in each calendar month of the program's time zone.",
  QUARTER: "Once in each quarter of the calendar year, in the program's time zone.",
  YEAR: "Once in each calendar year of the program's time zone.",
});
export type BadgeRepeats = keyof typeof BadgeRepeats & CalendarUnit;

/** A stretch of the calendar in which a badge can be won once, with its name: as in 2026-03. */
export interface BadgePeriod extends Stretch {
  readonly name: string;
}

/** The stretch that a moment falls in. A week belongs to the stretch in which it begins. */
export function periodAt(repeats: BadgeRepeats, timeZone: string, at: Date): BadgePeriod {
  const { from, to } = calendarBounds(repeats, timeZone, at);
  const weeks = { from: firstMonday(from, timeZone), to: firstMonday(to, timeZone) };
  return { name: calendarName(repeats, timeZone, at), from, to, weeks };
}

/** The first Monday from a midnight on. */
function firstMonday(midnight: Date, timeZone: string): string {
  return weekOf(new Date(midnight.getTime() + 6 * 86_400_000 + 43_200_000), timeZone);
}
