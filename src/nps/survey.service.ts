import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import { paginate, type SortKey } from '../platform/database/paginate.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { surveyById } from './nps.loaders.js';
import { type NpsScheme, schemes } from './scheme.js';
import { defaultSurveyKey, Survey } from './survey.entity.js';
import type { SurveyCreateInput } from './survey.inputs.js';

const byKey: readonly SortKey<Survey>[] = [
  { column: 'survey.survey_key', direction: 'ASC', read: (survey) => survey.key },
];

/** Surveys: what answers are gathered under, and by which scheme they count. */
export class SurveyService {
  constructor(private readonly database: Database) {}

  /** Gives a new program its first survey. */
  async addDefault(tx: Transaction, programId: string): Promise<void> {
    await tx.insert(Survey, {
      id: tx.newId(),
      programId,
      key: defaultSurveyKey,
      name: 'NPS',
      schemeKey: null,
      createdAt: tx.now,
    });
  }

  /** Makes a survey. A key that the program has already is a problem at `key`. */
  async create(context: RequestContext, input: SurveyCreateInput): Promise<Survey | InputInvalid> {
    context.session.require('survey.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const { key, name, scheme } = input;
      const survey = Object.assign(new Survey(), {
        id: tx.newId(),
        programId,
        key,
        name,
        schemeKey: scheme ?? null,
        createdAt: tx.now,
      });
      try {
        await tx.insert(Survey, survey);
      } catch (error) {
        if (isUniqueViolation(error)) return InputInvalid.at(['key'], 'is the key of another survey');
        throw error;
      }
      return survey;
    });
  }

  /** The surveys of the program, by their keys. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<Survey>> {
    context.session.require('survey.read');
    const where = sql`survey.program_id = ${context.session.program.id}`;
    return paginate(this.database, { entity: Survey, where, order: byKey, page });
  }

  /** A survey that the caller may see; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Survey | undefined> {
    if (!context.session.may('survey.read')) return undefined;
    const survey = await surveyById.load(context, id);
    return survey?.programId === context.session.program.id ? survey : undefined;
  }

  /** The survey that the program calls so. */
  findByKey(db: Reader, programId: string, key: string): Promise<Survey | undefined> {
    return db.first(Survey, sql`WHERE program_id = ${programId} AND survey_key = ${key}`);
  }

  /** The same, held so that counting what was there before and counting what comes in never overlap. */
  hold(tx: Transaction, programId: string, key: string): Promise<Survey | undefined> {
    return tx.first(Survey, sql`WHERE program_id = ${programId} AND survey_key = ${key} ${tx.forShare}`);
  }

  /** The scheme that a survey's answers count by: its own, or else the program's; the program's without a survey. */
  async schemeOf(db: Reader, programId: string, survey?: Survey): Promise<NpsScheme> {
    if (survey?.schemeKey) return schemes[survey.schemeKey];
    const program = await db.first(Program, sql`WHERE id = ${programId}`);
    if (!program) throw new Error('The program of a survey is gone');
    return schemes[program.npsSchemeKey];
  }
}
