import { createUnionType, Field, ObjectType } from 'type-graphql';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';

@ObjectType({
  description: 'The ambassador stands on the board no more: it takes no place, and wins no prize of its seasons.',
})
export class LeaderboardLeft {
  @Field(() => Ambassador, { description: 'The calling ambassador; see `leaderboardsLeft`.' })
  readonly ambassador: Ambassador;

  constructor(ambassador: Ambassador) {
    this.ambassador = ambassador;
  }
}

@ObjectType({ description: 'The ambassador stands on the board again, where all its points put it.' })
export class LeaderboardReturned {
  @Field(() => Ambassador, { description: 'The calling ambassador; see `leaderboardsLeft`.' })
  readonly ambassador: Ambassador;

  constructor(ambassador: Ambassador) {
    this.ambassador = ambassador;
  }
}

export const LeaderboardLeaveResult = createUnionType({
  name: 'LeaderboardLeaveResult',
  description: 'What leaderboardLeave answers.',
  types: () => [LeaderboardLeft, InputInvalid, NotFound] as const,
});

export const LeaderboardReturnResult = createUnionType({
  name: 'LeaderboardReturnResult',
  description: 'What leaderboardReturn answers.',
  types: () => [LeaderboardReturned, InputInvalid, NotFound] as const,
});
