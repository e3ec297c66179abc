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

/** Rows that stand behind a place and are listed. */
export function isBehind({ points, reached }: Place): Sql {
  return sql`((points < ${points} AND points > 0) OR (points = ${points} AND reached > ${reached}))`;
}
