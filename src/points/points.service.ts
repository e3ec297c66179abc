import sql from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { AmbassadorService } from '../ambassadors/ambassador.service.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { paginate, type SortKey } from '../platform/database/paginate.js';
import type { Page } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import { balancePointsMax, emptyBalance, type Ledger } from './ledger.js';
import {
  accountName,
  type PointsBalance,
  PointsEntry,
  PointsHold,
  PointsTransfer,
  unitOfAccount,
} from './points.entity.js';
import type { PointsAdjustInput, PointsEntriesArgs, PointsReverseInput } from './points.inputs.js';
import { balanceOf, entryById, unitBalancesOf } from './points.loaders.js';
import { AlreadyReversed, BalanceInsufficient, PointsAdjusted, PointsReversed } from './points.results.js';
import { type PointsStatement, readStatement, type StatementArgs } from './statement.js';
import { storedUnit } from './unit.entity.js';
import { type UnitService, unitsOfProgram } from './unit.service.js';

const newestOnAccount: readonly SortKey<PointsEntry>[] = [
  { column: 'points_entry.sequence', direction: 'DESC', read: (entry) => entry.sequence ?? 0 },
];
const releaseBatchSize = 200;
/** Before and after everything that can be posted. */
const beginning = new Date('1000-01-01T00:00:00.000Z');
const endOfTime = new Date('9999-12-31T23:59:59.999Z');

type ReverseRefusal = InputInvalid | AlreadyReversed | NotFound;

/** Points as callers see and move them; the ledger below does the bookkeeping. */
export class PointsService {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly ambassadors: AmbassadorService,
    private readonly units: UnitService,
  ) {}

  /** Gives or takes points by hand, once for each idempotency key. */
  async adjust(
    context: RequestContext,
    input: PointsAdjustInput,
  ): Promise<PointsAdjusted | InputInvalid | IdempotencyKeyReused | BalanceInsufficient | NotFound> {
    context.session.require('points.adjust');
    const id = rowId({ name: 'Ambassador' }, input.ambassadorId);
    const ambassador = id && (await this.ambassadors.find(context, id));
    if (!ambassador) return new NotFound();
    const result = await this.database.transact((tx) =>
      once(tx, { ...this.callOf(context), operation: 'pointsAdjust', input }, () =>
        this.adjustBalance(tx, context, ambassador.id, input),
      ),
    );
    if (result instanceof Problem) return result;
    return new PointsAdjusted(...(await this.entryAndBalance(context, result)));
  }

  /** Undoes an entry, whole or in part, once for each idempotency key. */
  async reverse(
    context: RequestContext,
    input: PointsReverseInput,
  ): Promise<PointsReversed | ReverseRefusal | IdempotencyKeyReused> {
    context.session.require('points.reverse');
    const id = rowId(PointsEntry, input.entryId);
    const entry = id && (await this.find(context, id));
    if (!entry) return new NotFound();
    const result = await this.database.transact((tx) =>
      once(tx, { ...this.callOf(context), operation: 'pointsReverse', input }, () =>
        this.reverseEntry(tx, context, entry, input),
      ),
    );
    if (result instanceof Problem) return result;
    return new PointsReversed(...(await this.entryAndBalance(context, result)));
  }

  /** An entry that the caller may see; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<PointsEntry | undefined> {
    const entry = await entryById.load(context, id);
    if (entry?.programId !== context.session.program.id || entry.ambassadorId === null) return undefined;
    return context.session.may('points.read', entry) ? entry : undefined;
  }

  async balance(context: RequestContext, ambassador: Ambassador): Promise<PointsBalance> {
    context.session.require('points.read', ambassador);
    return requireBalance(context, ambassador.id);
  }

  /** What an ambassador has in each unit of the program, the default one first; in one that it never had, nothing. */
  async balances(context: RequestContext, ambassador: Ambassador): Promise<PointsBalance[]> {
    const own = await this.balance(context, ambassador);
    const [units, opened] = await Promise.all([
      unitsOfProgram.load(context, ambassador.programId),
      unitBalancesOf.load(context, ambassador.id),
    ]);
    return units.map(({ key }) => {
      const unitKey = storedUnit(key);
      if (unitKey === null) return own;
      return opened.find((balance) => balance.unitKey === unitKey) ?? emptyBalance(ambassador, unitKey);
    });
  }

  /** The lines of one account of an ambassador, newest first. */
  async entries(context: RequestContext, ambassador: Ambassador, args: PointsEntriesArgs): Promise<Page<PointsEntry>> {
    context.session.require('points.read', ambassador);
    const account = accountName(args.account, storedUnit(args.unitKey));
    return paginate(this.database, {
      entity: PointsEntry,
      where: sql`points_entry.ambassador_id = ${ambassador.id} AND points_entry.account = ${account}`,
      order: newestOnAccount,
      page: args,
    });
  }

  /** What an ambassador had at two moments, and what came and went between them. */
  async statement(context: RequestContext, ambassador: Ambassador, args: StatementArgs): Promise<PointsStatement> {
    context.session.require('points.read', ambassador);
    const { unitKey, from, to } = args;
    const span = { unitKey, from: from ?? beginning, to: to ?? endOfTime };
    return this.database.read((db) => readStatement(db, ambassador.id, span));
  }

  /** Makes available what has waited for its pending period. Any number of processes may run it at once. */
  async releaseDue(now: Date): Promise<number> {
    const due = await this.database.read((db) =>
      db.select(PointsHold, sql`WHERE available_at <= ${now} ORDER BY available_at LIMIT ${releaseBatchSize}`),
    );
    // One that cannot be released must not keep the others waiting; whoever runs this gets to know of it.
    const released = await Promise.allSettled(
      due.map((hold) => this.database.transact((tx) => this.ledger.release(tx, hold))),
    );
    const failed = released.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    return due.length;
  }

  private async adjustBalance(
    tx: Transaction,
    context: RequestContext,
    ambassadorId: string,
    { amountPoints, reason, unitKey }: PointsAdjustInput,
  ): Promise<string | BalanceInsufficient | InputInvalid | NotFound> {
    const held = await this.ledger.lockBalance(tx, ambassadorId);
    if (unitKey && !(await this.units.find(tx, held.programId, unitKey))) return new NotFound();
    const balance = await this.ledger.inUnit(tx, held, storedUnit(unitKey));
    if (amountPoints < 0 && balance.available < -amountPoints) {
      return new BalanceInsufficient(balance.available, -amountPoints);
    }
    if (Math.max(balance.available, balance.lifetime) + amountPoints > balancePointsMax) {
      return InputInvalid.at(['amountPoints'], 'is more than an account can hold');
    }
    const entry = await this.ledger.adjust(tx, balance, { amountPoints, reason, actor: context.session.caller });
    return entry.id;
  }

  private async reverseEntry(
    tx: Transaction,
    context: RequestContext,
    entry: PointsEntry,
    input: PointsReverseInput,
  ): Promise<string | ReverseRefusal> {
    if (entry.ambassadorId === null) return new NotFound();
    const balance = await this.ledger.lockBalance(tx, entry.ambassadorId);
    const transfer = await tx.first(PointsTransfer, sql`WHERE id = ${entry.transferId} ${tx.forUpdate}`);
    if (!transfer) return new NotFound();
    if (transfer.kind !== 'AWARD' && transfer.kind !== 'ADJUSTMENT') {
      return InputInvalid.at(['entryId'], 'must be an award or an adjustment');
    }
    const left = transfer.amountPoints - transfer.reversedPoints;
    if (left === 0) return new AlreadyReversed();
    const amountPoints = input.amountPoints ?? left;
    if (amountPoints > left)
      return InputInvalid.at(['amountPoints'], `must not be more than the ${left} that are left`);
    const change = { amountPoints, reason: input.reason, actor: context.session.caller };
    return (await this.ledger.reverse(tx, balance, { transfer, entry }, change)).id;
  }

  private callOf({ session }: RequestContext) {
    return { programId: session.program.id, caller: session.caller };
  }

  /** An entry that was just posted, and what its ambassador has now in its unit. */
  async entryAndBalance(context: RequestContext, entryId: string): Promise<[PointsEntry, PointsBalance]> {
    balanceOf.clear(context);
    unitBalancesOf.clear(context);
    const entry = await entryById.load(context, entryId);
    if (!entry?.ambassadorId) throw new Error('An entry that was posted is gone');
    const unitKey = unitOfAccount(entry.account);
    if (unitKey === null) return [entry, await requireBalance(context, entry.ambassadorId)];
    const balances = await unitBalancesOf.load(context, entry.ambassadorId);
    const balance = balances.find((each) => each.unitKey === unitKey);
    if (!balance) throw new Error('An entry is in a unit of which there is no balance');
    return [entry, balance];
  }
}

export async function requireBalance(context: RequestContext, ambassadorId: string): Promise<PointsBalance> {
  const balance = await balanceOf.load(context, ambassadorId);
  if (!balance) throw new Error('An ambassador has no account');
  return balance;
}
