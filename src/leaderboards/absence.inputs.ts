import { Field, ID, InputType } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../platform/graphql/input.js';

const presenceRules = z.object({ leaderboardId: rules.globalId.nullish() });

@Validated(presenceRules)
@InputType({ description: 'A leaderboard to leave.' })
export class LeaderboardLeaveInput {
  @Field(() => ID, {
    nullable: true,
    description: 'The board; every board of the program, also those that are made later, if left out.',
  })
  readonly leaderboardId?: string | null;
}

@Validated(presenceRules)
@InputType({ description: 'A leaderboard to come back to.' })
export class LeaderboardReturnInput {
  @Field(() => ID, { nullable: true, description: 'The board; every board of the program if left out.' })
  readonly leaderboardId?: string | null;
}
