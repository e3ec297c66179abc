import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../platform/graphql/connection.js';
import { IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { Level } from './level.entity.js';
import { PointsBalance, PointsEntry } from './points.entity.js';

@ObjectType({ description: 'A page of entries.' })
export class PointsEntryConnection extends connectionOf(PointsEntry) {}

@ObjectType({ description: 'The points are given, or taken.' })
export class PointsAdjusted {
  @Field({ description: 'The line on the account.' })
  readonly entry: PointsEntry;

  @Field({ description: 'What the ambassador has now.' })
  readonly balance: PointsBalance;

  constructor(entry: PointsEntry, balance: PointsBalance) {
    this.entry = entry;
    this.balance = balance;
  }
}

@ObjectType({ description: 'The entry is undone, whole or in part.' })
export class PointsReversed {
  @Field({ description: 'The line that undoes it.' })
  readonly entry: PointsEntry;

  @Field({ description: 'What the ambassador has now.' })
  readonly balance: PointsBalance;

  constructor(entry: PointsEntry, balance: PointsBalance) {
    this.entry = entry;
    this.balance = balance;
  }
}

@ObjectType({ implements: Problem, description: 'There are not enough available points.' })
export class BalanceInsufficient extends Problem {
  @Field(() => Int, { description: 'What is available.' })
  readonly availablePoints: number;

  @Field(() => Int, { description: 'What it would take.' })
  readonly requiredPoints: number;

  constructor(availablePoints: number, requiredPoints: number) {
    super('BALANCE_INSUFFICIENT', 'problem.balanceInsufficient', { availablePoints, requiredPoints });
    this.availablePoints = availablePoints;
    this.requiredPoints = requiredPoints;
  }
}

@ObjectType({ implements: Problem, description: 'It has been reversed before; nothing of it is left.' })
export class AlreadyReversed extends Problem {
  constructor() {
    super('ALREADY_REVERSED', 'problem.alreadyReversed');
  }
}

@ObjectType({ description: 'The program has its new levels.' })
export class LevelsReplaced {
  @Field(() => [Level], { description: 'The levels, lowest first.' })
  readonly levels: readonly Level[];

  constructor(levels: readonly Level[]) {
    this.levels = levels;
  }
}

export const PointsAdjustResult = createUnionType({
  name: 'PointsAdjustResult',
  description: 'What pointsAdjust answers.',
  types: () => [PointsAdjusted, InputInvalid, IdempotencyKeyReused, BalanceInsufficient, NotFound] as const,
});

export const PointsReverseResult = createUnionType({
  name: 'PointsReverseResult',
  description: 'What pointsReverse answers.',
  types: () => [PointsReversed, InputInvalid, IdempotencyKeyReused, AlreadyReversed, NotFound] as const,
});

export const LevelsSetResult = createUnionType({
  name: 'LevelsSetResult',
  description: 'What levelsSet answers.',
  types: () => [LevelsReplaced, InputInvalid] as const,
});
