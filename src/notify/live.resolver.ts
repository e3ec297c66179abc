import { Arg, Resolver, Root, Subscription } from 'type-graphql';
import type { RequestContext } from '../identity/session.js';
import { LeaderboardEntry } from '../leaderboards/leaderboard.results.js';
import { PointsEntry } from '../points/points.entity.js';
import type { LiveService } from './live.service.js';

interface Subscribing {
  readonly context: RequestContext;
  readonly args: { readonly key: string };
}

/** The subscriptions. type-graphql calls `subscribe` without the resolver's instance, so the class is made around its service. */
export function createLiveResolver(live: LiveService): object {
  @Resolver()
  class LiveResolver {
    @Subscription(() => LeaderboardEntry, {
      description:
        'An entry of a leaderboard each time its points changed, with the place that it has then. Others may have moved with it: ask for the page again to see them. Whoever was disconnected has to ask again, too.',
      subscribe: ({ context, args }: Subscribing) => live.boardChanges(context, args.key),
    })
    leaderboardChanged(
      @Root() entry: LeaderboardEntry,
      // The board is chosen when the subscription begins; type-graphql reads the argument from here.
      @Arg('key', () => String, { defaultValue: 'all-time', description: 'The key of the board.' }) _key: string,
    ): LeaderboardEntry {
      return entry;
    }

    @Subscription(() => PointsEntry, {
      description: "An entry of the calling ambassador's own account as soon as it is posted. For ambassadors.",
      subscribe: ({ context }: Subscribing) => live.ownEntries(context),
    })
    pointsPosted(@Root() entry: PointsEntry): PointsEntry {
      return entry;
    }
  }
  return new LiveResolver();
}
