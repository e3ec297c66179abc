import { createUnionType, Field, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { PointsBalance, PointsEntry } from './points.entity.js';
import { BalanceInsufficient } from './points.results.js';

export const TransferRefusalReason = graphqlEnum('TransferRefusalReason', 'Why points cannot be given.', {
  NOT_ALLOWED: 'The program does not let ambassadors give points of this unit.',
  OWN_ACCOUNT: 'Nobody can give points to themselves.',
  TOO_FEW: 'It is less than can be given at once.',
  LIMIT_REACHED: 'The ambassador has given as much, or as often, as is allowed in a day.',
});
export type TransferRefusalReason = keyof typeof TransferRefusalReason;

@ObjectType({ implements: Problem, description: 'The points cannot be given to that ambassador, or not now.' })
export class TransferRefused extends Problem {
  @Field(() => TransferRefusalReason, { description: 'Why, for programs to act on.' })
  readonly reason: TransferRefusalReason;

  constructor(reason: TransferRefusalReason) {
    super('TRANSFER_REFUSED', `problem.transferRefused.${reason}`);
    this.reason = reason;
  }
}

@ObjectType({ description: 'The points have gone from the one to the other. For neither do they count as earned.' })
export class PointsTransferred {
  @Field({ description: "The line on the giver's account." })
  readonly entry: PointsEntry;

  @Field({ description: 'What the giver has now.' })
  readonly balance: PointsBalance;

  constructor(entry: PointsEntry, balance: PointsBalance) {
    this.entry = entry;
    this.balance = balance;
  }
}

export const PointsTransferResult = createUnionType({
  name: 'PointsTransferResult',
  description: 'What pointsTransfer answers.',
  types: () =>
    [PointsTransferred, InputInvalid, IdempotencyKeyReused, BalanceInsufficient, TransferRefused, NotFound] as const,
});
