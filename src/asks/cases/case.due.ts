import { DateTime } from 'luxon';
import type { CaseSettings } from './case.terms.js';

/**
 * When a case of that moment is due: so many working days later at the same time of day, in the time zone of the program.
 * What comes in when nobody works counts from the midnight with which the next working day begins.
 */
export function dueAt(
  { dueWorkingDays, workingDays }: Pick<CaseSettings, 'dueWorkingDays' | 'workingDays'>,
  timeZone: string,
  moment: Date,
): Date {
  const came = DateTime.fromJSDate(moment, { zone: timeZone });
  const works = ({ weekday }: DateTime) => workingDays.includes(weekday);
  const next = (day: DateTime): DateTime => {
    const tomorrow = day.plus({ days: 1 });
    return works(tomorrow) ? tomorrow : next(tomorrow);
  };
  let due = works(came) ? came : next(came).startOf('day');
  for (let days = 0; days < dueWorkingDays; days++) due = next(due);
  return due.toJSDate();
}
