import sql, { join } from 'sql-template-tag';
import { calendarBounds, calendarName } from '../platform/calendar.js';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import type { JobPart, JobRun, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import { Program } from '../programs/program.entity.js';
import { Level } from './level.entity.js';
import { type LevelFacts, levelAt, levelFacts } from './level.standing.js';
import { LevelHold, LevelPolicy } from './level-policy.entity.js';
import { PointsBalance } from './points.entity.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** The points that count do not reach the level any more: it is lost at that moment if no others are earned. */
    'level.endangered': { readonly ambassadorId: string; readonly rank: number; readonly lowerAt: string };
    'level.lowered': { readonly ambassadorId: string; readonly fromRank: number; readonly toRank: number };
  }
}

const ambassadorsPerPart = 200;
const holdsPerPart = 1_000;
const dayMilliseconds = 86_400_000;

/** The last ambassador looked at. */
type LoweringState = { readonly after: string };

/**
 * Looks once a day at every ambassador of a program in which levels can be lost, by a job: begins the grace of those whose
 * points do not reach their level any more, and lowers the level when it is over. Levels rise without it, at once.
 */
export class LevelLowering {
  private readonly job: ScheduledJob<LoweringState>;

  constructor(
    private readonly events: Events,
    jobs: Jobs,
  ) {
    this.job = jobs.define<LoweringState>({ name: 'points.levels', part: (tx, run) => this.part(tx, run) });
  }

  /** Plans the look at the end of today, in the program's time zone; once, however often it is asked for. */
  async begin(tx: Transaction, { id: programId, timeZone }: Program): Promise<void> {
    await this.job.schedule(tx, {
      programId,
      runKey: calendarName('DAY', timeZone, tx.now),
      state: { after: '' },
      dueAt: calendarBounds('DAY', timeZone, tx.now).to,
    });
  }

  private async part(tx: Transaction, { programId, state }: JobRun<LoweringState>): Promise<JobPart<LoweringState>> {
    const program = await tx.first(Program, sql`WHERE id = ${programId}`);
    if (!program) return { done: 0 };
    const policy = await tx.first(LevelPolicy, sql`WHERE program_id = ${programId}`);
    if (!policy) return this.forget(tx, programId, state);
    const ids = await this.nextAfter(tx, programId, state.after);
    const levels = await tx.select(Level, sql`WHERE program_id = ${programId} ORDER BY rank_number`);
    const facts = ids.length > 0 ? await levelFacts(tx, policy, ids, tx.now) : [];
    for (const each of facts) await this.look(tx, policy, levels, each);
    const [done, last] = [ids.length, ids.at(-1)];
    if (last !== undefined && done === ambassadorsPerPart) return { done, next: { after: last } };
    await this.begin(tx, program);
    return { done };
  }

  /** Holds the balances, so that no points come in between what counts and what follows from it. */
  private async nextAfter(tx: Transaction, programId: string, after: string): Promise<string[]> {
    const rows = await tx.query<{ id: string }>(sql`
      SELECT id FROM ambassador WHERE program_id = ${programId} AND id > ${after}
      ORDER BY id LIMIT ${ambassadorsPerPart}`);
    const ids = rows.map(({ id }) => id);
    if (ids.length > 0) {
      await tx.select(PointsBalance, sql`WHERE ambassador_id IN (${join(ids)}) ORDER BY ambassador_id ${tx.forUpdate}`);
    }
    return ids;
  }

  private async look(
    tx: Transaction,
    { programId, graceDays }: LevelPolicy,
    levels: readonly Level[],
    facts: LevelFacts,
  ): Promise<void> {
    const { ambassadorId, countedPoints, keptPoints, hold } = facts;
    const [kept, earned] = [levelAt(levels, keptPoints).rank, levelAt(levels, countedPoints).rank];
    if (earned >= kept) {
      if (hold && hold.lowerAt === null && earned === kept) return;
      return this.keep(tx, { programId, ambassadorId, points: countedPoints, lowerAt: null }, hold);
    }
    const lowerAt = hold?.lowerAt ?? new Date(tx.now.getTime() + graceDays * dayMilliseconds);
    if (tx.now >= lowerAt) {
      await this.keep(tx, { programId, ambassadorId, points: countedPoints, lowerAt: null }, hold);
      await this.events.emit(tx, 'level.lowered', programId, { ambassadorId, fromRank: kept, toRank: earned });
      return;
    }
    if (hold?.lowerAt) return;
    await this.keep(tx, { programId, ambassadorId, points: keptPoints, lowerAt }, hold);
    const endangered = { ambassadorId, rank: kept, lowerAt: lowerAt.toISOString() };
    await this.events.emit(tx, 'level.endangered', programId, endangered);
  }

  private async keep(tx: Transaction, row: LevelHold, before: LevelHold | undefined): Promise<void> {
    if (!before) return tx.insert(LevelHold, row);
    await tx.execute(sql`
      UPDATE level_hold SET points = ${row.points}, lower_at = ${row.lowerAt} WHERE ambassador_id = ${row.ambassadorId}`);
  }

  /** Levels cannot be lost any more: lifetime points decide again, and nothing is kept. */
  private async forget(tx: Transaction, programId: string, state: LoweringState): Promise<JobPart<LoweringState>> {
    const holds = await tx.select(LevelHold, sql`WHERE program_id = ${programId} LIMIT ${holdsPerPart}`);
    if (holds.length > 0) {
      const ids = join(holds.map(({ ambassadorId }) => ambassadorId));
      await tx.execute(sql`DELETE FROM level_hold WHERE ambassador_id IN (${ids})`);
    }
    return holds.length === holdsPerPart ? { done: 0, next: state } : { done: 0 };
  }
}
