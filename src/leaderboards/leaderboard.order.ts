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

export function inListing({ board, period }: Listing): Sql {
  return sql`board_id = ${board.id} AND period = ${period}`;
}

/** Rows that stand before a place. */
export function isBefore({ points, reached }: Place): Sql {
  return sql`(points > ${points} OR (points = ${points} AND reached < ${reached}))`;
}

/** Rows that stand behind a place and are listed. */
export function isBehind({ points, reached }: Place): Sql {
  return sql`((points < ${points} AND points > 0) OR (points = ${points} AND reached > ${reached}))`;
}
