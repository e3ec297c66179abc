import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { BonusWindow } from './bonus.entity.js';
import type { BonusWindowCreateInput } from './bonus.inputs.js';
import { Challenge } from './challenge.entity.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'bonusWindow.created': { readonly bonusWindowId: string };
    'bonusWindow.cancelled': { readonly bonusWindowId: string };
  }
}

function running(now: Date) {
  return sql`starts_at <= ${now} AND ends_at > ${now} AND cancelled_at IS NULL ORDER BY multiplier_percent DESC, id`;
}

/** Bonus windows: times in which challenges pay more. */
export class BonusService {
  /** The windows of a program that are open now, the highest first. */
  private readonly ofProgram = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
    const rows = await context.database.read((db) =>
      db.select(BonusWindow, sql`WHERE program_id IN (${join([...programIds])}) AND ${running(this.clock.now())}`),
    );
    return grouped(programIds, rows, (row) => row.programId);
  });

  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  /** The highest bonus that a submission of that moment to a challenge has; undefined if none. */
  async bonusOf(db: Reader, challenge: Challenge, now: Date): Promise<BonusWindow | undefined> {
    const open = await db.select(BonusWindow, sql`WHERE program_id = ${challenge.programId} AND ${running(now)}`);
    return open.find((bonus) => bonus.isFor(challenge));
  }

  /** The highest bonus of a challenge now, for all that a request asks for in one query. */
  async current(context: RequestContext, challenge: Challenge): Promise<BonusWindow | undefined> {
    const open = await this.ofProgram.load(context, challenge.programId);
    return open.find((bonus) => bonus.isFor(challenge));
  }

  async create(context: RequestContext, input: BonusWindowCreateInput): Promise<BonusWindow | InputInvalid> {
    context.session.require('bonus.manage');
    const programId = context.session.program.id;
    const challengeIds = input.challengeIds?.map((globalId) => rowId(Challenge, globalId) ?? '') ?? null;
    return this.database.transact(async (tx) => {
      if (challengeIds) {
        const distinct = [...new Set(challengeIds)];
        const known = await tx.count(Challenge, sql`WHERE program_id = ${programId} AND id IN (${join(distinct)})`);
        if (known < distinct.length) return InputInvalid.at(['challengeIds'], 'must be challenges of the program');
      }
      const { name, multiplierPercent, startsAt, endsAt, kinds = null } = input;
      const bonus = Object.assign(new BonusWindow(), {
        id: tx.newId(),
        ...{ programId, name, multiplierPercent, startsAt, endsAt, kinds, challengeIds },
        createdAt: tx.now,
        cancelledAt: null,
      });
      await tx.insert(BonusWindow, bonus);
      await this.events.emit(tx, 'bonusWindow.created', programId, { bonusWindowId: bonus.id });
      return bonus;
    });
  }

  /** Calls a window off: nothing more is promised by it. What was promised stays. */
  async cancel(context: RequestContext, globalId: string): Promise<BonusWindow | NotFound> {
    context.session.require('bonus.manage');
    const id = rowId(BonusWindow, globalId);
    const result = await this.database.transact(async (tx) => {
      const bonus = id && (await tx.first(BonusWindow, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!bonus || bonus.programId !== context.session.program.id) return new NotFound();
      if (bonus.cancelledAt) return bonus;
      await tx.execute(sql`UPDATE bonus_window SET cancelled_at = ${tx.now} WHERE id = ${bonus.id}`);
      await this.events.emit(tx, 'bonusWindow.cancelled', bonus.programId, { bonusWindowId: bonus.id });
      return Object.assign(new BonusWindow(), bonus, { cancelledAt: tx.now });
    });
    this.ofProgram.clear(context);
    return result;
  }

  /** The windows of the program, newest first; ambassadors get those that have begun or are announced, too. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<BonusWindow>> {
    context.session.require('challenge.read');
    const where = sql`bonus_window.program_id = ${context.session.program.id}`;
    return paginate(this.database, { entity: BonusWindow, where, order: newestFirst('bonus_window'), page });
  }

  /** A window of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<BonusWindow | undefined> {
    if (!context.session.may('challenge.read')) return undefined;
    const bonus = await this.database.read((db) => db.first(BonusWindow, sql`WHERE id = ${id}`));
    return bonus?.programId === context.session.program.id ? bonus : undefined;
  }
}
