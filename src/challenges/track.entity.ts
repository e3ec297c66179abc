import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../platform/database/columns.js';
import { Node } from '../platform/graphql/node.js';
import { Challenge } from './challenge.entity.js';

@ObjectType({
  implements: Node,
  description:
    'Challenges in order, as in an academy: each opens once those before it are approved. Who has done them all has completed it, and wins the badges that ask for that.',
})
@Entity('track')
@Index('uq_track_key', ['programId', 'key'], { unique: true })
export class Track extends Node {
  @IdColumn()
  override readonly id: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field({ description: 'The name for programs, as in academy; unique in the program. It never changes.' })
  @Stored('key', 'track_key')
  readonly key: string;

  @Field({ description: 'What ambassadors read first.' })
  @Stored('line', 'title')
  readonly title: string;

  @Field({ description: 'What it is for; may be empty.' })
  @Stored('text', 'description')
  readonly description: string;

  @Field({ description: 'When it was made.' })
  @Stored('time', 'created_at')
  readonly createdAt: Date;

  @Field(() => Date, {
    nullable: true,
    description:
      'Since when it is put away: its challenges go without order, and nobody completes it; null: it is not.',
  })
  @Optional('time', 'archived_at')
  readonly archivedAt: Date | null;
}

/** A challenge in its place in a track; each challenge is in one track at most. */
@Entity('track_step')
@Index('uq_track_step_challenge', ['challengeId'], { unique: true })
export class TrackStep {
  @PrimaryColumn('varchar', { length: '36', name: 'track_id' })
  readonly trackId: string;

  /** From 1 on, without gaps. */
  @PrimaryColumn('integer', { name: 'position' })
  readonly position: number;

  @Stored('id', 'challenge_id')
  readonly challengeId: string;
}

/** That an ambassador has done all the steps that a track had at that moment. */
@Entity('track_completion')
@Index('ix_track_completion_ambassador', ['ambassadorId', 'trackId'])
export class TrackCompletion {
  @PrimaryColumn('varchar', { length: '36', name: 'track_id' })
  readonly trackId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'ambassador_id' })
  readonly ambassadorId: string;

  /** How many steps there were. */
  @Stored('integer', 'steps')
  readonly steps: number;

  @Stored('time', 'completed_at')
  readonly completedAt: Date;
}

/** A challenge that has to be approved before another one opens. */
@Entity('challenge_prerequisite')
export class ChallengePrerequisite {
  @PrimaryColumn('varchar', { length: '36', name: 'challenge_id' })
  readonly challengeId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'required_id' })
  readonly requiredId: string;
}

@ObjectType({ description: 'How far an ambassador has come in a track.' })
export class TrackProgress {
  @Field(() => Track, { description: 'The track.' })
  readonly track: Track;

  @Field(() => Int, { description: 'How many of its challenges are approved.' })
  readonly stepsDone: number;

  @Field(() => Int, { description: 'How many challenges it has.' })
  readonly stepsTotal: number;

  @Field(() => Challenge, { nullable: true, description: 'The first that is not approved yet; null where all are.' })
  readonly next: Challenge | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the ambassador completed it; it stays so when challenges are added later. Null: not yet.',
  })
  readonly completedAt: Date | null;
}
