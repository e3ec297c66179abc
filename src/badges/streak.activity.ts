import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import { ActiveWeek, StreakFreeze } from './streak.entity.js';
import { currentRunWeeks, frozenWeeks, weekOf } from './streak.js';

interface ActivityRow {
  readonly lifetime: number;
  readonly time_zone: string;
  readonly freezes_max: number | null;
  readonly freeze_every_weeks: number | null;
}

/** Notes the weeks in which something was submitted that is approved now, and the freezes that they earn. */
export class StreakActivity {
  /** Locks the ambassador's balance, and answers its lifetime points. */
  async note(tx: Transaction, programId: string, ambassadorId: string, submittedAt: Date): Promise<number> {
    // A submission that pays nothing has not locked the balance yet. The subqueries lock nothing of the program.
    const [row] = await tx.query<ActivityRow>(sql`
      SELECT lifetime, (SELECT time_zone FROM program WHERE id = ${programId}) AS time_zone,
        (SELECT freezes_max FROM streak_terms WHERE program_id = ${programId}) AS freezes_max,
        (SELECT freeze_every_weeks FROM streak_terms WHERE program_id = ${programId}) AS freeze_every_weeks
      FROM points_balance WHERE ambassador_id = ${ambassadorId} ${tx.forUpdate}`);
    if (!row) throw new Error('An ambassador has no account');
    const week = weekOf(submittedAt, row.time_zone);
    const isNew = (await this.insertWeek(tx, ambassadorId, week)) > 0;
    if (isNew && row.freezes_max !== null) await this.followNewWeek(tx, { programId, ambassadorId, week }, row);
    return row.lifetime;
  }

  private insertWeek(tx: Transaction, ambassadorId: string, week: string): Promise<number> {
    return tx.execute(sql`
      INSERT INTO active_week (ambassador_id, week_start)
      SELECT ambassador_id, ${week} FROM points_balance
      WHERE ambassador_id = ${ambassadorId} AND NOT EXISTS (
        SELECT 1 FROM active_week WHERE ambassador_id = ${ambassadorId} AND week_start = ${week})`);
  }

  /** A freeze that spared this week was not needed: it is given back. And the week may earn one. */
  private async followNewWeek(
    tx: Transaction,
    { programId, ambassadorId, week }: { programId: string; ambassadorId: string; week: string },
    { freezes_max: freezesMax, freeze_every_weeks: everyWeeks }: ActivityRow,
  ): Promise<void> {
    await tx.execute(
      sql`UPDATE streak_freeze SET used_week = NULL WHERE ambassador_id = ${ambassadorId} AND used_week = ${week}`,
    );
    if (everyWeeks === null) return;
    const freezes = await tx.select(StreakFreeze, sql`WHERE ambassador_id = ${ambassadorId}`);
    const cause = `streak:${week}`;
    const left = freezes.filter(({ usedWeek }) => usedWeek === null).length;
    if (left >= (freezesMax ?? 0) || freezes.some((freeze) => freeze.cause === cause)) return;
    const weeks = await tx.select(ActiveWeek, sql`WHERE ambassador_id = ${ambassadorId} AND week_start <= ${week}`);
    const run = currentRunWeeks(
      weeks.map(({ weekStart }) => weekStart),
      week,
      frozenWeeks(freezes),
    );
    if (run === 0 || run % everyWeeks !== 0) return;
    const freeze = { id: tx.newId(), programId, ambassadorId, cause, grantedAt: tx.now, usedWeek: null };
    await tx.insert(StreakFreeze, freeze);
  }
}
