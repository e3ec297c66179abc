import type { SurveyAnswered } from '../../nps/answering/answering.results.js';
import type { FollowUpAnswerInput } from '../../nps/followups/follow-up.inputs.js';
import { questionsOfSurvey, wordingIn, wordingsOfSurvey } from '../../nps/followups/follow-up.questions.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { type Locale, message } from '../../platform/graphql/messages.js';
import { type AskedQuestion, type FieldProblem, fieldOf, textCharactersMax } from './states.js';

/** The follow-up questions that have no answer yet, in the language of the page. */
export async function questionsToAsk(context: BaseContext, { given, form }: SurveyAnswered): Promise<AskedQuestion[]> {
  const surveyId = given.words.survey.id;
  const questions = await questionsOfSurvey.load(context, surveyId);
  const wordings = await wordingsOfSurvey.load(context, surveyId);
  return questions
    .filter(({ key, isAsked }) => isAsked && !given.answeredKeys.includes(key))
    .map((question) => ({
      key: question.key,
      text: wordingIn(question, wordings, { language: form.language, locale: context.locale }),
      highestNumber: question.highestNumber,
    }));
}

/** What a form says: what can be recorded, or what is wrong with it. */
export interface SaidInForm {
  readonly comment: string;
  readonly answers: readonly FollowUpAnswerInput[];
  readonly problems: readonly FieldProblem[];
  readonly typed: ReadonlyMap<string, string>;
}

/** Reads what somebody typed. What is left empty is not answered. */
export function readFollowUps(form: URLSearchParams, questions: readonly AskedQuestion[], locale: Locale): SaidInForm {
  // A form sends line ends as CR LF. NUL no database gives back.
  const said = (field: string) => (form.get(field) ?? '').replaceAll('\r\n', '\n').replaceAll('\0', '').trim();
  const comment = said('comment');
  const typed = new Map([['comment', comment]]);
  const answers: FollowUpAnswerInput[] = [];
  const problems: FieldProblem[] = [];
  const refuse = (field: string, key: 'surveyPage.numberWrong' | 'surveyPage.textWrong', highest: number) =>
    problems.push({ field, text: message(locale, key, { highest }) });
  if (comment.length > textCharactersMax.comment) refuse('comment', 'surveyPage.textWrong', textCharactersMax.comment);
  for (const { key, highestNumber } of questions) {
    const field = fieldOf(key);
    const value = said(field);
    typed.set(field, value);
    if (value === '') continue;
    const number = /^\d{1,7}$/.test(value) ? Number(value) : undefined;
    if (highestNumber === null) {
      if (value.length > textCharactersMax.followUp) refuse(field, 'surveyPage.textWrong', textCharactersMax.followUp);
      else answers.push({ key, text: value });
    } else if (number === undefined || number > highestNumber) {
      refuse(field, 'surveyPage.numberWrong', highestNumber);
    } else answers.push({ key, number });
  }
  return { comment, answers, problems, typed };
}
