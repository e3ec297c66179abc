import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Reader } from '../../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../../platform/database/errors.js';
import { InputInvalid } from '../../platform/graphql/problem.js';
import { defaultSettings, type InsightSettings, InsightTerms, InsightTermsRow } from './terms.entity.js';
import type { InsightTermsSetInput } from './terms.inputs.js';

/** What a program lays down for the figures that cannot be counted. */
export class InsightTermsService {
  constructor(private readonly database: Database) {}

  async current(context: RequestContext): Promise<InsightTerms> {
    context.session.require('insight.read');
    const programId = context.session.program.id;
    return new InsightTerms(await this.database.read((db) => settingsOf(db, programId)));
  }

  /** Changes them. Nothing that was reckoned by them is stored, so all figures follow at once. */
  async set(context: RequestContext, input: InsightTermsSetInput): Promise<InsightTerms | InputInvalid> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const row = await tx.first(InsightTermsRow, sql`WHERE program_id = ${programId} ${tx.forUpdate}`);
      const settings = changed({ ...defaultSettings, ...row?.settings }, input);
      const wrong = contradiction(settings);
      if (wrong) return wrong;
      if (row) {
        await tx.execute(sql`
          UPDATE insight_terms SET settings = ${JSON.stringify(settings)} WHERE program_id = ${programId}`);
        return new InsightTerms(settings);
      }
      try {
        await tx.insert(InsightTermsRow, { programId, settings });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('Somebody set the terms at the same moment');
        throw error;
      }
      return new InsightTerms(settings);
    });
  }
}

/** The settings of a program: its own where it has any, ours where not. */
export async function settingsOf(db: Reader, programId: string): Promise<InsightSettings> {
  const row = await db.first(InsightTermsRow, sql`WHERE program_id = ${programId}`);
  return { ...defaultSettings, ...row?.settings };
}

function changed(known: InsightSettings, input: InsightTermsSetInput): InsightSettings {
  const { currency, pointValues, actValues } = input;
  return {
    currency: currency === undefined ? known.currency : currency,
    pointHundredths: pointValues
      ? Object.fromEntries(pointValues.map(({ unitKey, cents }) => [unitKey, Math.round(cents * 100)]))
      : known.pointHundredths,
    actCents: actValues ? Object.fromEntries(actValues.map(({ kind, cents }) => [kind, cents])) : known.actCents,
    marginPercent: input.marginPercent ?? known.marginPercent,
    activationFromPercent: input.activationFromPercent ?? known.activationFromPercent,
    activationToPercent: input.activationToPercent ?? known.activationToPercent,
    detractorTells: input.detractorTells ?? known.detractorTells,
    detractorTellsLow: input.detractorTellsLow ?? known.detractorTellsLow,
    detractorTellsHigh: input.detractorTellsHigh ?? known.detractorTellsHigh,
  };
}

function contradiction(settings: InsightSettings): InputInvalid | undefined {
  const { detractorTells, detractorTellsLow, detractorTellsHigh } = settings;
  if (settings.activationToPercent < settings.activationFromPercent) {
    return InputInvalid.at(['activationToPercent'], 'must not be below activationFromPercent');
  }
  if (detractorTellsLow > detractorTells) {
    return InputInvalid.at(['detractorTellsLow'], 'must not be more than detractorTells');
  }
  return detractorTellsHigh < detractorTells
    ? InputInvalid.at(['detractorTellsHigh'], 'must not be less than detractorTells')
    : undefined;
}
