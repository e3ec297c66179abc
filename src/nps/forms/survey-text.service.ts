import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Reader } from '../../platform/database/database.js';
import { locales } from '../../platform/graphql/messages.js';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import { Program } from '../../programs/program.entity.js';
import { Survey } from '../survey.entity.js';
import type { SurveyWords } from './survey-form.js';
import { SurveyText } from './survey-text.entity.js';
import { languagesMax, type SurveyTextSetInput } from './survey-text.inputs.js';
import { SurveyTextReplaced } from './survey-text.results.js';

/** What surveys ask in the program's own words, language by language. */
export class SurveyTextService {
  constructor(private readonly database: Database) {}

  /** Says some things in the program's own words. */
  async set(context: RequestContext, input: SurveyTextSetInput): Promise<SurveyTextReplaced | InputInvalid | NotFound> {
    context.session.require('survey.manage');
    const programId = context.session.program.id;
    const { surveyKey, language, ...words } = input;
    return this.database.transact(async (tx) => {
      const survey = await tx.first(
        Survey,
        sql`WHERE program_id = ${programId} AND survey_key = ${surveyKey} ${tx.forUpdate}`,
      );
      if (!survey) return new NotFound();
      const texts = await textsOf(tx, survey.id);
      const known = texts.find((text) => text.language === language);
      if (!known && texts.length >= languagesMax)
        return InputInvalid.at(['language'], `would be more than ${languagesMax} languages`);
      const given = Object.fromEntries(Object.entries(words).filter(([, text]) => text !== undefined));
      const text = Object.assign(new SurveyText(), empty, known, given, { surveyId: survey.id, language });
      await tx.execute(sql`DELETE FROM survey_text WHERE survey_id = ${survey.id} AND language = ${language}`);
      await tx.insert(SurveyText, text);
      return new SurveyTextReplaced(text, survey);
    });
  }

  /** The words of a survey in the first wanted language that it speaks; in English where it speaks none. */
  async words(db: Reader, survey: Survey, wanted: readonly (string | null | undefined)[]): Promise<SurveyWords> {
    const program = await db.first(Program, sql`WHERE id = ${survey.programId}`);
    if (!program) throw new Error('The program of a survey is gone');
    const texts = await textsOf(db, survey.id);
    const spoken = [...new Set([...texts.map((text) => text.language), ...locales])].sort();
    const language = wanted.map((each) => matching(each ?? '', spoken)).find(Boolean) ?? 'en';
    return { program, survey, language, languages: spoken, own: texts.find((text) => text.language === language) };
  }
}

const empty = {
  question: null,
  lowestLabel: null,
  highestLabel: null,
  promoterQuestion: null,
  passiveQuestion: null,
  detractorQuestion: null,
  thanks: null,
};

/** A language that is spoken, for one that is wanted: the very one, or else one of the same tongue. */
function matching(wanted: string, spoken: readonly string[]): string | undefined {
  const [tongue] = wanted.split('-');
  return spoken.find((each) => each === wanted) ?? spoken.find((each) => each.split('-')[0] === tongue);
}

/** The own words of a survey. */
export function textsOf(db: Reader, surveyId: string): Promise<SurveyText[]> {
  return db.select(SurveyText, sql`WHERE survey_id = ${surveyId} ORDER BY language`);
}
