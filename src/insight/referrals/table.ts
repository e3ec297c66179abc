import { spreadsheet } from '../spreadsheet.js';
import type { ReferralFigures } from './figures.js';

/** One line of a table: what it is of, and its figures. */
export interface TableLine {
  readonly of: string;
  readonly figures: ReferralFigures;
}

/** A table with a column for the revenue of each currency that there is. */
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
  return spreadsheet(header, rows);
}
