import { DateTime, type DateTimeUnit } from 'luxon';
import { graphqlEnum } from '../platform/graphql/enums.js';

export const Interval = graphqlEnum('Interval', "A span of the calendar, in the program's time zone.", {
  DAY: 'From midnight to midnight.',
  WEEK: 'From Monday to Sunday, as ISO 8601 has it.',
  MONTH: 'A month of the calendar.',
  QUARTER: 'Three months, the first of them January, April, July or October.',
  YEAR: 'A year of the calendar.',
});
export type Interval = keyof typeof Interval;

const units: Readonly<Record<Interval, DateTimeUnit>> = {
  DAY: 'day',
  WEEK: 'week',
  MONTH: 'month',
  QUARTER: 'quarter',
  YEAR: 'year',
};

/**
 * The beginnings of all periods from the one of `first` to the one of `last`, in the zone's own calendar: a day lasts
 * 23 or 25 hours where the clocks change. Undefined where there would be more than `countMax`.
 */
export function periodStarts(
  interval: Interval,
  timeZone: string,
  { first, last }: { readonly first: Date; readonly last: Date },
  countMax: number,
): Date[] | undefined {
  const unit = units[interval];
  const start = DateTime.fromJSDate(first, { zone: timeZone }).startOf(unit);
  const starts: Date[] = [];
  for (let count = 0; count <= countMax; count++) {
    // Each period is counted from the first one; startOf again, because a midnight may not exist.
    const next = start
      .plus({ [unit]: count })
      .startOf(unit)
      .toJSDate();
    if (next > last) return starts;
    starts.push(next);
  }
  return undefined;
}
