import { ArgsType, Field, InputType, Int } from 'type-graphql';
import { z } from 'zod';
import { rules, Validated } from '../../platform/graphql/input.js';
import { FollowUpAnswerInput, followUpAnswersRules } from '../followups/follow-up.inputs.js';
import { languageRule } from '../forms/survey-text.inputs.js';

const tokenRule = z.string().min(1, 'must not be empty').max(200, 'is no token');
const said = {
  comment: rules.text().nullish(),
  followUps: followUpAnswersRules.nullish(),
  language: languageRule.nullish(),
};

/** What the page takes of a form, by the rules of the API. */
export const answerRules = z.object({ token: tokenRule, score: z.number().int(), ...said });
export const completeRules = z.object({ token: tokenRule, ...said });

@Validated(z.object({ token: tokenRule, language: languageRule.nullish() }))
@ArgsType()
export class SurveyTokenArgs {
  @Field({ description: 'What stands at the end of the address of a survey link, or the token of an answer.' })
  readonly token: string;

  @Field(() => String, {
    nullable: true,
    description: 'In which language, as in nl; that of the link, or else of the caller, if left out.',
  })
  readonly language?: string | null;
}

@Validated(answerRules)
@InputType({ description: 'An answer by a survey link.' })
export class SurveyAnswerInput {
  @Field({ description: 'What stands at the end of the address of the link.' })
  readonly token: string;

  @Field(() => Int, { description: 'The score, from lowestScore to highestScore of the form.' })
  readonly score: number;

  @Field(() => String, {
    nullable: true,
    description: 'What was said to the question after the score, at most 10,000 characters.',
  })
  readonly comment?: string | null;

  @Field(() => [FollowUpAnswerInput], {
    nullable: true,
    description: 'What was answered to the follow-up questions; all can come later, too.',
  })
  readonly followUps?: readonly FollowUpAnswerInput[] | null;

  @Field(() => String, { nullable: true, description: 'In which language to go on, as in nl.' })
  readonly language?: string | null;
}

@Validated(completeRules)
@InputType({ description: 'What somebody says after the score.' })
export class SurveyAnswerCompleteInput {
  @Field({ description: 'The token of the answer; of a survey that is not anonymous also that of the link.' })
  readonly token: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What was said to the question after the score, at most 10,000 characters; replaces what was said before.',
  })
  readonly comment?: string | null;

  @Field(() => [FollowUpAnswerInput], {
    nullable: true,
    description: 'Answers to follow-up questions, at most 20; what was answered to the same question is replaced.',
  })
  readonly followUps?: readonly FollowUpAnswerInput[] | null;

  @Field(() => String, { nullable: true, description: 'In which language to go on, as in nl.' })
  readonly language?: string | null;
}
