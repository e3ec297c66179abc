import sql from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { AmbassadorService } from '../ambassadors/ambassador.service.js';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import { activeWeeksOf, freezesOf, streakTermsOf } from './badge.loaders.js';
import { type Streak, StreakFreeze, StreakTerms } from './streak.entity.js';
import type { StreakFreezeGrantInput, StreakTermsSetInput } from './streak.inputs.js';
import { currentRunWeeks, frozenWeeks, longestRunWeeks, weekOf } from './streak.js';
import type { StreakWeeks } from './streak.weeks.js';

/** What a program has that never said how streaks survive, once somebody gives a freeze. */
const firstTerms = { freezesMax: 2, freezeEveryWeeks: null };

/** Streaks as callers see them, and how they survive. That weeks count and end is StreakActivity's and StreakWeeks'. */
export class StreakService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly weeks: StreakWeeks,
    private readonly ambassadors: AmbassadorService,
  ) {}

  /** An ambassador's weeks in a row, as they stand now. */
  async streak(context: RequestContext, ambassador: Ambassador): Promise<Streak> {
    const [rows, freezes] = await Promise.all([
      activeWeeksOf.load(context, ambassador.id),
      freezesOf.load(context, ambassador.id),
    ]);
    const weeks = rows.map(({ weekStart }) => weekStart);
    const frozen = frozenWeeks(freezes);
    const thisWeek = weekOf(this.clock.now(), context.session.program.timeZone);
    return {
      weeks: currentRunWeeks(weeks, thisWeek, frozen),
      longestWeeks: longestRunWeeks(weeks, frozen),
      activeThisWeek: weeks.includes(thisWeek),
      freezesLeft: freezes.length - frozen.length,
      lastFrozenWeek: frozen.sort().at(-1) ?? null,
    };
  }

  /** Says how streaks survive from now on. Freezes that somebody has stay. */
  async setTerms(context: RequestContext, input: StreakTermsSetInput): Promise<StreakTerms> {
    context.session.require('program.update');
    const { id: programId } = context.session.program;
    const { freezesMax, freezeEveryWeeks = null } = input;
    const terms = await this.database.transact((tx) =>
      this.writeTerms(tx, programId, { freezesMax, freezeEveryWeeks }),
    );
    streakTermsOf.clear(context);
    return terms;
  }

  /** Gives an ambassador a freeze, once for each idempotency key. */
  async grant(
    context: RequestContext,
    input: StreakFreezeGrantInput,
  ): Promise<Ambassador | InputInvalid | IdempotencyKeyReused | NotFound> {
    context.session.require('streak.grant');
    const id = rowId({ name: 'Ambassador' }, input.ambassadorId);
    const ambassador = id && (await this.ambassadors.find(context, id));
    if (!ambassador) return new NotFound();
    const { caller, program } = context.session;
    const call = { programId: program.id, caller, operation: 'streakFreezeGrant', input };
    const result = await this.database.transact((tx) => once(tx, call, () => this.insertFreeze(tx, ambassador)));
    if (result instanceof Problem) return result;
    freezesOf.clear(context);
    return ambassador;
  }

  private async insertFreeze(tx: Transaction, { id, programId }: Ambassador): Promise<string | InputInvalid> {
    const terms = await tx.first(StreakTerms, sql`WHERE program_id = ${programId}`);
    const { freezesMax } = terms ?? (await this.writeTerms(tx, programId, firstTerms));
    await tx.query(sql`SELECT ambassador_id FROM points_balance WHERE ambassador_id = ${id} ${tx.forUpdate}`);
    const left = await tx.count(StreakFreeze, sql`WHERE ambassador_id = ${id} AND used_week IS NULL`);
    if (left >= freezesMax) {
      return InputInvalid.at(['ambassadorId'], `has ${left} freezes already, and can have ${freezesMax}`);
    }
    const freeze = { id: tx.newId(), programId, ambassadorId: id, grantedAt: tx.now, usedWeek: null };
    await tx.insert(StreakFreeze, { ...freeze, cause: `grant:${freeze.id}` });
    return freeze.id;
  }

  private async writeTerms(
    tx: Transaction,
    programId: string,
    terms: Pick<StreakTerms, 'freezesMax' | 'freezeEveryWeeks'>,
  ): Promise<StreakTerms> {
    // Held so that two who say it at once take turns.
    const [program] = await tx.query<{ time_zone: string }>(
      sql`SELECT time_zone FROM program WHERE id = ${programId} ${tx.forUpdate}`,
    );
    if (!program) throw new Error('The program of the session is gone');
    const row = Object.assign(new StreakTerms(), { programId, ...terms });
    await tx.execute(sql`DELETE FROM streak_terms WHERE program_id = ${programId}`);
    await tx.insert(StreakTerms, row);
    await this.weeks.begin(tx, programId, weekOf(tx.now, program.time_zone), program.time_zone);
    return row;
  }
}
