import { Field, Float, InputType, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';

@InputType({ description: 'A prize of a draw, and how many of the tickets win it.' })
export class RewardOddsInput {
  @Field(() => Int, { description: 'Points on top of rewardPoints, from 0 to 1,000,000.' })
  readonly points: number;

  @Field(() => Int, { description: 'How many tickets win it, from 1 to 1,000,000.' })
  readonly weight: number;
}

@ObjectType({ description: 'A prize of a draw, and how likely it is.' })
export class RewardOdds {
  @Field(() => Int, { description: 'Points on top of rewardPoints.' })
  readonly points: number;

  @Field(() => Int, { description: 'How many tickets win it.' })
  readonly weight: number;

  @Field(() => Float, { description: 'How likely it is, from 0 to 1: its tickets of all.' })
  readonly probability: number;
}

@ObjectType({
  implements: Node,
  description:
    'A table of odds and the sealed seed by which its prizes are drawn. The hash of the seed is published before the first draw, the seed when it is revealed: then everybody can check every prize.',
})
@Entity('reward_draw')
@Index('ix_reward_draw_challenge', ['challengeId', 'id'])
export class RewardDraw extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'challenge_id')
  readonly challengeId: string;

  @Stored('json', 'odds')
  readonly table: readonly RewardOddsInput[];

  /** 32 random bytes in hexadecimal. Nobody sees it before it is revealed. */
  @Stored('key', 'seed')
  readonly sealedSeed: string;

  @Field({ description: 'SHA-256 of the seed, in hexadecimal: published from the beginning.' })
  @Stored('key', 'seed_hash')
  readonly seedHash: string;

  @Field({ description: 'Since when submissions take part in it.' })
  @Stored('time', 'started_at')
  readonly startedAt: Date;

  @Field(() => Date, { nullable: true, description: 'When the seed was revealed; null: it is sealed.' })
  @Optional('time', 'revealed_at')
  readonly revealedAt: Date | null;

  @Field(() => String, {
    nullable: true,
    description:
      'The seed, once it is revealed. A submission draws ticket floor(x * tickets / 2^64), where x is the first 8 bytes of HMAC-SHA256(seed, id of the submission), and tickets are counted through the odds in their order.',
  })
  seed(): string | null {
    return this.revealedAt ? this.sealedSeed : null;
  }

  @Field(() => [RewardOdds], { description: 'The prizes, in the order in which tickets are counted; at most 20.' })
  odds(): RewardOdds[] {
    const tickets = this.table.reduce((sum, { weight }) => sum + weight, 0);
    return this.table.map(({ points, weight }) => ({ points, weight, probability: weight / tickets }));
  }
}
