import { DateTime } from 'luxon';

/** Dates repeat from row to row, and luxon is slow: each text is read once, while this many are remembered. */
const remembered = 20_000;
const isoDate = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?$/;
const earliest = Date.UTC(1900, 0, 1);

/** Reads dates of one format; without a time they are midnight, and without an offset they are in the time zone. */
export class ResponseDates {
  private readonly known = new Map<string, Date | string>();

  /**
   * @param format luxon's tokens, as in dd/MM/yy; undefined for ISO 8601
   * @param zone IANA time zone
   * @param now nothing is answered after it
   */
  constructor(
    private readonly format: string | undefined,
    private readonly zone: string,
    private readonly now: Date,
  ) {}

  /** The moment that a text means, or why it means none. */
  read(text: string): Date | string {
    const known = this.known.get(text);
    if (known !== undefined) return known;
    const time = this.parse(text);
    if (this.known.size >= remembered) this.known.clear();
    this.known.set(text, time);
    return time;
  }

  private parse(text: string): Date | string {
    if (text === '') return 'is missing';
    const time = this.format
      ? DateTime.fromFormat(text, this.format, { zone: this.zone, locale: 'en' })
      : DateTime.fromISO(isoDate.test(text) ? text.replace(' ', 'T') : '', { zone: this.zone });
    if (!time.isValid) return `is not a date in the format ${this.format ?? 'yyyy-MM-dd (ISO 8601)'}`;
    if (time.toMillis() < earliest) return 'is before 1900';
    if (time.toMillis() > this.now.getTime()) return 'is in the future';
    return time.toJSDate();
  }
}
