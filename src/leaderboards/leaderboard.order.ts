import sql, { type Sql } from 'sql-template-tag';
import type { Leaderboard } from './leaderboard.entity.js';

/** One window of one board: a list of its own. */
export interface Listing {
  readonly board: Leaderboard;
  readonly period: string;
}

/**
 * A place in the order of a board: more points stand before fewer; among equal points, who reached them first.
 * `reached` is '' for the place before all with these points.
 */
export interface Place {
  readonly points: number;
  readonly reached: string;
}

/** Listed are only those with points; this place is behind all of them. */
export const endOfList: Place = { points: 0, reached: '' };

/** Before everybody: no account holds as many points. */
export const topOfList: Place = { points: 2_147_483_647, reached: '' };

/** Behind everybody, also those who are not listed. */
export const bottomOfList: Place = { points: -2_147_483_648, reached: '' };

/** The order of the board, in code. */
export function standsBefore(a: Place, b: Place): boolean {
  return a.points > b.points || (a.points === b.points && a.reached < b.reached);
}

export function inListing({
  board,
  period,
}: {
  readonly board: Pick<Leaderboard, 'id'>;
  readonly period: string;
}): Sql {
  return sql`board_id = ${board.id} AND period = ${period}`;
}

/** Rows that are exactly there. */
export function isAt({ points, reached }: Place): Sql {
  return sql`(points = ${points} AND reached = ${reached})`;
}

/** Rows that stand before a place. */
export function isBefore({ points, reached }: Place): Sql {
  return sql`(points > ${points} OR (points = ${points} AND reached < ${reached}))`;
}

export type Side = 'before' | 'behind';

/**
 * Up to `limit` rows next to a place on one side, as selects to be joined by UNION ALL: those with equal points, and the
 * others. Each is one stretch of the index that begins at the place, however many stand before; one condition with OR
 * would be read from the top.
 */
export function nextTo(listing: Sql, { points, reached }: Place, side: Side, limit: number, columns: Sql): Sql[] {
  const stretch = (condition: Sql, order: Sql) => sql`
    SELECT * FROM (SELECT ${columns} FROM board_entry WHERE ${listing} AND ${condition}
      ORDER BY ${order} LIMIT ${limit}) AS stretch`;
  if (side === 'before') {
    const order = sql`points ASC, reached DESC`;
    return [
      stretch(sql`points = ${points} AND reached < ${reached}`, order),
      stretch(sql`points > ${points} AND points > 0`, order),
    ];
  }
  const order = sql`points DESC, reached ASC`;
  return [
    stretch(sql`points = ${points} AND points > 0 AND reached > ${reached}`, order),
    stretch(sql`points < ${points} AND points > 0`, order),
  ];
}
