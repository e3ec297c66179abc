import type { LeaderboardService } from '../../leaderboards/leaderboard.service.js';
import type { Standings } from '../../leaderboards/leaderboard.standings.js';
import { createLiveResolver } from '../../notify/live.resolver.js';
import { LiveService } from '../../notify/live.service.js';
import { LiveUpdates } from '../../notify/live-updates.js';
import { composeInvitations, type InvitationParts } from './invitations.js';
import type { Kit } from './kit.js';

interface Below extends InvitationParts {
  readonly boards: LeaderboardService;
  readonly standings: Standings;
}

/** Telling those who watch, and writing to those who are asked. */
export function composeNotify(kit: Kit, below: Below) {
  const { config, log, events } = kit;
  const { boards, standings } = below;
  const invitations = composeInvitations(kit, below);
  const liveUpdates = new LiveUpdates(config.REDIS_URL, log);
  events.followAfter('points.posted', 'live', (event) => liveUpdates.publish(event));
  return {
    services: { liveUpdates, ...invitations.services },
    resolvers: [createLiveResolver(new LiveService(liveUpdates, boards, standings)), ...invitations.resolvers],
    jobs: invitations.jobs,
  };
}
