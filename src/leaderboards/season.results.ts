import { createUnionType, Field, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Leaderboard } from './leaderboard.entity.js';
import { Season, SeasonStanding } from './season.entity.js';

@ObjectType({ description: 'A page of seasons.' })
export class SeasonConnection extends connectionOf(Season) {}

@ObjectType({ description: 'A page of places in final standings.' })
export class SeasonStandingConnection extends connectionOf(SeasonStanding) {}

@ObjectType({ description: 'The windows of the board end as they were told to.' })
export class LeaderboardSeasonsReplaced {
  @Field(() => Leaderboard, { description: 'The board as it is now.' })
  readonly leaderboard: Leaderboard;

  constructor(leaderboard: Leaderboard) {
    this.leaderboard = leaderboard;
  }
}

export const LeaderboardSeasonsSetResult = createUnionType({
  name: 'LeaderboardSeasonsSetResult',
  description: 'What leaderboardSeasonsSet answers.',
  types: () => [LeaderboardSeasonsReplaced, InputInvalid, NotFound] as const,
});
