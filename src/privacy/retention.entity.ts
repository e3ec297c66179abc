import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../platform/database/columns.js';
import { RetentionKind } from '../platform/retention.js';

export type RetentionMonths = Readonly<Partial<Record<RetentionKind, number>>>;

/** After how many months a program forgets what; no row while nothing was set. */
@Entity('retention_terms')
export class RetentionTerms {
  @IdColumn('program_id')
  readonly programId: string;

  @Stored('json', 'months')
  readonly months: RetentionMonths;
}

/** How far what is old was gone through: all up to this id was looked at. */
@Entity('retention_progress')
export class RetentionProgress {
  @IdColumn('program_id')
  readonly programId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'kind' })
  readonly kind: RetentionKind;

  @Stored('id', 'done_to')
  readonly doneTo: string;
}

@ObjectType({ description: 'How long the program keeps something.' })
export class RetentionRule {
  @Field(() => RetentionKind, { description: 'What it is about.' })
  readonly kind: RetentionKind;

  @Field(() => Int, { nullable: true, description: 'After how many months it is forgotten; null for never.' })
  readonly months: number | null;
}
