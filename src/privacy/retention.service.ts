import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { isUniqueViolation, RaceLost } from '../platform/database/errors.js';
import { firstIdAt } from '../platform/ids.js';
import { everyRetentionKind, type IdSpan, type Retention, type RetentionKind } from '../platform/retention.js';
import { type RetentionMonths, RetentionProgress, type RetentionRule, RetentionTerms } from './retention.entity.js';
import type { RetentionPreviewArgs, RetentionSetInput } from './retention.inputs.js';

const rowsPerPart = 200;
const programsPerTurn = 1_000;

/** Forgets what is older than the program wants to keep: nothing, unless somebody said so. */
export class RetentionService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly retention: Retention,
  ) {}

  async rulesOf(programId: string): Promise<RetentionRule[]> {
    return this.database.read(async (db) => rulesOf(await monthsOf(db, programId)));
  }

  /** Changes how long things are kept. What is too old by it is forgotten within the hour, and does not come back. */
  async set(context: RequestContext, { rules }: RetentionSetInput): Promise<RetentionRule[]> {
    context.session.require('privacy.manage');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const row = await tx.first(RetentionTerms, sql`WHERE program_id = ${programId} ${tx.forUpdate}`);
      const months: Partial<Record<RetentionKind, number>> = { ...row?.months };
      for (const rule of rules) {
        if (rule.months) months[rule.kind] = rule.months;
        else delete months[rule.kind];
      }
      if (row) {
        await tx.execute(sql`
          UPDATE retention_terms SET months = ${JSON.stringify(months)} WHERE program_id = ${programId}`);
        return rulesOf(months);
      }
      try {
        await tx.insert(RetentionTerms, { programId, months });
      } catch (error) {
        if (isUniqueViolation(error)) throw new RaceLost('Somebody set the terms at the same moment');
        throw error;
      }
      return rulesOf(months);
    });
  }

  /** How much would be forgotten now if it were kept for so long; nothing is. */
  async preview(context: RequestContext, { kind, months }: RetentionPreviewArgs): Promise<number> {
    context.session.require('privacy.manage');
    const programId = context.session.program.id;
    return this.database.read(async (db) =>
      this.retention.count(db, kind, {
        programId,
        after: await doneTo(db, programId, kind),
        before: this.ageId(months),
      }),
    );
  }

  /** Forgets some of what is too old, and answers how much that was at least. Any number of processes may do it. */
  async forgetSome(): Promise<number> {
    const all = await this.database.read((db) => db.select(RetentionTerms, sql`LIMIT ${programsPerTurn}`));
    let done = 0;
    for (const { programId, months } of all) {
      for (const kind of everyRetentionKind) {
        const ofKind = months[kind];
        if (ofKind && (await this.forgetPart(programId, kind, this.ageId(ofKind)))) done += 1;
      }
    }
    return done;
  }

  private forgetPart(programId: string, kind: RetentionKind, before: string): Promise<boolean> {
    return this.database.transact(async (tx) => {
      const after = await this.hold(tx, programId, kind);
      const span: IdSpan = { programId, after, before };
      const last = await this.retention.forgetSome(tx, kind, span, rowsPerPart);
      if (last === undefined) return false;
      await tx.execute(sql`
        UPDATE retention_progress SET done_to = ${last} WHERE program_id = ${programId} AND kind = ${kind}`);
      return true;
    });
  }

  /** Where the last part ended; held, so that parts of one kind come one after the other. */
  private async hold(tx: Transaction, programId: string, kind: RetentionKind): Promise<string> {
    const known = await tx.first(
      RetentionProgress,
      sql`WHERE program_id = ${programId} AND kind = ${kind} ${tx.forUpdate}`,
    );
    if (known) return known.doneTo;
    try {
      await tx.insert(RetentionProgress, { programId, kind, doneTo: '' });
    } catch (error) {
      if (isUniqueViolation(error)) throw new RaceLost('Another process began at the same moment');
      throw error;
    }
    return '';
  }

  private ageId(months: number): string {
    return firstIdAt(DateTime.fromJSDate(this.clock.now(), { zone: 'utc' }).minus({ months }).toJSDate());
  }
}

async function monthsOf(db: Reader, programId: string): Promise<RetentionMonths> {
  return (await db.first(RetentionTerms, sql`WHERE program_id = ${programId}`))?.months ?? {};
}

async function doneTo(db: Reader, programId: string, kind: RetentionKind): Promise<string> {
  const known = await db.first(RetentionProgress, sql`WHERE program_id = ${programId} AND kind = ${kind}`);
  return known?.doneTo ?? '';
}

function rulesOf(months: RetentionMonths): RetentionRule[] {
  return everyRetentionKind.map((kind) => ({ kind, months: months[kind] ?? null }));
}
