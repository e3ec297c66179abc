import sql from 'sql-template-tag';
import { Arg, Args, Ctx, FieldResolver, Int, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { FollowUpQuestion } from '../followups/follow-up.entity.js';
import { questionsOfSurvey } from '../followups/follow-up.questions.js';
import { Survey } from '../survey.entity.js';
import { SurveyAnswerCompleteInput, SurveyAnswerInput, SurveyTokenArgs } from './answering.inputs.js';
import { SurveyAnswerCompleteResult, SurveyAnswered, SurveyAnswerResult, SurveyByToken } from './answering.results.js';
import { Answering } from './answering.service.js';
import { WaitingAnswer } from './waiting-answer.entity.js';

@Resolver(() => SurveyAnswered)
export class AnsweringResolver {
  constructor(private readonly answering: Answering) {}

  @Query(() => SurveyByToken, {
    description:
      'What a survey link asks, or what follows where it was answered; looking uses nothing up. For anybody who has the link, without signing in.',
  })
  surveyByToken(
    @Ctx() { session, locale }: RequestContext,
    @Args(() => SurveyTokenArgs) { token, language }: SurveyTokenArgs,
  ): Promise<typeof SurveyByToken> {
    session.require('survey.answer');
    return this.answering.find(token, [language, locale]);
  }

  @Mutation(() => SurveyAnswerResult, {
    description:
      'Answers a survey by its link, once, and says what to ask next. For anybody who has the link, without signing in.',
  })
  surveyAnswer(
    @Ctx() { session, locale }: RequestContext,
    @Arg('input', () => SurveyAnswerInput) input: SurveyAnswerInput,
  ): Promise<typeof SurveyAnswerResult> {
    session.require('survey.answer');
    return this.answering.answer(input, [input.language, locale]);
  }

  @Mutation(() => SurveyAnswerCompleteResult, {
    description:
      'Says more after the score, within a day; again it replaces what was said before. For whoever answered, without signing in.',
  })
  surveyAnswerComplete(
    @Ctx() { session, locale }: RequestContext,
    @Arg('input', () => SurveyAnswerCompleteInput) input: SurveyAnswerCompleteInput,
  ): Promise<typeof SurveyAnswerCompleteResult> {
    session.require('survey.answer');
    return this.answering.complete(input, [input.language, locale]);
  }

  @FieldResolver(() => [FollowUpQuestion], {
    description: 'What else to ask: the follow-up questions of the survey that have no answer yet.',
  })
  async followUps(@Root() { given }: SurveyAnswered, @Ctx() context: RequestContext): Promise<FollowUpQuestion[]> {
    const questions = await questionsOfSurvey.load(context, given.words.survey.id);
    return questions.filter(({ key, isAsked }) => isAsked && !given.answeredKeys.includes(key));
  }
}

@Resolver(() => Survey)
export class SurveyWaitingResolver {
  @FieldResolver(() => Int, {
    description:
      'How many answers of an anonymous survey wait to be counted: until two days have passed, and at least 5 can go in together. 0 for any other.',
  })
  waitingAnswers(@Root() { id }: Survey, @Ctx() { database }: RequestContext): Promise<number> {
    return database.read((db) => db.count(WaitingAnswer, sql`WHERE survey_id = ${id}`));
  }
}
