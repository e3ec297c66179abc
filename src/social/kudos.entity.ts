import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';

/** Written only while the balances of both ends are locked; the index guards what that settles already. */
@ObjectType({
  implements: Node,
  description:
    'Praise of one ambassador for another. Both ends and staff see it; everybody else, if both share what they do.',
})
@Entity('kudos')
@Index('uq_kudos_activity', ['activityId', 'fromId'], { unique: true })
@Index('ix_kudos_from', ['fromId', 'givenAt', 'id'])
@Index('ix_kudos_to', ['toId', 'givenAt', 'id'])
export class Kudos extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'from_id')
  readonly fromId: string;

  @Stored('id', 'to_id')
  readonly toId: string;

  /** The item of the feed that it is for; the item may be forgotten by now. */
  @Optional('id', 'activity_id')
  readonly activityId: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The words of the giver; null where there are none, and once it is withdrawn.',
  })
  @Optional('text', 'message')
  readonly message: string | null;

  /** What it paid; 0 where kudos bring nothing, or the receiver had as much as one can get in a day. */
  @Stored('integer', 'points')
  readonly points: number;

  @Field({ description: 'When it was given.' })
  @Stored('time', 'given_at')
  readonly givenAt: Date;

  @Field(() => Date, { nullable: true, description: 'When it was withdrawn; null while it stands.' })
  @Optional('time', 'withdrawn_at')
  readonly withdrawnAt: Date | null;

  /** For permissions: it belongs to who gave it. */
  get ambassadorId(): string {
    return this.fromId;
  }
}
