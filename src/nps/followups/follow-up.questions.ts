import sql, { join } from 'sql-template-tag';
import type { Reader } from '../../platform/database/database.js';
import type { BaseContext } from '../../platform/graphql/context.js';
import { grouped, Loader } from '../../platform/graphql/loader.js';
import { type Locale, message } from '../../platform/graphql/messages.js';
import { FollowUpAnswer, type FollowUpKind, FollowUpQuestion, FollowUpWording } from './follow-up.entity.js';

/** More than 1,000 people nobody tells; what is higher is a slip of the hand. */
export const highestNumberDefault = 1_000;

const builtIn = [
  { key: 'ssm', kind: 'NUMBER', metric: 'SSM' },
  { key: 'ifm', kind: 'NUMBER', metric: 'IFM' },
] as const;

/** The questions of a survey: the two metrics, as the program may have changed them, then its own. */
export function withBuiltIn(surveyId: string, own: readonly FollowUpQuestion[]): FollowUpQuestion[] {
  const metrics = builtIn.map(
    (question) => own.find(({ key }) => key === question.key) ?? newQuestion({ surveyId, ...question }),
  );
  return [...metrics, ...own.filter(({ metric }) => metric === null)];
}

/** A question as it is when nothing else is said of it. */
export function newQuestion(fields: Pick<FollowUpQuestion, 'surveyId' | 'key' | 'kind' | 'metric'>): FollowUpQuestion {
  return Object.assign(new FollowUpQuestion(), fields, {
    wording: null,
    highestNumber: numbersOf(fields.kind),
    isAsked: true,
  });
}

function numbersOf(kind: FollowUpKind): number | null {
  return kind === 'NUMBER' ? highestNumberDefault : null;
}

/** The questions of one survey. */
export async function questionsIn(db: Reader, surveyId: string): Promise<FollowUpQuestion[]> {
  const own = await db.select(FollowUpQuestion, sql`WHERE survey_id = ${surveyId} ORDER BY question_key`);
  return withBuiltIn(surveyId, own);
}

/** The questions of surveys. */
export const questionsOfSurvey = new Loader(async (context: BaseContext, surveyIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(FollowUpQuestion, sql`WHERE survey_id IN (${join([...surveyIds])}) ORDER BY question_key`),
  );
  return grouped(surveyIds, rows, (row) => row.surveyId).map((own, index) => withBuiltIn(surveyIds[index] ?? '', own));
});

/** The own words of follow-up questions, of surveys, in every language. */
export const wordingsOfSurvey = new Loader(async (context: BaseContext, surveyIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(FollowUpWording, sql`WHERE survey_id IN (${join([...surveyIds])}) ORDER BY language`),
  );
  return grouped(surveyIds, rows, (row) => row.surveyId);
});

/** A question in a language: in the program's words in it, in its other words, or else in ours. */
export function wordingIn(
  { key, wording, metric }: FollowUpQuestion,
  wordings: readonly FollowUpWording[],
  { language, locale }: { readonly language: string; readonly locale: Locale },
): string {
  const [tongue] = language.split('-');
  const ofQuestion = wordings.filter(({ questionKey }) => questionKey === key);
  const own =
    ofQuestion.find((each) => each.language === language) ??
    ofQuestion.find((each) => each.language.split('-')[0] === tongue);
  return own?.wording ?? wording ?? (metric === null ? '' : message(locale, `followUp.${metric}`));
}

/** What was answered to the follow-up questions of responses. */
export const answersOfResponse = new Loader(async (context: BaseContext, responseIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(FollowUpAnswer, sql`WHERE response_id IN (${join([...responseIds])}) ORDER BY question_key`),
  );
  return grouped(responseIds, rows, (row) => row.responseId);
});
