import sql, { join } from 'sql-template-tag';
import { ambassadorOfContact } from '../../ambassadors/ambassador.loaders.js';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import type { Events } from '../../platform/events/events.js';
import { rowId } from '../../platform/graphql/node.js';
import { InputInvalid, NotFound, Problem } from '../../platform/graphql/problem.js';
import { responseById } from '../nps.loaders.js';
import { NpsResponse } from '../response.entity.js';
import { Survey } from '../survey.entity.js';
import { FollowUpAnswer, FollowUpQuestion, FollowUpWording } from './follow-up.entity.js';
import './follow-up.events.js';
import { languagesMax } from '../forms/survey-text.inputs.js';
import {
  type FollowUpAnswerInput,
  type FollowUpQuestionSetInput,
  type FollowUpRecordInput,
  questionsMax,
} from './follow-up.inputs.js';
import { answersOfResponse, newQuestion, questionsIn } from './follow-up.questions.js';
import { FollowUpQuestionReplaced } from './follow-up.results.js';

/** What is asked after the score, and what was answered. */
export class FollowUpService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  /** Records answers after the score: of anybody for servers, of its own response for an ambassador. */
  async record(context: RequestContext, input: FollowUpRecordInput): Promise<NpsResponse | InputInvalid | NotFound> {
    context.session.require('response.followUp');
    const id = rowId(NpsResponse, input.responseId);
    const response = id && (await responseById.load(context, id));
    if (!response || !(await mayFollowUp(context, response))) return new NotFound();
    const problem = await this.database.transact(async (tx) => {
      await tx.query(sql`SELECT id FROM nps_response WHERE id = ${response.id} ${tx.forUpdate}`);
      return this.recordIn(tx, response, input.answers, { path: 'answers', answeredAt: tx.now });
    });
    answersOfResponse.clear(context);
    return problem ?? response;
  }

  /**
   * Writes the answers to follow-up questions of one response, in the transaction of whoever has the response. What was
   * answered to the same question is replaced.
   */
  async recordIn(
    tx: Transaction,
    response: NpsResponse,
    answers: readonly FollowUpAnswerInput[],
    { path, answeredAt }: { readonly path: string; readonly answeredAt: Date },
  ): Promise<InputInvalid | undefined> {
    const rows = await this.answersTo(tx, response, answers, { path, answeredAt });
    if (rows instanceof InputInvalid) return rows;
    const changed = await this.changedRows(tx, response, rows);
    if (changed.length > 0) await this.replace(tx, response, changed);
    return undefined;
  }

  /** The same answers as they would be kept, if they can be given to that survey. */
  async answersTo(
    db: Reader,
    response: AnsweredResponse,
    answers: readonly FollowUpAnswerInput[],
    { path, answeredAt }: { readonly path: string; readonly answeredAt: Date },
  ): Promise<FollowUpAnswer[] | InputInvalid> {
    const questions = answers.length === 0 ? [] : await questionsIn(db, response.surveyId);
    const rows: FollowUpAnswer[] = [];
    for (const [index, answer] of answers.entries()) {
      const question = questions.find(({ key, isAsked }) => isAsked && key === answer.key);
      const refusal = question ? refusalOf(question, answer) : ([['key'], 'is not asked by this survey'] as const);
      if (refusal) return InputInvalid.at([path, String(index), ...refusal[0]], refusal[1]);
      if (question) rows.push(rowOf(response, question, answer, answeredAt));
    }
    return rows;
  }

  /** Adds a question to a survey, or changes how one is asked. */
  async setQuestion(
    context: RequestContext,
    input: FollowUpQuestionSetInput,
  ): Promise<FollowUpQuestionReplaced | InputInvalid | NotFound> {
    context.session.require('survey.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const survey = await tx.first(
        Survey,
        sql`WHERE program_id = ${programId} AND survey_key = ${input.surveyKey} ${tx.forUpdate}`,
      );
      if (!survey) return new NotFound();
      const questions = await questionsIn(tx, survey.id);
      const known = questions.find(({ key }) => key === input.key);
      if (!known && questions.length >= questionsMax)
        return InputInvalid.at(['key'], `would be more than ${questionsMax} questions`);
      const question = changedQuestion(survey.id, known, input);
      if (question instanceof Problem) return question;
      await tx.execute(
        sql`DELETE FROM follow_up_question WHERE survey_id = ${survey.id} AND question_key = ${input.key}`,
      );
      await tx.insert(FollowUpQuestion, question);
      const refusal = await this.word(tx, survey.id, input);
      if (refusal) return refusal;
      return new FollowUpQuestionReplaced(question, survey);
    });
  }

  /** Keeps the words of one language, or gives the others their place again. */
  private async word(
    tx: Transaction,
    surveyId: string,
    { key, language, text }: FollowUpQuestionSetInput,
  ): Promise<InputInvalid | undefined> {
    if (!language || text === undefined) return undefined;
    const ofQuestion = sql`WHERE survey_id = ${surveyId} AND question_key = ${key}`;
    await tx.execute(sql`DELETE FROM follow_up_wording ${ofQuestion} AND language = ${language}`);
    if (text === null) return undefined;
    if ((await tx.count(FollowUpWording, ofQuestion)) >= languagesMax)
      return InputInvalid.at(['language'], `would be more than ${languagesMax} languages`);
    await tx.insert(FollowUpWording, { surveyId, questionKey: key, language, wording: text });
    return undefined;
  }

  /** Those that say something else than what stands: the same answers again change nothing and tell nobody. */
  private async changedRows(
    tx: Transaction,
    response: NpsResponse,
    rows: readonly FollowUpAnswer[],
  ): Promise<FollowUpAnswer[]> {
    const known = await tx.select(FollowUpAnswer, sql`WHERE response_id = ${response.id}`);
    return rows.filter(
      (row) =>
        !known.some(
          ({ questionKey, number, text }) =>
            questionKey === row.questionKey && number === row.number && text === row.text,
        ),
    );
  }

  private async replace(tx: Transaction, response: NpsResponse, rows: readonly FollowUpAnswer[]): Promise<void> {
    const questions = rows.map(({ questionKey }) => questionKey);
    await tx.execute(sql`
      DELETE FROM follow_up_answer WHERE response_id = ${response.id} AND question_key IN (${join(questions)})`);
    try {
      await tx.insert(FollowUpAnswer, rows);
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('The same question was answered at the same moment');
      throw error;
    }
    const metrics = Object.fromEntries(
      rows.flatMap(({ metric, number }) => (metric && number !== null ? [[metric, number]] : [])),
    );
    const { id: responseId, surveyId, contactId } = response;
    await this.events.emit(tx, 'response.followedUp', response.programId, {
      responseId,
      surveyId,
      contactId,
      questions,
      metrics,
    });
  }
}

/** What follow-up answers are given to. */
type AnsweredResponse = Pick<NpsResponse, 'id' | 'programId' | 'surveyId' | 'contactId'>;

type Refusal = readonly [path: readonly string[], text: string];

/** Why a question cannot be answered so. */
function refusalOf(
  { kind, highestNumber }: FollowUpQuestion,
  { number, text }: FollowUpAnswerInput,
): Refusal | undefined {
  if (kind === 'TEXT') return typeof text === 'string' ? undefined : [['text'], 'is what this question asks for'];
  if (typeof number !== 'number') return [['number'], 'is what this question asks for'];
  const highest = highestNumber ?? 0;
  return number > highest ? [['number'], `must be ${highest} or less`] : undefined;
}

function rowOf(
  { id, programId, surveyId, contactId }: AnsweredResponse,
  { key, metric }: FollowUpQuestion,
  { number, text }: FollowUpAnswerInput,
  answeredAt: Date,
): FollowUpAnswer {
  return Object.assign(new FollowUpAnswer(), {
    responseId: id,
    questionKey: key,
    programId,
    surveyId,
    contactId,
    metric,
    number: number ?? null,
    text: text ?? null,
    answeredAt,
  });
}

function changedQuestion(
  surveyId: string,
  known: FollowUpQuestion | undefined,
  input: FollowUpQuestionSetInput,
): FollowUpQuestion | InputInvalid {
  const { key, kind, text, language, highestNumber, isAsked } = input;
  if (known && kind && kind !== known.kind) return InputInvalid.at(['kind'], 'of a question never changes');
  const base = known ?? newQuestion({ surveyId, key, kind: kind ?? 'TEXT', metric: null });
  if (typeof highestNumber === 'number' && base.kind !== 'NUMBER')
    return InputInvalid.at(['highestNumber'], 'is only for questions that are answered by a number');
  // Words of one language are kept beside the others, which a new question begins with.
  const standsBeside = language && (base.wording !== null || base.metric !== null);
  const wording = text === undefined || standsBeside ? base.wording : text;
  if (wording === null && base.metric === null) return InputInvalid.at(['text'], 'is needed');
  return Object.assign(new FollowUpQuestion(), base, {
    wording,
    highestNumber: highestNumber ?? base.highestNumber,
    isAsked: isAsked ?? base.isAsked,
  });
}

async function mayFollowUp(context: RequestContext, { programId, contactId }: NpsResponse): Promise<boolean> {
  if (programId !== context.session.program.id) return false;
  const ambassador = contactId === null ? undefined : await ambassadorOfContact.load(context, contactId);
  return context.session.may('response.followUp', { ambassadorId: ambassador?.id ?? null });
}
