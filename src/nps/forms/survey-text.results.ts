import { createUnionType, Field, ObjectType } from 'type-graphql';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { Survey } from '../survey.entity.js';
import { SurveyText } from './survey-text.entity.js';

@ObjectType({ description: 'The survey asks so in that language from now on.' })
export class SurveyTextReplaced {
  @Field(() => SurveyText, { description: 'The own words as they are now.' })
  readonly text: SurveyText;

  @Field(() => Survey, { description: 'The survey.' })
  readonly survey: Survey;

  constructor(text: SurveyText, survey: Survey) {
    this.text = text;
    this.survey = survey;
  }
}

export const SurveyTextSetResult = createUnionType({
  name: 'SurveyTextSetResult',
  description: 'What surveyTextSet answers.',
  types: () => [SurveyTextReplaced, InputInvalid, NotFound] as const,
});
