import { change, type Operation, ofAmbassador, secret } from './operation.js';

/** Operations of how ambassadors show themselves, and of teams. */
export const socialOperations: Readonly<Record<string, Operation>> = {
  'Ambassador.leaderboardsLeft': secret(
    'Ambassador.leaderboardsLeft',
    '{ key }',
    ofAmbassador,
    ({ ambassadorId }) => ambassadorId,
  ),
  'Mutation.leaderboardLeave': change('leaderboardLeave', ({ leaderboardId }) => ({ leaderboardId })),
  'Mutation.leaderboardReturn': change('leaderboardReturn', ({ leaderboardId }) => ({ leaderboardId })),
};
