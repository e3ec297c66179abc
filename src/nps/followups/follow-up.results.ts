import { createUnionType, Field, ObjectType } from 'type-graphql';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { NpsResponse } from '../response.entity.js';
import { Survey } from '../survey.entity.js';
import { FollowUpQuestion } from './follow-up.entity.js';

@ObjectType({ description: 'The answers stand beside the score.' })
export class FollowUpRecorded {
  @Field(() => NpsResponse, { description: 'The response that they follow.' })
  readonly response: NpsResponse;

  constructor(response: NpsResponse) {
    this.response = response;
  }
}

export const FollowUpRecordResult = createUnionType({
  name: 'FollowUpRecordResult',
  description: 'What followUpRecord answers.',
  types: () => [FollowUpRecorded, InputInvalid, NotFound] as const,
});

@ObjectType({ description: 'The survey asks so from now on.' })
export class FollowUpQuestionReplaced {
  @Field(() => FollowUpQuestion, { description: 'The question as it is now.' })
  readonly question: FollowUpQuestion;

  @Field(() => Survey, { description: 'The survey that asks it.' })
  readonly survey: Survey;

  constructor(question: FollowUpQuestion, survey: Survey) {
    this.question = question;
    this.survey = survey;
  }
}

export const FollowUpQuestionSetResult = createUnionType({
  name: 'FollowUpQuestionSetResult',
  description: 'What followUpQuestionSet answers.',
  types: () => [FollowUpQuestionReplaced, InputInvalid, NotFound] as const,
});
