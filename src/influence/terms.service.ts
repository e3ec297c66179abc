import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Reader } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import type { WeighedKind } from './gate.js';
import {
  defaultSettings,
  type SuperpromoterSettings,
  SuperpromoterTerms,
  SuperpromoterTermsRow,
  type Weighing,
} from './terms.entity.js';
import type { EvidenceWeightInput, SuperpromoterTermsSetInput } from './terms.inputs.js';

/** How a program tells its superpromoters. */
export class SuperpromoterTermsService {
  constructor(private readonly database: Database) {}

  async current(context: RequestContext): Promise<SuperpromoterTerms> {
    context.session.require('superpromoter.read');
    const programId = context.session.program.id;
    return new SuperpromoterTerms(await this.database.read((db) => settingsOf(db, programId)));
  }

  /** Changes them; who is a superpromoter follows at once, since nothing of it is stored. */
  async set(context: RequestContext, input: SuperpromoterTermsSetInput): Promise<SuperpromoterTerms> {
    context.session.require('program.update');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const row = await tx.first(SuperpromoterTermsRow, sql`WHERE program_id = ${programId} ${tx.forUpdate}`);
      const settings = changed(complete(row), input);
      if (row) {
        await tx.execute(sql`
          UPDATE superpromoter_terms SET settings = ${JSON.stringify(settings)} WHERE program_id = ${programId}`);
        return new SuperpromoterTerms(settings);
      }
      try {
        await tx.insert(SuperpromoterTermsRow, { programId, settings });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('Somebody set the terms at the same moment');
        throw error;
      }
      return new SuperpromoterTerms(settings);
    });
  }
}

/** The settings of a program: its own where it has any, ours where not. */
export async function settingsOf(db: Reader, programId: string): Promise<SuperpromoterSettings> {
  return complete(await db.first(SuperpromoterTermsRow, sql`WHERE program_id = ${programId}`));
}

/** What was kept by an older version lacks what came later. */
function complete(row: SuperpromoterTermsRow | undefined): SuperpromoterSettings {
  if (!row) return defaultSettings;
  return {
    ...defaultSettings,
    ...row.settings,
    weighings: { ...defaultSettings.weighings, ...row.settings.weighings },
  };
}

function changed(known: SuperpromoterSettings, input: SuperpromoterTermsSetInput): SuperpromoterSettings {
  const { windowDays, enthusiasticFromScore, sharesFrom, influencesFrom, sharingKinds, weights } = input;
  return {
    windowDays: windowDays ?? known.windowDays,
    enthusiasticFromScore: enthusiasticFromScore === undefined ? known.enthusiasticFromScore : enthusiasticFromScore,
    sharesFromHundredths: inHundredths(sharesFrom) ?? known.sharesFromHundredths,
    influencesFromHundredths: inHundredths(influencesFrom) ?? known.influencesFromHundredths,
    sharingKinds: sharingKinds ? [...new Set(sharingKinds)] : known.sharingKinds,
    weighings: { ...known.weighings, ...Object.fromEntries((weights ?? []).map((each) => weighed(known, each))) },
  };
}

function weighed(known: SuperpromoterSettings, input: EvidenceWeightInput): [string, Weighing] {
  const { weightHundredths, countMax } = known.weighings[input.kind as WeighedKind];
  return [
    input.kind,
    {
      weightHundredths: inHundredths(input.weight) ?? weightHundredths,
      countMax: input.countMax === undefined ? countMax : input.countMax,
    },
  ];
}

function inHundredths(value: number | null | undefined): number | undefined {
  return typeof value === 'number' ? Math.round(value * 100) : undefined;
}
