import sql from 'sql-template-tag';
import type { Contact } from '../contacts/contact.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import { paginate, type SortKey } from '../platform/database/paginate.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Program } from '../programs/program.entity.js';
import { surveyById } from './nps.loaders.js';
import { type NpsScheme, schemeOf } from './scheme.js';
import { defaultSurveyKey, Survey } from './survey.entity.js';
import type { SurveyCreateInput, SurveyUpdateInput } from './survey.inputs.js';

/** Why a contact cannot be asked by a survey: an eNPS is for employees. */
export function misfitOf({ kind }: Survey, contact: Contact, path: readonly string[]): InputInvalid | undefined {
  if (kind !== 'ENPS' || contact.kind === 'EMPLOYEE') return undefined;
  return InputInvalid.at(path, 'is not EMPLOYEE, and this survey (ENPS) asks employees alone');
}

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
      kind: 'NPS',
      isAnonymous: false,
      schemeKey: null,
      createdAt: tx.now,
    });
  }

  /** Makes a survey. A key that the program has already is a problem at `key`. */
  async create(context: RequestContext, input: SurveyCreateInput): Promise<Survey | InputInvalid> {
    context.session.require('survey.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const { key, name, kind, isAnonymous, scheme, bands } = input;
      const survey = Object.assign(new Survey(), {
        id: tx.newId(),
        programId,
        key,
        name,
        kind,
        isAnonymous,
        schemeKey: bands ? 'OWN' : (scheme ?? null),
        detractorTo: bands?.detractorTo ?? null,
        promoterFrom: bands?.promoterFrom ?? null,
        brandColor: null,
        joinUrl: null,
        countedZone: null,
        countedFrom: null,
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

  /** Changes how a survey is called and how its page looks; what is left out stays. */
  async update(context: RequestContext, input: SurveyUpdateInput): Promise<Survey | NotFound> {
    context.session.require('survey.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const survey = await tx.first(
        Survey,
        sql`WHERE program_id = ${programId} AND survey_key = ${input.surveyKey} ${tx.forUpdate}`,
      );
      if (!survey) return new NotFound();
      const changed = Object.assign(new Survey(), survey, {
        name: input.name ?? survey.name,
        brandColor: input.brandColor === undefined ? survey.brandColor : input.brandColor,
        joinUrl: input.joinUrl === undefined ? survey.joinUrl : input.joinUrl,
      });
      await tx.execute(sql`UPDATE survey SET name = ${changed.name}, brand_color = ${changed.brandColor},
        join_url = ${changed.joinUrl} WHERE id = ${survey.id}`);
      return changed;
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
    const program = await db.first(Program, sql`WHERE id = ${programId}`);
    if (!program) throw new Error('The program of a survey is gone');
    return schemeOf(program, survey);
  }
}
