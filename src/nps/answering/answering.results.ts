import { createUnionType, Field, Int, ObjectType } from 'type-graphql';
import { graphqlEnum } from '../../platform/graphql/enums.js';
import { InputInvalid, Problem } from '../../platform/graphql/problem.js';
import type { NpsBand } from '../../programs/nps-band.js';
import { bandQuestionOf, formOf, SurveyForm, type SurveyWords, thanksOf } from '../forms/survey-form.js';
import type { NpsResponse } from '../response.entity.js';

export const SurveyLinkRefusalReason = graphqlEnum('SurveyLinkRefusalReason', 'Why a survey link is not answered by.', {
  UNKNOWN: 'It is no link of ours, or whoever it was for is known no more.',
  USED: 'It has been answered, and takes one answer.',
  EXPIRED: 'It is over, or so is the time to say more about the answer.',
});
export type SurveyLinkRefusalReason = keyof typeof SurveyLinkRefusalReason;

@ObjectType({ implements: Problem, description: 'The survey link is not answered by; its reason says why.' })
export class SurveyLinkRefused extends Problem {
  @Field(() => SurveyLinkRefusalReason, { description: 'Why not.' })
  readonly reason: SurveyLinkRefusalReason;

  @Field(() => Date, { nullable: true, description: 'Of a link that is over: since when. Null of any other.' })
  readonly expiredAt: Date | null;

  constructor(reason: SurveyLinkRefusalReason, expiredAt: Date | null = null) {
    super('SURVEY_LINK_REFUSED', `problem.surveyLinkRefused.${reason}`);
    this.reason = reason;
    this.expiredAt = expiredAt;
  }
}

@ObjectType({ description: 'The survey can be answered by this link, once.' })
export class SurveyOpen {
  @Field(() => SurveyForm, { description: 'What to ask.' })
  readonly form: SurveyForm;

  constructor(readonly words: SurveyWords) {
    this.form = formOf(words);
  }
}

/** An answer as whoever gave it may complete it. */
export interface GivenAnswer {
  readonly words: SurveyWords;
  readonly score: number;
  readonly band: NpsBand;
  readonly comment: string | null;
  /** The keys of the follow-up questions that have an answer. */
  readonly answeredKeys: readonly string[];
  /** Null where the survey is anonymous: then it is no response yet. */
  readonly response: NpsResponse | null;
  readonly token: string;
  readonly until: Date;
}

@ObjectType({ description: 'The score is recorded. Ask what follows, thank, and say what else there is to do.' })
export class SurveyAnswered {
  @Field({ description: 'Shows that it was you who answered: with it you can say more. Give it to nobody else.' })
  readonly token: string;

  @Field(() => Date, { description: 'Until when more can be said, a day after the score.' })
  readonly until: Date;

  @Field(() => Int, { description: 'The score that was given.' })
  readonly score: number;

  @Field(() => String, { nullable: true, description: 'What was said to the question so far.' })
  readonly comment: string | null;

  @Field({ description: 'What to ask now, by the score: the answer is the comment of surveyAnswerComplete.' })
  readonly question: string;

  @Field({ description: 'What to say at the end.' })
  readonly thanks: string;

  @Field(() => SurveyForm, { description: 'What was asked before.' })
  readonly form: SurveyForm;

  @Field(() => String, {
    nullable: true,
    description: 'Where to lead whoever does what the ask says; null for nowhere.',
  })
  readonly joinUrl: string | null;

  constructor(readonly given: GivenAnswer) {
    const { words, band, token, until } = given;
    this.token = token;
    this.until = until;
    this.score = given.score;
    this.comment = given.comment;
    this.question = bandQuestionOf(words, band);
    this.thanks = thanksOf(words);
    this.form = formOf(words);
    this.joinUrl = words.survey.joinUrl;
  }
}

export const SurveyByToken = createUnionType({
  name: 'SurveyByToken',
  description: 'What the token of a survey link, or of an answer, leads to.',
  types: () => [SurveyOpen, SurveyAnswered, SurveyLinkRefused] as const,
});

export const SurveyAnswerResult = createUnionType({
  name: 'SurveyAnswerResult',
  description: 'What surveyAnswer answers.',
  types: () => [SurveyAnswered, SurveyLinkRefused, InputInvalid] as const,
});

export const SurveyAnswerCompleteResult = createUnionType({
  name: 'SurveyAnswerCompleteResult',
  description: 'What surveyAnswerComplete answers.',
  types: () => [SurveyAnswered, SurveyLinkRefused, InputInvalid] as const,
});
