import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';
import { Url } from '../platform/graphql/scalars.js';

export const RewardKind = graphqlEnum('RewardKind', 'What a reward is, and so how it is handed over.', {
  VOUCHER: 'A code of its own for each buyer, who sees it once; its stock are the codes that are free.',
  DIGITAL: 'A text or a link, which the buyer sees once the redemption is fulfilled.',
  PHYSICAL: 'Something that is sent: the buyer gives an address, which is erased when the redemption is settled.',
  DONATION: 'Money for a good cause, in the name of the buyer.',
});
export type RewardKind = keyof typeof RewardKind;

@ObjectType({ implements: Node, description: 'Something that points buy.' })
@Entity('reward')
@Index('ix_reward_program', ['programId', 'id'])
export class Reward extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field(() => RewardKind, { description: 'What it is, and so how it is handed over.' })
  @Stored('key', 'kind')
  readonly kind: RewardKind;

  @Field({ description: 'What ambassadors read.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field({ description: 'What it is and how one gets it; may be empty.' })
  @Stored('text', 'description')
  readonly description: string;

  @Field(() => Url, { nullable: true, description: 'A picture of it; null for none.' })
  @Optional('text', 'image_url')
  readonly imageUrl: string | null;

  @Field(() => Int, { description: 'What one costs.' })
  @Stored('integer', 'cost_points')
  readonly costPoints: number;

  @Field(() => Int, { nullable: true, description: 'How many are left; null: unlimited.' })
  @Optional('integer', 'stock')
  readonly stock: number | null;

  /** How many there have ever been, with all that came later; null for a reward without stock. */
  @Optional('integer', 'stocked')
  readonly stocked: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The rank of the level from which on it can be bought, 1 being the lowest; null: by everybody.',
  })
  @Optional('integer', 'from_level_rank')
  readonly fromLevelRank: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'How many one ambassador can buy, those that were cancelled not counted; null: any number.',
  })
  @Optional('integer', 'max_per_ambassador')
  readonly maxPerAmbassador: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Staff is warned when so many or fewer are left; null: never. For staff and servers.',
  })
  @Optional('integer', 'low_stock_at')
  readonly lowStockAt: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Of a DIGITAL reward: the text or link that every buyer sees once the redemption is fulfilled. For servers, moderators and admins; buyers read it as Redemption.delivery.',
  })
  @Optional('text', 'delivery_text')
  readonly deliveryText: string | null;

  /** Who gets the money, and how much for each redemption; null unless it is a donation. */
  @Optional('line', 'donation_recipient')
  readonly donationRecipient: string | null;

  @Optional('integer', 'donation_cents')
  readonly donationCents: number | null;

  @Optional('key', 'donation_currency')
  readonly donationCurrency: string | null;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description: 'Since when it is bought no more; what was bought before stays. Null while it is offered.',
  })
  @Optional('time', 'archived_at')
  readonly archivedAt: Date | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether as many are left as lowStockAt says, or fewer. For staff and servers; null for others.',
  })
  stockIsLow(): boolean {
    return isLow(this);
  }
}

/** Whether staff has to see to it that there will be more. */
export function isLow({ stock, lowStockAt }: Pick<Reward, 'stock' | 'lowStockAt'>): boolean {
  return stock !== null && lowStockAt !== null && stock <= lowStockAt;
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
@Index('ix_redemption_key', ['keyId'])
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

  /** Where to send it, sealed; erased when it is settled. */
  @Optional('text', 'sealed_address')
  readonly sealedAddress: string | null;

  /** What this buyer alone was given when it was fulfilled, sealed. */
  @Optional('text', 'sealed_delivery')
  readonly sealedDelivery: string | null;

  /** The key that sealed what is sealed here; null where nothing is. */
  @Optional('key', 'key_id')
  readonly keyId: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Of a donation: the amount in cents, whatever the reward donates by now; null for other kinds.',
  })
  @Optional('integer', 'donated_cents')
  readonly donatedCents: number | null;
}
