import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Team, TeamMember } from './team.entity.js';

export const teamById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Team, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** How many are in a team now. */
export const memberCountOf = new Loader(async (context: BaseContext, teamIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<{ team_id: string; members: number | string }>(sql`
      SELECT team_id, COUNT(*) AS members FROM team_membership
      WHERE team_id IN (${join([...teamIds])}) AND left_at IS NULL GROUP BY team_id`),
  );
  const counts = new Map(rows.map((row) => [row.team_id, Number(row.members)]));
  return teamIds.map((id) => counts.get(id) ?? 0);
});

/** The id of the team that an ambassador is in; none where that is archived. */
export const teamIdOfAmbassador = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(
      TeamMember,
      sql`JOIN team ON team.id = team_membership.team_id AND team.archived_at IS NULL
        WHERE team_membership.ambassador_id IN (${join([...ambassadorIds])}) AND team_membership.left_at IS NULL`,
    ),
  );
  return inOrder(ambassadorIds, rows, (row) => row.ambassadorId).map((row) => row?.teamId);
});

/** For what belongs to a team: the one that is referred to. */
export async function requireTeam(context: BaseContext, id: string): Promise<Team> {
  const team = await teamById.load(context, id);
  if (!team) throw new Error('A team that is referred to is gone');
  return team;
}
