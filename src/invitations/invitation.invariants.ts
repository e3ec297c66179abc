import sql from 'sql-template-tag';
import { checkedBySql, type Invariant } from '../platform/invariant.js';

/** What must always be true of invitations. That a wave has one for each person is the key of their table. */
export const invitationInvariants: readonly Invariant[] = [
  checkedBySql(
    20,
    'An invitation, its wave, its person and its link are of one program; the link is of that person, survey and invitation.',
    sql`SELECT i.id AS violation FROM survey_invitation i
      LEFT JOIN invitation_wave w ON w.id = i.wave_id LEFT JOIN contact c ON c.id = i.contact_id
      LEFT JOIN survey_link l ON l.id = i.link_id
      WHERE w.id IS NULL OR c.id IS NULL OR w.program_id <> i.program_id OR c.program_id <> i.program_id
        OR (i.link_id IS NOT NULL AND l.id IS NULL) OR l.invitation_id <> i.id OR l.survey_id <> w.survey_id
        OR l.contact_id <> i.contact_id
      LIMIT 20`,
  ),
  checkedBySql(
    17,
    'No invitation had more mails than its wave sends, and only one that is being sent is held by a process.',
    sql`SELECT i.id AS violation FROM survey_invitation i JOIN invitation_wave w ON w.id = i.wave_id
      WHERE i.mails > w.reminders_max + 1 OR (i.claim IS NULL AND i.status = 'SENDING')
        OR (i.claim IS NOT NULL AND i.status <> 'SENDING') OR (i.status = 'NOT_ASKED' AND i.reason IS NULL)
      LIMIT 20`,
  ),
  checkedBySql(
    20,
    'Whoever was invited was noted as asked; who was not reached was not.',
    sql`SELECT i.id AS violation FROM survey_invitation i LEFT JOIN contact_ask a ON a.cause_id = i.id
      WHERE (i.status IN ('SENT', 'UNCERTAIN', 'SENDING', 'UNSUBSCRIBED') AND a.id IS NULL)
        OR (i.status IN ('NOT_ASKED', 'FAILED', 'BOUNCED') AND i.mails = 0 AND a.id IS NOT NULL)
      LIMIT 20`,
  ),
];
