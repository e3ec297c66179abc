import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../../platform/database/columns.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';

/** What a submission is found by when another looks like it. */
@Entity('submission_mark')
@Index('ix_submission_mark', ['programId', 'mark', 'submissionId'])
export class SubmissionMark {
  @IdColumn('submission_id')
  readonly submissionId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'mark' })
  readonly mark: string;

  @Stored('id', 'program_id')
  readonly programId: string;
}

export const FlagReason = graphqlEnum('FlagReason', 'Why a submission is shown to moderators with a flag.', {
  SAME_URL: 'Another submission leads to the same address.',
  SIMILAR_TEXT: 'Another submission says nearly the same.',
});
export type FlagReason = keyof typeof FlagReason;

@ObjectType({
  description: 'A likeness to another submission, for moderators to look at. It decides nothing by itself.',
})
@Entity('submission_flag')
export class SubmissionFlag {
  @IdColumn('submission_id')
  readonly submissionId: string;

  @PrimaryColumn('varchar', { length: '36', name: 'like_id' })
  readonly likeId: string;

  @Field(() => FlagReason, { description: 'What the two have in common.' })
  @PrimaryColumn('varchar', { length: '64', name: 'reason' })
  readonly reason: FlagReason;

  @Field(() => Int, { description: 'How much of their texts the two have in common, up to 100; 100 for an address.' })
  @Stored('integer', 'similarity_percent')
  readonly similarityPercent: number;

  @Field({ description: 'When it was noticed.' })
  @Stored('time', 'flagged_at')
  readonly flaggedAt: Date;
}
