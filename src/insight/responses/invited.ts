import sql, { type Sql } from 'sql-template-tag';

interface InvitationScope {
  readonly programId: string;
  readonly from: Date;
  readonly to: Date;
}

/** FROM and WHERE of the invitations i of waves w that went out in a time, and as far as anybody knows did not come back. */
export function reachedBySurveys({ programId, from, to }: InvitationScope): Sql {
  return sql`FROM invitation_wave w JOIN survey_invitation i ON i.wave_id = w.id
    LEFT JOIN survey_link l ON l.id = i.link_id
    WHERE w.program_id = ${programId} AND i.sent_at >= ${from} AND i.sent_at < ${to}
      AND i.status NOT IN ('BOUNCED', 'FAILED', 'NOT_ASKED')`;
}
