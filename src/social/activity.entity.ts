import { Field, ObjectType } from 'type-graphql';
import { Entity, Index } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { graphqlEnum } from '../platform/graphql/enums.js';
import { Node } from '../platform/graphql/node.js';

export const ActivityKind = graphqlEnum('ActivityKind', 'What an item of the activity feed tells of an ambassador.', {
  JOINED: 'It joined those who share what they do.',
  CHALLENGE_APPROVED: 'What it submitted to a challenge was approved. The subject is the challenge.',
  IDEA_POSTED: 'An idea of it was approved. The subject is the submission, where its challenge lets others see it.',
  BADGE_WON: 'It won a badge. The subject is the badge; a secret one is told without its name.',
  LEVEL_REACHED: 'Its points brought it to a higher level: see `level`.',
  REFERRAL_REWARDED: 'A friend whom it brought became a customer. Who that is stays untold.',
  KUDOS_GIVEN: 'It gave kudos to another who shares, too. The subject is the kudos.',
});
export type ActivityKind = keyof typeof ActivityKind;

/** Ids only: whatever is personal is read from where it belongs, as it is now. */
@ObjectType({
  implements: Node,
  description: 'An item of the activity feed: something that an ambassador did who lets others see it.',
})
@Entity('activity')
@Index('uq_activity_event', ['eventId'], { unique: true })
@Index('ix_activity_program', ['programId', 'happenedAt', 'id'])
@Index('ix_activity_kind', ['programId', 'kind', 'happenedAt', 'id'])
@Index('ix_activity_ambassador', ['ambassadorId', 'happenedAt', 'id'])
@Index('ix_activity_happened', ['happenedAt'])
export class Activity extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'ambassador_id')
  readonly ambassadorId: string;

  @Field(() => ActivityKind, { description: 'What it tells.' })
  @Stored('key', 'kind')
  readonly kind: ActivityKind;

  /** The type of what it is about, as in Challenge. */
  @Optional('key', 'subject_type')
  readonly subjectType: string | null;

  @Optional('id', 'subject_id')
  readonly subjectId: string | null;

  @Optional('integer', 'level_rank')
  readonly levelRank: number | null;

  /** What it follows from; makes it at most once. */
  @Stored('id', 'event_id')
  readonly eventId: string;

  @Field({ description: 'When it happened.' })
  @Stored('time', 'happened_at')
  readonly happenedAt: Date;

  /** When a moderator took it out of the feed. */
  @Optional('time', 'hidden_at')
  readonly hiddenAt: Date | null;
}

/** That an ambassador lets others in the program see what it does; nothing that was before is shown. */
@Entity('activity_sharing')
export class ActivitySharing {
  @IdColumn('ambassador_id')
  readonly ambassadorId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('time', 'since')
  readonly since: Date;
}
