import { stringify } from 'csv-stringify/sync';

type Cell = string | number | boolean | null;

/** A table as CSV (RFC 4180). What a spreadsheet would take for a formula is made text: people name things as they like. */
export function spreadsheet(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return stringify([header, ...rows], {
    escape_formulas: true,
    record_delimiter: 'windows',
    cast: {
      boolean: (value) => String(value),
      number: (value) => ({ value: String(value), escape_formulas: false }),
    },
  });
}
