import { DateTime } from 'luxon';

/** How far back the demo program goes. Day 0 is the first, the day before today the last. */
export const daysOfYear = 365;
/** How far ahead something may be announced, today included. */
const daysAhead = 92;

/** Something that somebody does at a minute of a day. */
export interface Act {
  readonly minute: number;
  readonly perform: () => Promise<void>;
}

/** The year until this morning, in the program's own days. */
export class Calendar {
  /** When each day begins, from the first to some that are still to come. Kept, as time zones take long to reckon with. */
  private readonly days: readonly DateTime[];
  private readonly planned = new Map<number, Act[]>();

  constructor(now: Date, timeZone: string) {
    const today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
    this.days = Array.from({ length: daysOfYear + daysAhead }, (_, day) => today.minus({ days: daysOfYear - day }));
  }

  /** The moment of a minute of a day; day 365 is today. */
  at(day: number, minute: number): Date {
    return new Date(this.beginningOf(day).toMillis() + minute * 60_000);
  }

  /** 1 for Monday to 7 for Sunday. */
  weekdayOf(day: number): number {
    return this.beginningOf(day).weekday;
  }

  private beginningOf(day: number): DateTime {
    const beginning = this.days[day];
    if (!beginning) throw new Error(`Day ${day} is not of this year`);
    return beginning;
  }

  plan(day: number, minute: number, perform: () => Promise<void>): void {
    this.planned.set(day, [...(this.planned.get(day) ?? []), { minute, perform }]);
  }

  /** What is planned for a day, in the order of the clock. */
  actsOf(day: number): readonly Act[] {
    return [...(this.planned.get(day) ?? [])].sort((a, b) => a.minute - b.minute);
  }
}
