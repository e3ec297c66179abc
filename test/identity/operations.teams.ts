import { change, creation, type Operation, ofAmbassador, page, query, secret } from './operation.js';

/** Operations of how ambassadors show themselves, and of teams. */
export const teamOperations: Readonly<Record<string, Operation>> = {
  'Ambassador.leaderboardsLeft': secret(
    'Ambassador.leaderboardsLeft',
    '{ key }',
    ofAmbassador,
    ({ ambassadorId }) => ambassadorId,
  ),
  'Mutation.leaderboardLeave': change('leaderboardLeave', ({ leaderboardId }) => ({ leaderboardId })),
  'Mutation.leaderboardReturn': change('leaderboardReturn', ({ leaderboardId }) => ({ leaderboardId })),
  'Query.teams': query('teams', page),
  'Query.teamLeaderboard': query('teamLeaderboard', page),
  'Mutation.teamCreate': creation('teamCreate', (key) => ({ key, name: 'A team' })),
  'Mutation.teamTermsSet': creation('teamTermsSet', () => ({ ambassadorsMayCreate: true })),
  'Mutation.teamUpdate': { ...change('teamUpdate', ({ teamId }) => ({ teamId, name: 'Ours' })), onlyOwners: true },
  'Mutation.teamArchive': { ...change('teamArchive', ({ teamId }) => ({ teamId })), onlyOwners: true },
  'Mutation.teamInvitationRenew': { ...change('teamInvitationRenew', ({ teamId }) => ({ teamId })), onlyOwners: true },
  'Mutation.teamJoin': {
    ...change('teamJoin', ({ ambassadorId, teamId }) => ({ ambassadorId, teamId })),
    onlyOwners: true,
  },
  'Mutation.teamMove': {
    ...change('teamMove', ({ ambassadorId, teamId }) => ({ ambassadorId, teamId })),
    onlyOwners: true,
  },
  'Mutation.teamLeave': { ...change('teamLeave', ({ ambassadorId }) => ({ ambassadorId })), onlyOwners: true },
};
