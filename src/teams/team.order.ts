import sql, { type Sql } from 'sql-template-tag';
import { seasonPrizeCategory } from '../leaderboards/leaderboard.reckoning.js';
import type { Reader } from '../platform/database/database.js';
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

/** A place in the order of teams: by points for each member, by TOTAL as if there were one, then by who reached it first. */
export interface TeamPlace {
  readonly points: number;
  readonly members: number;
  readonly reached: string;
}

export interface RankedTeam extends TeamPlace {
  readonly teamId: string;
  readonly position: number;
  readonly rank: number;
}

/** Below 0 where `a` stands before `b`. Fractions are compared crosswise, so that equal ones are equal. */
export function compareTeams(a: TeamPlace, b: TeamPlace): number {
  const byScore = b.points * a.members - a.points * b.members;
  if (byScore !== 0) return byScore;
  return a.reached < b.reached ? -1 : Number(a.reached > b.reached);
}

/** All teams of a listing in their order: teams are few, and to count places all have to be looked at. */
export async function rankTeams(db: Reader, listing: TeamListing): Promise<RankedTeam[]> {
  const earned = await db.query<EarnedRow>(earnedOf(listing));
  const people = listing.by === 'AVERAGE' ? await peopleOf(db, listing) : undefined;
  const places = earned.flatMap(({ team_id: teamId, points, reached }) => {
    const members = people ? (people.get(teamId) ?? 0) : 1;
    if (people && members < listing.membersMin) return [];
    return { teamId, points: Number(points), reached, members };
  });
  let rank = 0;
  return places.sort(compareTeams).map((place, index) => {
    const previous = places[index - 1];
    if (!previous || compareTeams({ ...previous, reached: '' }, { ...place, reached: '' }) !== 0) rank = index + 1;
    return { ...place, position: index + 1, rank };
  });
}

interface EarnedRow {
  readonly team_id: string;
  readonly points: number | string;
  readonly reached: string;
}

/** What each team has in the window: its sum, and what is not taken in yet. In one statement, hence of one moment. */
function earnedOf({ programId, period, from, to }: TeamListing): Sql {
  const counting = period === '' ? sql`` : sql`AND (category IS NULL OR category <> ${seasonPrizeCategory})`;
  return sql`SELECT team_id, SUM(points) AS points, MAX(reached) AS reached FROM (
      SELECT team_id, points, reached FROM team_points WHERE program_id = ${programId} AND period = ${period}
      UNION ALL
      SELECT team_id, earned_points, transfer_id FROM team_credit
      WHERE program_id = ${programId} AND is_open = 1 AND earned_at >= ${from} AND earned_at < ${to} ${counting}
    ) AS parts
    WHERE team_id NOT IN (SELECT id FROM team WHERE program_id = ${programId} AND archived_at < ${to})
    GROUP BY team_id HAVING SUM(points) > 0`;
}

/** How many were members of each team at any time in the window: who are, and who have been; each once. */
async function peopleOf(db: Reader, { programId, from, to }: TeamListing): Promise<ReadonlyMap<string, number>> {
  const rows = await db.query<{ team_id: string; members: number | string }>(sql`
    SELECT team_id, COUNT(*) AS members FROM team_membership
    WHERE program_id = ${programId} AND left_at IS NULL AND joined_at < ${to} GROUP BY team_id
    UNION ALL
    SELECT former.team_id, COUNT(DISTINCT former.ambassador_id) FROM team_membership former
    WHERE former.program_id = ${programId} AND former.left_at > ${from} AND former.left_at > former.joined_at
      AND former.joined_at < ${to} AND NOT EXISTS (
        SELECT 1 FROM team_membership again WHERE again.ambassador_id = former.ambassador_id
          AND again.team_id = former.team_id AND again.left_at IS NULL AND again.joined_at < ${to})
    GROUP BY former.team_id`);
  const people = new Map<string, number>();
  for (const { team_id, members } of rows) people.set(team_id, (people.get(team_id) ?? 0) + Number(members));
  return people;
}
