import { Arg, Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { RequestContext } from '../../identity/session.js';
import { localeIn } from '../forms/survey-form.js';
import { LanguageArgs } from '../forms/survey-text.inputs.js';
import { NpsResponse } from '../response.entity.js';
import { NpsResponseRecorded } from '../response.results.js';
import { NpsSummary } from '../summary.js';
import { Survey } from '../survey.entity.js';
import { FollowUpAnswer, FollowUpQuestion } from './follow-up.entity.js';
import { FollowUpQuestionSetInput, FollowUpRecordInput } from './follow-up.inputs.js';
import { answersOfResponse, questionsOfSurvey, wordingIn, wordingsOfSurvey } from './follow-up.questions.js';
import { FollowUpQuestionSetResult, FollowUpRecorded, FollowUpRecordResult } from './follow-up.results.js';
import { FollowUpService } from './follow-up.service.js';
import type { FollowUpStatistics } from './follow-up.statistics.js';
import { FollowUpSummary } from './metric.summary.js';

@Resolver(() => FollowUpQuestion)
export class FollowUpResolver {
  constructor(private readonly service: FollowUpService) {}

  @Mutation(() => FollowUpRecordResult, {
    description:
      'Records answers to follow-up questions after the score: how many people were told (ssm), how many of them became customers (ifm), and whatever else the survey asks. For admins, servers, and an ambassador about its own response.',
  })
  async followUpRecord(
    @Ctx() context: RequestContext,
    @Arg('input', () => FollowUpRecordInput) input: FollowUpRecordInput,
  ): Promise<typeof FollowUpRecordResult> {
    const result = await this.service.record(context, input);
    return result instanceof NpsResponse ? new FollowUpRecorded(result) : result;
  }

  @Mutation(() => FollowUpQuestionSetResult, {
    description: 'Adds a follow-up question to a survey, or changes its words and whether it is asked. For admins.',
  })
  followUpQuestionSet(
    @Ctx() context: RequestContext,
    @Arg('input', () => FollowUpQuestionSetInput) input: FollowUpQuestionSetInput,
  ): Promise<typeof FollowUpQuestionSetResult> {
    return this.service.setQuestion(context, input);
  }

  @FieldResolver(() => String, {
    description:
      "The question: in the program's words, or in ours, in the language of the caller or the one asked for.",
  })
  async text(
    @Root() question: FollowUpQuestion,
    @Ctx() context: RequestContext,
    @Args(() => LanguageArgs) { language }: LanguageArgs,
  ): Promise<string> {
    const wanted = language ?? context.locale;
    const wordings = await wordingsOfSurvey.load(context, question.surveyId);
    return wordingIn(question, wordings, { language: wanted, locale: localeIn(wanted) });
  }
}

@Resolver(() => FollowUpAnswer)
export class FollowUpAnswerResolver {
  @FieldResolver(() => FollowUpQuestion, { description: 'The question as it is asked now.' })
  async question(
    @Root() { surveyId, questionKey }: FollowUpAnswer,
    @Ctx() context: RequestContext,
  ): Promise<FollowUpQuestion> {
    const questions = await questionsOfSurvey.load(context, surveyId);
    const question = questions.find(({ key }) => key === questionKey);
    if (!question) throw new Error('A question that was answered is gone');
    return question;
  }
}

@Resolver(() => NpsResponse)
export class ResponseFollowUpsResolver {
  @FieldResolver(() => [FollowUpAnswer], { description: 'What was answered to the follow-up questions.' })
  followUps(@Root() { id }: NpsResponse, @Ctx() context: RequestContext): Promise<FollowUpAnswer[]> {
    return answersOfResponse.load(context, id);
  }
}

@Resolver(() => NpsResponseRecorded)
export class RecordedFollowUpsResolver {
  @FieldResolver(() => [FollowUpQuestion], {
    description: 'What to ask the respondent beside the ask: the questions of the survey that were not answered yet.',
  })
  async followUps(
    @Root() { response }: NpsResponseRecorded,
    @Ctx() context: RequestContext,
  ): Promise<FollowUpQuestion[]> {
    const questions = await questionsOfSurvey.load(context, response.surveyId);
    const answers = await answersOfResponse.load(context, response.id);
    return questions.filter(({ key, isAsked }) => isAsked && !answers.some(({ questionKey }) => questionKey === key));
  }
}

@Resolver(() => Survey)
export class SurveyFollowUpsResolver {
  @FieldResolver(() => [FollowUpQuestion], {
    description: 'What it asks after the score: ssm and ifm, then its own questions by their keys.',
  })
  followUps(@Root() { id }: Survey, @Ctx() context: RequestContext): Promise<FollowUpQuestion[]> {
    return questionsOfSurvey.load(context, id);
  }
}

@Resolver(() => NpsSummary)
export class SummaryFollowUpsResolver {
  constructor(private readonly statistics: FollowUpStatistics) {}

  @FieldResolver(() => FollowUpSummary, {
    description:
      'Social sharing metric, as the same respondents stated it: how many people they told. What links and challenges show is in Ambassador.superpromoter.',
  })
  ssm(@Root() summary: NpsSummary, @Ctx() context: RequestContext): Promise<FollowUpSummary> {
    return this.statistics.summarize(context, summary, 'SSM');
  }

  @FieldResolver(() => FollowUpSummary, {
    description:
      'Influence metric, as the same respondents stated it: how many of those they told became customers. What orders show is in Ambassador.superpromoter.',
  })
  ifm(@Root() summary: NpsSummary, @Ctx() context: RequestContext): Promise<FollowUpSummary> {
    return this.statistics.summarize(context, summary, 'IFM');
  }
}
