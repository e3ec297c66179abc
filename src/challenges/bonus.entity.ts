import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import { type Challenge, ChallengeKind } from './challenge.entity.js';

@ObjectType({
  implements: Node,
  description:
    'A time in which challenges pay more, as in double points this weekend. What is submitted in it is promised the multiplied points, whenever it is approved; what is drawn is not multiplied. Of several the highest counts.',
})
@Entity('bonus_window')
@Index('ix_bonus_window_end', ['programId', 'endsAt'])
export class BonusWindow extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'What ambassadors read, also in the reason of the points.' })
  @Stored('line', 'name')
  readonly name: string;

  @Field(() => Int, { description: 'What the points are multiplied with, in percent: 200 doubles them. Rounded down.' })
  @Stored('integer', 'multiplier_percent')
  readonly multiplierPercent: number;

  @Field({ description: 'When it begins.' })
  @Stored('time', 'starts_at')
  readonly startsAt: Date;

  @Field({ description: 'When it ends, itself not included.' })
  @Stored('time', 'ends_at')
  readonly endsAt: Date;

  @Field(() => [ChallengeKind], { nullable: true, description: 'Only challenges of these kinds; null: of every kind.' })
  @Optional('json', 'kinds')
  readonly kinds: readonly ChallengeKind[] | null;

  /** Row ids. */
  @Optional('json', 'challenge_ids')
  readonly challengeIds: readonly string[] | null;

  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was called off; null: it was not.' })
  @Optional('time', 'cancelled_at')
  readonly cancelledAt: Date | null;

  /** Whether it multiplies the points of a challenge. */
  isFor({ id, kind }: Challenge): boolean {
    return (this.kinds?.includes(kind) ?? true) && (this.challengeIds?.includes(id) ?? true);
  }

  /** As people write it: ×2, ×1.5. */
  get factor(): string {
    return `×${this.multiplierPercent / 100}`;
  }
}
