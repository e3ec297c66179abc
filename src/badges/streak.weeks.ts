import sql, { join } from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { grouped } from '../platform/graphql/loader.js';
import type { JobPart, JobRun, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import { Program } from '../programs/program.entity.js';
import { ActiveWeek, StreakFreeze, StreakTerms } from './streak.entity.js';
import { beginningOf, currentRunWeeks, frozenWeeks, weekPlus } from './streak.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** A week was missed, and no freeze was left: a streak of so many weeks is over. */
    'streak.broken': { readonly ambassadorId: string; readonly week: string; readonly weeks: number };
    /** A week was missed, and a freeze spared the streak. */
    'streak.frozen': { readonly ambassadorId: string; readonly week: string };
  }
}

/** Approvals that were under way when the week ended are in by then. */
const graceMilliseconds = 60_000;
const ambassadorsPerPart = 200;

type WeekState = {
  /** The Monday of the week that is over. */
  readonly week: string;
  /** The last ambassador looked at. */
  readonly after: string;
};

/**
 * Ends the weeks of a program that has terms for streaks, each by a job: of those whose streak could have gone on in the
 * week, and who did nothing in it, it uses a freeze, or says that the streak is over. Each week plans the next, so that
 * weeks which nobody was there for are ended in order.
 */
export class StreakWeeks {
  private readonly job: ScheduledJob<WeekState>;

  constructor(
    private readonly events: Events,
    jobs: Jobs,
  ) {
    this.job = jobs.define<WeekState>({ name: 'badges.streaks', part: (tx, run) => this.part(tx, run) });
  }

  /** Plans the end of a week; once, however often it is asked for. */
  async begin(tx: Transaction, programId: string, week: string, timeZone: string): Promise<void> {
    const dueAt = endOf(week, timeZone);
    await this.job.schedule(tx, { programId, runKey: week, state: { week, after: '' }, dueAt });
  }

  private async part(tx: Transaction, { programId, state }: JobRun<WeekState>): Promise<JobPart<WeekState>> {
    const program = await tx.first(Program, sql`WHERE id = ${programId}`);
    const terms = await tx.first(StreakTerms, sql`WHERE program_id = ${programId}`);
    if (!program || !terms) return { done: 0 };
    const dueAt = endOf(state.week, program.timeZone);
    if (tx.now < dueAt) return { done: 0, next: state, notBefore: dueAt };
    const ambassadorIds = await this.nextAtStake(tx, programId, state);
    await this.endWeek(tx, programId, state.week, ambassadorIds);
    const [done, last] = [ambassadorIds.length, ambassadorIds.at(-1)];
    if (last !== undefined && done === ambassadorsPerPart) return { done, next: { ...state, after: last } };
    await this.begin(tx, programId, weekPlus(state.week, 1), program.timeZone);
    return { done };
  }

  /** The next whose streak reached the week before: by something that was approved, or by a freeze. */
  private async nextAtStake(tx: Transaction, programId: string, { week, after }: WeekState): Promise<string[]> {
    const before = weekPlus(week, -1);
    const rows = await tx.query<{ id: string }>(sql`
      SELECT ambassador.id AS id FROM ambassador
      WHERE ambassador.program_id = ${programId} AND ambassador.id > ${after} AND ambassador.id IN (
        SELECT ambassador_id FROM active_week WHERE week_start = ${before}
        UNION SELECT ambassador_id FROM streak_freeze WHERE program_id = ${programId} AND used_week = ${before})
      ORDER BY ambassador.id LIMIT ${ambassadorsPerPart}`);
    return rows.map(({ id }) => id);
  }

  private async endWeek(tx: Transaction, programId: string, week: string, ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    const among = sql`ambassador_id IN (${join([...ids])})`;
    // Approvals hold the same rows: of the two, one comes first, and the other sees what it did.
    await tx.query(sql`SELECT ambassador_id FROM points_balance WHERE ${among} ORDER BY ambassador_id ${tx.forUpdate}`);
    const weeks = await tx.select(ActiveWeek, sql`WHERE ${among} AND week_start <= ${week} ORDER BY ambassador_id`);
    const freezes = await tx.select(StreakFreeze, sql`WHERE ${among} ORDER BY granted_at, id`);
    const weeksOf = grouped(ids, weeks, ({ ambassadorId }) => ambassadorId);
    const freezesOf = grouped(ids, freezes, ({ ambassadorId }) => ambassadorId);
    for (const [index, ambassadorId] of ids.entries()) {
      const active = (weeksOf[index] ?? []).map(({ weekStart }) => weekStart);
      const own = freezesOf[index] ?? [];
      const frozen = frozenWeeks(own);
      if (active.includes(week) || frozen.includes(week)) continue;
      const left = own.find(({ usedWeek }) => usedWeek === null);
      if (left) {
        await tx.execute(sql`UPDATE streak_freeze SET used_week = ${week} WHERE id = ${left.id} AND used_week IS NULL`);
        await this.events.emit(tx, 'streak.frozen', programId, { ambassadorId, week });
        continue;
      }
      const run = currentRunWeeks(active, week, frozen);
      if (run > 0) await this.events.emit(tx, 'streak.broken', programId, { ambassadorId, week, weeks: run });
    }
  }
}

function endOf(week: string, timeZone: string): Date {
  return new Date(beginningOf(weekPlus(week, 1), timeZone).getTime() + graceMilliseconds);
}
