import type { TwoByTwo } from '../../platform/statistics/fisher-exact.js';

/** A contact as far as the search for a common thread goes. */
interface ThreadContact {
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly isEnthusiast: boolean;
}

/** The contacts with one value of an attribute, or with a number in a range, beside all others. */
export interface AttributeTable {
  readonly name: string;
  readonly value: string;
  readonly table: TwoByTwo;
}

interface Count {
  all: number;
  enthusiasts: number;
}

/** Fewer contacts than this are no group: they could be traced to somebody, and say little. */
const contactsMin = 5;
/** An attribute with more values is a name, not a group; if they are numbers, they are cut into four ranges. */
const valuesMax = 200;
/** Numbers with up to this many values are compared one by one. */
const numbersApartMax = 12;
/** Attributes that a search looks at; more belong in a warehouse. */
const attributesMax = 100;

/** Gathers contacts, and lays out for each value of each attribute how enthusiastic those with it and without it are. */
export class AttributeTables {
  private readonly columns = new Map<string, AttributeColumn>();
  private readonly all: Count = { all: 0, enthusiasts: 0 };

  add({ attributes, isEnthusiast }: ThreadContact): void {
    count(this.all, isEnthusiast);
    for (const name in attributes) {
      const value = attributes[name];
      if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue;
      let column = this.columns.get(name);
      if (!column) {
        if (this.columns.size >= attributesMax) continue;
        column = new AttributeColumn();
        this.columns.set(name, column);
      }
      column.add(value, isEnthusiast);
    }
  }

  get contacts(): number {
    return this.all.all;
  }

  get enthusiasts(): number {
    return this.all.enthusiasts;
  }

  /** Every group of at least 5 contacts that is not everybody. */
  tables(): AttributeTable[] {
    return [...this.columns].flatMap(([name, column]) =>
      [...column.groups()]
        .filter(([, { all }]) => all >= contactsMin && all <= this.all.all - contactsMin)
        .map(([value, group]) => ({ name, value, table: this.tableOf(group) })),
    );
  }

  private tableOf({ all, enthusiasts }: Count): TwoByTwo {
    return {
      withInGroup: enthusiasts,
      withOutside: all - enthusiasts,
      withoutInGroup: this.all.enthusiasts - enthusiasts,
      withoutOutside: this.all.all - this.all.enthusiasts - (all - enthusiasts),
    };
  }
}

/** One attribute: by its values while they are few, and by its numbers while all are numbers. */
class AttributeColumn {
  private values: Map<string, Count> | undefined = new Map();
  private numbers: { readonly value: number; readonly isEnthusiast: boolean }[] | undefined = [];

  add(value: string | number | boolean, isEnthusiast: boolean): void {
    if (typeof value === 'number') this.numbers?.push({ value, isEnthusiast });
    else this.numbers = undefined;
    if (!this.values) return;
    const text = String(value).slice(0, 255);
    const known = this.values.get(text);
    if (known) count(known, isEnthusiast);
    else if (this.values.size < valuesMax) this.values.set(text, { all: 1, enthusiasts: isEnthusiast ? 1 : 0 });
    else this.values = undefined;
  }

  groups(): Map<string, Count> {
    const isMeasure = this.numbers && (!this.values || this.values.size > numbersApartMax);
    return isMeasure ? quarters(this.numbers ?? []) : (this.values ?? new Map());
  }
}

/** Numbers in four ranges with about as many contacts each; equal numbers stay together. */
function quarters(numbers: readonly { readonly value: number; readonly isEnthusiast: boolean }[]): Map<string, Count> {
  const sorted = [...numbers].sort((a, b) => a.value - b.value);
  const bounds = [1, 2, 3].map((quarter) => sorted[Math.floor((quarter * sorted.length) / 4)]?.value ?? 0);
  const ranges = bounds.concat(Number.POSITIVE_INFINITY).map(() => ({ all: 0, enthusiasts: 0, from: 0, to: 0 }));
  for (const { value, isEnthusiast } of sorted) {
    const range = ranges[bounds.filter((bound) => value >= bound).length];
    if (!range) continue;
    if (range.all === 0) range.from = value;
    range.to = value;
    count(range, isEnthusiast);
  }
  return new Map(ranges.filter(({ all }) => all > 0).map((range) => [`${range.from} to ${range.to}`, range]));
}

function count(into: Count, isEnthusiast: boolean): void {
  into.all += 1;
  if (isEnthusiast) into.enthusiasts += 1;
}
