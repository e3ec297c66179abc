import { Field, ObjectType } from 'type-graphql';
import { Entity } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';

export const IdeaStatus = graphqlEnum('IdeaStatus', 'What becomes of an idea.', {
  OPEN: 'Nobody has said yet.',
  PLANNED: 'It will be done.',
  DONE: 'It is done; its votes stand.',
  DECLINED: 'It will not be done; its votes stand.',
});
export type IdeaStatus = keyof typeof IdeaStatus;

/** Whether nobody votes for an idea any more. */
export function isSettled(status: IdeaStatus): boolean {
  return status === 'DONE' || status === 'DECLINED';
}

@ObjectType({ description: 'What becomes of an idea, and what the program says to it.' })
@Entity('idea')
export class Idea {
  @IdColumn('submission_id')
  readonly submissionId: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Field(() => IdeaStatus, { description: 'What becomes of it.' })
  @Stored('key', 'status')
  readonly status: IdeaStatus;

  @Field(() => String, { nullable: true, description: 'What the program says to it, for everybody who sees the idea.' })
  @Optional('text', 'reply')
  readonly reply: string | null;

  @Field(() => Date, { nullable: true, description: 'Since when the reply is what it is; null without one.' })
  @Optional('time', 'replied_at')
  readonly repliedAt: Date | null;

  @Stored('time', 'changed_at')
  readonly changedAt: Date;
}
