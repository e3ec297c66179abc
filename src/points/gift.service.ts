import sql from 'sql-template-tag';
import type { AmbassadorService } from '../ambassadors/ambassador.service.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import { readTerms } from './expiry.reckoning.js';
import { dayOf } from './expiry.terms.js';
import type { PointsTransferInput } from './gift.inputs.js';
import { give } from './gift.posting.js';
import { PointsTransferred, TransferRefused } from './gift.results.js';
import { balancePointsMax, type Ledger } from './ledger.js';
import { type LotSlice, oldestOf } from './lots.js';
import { readLots } from './lots.reading.js';
import type { PointsBalance } from './points.entity.js';
import { BalanceInsufficient } from './points.results.js';
import type { PointsService } from './points.service.js';
import { lockBalances } from './points.walk.js';
import { defaultUnitKey, type PointsUnit, storedUnit } from './unit.entity.js';
import type { UnitService } from './unit.service.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /** An ambassador gave points to another. */
    'points.transferred': PointsGiven;
  }
}

export interface PointsGiven {
  readonly fromAmbassadorId: string;
  readonly toAmbassadorId: string;
  readonly unitKey: string;
  readonly points: number;
}

type Refusal = InputInvalid | BalanceInsufficient | TransferRefused | NotFound;

/** The giver and the taker, both held. */
interface Sides {
  readonly from: PointsBalance;
  readonly to: PointsBalance;
  readonly unit: PointsUnit;
}

/** Points that ambassadors give each other, where the program lets them. */
export class GiftService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
    private readonly ambassadors: AmbassadorService,
    private readonly units: UnitService,
    private readonly points: PointsService,
  ) {}

  /** Gives points of the caller to another ambassador of the program, once for each idempotency key. */
  async transfer(
    context: RequestContext,
    input: PointsTransferInput,
  ): Promise<PointsTransferred | Refusal | IdempotencyKeyReused> {
    const giverId = context.session.requireAmbassador('points.give');
    const { program, caller } = context.session;
    const id = rowId({ name: 'Ambassador' }, input.recipientId);
    const recipient = id && (await this.ambassadors.find(context, id));
    if (!recipient) return new NotFound();
    if (recipient.id === giverId) return new TransferRefused('OWN_ACCOUNT');
    const result = await this.database.transact(async (tx) => {
      // Both held before anything is looked at, in the order of their ids: two who give each other never wait in a circle.
      const held = await lockBalances(tx, [{ ambassadorId: giverId }, { ambassadorId: recipient.id }], defaultUnitKey);
      return once(tx, { programId: program.id, caller, operation: 'pointsTransfer', input }, async () => {
        const unit = await this.units.find(tx, program.id, input.unitKey);
        if (!unit) return new NotFound();
        const sides = await this.sidesOf(tx, held, unit, giverId);
        const refusal = await this.refusalOf(tx, context, sides, input.amountPoints);
        return refusal ?? this.giveIn(tx, context, sides, input);
      });
    });
    if (result instanceof Problem) return result;
    return new PointsTransferred(...(await this.points.entryAndBalance(context, result)));
  }

  private async sidesOf(
    tx: Transaction,
    held: readonly PointsBalance[],
    unit: PointsUnit,
    giverId: string,
  ): Promise<Sides> {
    const giver = held.find(({ ambassadorId }) => ambassadorId === giverId);
    const taker = held.find(({ ambassadorId }) => ambassadorId !== giverId);
    if (!giver || !taker) throw new Error('An ambassador has no account');
    const key = storedUnit(unit.key);
    return { from: await this.ledger.inUnit(tx, giver, key), to: await this.ledger.inUnit(tx, taker, key), unit };
  }

  /** Why it cannot be, as things stand under the locks. */
  private async refusalOf(
    tx: Transaction,
    { session }: RequestContext,
    { from, to, unit }: Sides,
    amountPoints: number,
  ): Promise<Refusal | undefined> {
    if (!unit.giftsAllowed) return new TransferRefused('NOT_ALLOWED');
    if (amountPoints < unit.giftPointsMin) return new TransferRefused('TOO_FEW');
    if (from.available < amountPoints) return new BalanceInsufficient(from.available, amountPoints);
    if (to.available + amountPoints > balancePointsMax) {
      return InputInvalid.at(['amountPoints'], 'is more than an account can hold');
    }
    const key = storedUnit(unit.key);
    const { beganAt } = dayOf(tx.now, session.program.timeZone);
    const [today] = await tx.query<{ times: number | string; points: number | string | null }>(sql`
      SELECT COUNT(*) AS times, SUM(amount_points) AS points FROM points_transfer
      WHERE ambassador_id = ${from.ambassadorId} AND kind = 'SENT' AND posted_at >= ${beganAt}
        AND ${key === null ? sql`unit_key IS NULL` : sql`unit_key = ${key}`}`);
    const isOver =
      Number(today?.times ?? 0) >= unit.giftsPerDayMax ||
      Number(today?.points ?? 0) + amountPoints > unit.giftPointsPerDayMax;
    return isOver ? new TransferRefused('LIMIT_REACHED') : undefined;
  }

  private async giveIn(
    tx: Transaction,
    { session }: RequestContext,
    { from, to, unit }: Sides,
    { amountPoints, message }: PointsTransferInput,
  ): Promise<string> {
    const slices = await this.partWith(tx, from, unit, amountPoints);
    const entry = await give(tx, this.events, {
      from,
      to,
      amountPoints,
      slices,
      reason: message,
      actor: session.caller,
    });
    await this.events.emit(tx, 'points.transferred', session.program.id, {
      fromAmbassadorId: from.ambassadorId,
      toAmbassadorId: to.ambassadorId,
      unitKey: unit.key,
      points: amountPoints,
    });
    return entry.id;
  }

  /** Of which age the points are; not asked where points never expired and nobody said that they will. */
  private async partWith(
    tx: Transaction,
    from: PointsBalance,
    unit: PointsUnit,
    amountPoints: number,
  ): Promise<LotSlice[]> {
    const terms = await readTerms(tx, unit.programId, unit.key);
    if (terms.length === 0) return [];
    const [lots] = await readLots(tx, [from]);
    return oldestOf(lots ?? [], amountPoints);
  }
}
