import { DateTime } from 'luxon';

/** How far back the demo program goes. Day 0 is the first, the day before today the last. */
export const daysOfYear = 365;

/** Something that somebody does at a minute of a day. */
export interface Act {
  readonly minute: number;
  readonly perform: () => Promise<void>;
}

/** The year until this morning, in the program's own days. */
export class Calendar {
  private readonly today: DateTime;
  private readonly planned = new Map<number, Act[]>();

  constructor(
    now: Date,
    private readonly timeZone: string,
  ) {
    this.today = DateTime.fromJSDate(now, { zone: timeZone }).startOf('day');
  }

  /** The moment of a minute of a day; day 365 is today. */
  at(day: number, minute: number): Date {
    return this.today
      .minus({ days: daysOfYear - day })
      .plus({ minutes: minute })
      .toJSDate();
  }

  /** 1 for Monday to 7 for Sunday. */
  weekdayOf(day: number): number {
    return DateTime.fromJSDate(this.at(day, 720), { zone: this.timeZone }).weekday;
  }

  plan(day: number, minute: number, perform: () => Promise<void>): void {
    this.planned.set(day, [...(this.planned.get(day) ?? []), { minute, perform }]);
  }

  /** What is planned for a day, in the order of the clock. */
  actsOf(day: number): readonly Act[] {
    return [...(this.planned.get(day) ?? [])].sort((a, b) => a.minute - b.minute);
  }
}
