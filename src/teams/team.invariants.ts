import sql from 'sql-template-tag';
import type { Reader } from '../platform/database/database.js';
import { checkedBySql, type Invariant, samplesMax } from '../platform/invariant.js';
import { Team, TeamCredit, TeamPoints } from './team.entity.js';
import { sumsOf } from './team.tally.js';

const teamsPerRead = 100;
const creditsPerRead = 5_000;

/** What was earned while its ambassador was in a team, for which it therefore counts. */
const earnedForTeams = sql`
  SELECT t.id AS transfer_id, m.team_id, t.program_id, t.earned_points, t.earned_at FROM team_membership m
  JOIN points_transfer t ON t.ambassador_id = m.ambassador_id AND t.earned_at >= m.joined_at
    AND (m.left_at IS NULL OR t.earned_at < m.left_at)
  WHERE t.earned_points <> 0 AND t.unit_key IS NULL`;

/** What must always be true of teams. */
export const teamInvariants: readonly Invariant[] = [
  checkedBySql(
    16,
    'A team is credited with each transfer that was earned while its ambassador was a member, once, and with no other.',
    sql`SELECT e.transfer_id AS violation FROM (${earnedForTeams}) e
      LEFT JOIN team_credit c ON c.transfer_id = e.transfer_id AND c.team_id = e.team_id
        AND c.program_id = e.program_id AND c.earned_points = e.earned_points AND c.earned_at = e.earned_at
      WHERE c.transfer_id IS NULL
      UNION ALL
      SELECT c.transfer_id FROM team_credit c
      LEFT JOIN (${earnedForTeams}) e ON e.transfer_id = c.transfer_id AND e.team_id = c.team_id
      WHERE e.transfer_id IS NULL
      LIMIT 20`,
  ),
  {
    number: 16,
    sentence: 'The points of a team in a window are the sum of its credits there: summed anew they are the same.',
    violations: wrongSums,
  },
  checkedBySql(
    10,
    'An ambassador is in one team at a time, of its own program, and a team has no more members than seats.',
    sql`SELECT a.ambassador_id AS violation FROM team_membership a
      JOIN team_membership b ON b.ambassador_id = a.ambassador_id AND b.id > a.id
      WHERE (a.left_at IS NULL OR a.left_at > b.joined_at) AND (b.left_at IS NULL OR b.left_at > a.joined_at)
      UNION ALL
      SELECT m.id FROM team_membership m JOIN ambassador a ON a.id = m.ambassador_id JOIN team t ON t.id = m.team_id
      WHERE a.program_id <> t.program_id OR m.program_id <> t.program_id OR m.left_at < m.joined_at
      UNION ALL
      SELECT t.id FROM team t JOIN team_membership m ON m.team_id = t.id AND m.left_at IS NULL
      GROUP BY t.id, t.members_max HAVING COUNT(*) > t.members_max
      LIMIT 20`,
  ),
];

/** Sums that are not what the credits say, as `team window`. */
async function wrongSums(reader: Reader): Promise<string[]> {
  const wrong: string[] = [];
  for (let after: string | undefined = ''; after !== undefined && wrong.length < samplesMax; ) {
    const teams: Team[] = await reader.select(Team, sql`WHERE id > ${after} ORDER BY id LIMIT ${teamsPerRead}`);
    for (const team of teams) wrong.push(...(await wrongOf(reader, team)));
    after = teams.at(-1)?.id;
  }
  return wrong.slice(0, samplesMax);
}

async function wrongOf(reader: Reader, team: Team): Promise<string[]> {
  const written = ({ period, points, reached }: TeamPoints) => `${team.id} ${period} ${points} ${reached}`;
  const kept = await reader.select(TeamPoints, sql`WHERE team_id = ${team.id}`);
  const present = new Set(kept.map(written));
  const expected = new Set([...(await sumsOfAll(reader, team)).values()].map(written));
  return [...present, ...expected].filter((each) => !(present.has(each) && expected.has(each)));
}

async function sumsOfAll(reader: Reader, team: Team): Promise<Map<string, TeamPoints>> {
  const sums = new Map<string, TeamPoints>();
  for (let after: string | undefined = ''; after !== undefined; ) {
    const credits: TeamCredit[] = await reader.select(
      TeamCredit,
      sql`WHERE team_id = ${team.id} AND is_open = 0 AND transfer_id > ${after}
        ORDER BY transfer_id LIMIT ${creditsPerRead}`,
    );
    for (const [period, sum] of sumsOf(team, credits)) {
      const { points } = sums.get(period) ?? { points: 0 };
      sums.set(period, { ...sum, points: sum.points + points });
    }
    after = credits.at(-1)?.transferId;
  }
  return sums;
}
