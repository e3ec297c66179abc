import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { connectionOf, type Page } from '../platform/graphql/connection.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { type BoardEntry, Leaderboard } from './leaderboard.entity.js';
import type { Listing } from './leaderboard.order.js';

@ObjectType({ description: "An ambassador's place on a leaderboard." })
export class LeaderboardEntry {
  @Field(() => Int, {
    description: '1, 2, 3, 4: unique. Of those with equal points, who reached them first stands first.',
  })
  readonly position: number;

  @Field(() => Int, { description: '1, 2, 2, 4: shared by those with equal points.' })
  readonly rank: number;

  @Field(() => Int, { description: 'What counts on this board: points earned in its window and not reversed.' })
  readonly points: number;

  constructor(
    readonly listing: Listing,
    readonly row: BoardEntry,
    place: { readonly position: number; readonly rank: number },
  ) {
    this.position = place.position;
    this.rank = place.rank;
    this.points = row.points;
  }
}

@ObjectType({ description: 'The time that one window of a leaderboard lasts.' })
export class LeaderboardPeriod {
  @Field({ description: 'When it begins: midnight in the time zone of the program.' })
  readonly from: Date;

  @Field({ description: 'When it ends, itself not included.' })
  readonly to: Date;
}

@ObjectType({ description: 'A page of a leaderboard, best first.' })
export class LeaderboardConnection extends connectionOf(LeaderboardEntry, 'LeaderboardEdge') {
  constructor(
    readonly listing: Listing,
    readonly shownPeriod: LeaderboardPeriod | null,
    page: Page<LeaderboardEntry>,
  ) {
    super(page);
    this.leaderboard = listing.board;
  }

  @Field(() => Leaderboard, { description: 'The board itself.' })
  readonly leaderboard: Leaderboard;

  @Field(() => LeaderboardPeriod, {
    nullable: true,
    description: 'The window that is shown; null on a board of all time.',
  })
  period(): LeaderboardPeriod | null {
    return this.shownPeriod;
  }
}

@ObjectType({ description: 'The leaderboard is there.' })
export class LeaderboardCreated {
  @Field({ description: 'The new board; see `isComplete` for whether the past is counted on it.' })
  readonly leaderboard: Leaderboard;

  constructor(leaderboard: Leaderboard) {
    this.leaderboard = leaderboard;
  }
}

export const LeaderboardCreateResult = createUnionType({
  name: 'LeaderboardCreateResult',
  description: 'What leaderboardCreate answers.',
  types: () => [LeaderboardCreated, InputInvalid] as const,
});
