import sql from 'sql-template-tag';
import type { Audiences } from '../../audience/audiences.js';
import type { PlainRule } from '../../audience/rule.js';
import { Challenge } from '../../challenges/challenge.entity.js';
import type { RequestContext } from '../../identity/session.js';
import { schemeOf } from '../../nps/scheme.js';
import type { Clock } from '../../platform/clock.js';
import type { Database } from '../../platform/database/database.js';
import type { NpsBand } from '../../programs/nps-band.js';
import type { Program } from '../../programs/program.entity.js';
import { ProgramWarning } from './warning.js';

const challengesMax = 100;
const warningsMax = 20;

/**
 * What a program should change, though nothing refuses it. Review gating: only who is content is asked for a review in
 * public. It misleads readers, and the FTC (16 CFR 465), the Omnibus directive and the platforms forbid it.
 */
export class WarningService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly audiences: Audiences,
  ) {}

  async list(context: RequestContext, program: Program): Promise<ProgramWarning[]> {
    context.session.require('challenge.plan');
    const now = this.clock.now();
    return this.database.read(async (db) => {
      const reviews = await db.select(
        Challenge,
        sql`WHERE program_id = ${program.id} AND kind = 'REVIEW' AND archived_at IS NULL
          AND (ends_at IS NULL OR ends_at > ${now}) ORDER BY id LIMIT ${challengesMax}`,
      );
      const rules = await this.audiences.writtenOut(
        db,
        program.id,
        reviews.map(({ audience }) => audience ?? { all: [] }),
      );
      const gated = reviews.filter((_, index) => isGated(rules[index]));
      const { promoterFrom, highestScore } = schemeOf(program);
      const { askFromScore } = program;
      const onlyPromotersAsked = askFromScore >= promoterFrom && askFromScore <= highestScore;
      return [
        ...(reviews.length > 0 && onlyPromotersAsked ? [ProgramWarning.ofAsks({ askFromScore, promoterFrom })] : []),
        ...gated.map((challenge) => ProgramWarning.ofAudience(challenge)),
      ].slice(0, warningsMax);
    });
  }
}

/** Whether a rule may mean somebody as a promoter whom it cannot mean as a detractor, whatever else they are. */
function isGated(rule: PlainRule | undefined): boolean {
  return rule !== undefined && canHold(rule, 'PROMOTER') && !canHold(rule, 'DETRACTOR');
}

/** Whether a rule can be true of somebody in that band. */
function canHold(rule: PlainRule, band: NpsBand): boolean {
  if ('all' in rule) return rule.all.every((part) => canHold(part, band));
  if ('any' in rule) return rule.any.some((part) => canHold(part, band));
  if ('not' in rule) return canFail(rule.not, band);
  return 'npsBands' in rule ? rule.npsBands.includes(band) : true;
}

/** Whether a rule can be false of somebody in that band. */
function canFail(rule: PlainRule, band: NpsBand): boolean {
  if ('all' in rule) return rule.all.some((part) => canFail(part, band));
  if ('any' in rule) return rule.any.every((part) => canFail(part, band));
  if ('not' in rule) return canHold(rule.not, band);
  return 'npsBands' in rule ? !rule.npsBands.includes(band) : true;
}
