import type { PersonalData } from '../platform/personal.js';
import type { TeamMembers } from './team.members.js';

/** Who is erased leaves the team; the points that were earned for it stay, and so does the time in which they were. */
export function defineTeams(personalData: PersonalData, members: TeamMembers): void {
  personalData.whileNamed(async (tx, { ambassadorId }) => {
    if (ambassadorId !== null) await members.endOf(tx, ambassadorId);
  });
  personalData.keepNumbers('team_membership', 'team_credit', 'team_points', 'board_absence');
  personalData.concernNobody('team', 'team_terms');
}
