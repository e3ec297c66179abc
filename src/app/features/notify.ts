import type { LeaderboardService } from '../../leaderboards/leaderboard.service.js';
import type { Standings } from '../../leaderboards/leaderboard.standings.js';
import { createLiveResolver } from '../../notify/live.resolver.js';
import { LiveService } from '../../notify/live.service.js';
import { LiveUpdates } from '../../notify/live-updates.js';
import type { Kit } from './kit.js';

/** Telling those who watch. */
export function composeNotify(
  { config, log, events }: Kit,
  { boards, standings }: { readonly boards: LeaderboardService; readonly standings: Standings },
) {
  const liveUpdates = new LiveUpdates(config.REDIS_URL, log);
  events.followAfter('points.posted', 'live', (event) => liveUpdates.publish(event));
  return {
    services: { liveUpdates },
    resolvers: [createLiveResolver(new LiveService(liveUpdates, boards, standings))],
    jobs: [],
  };
}
