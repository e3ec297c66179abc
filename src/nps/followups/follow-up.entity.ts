import { Field, Int, ObjectType } from 'type-graphql';
import { Entity, Index, PrimaryColumn } from 'typeorm';
import { IdColumn, Optional, Stored } from '../../platform/database/columns.js';
import { graphqlEnum } from '../../platform/graphql/enums.js';

export const FollowUpMetric = graphqlEnum('FollowUpMetric', 'A metric beside NPS that a follow-up question asks for.', {
  SSM: 'Social sharing metric: does this person really tell others? Stated as how many people were told.',
  IFM: 'Influence metric: do the others follow? Stated as how many of them became customers.',
});
export type FollowUpMetric = keyof typeof FollowUpMetric;

export const FollowUpKind = graphqlEnum('FollowUpKind', 'What a follow-up question is answered with.', {
  NUMBER: 'A whole number from 0 to the highest that the question allows.',
  TEXT: 'Words, at most 2,000 characters.',
});
export type FollowUpKind = keyof typeof FollowUpKind;

@ObjectType({ description: 'What a survey asks after the score.' })
@Entity('follow_up_question')
export class FollowUpQuestion {
  @IdColumn('survey_id')
  readonly surveyId: string;

  @Field({ description: 'The name for programs, unique in the survey. Every survey has ssm and ifm from the start.' })
  @PrimaryColumn('varchar', { length: '64', name: 'question_key' })
  readonly key: string;

  @Field(() => FollowUpKind, { description: 'What it is answered with; never changes.' })
  @Stored('key', 'kind')
  readonly kind: FollowUpKind;

  @Field(() => FollowUpMetric, {
    nullable: true,
    description: 'The metric that it asks for; null for any other question.',
  })
  @Optional('key', 'metric')
  readonly metric: FollowUpMetric | null;

  /** In the program's own words, where it has none in the language that is asked in; null for ours. */
  @Optional('text', 'wording')
  readonly wording: string | null;

  @Field(() => Int, {
    nullable: true,
    description: 'The highest number that is taken; null where it is answered in words.',
  })
  @Optional('integer', 'highest_number')
  readonly highestNumber: number | null;

  @Field({ description: 'Whether it is asked now. What was answered before is kept.' })
  @Stored('boolean', 'is_asked')
  readonly isAsked: boolean;
}

/** A follow-up question in the program's own words, in one language. */
@Entity('follow_up_wording')
export class FollowUpWording {
  @IdColumn('survey_id')
  readonly surveyId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'question_key' })
  readonly questionKey: string;

  @PrimaryColumn('varchar', { length: '64', name: 'language' })
  readonly language: string;

  @Stored('text', 'wording')
  readonly wording: string;
}

@ObjectType({ description: 'An answer to a follow-up question; the last one that was given to it.' })
@Entity('follow_up_answer')
@Index('ix_follow_up_answer_contact', ['contactId', 'metric', 'answeredAt'])
@Index('ix_follow_up_answer_metric', ['surveyId', 'metric', 'responseId'])
export class FollowUpAnswer {
  @IdColumn('response_id')
  readonly responseId: string;

  @PrimaryColumn('varchar', { length: '64', name: 'question_key' })
  readonly questionKey: string;

  @Stored('id', 'program_id')
  readonly programId: string;

  @Stored('id', 'survey_id')
  readonly surveyId: string;

  /** As the response has it: null where the survey is anonymous. */
  @Optional('id', 'contact_id')
  readonly contactId: string | null;

  /** As the question has it. */
  @Optional('key', 'metric')
  readonly metric: FollowUpMetric | null;

  @Field(() => Int, { nullable: true, description: 'The number that was given; null where it was answered in words.' })
  @Optional('integer', 'number_value')
  readonly number: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'The words that were given; null where it was answered by a number.',
  })
  @Optional('text', 'text_value')
  readonly text: string | null;

  @Field({ description: 'When it was answered.' })
  @Stored('time', 'answered_at')
  readonly answeredAt: Date;
}
