import type { Ledger } from '../../points/ledger.js';
import {
  TeamBoardResolver,
  TeamLeaderboardConnectionResolver,
  TeamStandingResolver,
} from '../../teams/team.board.resolver.js';
import { Team } from '../../teams/team.entity.js';
import { TeamMembers } from '../../teams/team.members.js';
import { TeamMembersResolver } from '../../teams/team.members.resolver.js';
import { defineTeams } from '../../teams/team.personal.js';
import {
  AmbassadorTeamResolver,
  ProgramTeamsResolver,
  TeamMemberResolver,
  TeamResolver,
} from '../../teams/team.resolver.js';
import { TeamService } from '../../teams/team.service.js';
import { TeamStandings } from '../../teams/team.standings.js';
import { TeamTally } from '../../teams/team.tally.js';
import { TeamTermsService } from '../../teams/team.terms.js';
import type { Kit } from './kit.js';

/** Ambassadors who earn together, and where their teams stand. */
export function composeTeams(
  { database, events, jobs, clock, random, nodes, personalData }: Kit,
  { ledger }: { readonly ledger: Ledger },
) {
  const teamTerms = new TeamTermsService(database);
  const teamMembers = new TeamMembers(database, events, ledger);
  const teams = new TeamService(database, events, random, teamTerms, teamMembers);
  const teamTally = new TeamTally(database, jobs);
  const teamStandings = new TeamStandings(clock);
  events.followInside('points.posted', (tx, event) => teamTally.credit(tx, event));
  events.followInside('program.updated', (tx, { programId }) => teamTally.followTimeZone(tx, programId));
  defineTeams(personalData, teamMembers);
  nodes.register(Team, (context, id) => teams.find(context, id));
  return {
    services: { teams, teamMembers, teamTally },
    resolvers: [
      new TeamResolver(teams, teamTerms),
      new TeamMembersResolver(teamMembers),
      new TeamMemberResolver(),
      new AmbassadorTeamResolver(),
      new ProgramTeamsResolver(teamTerms),
      new TeamBoardResolver(teamStandings),
      new TeamLeaderboardConnectionResolver(),
      new TeamStandingResolver(),
    ],
    jobs: [{ name: 'teams.fold', everyMilliseconds: 1_000, doSome: () => teamTally.foldSome() }],
  };
}
