import sql, { type Sql } from 'sql-template-tag';
import { seasonPrizeCategory } from '../leaderboards/leaderboard.reckoning.js';
import type { TeamMeasure } from './team.measure.js';

/** One board of teams in one window. */
export interface TeamListing {
  readonly programId: string;
  /** The name of the window; '' for all time. */
  readonly period: string;
  readonly from: Date;
  readonly to: Date;
  readonly by: TeamMeasure;
  readonly membersMin: number;
}

/** From the beginning to the end of what databases keep. */
export const allTime = { from: new Date('1000-01-01T00:00:00.000Z'), to: new Date('9999-12-31T23:59:59.999Z') };

/** A place in the order of teams: by the measure, and of equal ones who reached it first. Members are 1 by TOTAL. */
export interface TeamPlace {
  readonly points: number;
  readonly members: number;
  readonly reached: string;
}

/** A team in the order, as the database gives it. */
export interface TeamRow {
  readonly team_id: string;
  readonly points: number | string;
  readonly reached: string;
  readonly members: number | string;
  readonly place_number: number | string;
  readonly rank_number: number | string;
}

/** As WITH clauses: `ranked`, the teams of a listing with their places. Teams are few, so all are put in order. */
export function rankedTeams(listing: TeamListing): Sql {
  const { programId, period, from, to, by } = listing;
  const isWindow = period !== '';
  const counting = isWindow ? sql`AND (category IS NULL OR category <> ${seasonPrizeCategory})` : sql``;
  const people = by === 'AVERAGE' ? sql`, people AS (${peopleOf(listing)})` : sql``;
  const withPeople =
    by === 'AVERAGE'
      ? sql`JOIN people ON people.team_id = earned.team_id AND people.members >= ${listing.membersMin}`
      : sql``;
  const members = by === 'AVERAGE' ? sql`people.members` : sql`1`;
  return sql`WITH earned AS (
      SELECT team_id, SUM(points) AS points, MAX(reached) AS reached FROM (
        SELECT team_id, points, reached FROM team_points WHERE program_id = ${programId} AND period = ${period}
        UNION ALL
        SELECT team_id, earned_points, transfer_id FROM team_credit
        WHERE program_id = ${programId} AND is_open = 1 AND earned_at >= ${from} AND earned_at < ${to} ${counting}
      ) AS parts GROUP BY team_id
    )${people}, scored AS (
      SELECT earned.team_id, earned.points, earned.reached, ${members} AS members,
        ${scoreOf(sql`earned.points`, members)} AS score
      FROM earned ${withPeople}
      JOIN team ON team.id = earned.team_id AND (team.archived_at IS NULL OR team.archived_at >= ${to})
      WHERE earned.points > 0
    ), ranked AS (
      SELECT team_id, points, reached, members, score,
        ROW_NUMBER() OVER (ORDER BY score DESC, reached ASC) AS place_number,
        RANK() OVER (ORDER BY score DESC) AS rank_number
      FROM scored
    )`;
}

/** Rows of `ranked` that stand before a place, or behind it. */
export function standsBeside(place: TeamPlace, side: 'before' | 'behind'): Sql {
  const score = scoreOf(sql`${place.points}`, sql`${place.members}`);
  return side === 'before'
    ? sql`(score > ${score} OR (score = ${score} AND reached < ${place.reached}))`
    : sql`(score < ${score} OR (score = ${score} AND reached > ${place.reached}))`;
}

/** How many were members of each team at any time in the window; who came and went at one moment was none. */
function peopleOf({ programId, from, to }: TeamListing): Sql {
  return sql`SELECT team_id, COUNT(DISTINCT ambassador_id) AS members FROM team_membership
    WHERE program_id = ${programId} AND joined_at < ${to}
      AND (left_at IS NULL OR (left_at > ${from} AND left_at > joined_at)) GROUP BY team_id`;
}

/** Points for each member, as the nearest double: equal fractions are equal, on every database. */
function scoreOf(points: Sql, members: Sql): Sql {
  return sql`((${points} + 0e0) / (${members} + 0e0))`;
}
