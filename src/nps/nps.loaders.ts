import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Program } from '../programs/program.entity.js';
import { NpsResponse } from './response.entity.js';
import { type NpsScheme, schemeOf } from './scheme.js';
import { Survey } from './survey.entity.js';

export const responseById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(NpsResponse, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

export const surveyById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Survey, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

const programById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Program, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** The survey that a response says it was given to. */
export async function requireSurvey(context: BaseContext, id: string): Promise<Survey> {
  const survey = await surveyById.load(context, id);
  if (!survey) throw new Error('A survey that is referred to is gone');
  return survey;
}

/** The scheme that a survey's answers count by: its own, or else the program's. */
export async function schemeOfSurvey(context: BaseContext, survey: Survey): Promise<NpsScheme> {
  const program = await programById.load(context, survey.programId);
  if (!program) throw new Error('The program of a survey is gone');
  return schemeOf(program, survey);
}
