import { DateTime } from 'luxon';

const millisecondsPerWeek = 7 * 86_400_000;

/** The Monday on which the week of a moment begins in a time zone, as in 2026-03-02. Weeks are ISO 8601's. */
export function weekOf(moment: Date, timeZone: string): string {
  const monday = DateTime.fromJSDate(moment, { zone: timeZone }).startOf('week').toISODate();
  if (!monday) throw new Error(`There is no week of ${moment.toISOString()} in ${timeZone}`);
  return monday;
}

/** The Monday so many weeks later, or earlier. */
export function weekPlus(week: string, weeks: number): string {
  return new Date(Date.parse(week) + weeks * millisecondsPerWeek).toISOString().slice(0, 10);
}

/** When a week begins: its Monday's midnight in a time zone. */
export function beginningOf(week: string, timeZone: string): Date {
  return DateTime.fromISO(week, { zone: timeZone }).toJSDate();
}

/** Weeks in a row, by calendar: a week with the change to summer time is one like any other. */
interface Run {
  /** The active ones among them. */
  readonly weeks: number;
  /** The last one that is active or frozen. */
  readonly lastWeek: number;
}

/** The number of a week in the count of all weeks: a Monday's distance in whole weeks from the first in 1970. */
function numberOf(week: string): number {
  return Math.floor(Date.parse(week) / millisecondsPerWeek);
}

/** The weeks that freezes spared. */
export function frozenWeeks(freezes: readonly { readonly usedWeek: string | null }[]): string[] {
  return freezes.flatMap(({ usedWeek }) => (usedWeek === null ? [] : [usedWeek]));
}

/** Frozen weeks join active ones, and add nothing; before the first active week they mean nothing. */
function runsOf(weeks: readonly string[], frozen: readonly string[]): readonly Run[] {
  const active = new Set(weeks.map(numberOf));
  const numbers = [...new Set([...active, ...frozen.map(numberOf)])].sort((a, b) => a - b);
  const runs: Run[] = [];
  for (const number of numbers) {
    const last = runs.at(-1);
    const counts = active.has(number) ? 1 : 0;
    if (last?.lastWeek === number - 1) runs[runs.length - 1] = { weeks: last.weeks + counts, lastWeek: number };
    else if (counts) runs.push({ weeks: 1, lastWeek: number });
  }
  return runs;
}

/** The longest run of these weeks, in whatever order they come; 0 without any. */
export function longestRunWeeks(weeks: readonly string[], frozen: readonly string[] = []): number {
  return Math.max(0, ...runsOf(weeks, frozen).map((run) => run.weeks));
}

/** The run that still goes on: it ends in this week, or in the one before, so that this week can still carry it on. */
export function currentRunWeeks(weeks: readonly string[], thisWeek: string, frozen: readonly string[] = []): number {
  const last = runsOf(weeks, frozen).at(-1);
  return last && last.lastWeek >= numberOf(thisWeek) - 1 ? last.weeks : 0;
}
