import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Badge } from '../../badges/badge.entity.js';
import { Problem } from '../../platform/graphql/problem.js';
import { Level } from '../../points/level.entity.js';
import { PointsAccount, PointsBalance, PointsEntryKind } from '../../points/points.entity.js';

@ObjectType({ description: 'An entry that would be posted.' })
export class SimulatedEntry {
  @Field(() => PointsEntryKind, { description: 'Why the points would move.' })
  readonly kind: PointsEntryKind;

  @Field(() => PointsAccount, { description: 'On which of the two accounts.' })
  readonly account: PointsAccount;

  @Field({ description: 'In which unit, by its key.' })
  readonly unitKey: string;

  @Field(() => Int, { description: 'Points; negative where they would leave the account.' })
  readonly amountPoints: number;

  @Field({ description: 'What for, in words.' })
  readonly reason: string;
}

@ObjectType({ description: 'What would come of something, if it was done now. Nothing of it has happened.' })
export class Simulation {
  @Field(() => Problem, { nullable: true, description: 'Why it would be refused; null if it would not.' })
  readonly refusal: Problem | null;

  @Field(() => [PointsBalance], { description: 'What the ambassador has now, in each unit.' })
  readonly before: readonly PointsBalance[];

  @Field(() => [PointsBalance], { description: 'What it would have then, in each unit.' })
  readonly after: readonly PointsBalance[];

  @Field(() => [SimulatedEntry], { description: 'The entries on its accounts, in their order.' })
  readonly entries: readonly SimulatedEntry[];

  @Field(() => [Badge], {
    description: 'The badges that it would win; secret ones are left out where an ambassador asks.',
  })
  readonly earnedBadges: readonly Badge[];

  @Field(() => Level, { description: 'Its level now.' })
  readonly levelBefore: Level;

  @Field(() => Level, { description: 'Its level then.' })
  readonly levelAfter: Level;
}

@ObjectType({ description: 'What another reward would have cost, had everybody done the same.' })
export class RewardChangePreview {
  @Field(() => Int, { description: 'How many submissions were approved in that time.' })
  readonly approvedSubmissions: number;

  @Field(() => Float, { description: 'What they earned, less what was reversed of it.' })
  readonly paidPoints: number;

  @Field(() => Float, { description: 'What they would have earned, less the same reversals.' })
  readonly wouldHavePaidPoints: number;

  @Field(() => Float, { description: 'How much more that is; negative where it is less.' })
  readonly differencePoints: number;
}
