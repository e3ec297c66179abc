import { DateTime, type DateTimeUnit } from 'luxon';
import { Field, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../platform/graphql/enums.js';

export const LimitWindow = graphqlEnum('LimitWindow', 'Over which time submissions are counted for a limit.', {
  DAY: "A day of the program's time zone.",
  WEEK: "A week, from Monday, in the program's time zone (ISO 8601).",
  MONTH: "A calendar month of the program's time zone.",
});
export type LimitWindow = keyof typeof LimitWindow;

@ObjectType({ description: 'How often one ambassador may do something in a stretch of time.' })
export class WindowLimit {
  @Field(() => LimitWindow, { description: 'Over which time it is counted.' })
  readonly window: LimitWindow;

  @Field(() => Int, { description: 'How many submissions may be pending or approved in each.' })
  readonly times: number;
}

const units: Readonly<Record<LimitWindow, DateTimeUnit>> = { DAY: 'day', WEEK: 'week', MONTH: 'month' };

/** The day of a moment, as in 2026-03-02. Days are compared as text. */
export function dayOf(moment: Date, timeZone: string): string {
  return DateTime.fromJSDate(moment, { zone: timeZone }).toFormat('yyyy-MM-dd', { locale: 'en' });
}

/** The first day of the window of a moment, as in 2026-03-02. */
export function firstDayOf(window: LimitWindow, moment: Date, timeZone: string): string {
  const begin = DateTime.fromJSDate(moment, { zone: timeZone }).startOf(units[window]);
  return begin.toFormat('yyyy-MM-dd', { locale: 'en' });
}

/** When the window of a moment is over, and the next one begins. */
export function endOf(window: LimitWindow, moment: Date, timeZone: string): Date {
  const unit = units[window];
  const begin = DateTime.fromJSDate(moment, { zone: timeZone }).startOf(unit);
  return begin
    .plus({ [unit]: 1 })
    .startOf(unit)
    .toJSDate();
}
