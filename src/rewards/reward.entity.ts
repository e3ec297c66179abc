import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

@ObjectType({ implements: Node, description: 'Something that points buy.' })
@Entity('reward')
@Index('ix_reward_program', ['programId', 'id'])
export class Reward extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'What ambassadors read.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field(() => Int, { description: 'What one costs.' })
  @Stored('integer', 'cost_points')
  readonly costPoints: number;

  @Field(() => Int, { nullable: true, description: 'How many are left; null: unlimited.' })
  @Optional('integer', 'stock')
  readonly stock: number | null;

  /** How many there have ever been, with all that came later; null for a reward without stock. */
  @Optional('integer', 'stocked')
  readonly stocked: number | null;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;
}

export const RedemptionStatus = graphqlEnum('RedemptionStatus', 'Where a redemption stands.', {
  REQUESTED: 'Paid with points, and waiting to be handed over.',
  FULFILLED: 'Handed over.',
  CANCELLED: 'Not handed over; the points went back.',
});
export type RedemptionStatus = keyof typeof RedemptionStatus;

@ObjectType({ implements: Node, description: 'One purchase with points.' })
@Entity('redemption')
@Index('ix_redemption_program', ['programId', 'status', 'id'])
@Index('ix_redemption_ambassador', ['ambassadorId', 'id'])
@Index('ix_redemption_reward', ['rewardId', 'status'])
export class Redemption extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'reward_id')
  readonly rewardId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  @Field(() => RedemptionStatus, { description: 'Where it stands.' })
  @Stored('key', 'status')
  readonly status: RedemptionStatus;

  @Field(() => Int, { description: 'What it cost, whatever the reward costs by now.' })
  @Stored('integer', 'cost_points')
  readonly costPoints: number;

  @Field({ description: 'When it was bought.' })
  @Stored('time', 'requested_at')
  readonly requestedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was handed over or cancelled; null while it waits.' })
  @Optional('time', 'settled_at')
  readonly settledAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was cancelled; null otherwise.' })
  @Optional('line', 'cancellation_reason')
  readonly cancellationReason: string | null;
}
