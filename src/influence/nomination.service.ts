import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import { SuperpromoterNomination } from './nomination.entity.js';
import type { SuperpromoterNominateInput, SuperpromoterNominationWithdrawInput } from './nomination.inputs.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'superpromoter.nominated': { readonly nominationId: string; readonly ambassadorId: string };
    'superpromoter.nominationWithdrawn': { readonly nominationId: string; readonly ambassadorId: string };
  }
}

/** As many as stand of one ambassador; all of them are shown as evidence. */
export const nominationsMax = 50;

const nominationById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(SuperpromoterNomination, sql`WHERE id IN (${join([...ids])})`),
  );
  return inOrder(ids, rows, (row) => row.id);
});

/** Evidence by hand: what staff saw, who noted it and when, and what was withdrawn. */
export class NominationService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
  ) {}

  async nominate(
    context: RequestContext,
    input: SuperpromoterNominateInput,
  ): Promise<SuperpromoterNomination | InputInvalid | IdempotencyKeyReused | NotFound> {
    context.session.require('superpromoter.nominate');
    const { program, caller } = context.session;
    const result = await this.database.transact((tx) =>
      once(tx, { programId: program.id, caller, operation: 'superpromoterNominate', input }, () =>
        this.insert(tx, context, input),
      ),
    );
    return result instanceof Problem ? result : this.fresh(context, result);
  }

  /** Takes a nomination back. What stands withdrawn stays so, with its first reason. */
  async withdraw(
    context: RequestContext,
    input: SuperpromoterNominationWithdrawInput,
  ): Promise<SuperpromoterNomination | NotFound> {
    context.session.require('superpromoter.nominate');
    const id = rowId(SuperpromoterNomination, input.nominationId) ?? '';
    const known = await this.find(context, id);
    if (!known) return new NotFound();
    const { program, caller } = context.session;
    await this.database.transact(async (tx) => {
      const withdrawn = await tx.execute(sql`
        UPDATE superpromoter_nomination
        SET withdrawn_by = ${caller}, withdrawn_at = ${tx.now}, withdrawal_reason = ${input.reason}
        WHERE id = ${id} AND withdrawn_at IS NULL`);
      if (withdrawn === 0) return;
      const { ambassadorId } = known;
      await this.events.emit(tx, 'superpromoter.nominationWithdrawn', program.id, { nominationId: id, ambassadorId });
    });
    return this.fresh(context, id);
  }

  /** A nomination that the caller may see; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<SuperpromoterNomination | undefined> {
    if (!context.session.may('superpromoter.read')) return undefined;
    const nomination = await nominationById.load(context, id);
    return nomination?.programId === context.session.program.id ? nomination : undefined;
  }

  /** What staff noted of an ambassador, newest first, withdrawn or not. */
  list(context: RequestContext, ambassador: Ambassador, page: PageArgs): Promise<Page<SuperpromoterNomination>> {
    context.session.require('superpromoter.read');
    const where = sql`superpromoter_nomination.ambassador_id = ${ambassador.id}`;
    const order = newestFirst<SuperpromoterNomination>('superpromoter_nomination');
    return paginate(this.database, { entity: SuperpromoterNomination, where, order, page });
  }

  private async insert(
    tx: Transaction,
    context: RequestContext,
    input: SuperpromoterNominateInput,
  ): Promise<string | InputInvalid | NotFound> {
    const { program, caller } = context.session;
    const inProgram = sql`id = ${rowId(Ambassador, input.ambassadorId) ?? ''} AND program_id = ${program.id}`;
    const ambassador = await tx.first(Ambassador, sql`WHERE ${inProgram} ${tx.forUpdate}`);
    if (!ambassador) return new NotFound();
    const seenAt = input.seenAt ?? tx.now;
    if (seenAt > tx.now) return InputInvalid.at(['seenAt'], 'must not be in the future');
    const standing = sql`WHERE ambassador_id = ${ambassador.id} AND withdrawn_at IS NULL`;
    if ((await tx.count(SuperpromoterNomination, standing)) >= nominationsMax) {
      return InputInvalid.at(['ambassadorId'], `has ${nominationsMax} nominations already; withdraw one first`);
    }
    const id = tx.newId();
    await tx.insert(SuperpromoterNomination, {
      id,
      programId: program.id,
      ambassadorId: ambassador.id,
      gate: input.gate,
      people: input.people,
      text: input.text,
      seenAt,
      nominatedBy: caller,
      nominatedAt: tx.now,
      withdrawnBy: null,
      withdrawnAt: null,
      withdrawalReason: null,
    });
    const payload = { nominationId: id, ambassadorId: ambassador.id };
    await this.events.emit(tx, 'superpromoter.nominated', program.id, payload);
    return id;
  }

  private async fresh(context: RequestContext, id: string): Promise<SuperpromoterNomination> {
    nominationById.clear(context);
    const nomination = await nominationById.load(context, id);
    if (!nomination) throw new Error('A nomination that was written is gone');
    return nomination;
  }
}
