import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, PrimaryColumn } from 'typeorm';
import { IdColumn, Stored } from '../../platform/database/columns.js';
import type { SubmissionProofInput } from '../submission.proof.js';

@ObjectType({ description: 'What a submission was before its ambassador changed it.' })
@Entity('submission_revision')
export class SubmissionRevision {
  @IdColumn('submission_id')
  readonly submissionId: string;

  @Field(() => Int, { description: 'Which it was: 1 came first.' })
  @PrimaryColumn('integer', { name: 'number' })
  readonly number: number;

  @Stored('json', 'proof')
  readonly proof: SubmissionProofInput;

  @Field({ description: 'When it came in.' })
  @Stored('time', 'submitted_at')
  readonly submittedAt: Date;

  @Field({ description: 'What the moderator asked to be changed.' })
  @Stored('text', 'change_request')
  readonly changeRequest: string;
}

@ObjectType({ description: 'That a moderator looks at a submission, so that no other one does.' })
export class SubmissionClaim {
  @Field({ description: 'Who looks at it, as role and subject, as in MODERATOR:milan.' })
  readonly by: string;

  @Field({ description: 'Until when nobody else can decide on it.' })
  readonly expiresAt: Date;
}
