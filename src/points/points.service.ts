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
import { balancePointsMax, type Ledger } from './ledger.js';
import { PointsBalance, PointsEntry, PointsHold, PointsTransfer } from './points.entity.js';
import type { PointsAdjustInput, PointsEntriesArgs, PointsReverseInput } from './points.inputs.js';
import { balanceOf, entryById } from './points.loaders.js';
import { AlreadyReversed, BalanceInsufficient, PointsAdjusted, PointsReversed } from './points.results.js';

const newestOnAccount: readonly SortKey<PointsEntry>[] = [
  { column: 'points_entry.sequence', direction: 'DESC', read: (entry) => entry.sequence ?? 0 },
];
const releaseBatchSize = 200;

type ReverseRefusal = InputInvalid | AlreadyReversed | NotFound;

/** Points as callers see and move them; the ledger below does the bookkeeping. */
export class PointsService {
  constructor(
    private readonly database: Database,
    private readonly ledger: Ledger,
    private readonly ambassadors: AmbassadorService,
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

  /** The lines of one account of an ambassador, newest first. */
  async entries(context: RequestContext, ambassador: Ambassador, args: PointsEntriesArgs): Promise<Page<PointsEntry>> {
    context.session.require('points.read', ambassador);
    return paginate(this.database, {
      entity: PointsEntry,
      where: sql`points_entry.ambassador_id = ${ambassador.id} AND points_entry.account = ${args.account}`,
      order: newestOnAccount,
      page: args,
    });
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
    { amountPoints, reason }: PointsAdjustInput,
  ): Promise<string | BalanceInsufficient | InputInvalid> {
    const balance = await this.ledger.lockBalance(tx, ambassadorId);
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

  private async entryAndBalance(context: RequestContext, entryId: string): Promise<[PointsEntry, PointsBalance]> {
    balanceOf.clear(context);
    const entry = await entryById.load(context, entryId);
    if (!entry?.ambassadorId) throw new Error('An entry that was posted is gone');
    return [entry, await requireBalance(context, entry.ambassadorId)];
  }
}

export async function requireBalance(context: RequestContext, ambassadorId: string): Promise<PointsBalance> {
  const balance = await balanceOf.load(context, ambassadorId);
  if (!balance) throw new Error('An ambassador has no account');
  return balance;
}
