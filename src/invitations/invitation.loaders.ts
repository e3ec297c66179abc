import sql, { join } from 'sql-template-tag';
import { SurveyLink } from '../nps/links/survey-link.entity.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../platform/graphql/loader.js';
import type { InvitationStatus } from './invitation.entity.js';
import type { NotAskedReason } from './reason.js';

/** The links of invitations, as they are now. */
export const linkById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(SurveyLink, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

interface CountRow {
  readonly wave_id: string;
  readonly status: InvitationStatus;
  readonly reason: NotAskedReason | null;
  readonly people: number | string;
}

/** How many invitations of a wave are how far, and for which reason. */
export const countsOfWave = new Loader(async (context: BaseContext, waveIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.query<CountRow>(sql`
      SELECT invitation.wave_id AS wave_id, invitation.reason AS reason, COUNT(*) AS people,
        CASE WHEN survey_link.is_used THEN 'ANSWERED' ELSE invitation.status END AS status
      FROM survey_invitation invitation LEFT JOIN survey_link ON survey_link.id = invitation.link_id
      WHERE invitation.wave_id IN (${join([...waveIds])})
      GROUP BY invitation.wave_id, invitation.reason,
        CASE WHEN survey_link.is_used THEN 'ANSWERED' ELSE invitation.status END`),
  );
  return grouped(waveIds, rows, (row) => row.wave_id);
});
