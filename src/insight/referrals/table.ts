import { stringify } from 'csv-stringify/sync';
import type { ReferralFigures } from './figures.js';

/** One line of a table: what it is of, and its figures. */
export interface TableLine {
  readonly of: string;
  readonly figures: ReferralFigures;
}

/**
 * A table as CSV (RFC 4180): a column for the revenue of each currency that there is. What a spreadsheet would take for
 * a formula is made text: a display name is what an ambassador likes.
 */
export function tableOf(title: string, lines: readonly TableLine[]): string {
  const currencies = [
    ...new Set(lines.flatMap(({ figures }) => figures.revenue.map(({ currency }) => currency))),
  ].sort();
  const header = [
    title,
    'clicks',
    'registrations',
    'conversions',
    'reversals',
    'partialRefunds',
    'referrerPoints',
    'friendPoints',
    'vouchers',
    'gifts',
    ...currencies.map((currency) => `revenueCents${currency}`),
  ];
  const rows = lines.map(({ of, figures }) => [
    of,
    figures.clicks,
    figures.registrations,
    figures.conversions,
    figures.reversals,
    figures.partialRefunds,
    figures.referrerPoints,
    figures.friendPoints,
    figures.vouchers,
    figures.gifts,
    ...currencies.map((code) => figures.revenue.find(({ currency }) => currency === code)?.amountCents ?? 0),
  ]);
  return stringify([header, ...rows], { escape_formulas: true, record_delimiter: 'windows' });
}
