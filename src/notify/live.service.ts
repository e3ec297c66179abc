import type { RequestContext } from '../identity/session.js';
import { countsOn } from '../leaderboards/leaderboard.reckoning.js';
import type { LeaderboardEntry } from '../leaderboards/leaderboard.results.js';
import type { LeaderboardService } from '../leaderboards/leaderboard.service.js';
import type { Standings } from '../leaderboards/leaderboard.standings.js';
import type { PointsEntry } from '../points/points.entity.js';
import { entryById } from '../points/points.loaders.js';
import { selected } from './inbox.js';
import type { LivePosting, LiveUpdates } from './live-updates.js';

/** What callers may watch, and what a posting means to them. */
export class LiveService {
  constructor(
    private readonly updates: LiveUpdates,
    private readonly boards: LeaderboardService,
    private readonly standings: Standings,
  ) {}

  /** Entries of the current window of a board, each as it stands after its points changed. */
  async boardChanges(context: RequestContext, key: string): Promise<AsyncIterable<LeaderboardEntry>> {
    context.session.require('leaderboard.read');
    const board = await this.boards.findByKey(context, key);
    // Several postings to one ambassador that still wait come to one change: the place is read when it is sent.
    const postings = this.updates.follow(context.session.program.id, (posting) =>
      posting.earnedPoints !== 0 && countsOn(board, posting.category, new Date(posting.earnedAt))
        ? posting.ambassadorId
        : undefined,
    );
    return selected(postings, (posting) => this.changedEntry({ ...context }, key, posting));
  }

  /** Entries of the calling ambassador's own account, of both kinds: what came and what went. */
  ownEntries(context: RequestContext): AsyncIterable<PointsEntry> {
    const ambassadorId = context.session.requireAmbassador('points.watch');
    const postings = this.updates.follow(context.session.program.id, (posting) =>
      posting.ambassadorId === ambassadorId ? posting.entryId : undefined,
    );
    return selected(postings, (posting) => entryById.load({ ...context }, posting.entryId));
  }

  /** Where the ambassador stands now; undefined if that is not on this board, or the posting is of another window. */
  private async changedEntry(
    context: RequestContext,
    key: string,
    posting: LivePosting,
  ): Promise<LeaderboardEntry | undefined> {
    const board = await this.boards.findByKey(context, key);
    const listing = this.standings.listing(board);
    if (this.standings.listing(board, new Date(posting.earnedAt)).period !== listing.period) return undefined;
    return this.standings.standing(context, listing, posting.ambassadorId);
  }
}
