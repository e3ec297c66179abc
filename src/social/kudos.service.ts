import sql from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { AmbassadorService } from '../ambassadors/ambassador.service.js';
import type { RequestContext } from '../identity/session.js';
import { calendarBounds } from '../platform/calendar.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { paginate, type SortKey } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import type { Ledger } from '../points/ledger.js';
import { lockBalances } from '../points/points.walk.js';
import { defaultUnitKey } from '../points/unit.entity.js';
import { Activity } from './activity.entity.js';
import type { ActivityService } from './activity.service.js';
import { Kudos } from './kudos.entity.js';
import { causeOfKudos } from './kudos.events.js';
import type { KudosGiveInput, KudosWithdrawInput } from './kudos.inputs.js';
import {
  kudosById,
  kudosCountOfActivity,
  kudosCountOfAmbassador,
  seenBy,
  seenKudosById,
  viewerKudosOf,
} from './kudos.loaders.js';
import { KudosRefused } from './kudos.results.js';
import type { SocialTerms } from './terms.entity.js';
import { termsIn } from './terms.service.js';

/** Who praises whom, and for what. */
interface Praise {
  readonly fromId: string;
  readonly toId: string;
  readonly activityId: string | null;
  readonly message: string | null;
}

const latestFirst: readonly SortKey<Kudos>[] = [
  { column: 'kudos.given_at', direction: 'DESC', read: ({ givenAt }) => givenAt },
  { column: 'kudos.id', direction: 'DESC', read: ({ id }) => id },
];

/** Praise between ambassadors of a program. */
export class KudosService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
    private readonly ambassadors: AmbassadorService,
    private readonly activities: ActivityService,
  ) {}

  /** Praises another ambassador, once for each idempotency key. */
  async give(
    context: RequestContext,
    input: KudosGiveInput,
  ): Promise<Kudos | KudosRefused | InputInvalid | IdempotencyKeyReused | NotFound> {
    const fromId = context.session.requireAmbassador('kudos.give');
    const praise = await this.praiseOf(context, input, fromId);
    if (praise instanceof Problem) return praise;
    const { program, caller } = context.session;
    const result = await this.database.transact(async (tx) => {
      // Both held before anything is looked at: the limits of giver and receiver are counted one after the other.
      const ends = [{ ambassadorId: fromId }, { ambassadorId: praise.toId }];
      await lockBalances(tx, ends, defaultUnitKey);
      const call = { programId: program.id, caller, operation: 'kudosGive', input };
      return once(tx, call, () => this.giveIn(tx, context, praise));
    });
    if (result instanceof Problem) return result;
    return this.reread(context, result);
  }

  /** Takes kudos back with what they paid; done again it changes nothing. One's own, or as a moderator anybody's. */
  async withdraw(context: RequestContext, { kudosId }: KudosWithdrawInput): Promise<Kudos | NotFound> {
    const { session } = context;
    session.require('kudos.withdraw');
    const id = rowId(Kudos, kudosId);
    const kudos = id && (await kudosById.load(context, id));
    if (!kudos || kudos.programId !== session.program.id || !session.may('kudos.withdraw', kudos)) {
      return new NotFound();
    }
    await this.database.transact((tx) => this.withdrawIn(tx, context, kudos));
    return this.reread(context, kudos.id);
  }

  /** Kudos that the caller may see. */
  async find(context: RequestContext, id: string): Promise<Kudos | undefined> {
    return context.session.may('kudos.read') ? seenKudosById.load(context, id) : undefined;
  }

  /** What an ambassador got, the latest first, as far as the caller may see it. */
  listOfAmbassador(context: RequestContext, { id }: Ambassador, page: PageArgs): Promise<Page<Kudos>> {
    context.session.require('kudos.read');
    const where = sql`kudos.to_id = ${id} AND ${seenBy(context.session)}`;
    return paginate(this.database, { entity: Kudos, where, order: latestFirst, page });
  }

  /** What was given for an item of the feed, the latest first, as far as the caller may see it. */
  listOfActivity(context: RequestContext, { id }: Activity, page: PageArgs): Promise<Page<Kudos>> {
    context.session.require('kudos.read');
    const where = sql`kudos.activity_id = ${id} AND ${seenBy(context.session)}`;
    return paginate(this.database, { entity: Kudos, where, order: latestFirst, page });
  }

  private async praiseOf(
    context: RequestContext,
    input: KudosGiveInput,
    fromId: string,
  ): Promise<Praise | KudosRefused | InputInvalid | NotFound> {
    const receiverId = rowId(Ambassador, input.toAmbassadorId);
    const receiver = receiverId && (await this.ambassadors.find(context, receiverId));
    if (!receiver) return new NotFound();
    if (receiver.id === fromId) return new KudosRefused('ONESELF');
    const praise = { fromId, toId: receiver.id, message: input.message ?? null };
    if (!input.activityId) return { ...praise, activityId: null };
    const activityId = rowId(Activity, input.activityId);
    const activity = activityId && (await this.activities.find(context, activityId));
    if (!activity) return new NotFound();
    if (activity.ambassadorId !== receiver.id) return InputInvalid.at(['activityId'], 'must tell of that ambassador');
    if (activity.kind === 'KUDOS_GIVEN') return InputInvalid.at(['activityId'], 'must not be kudos itself');
    return { ...praise, activityId: activity.id };
  }

  private async giveIn(tx: Transaction, { session }: RequestContext, praise: Praise): Promise<string | KudosRefused> {
    const { id: programId, timeZone } = session.program;
    const { fromId, toId, activityId } = praise;
    const terms = await termsIn(tx, programId);
    const { from: today } = calendarBounds('DAY', timeZone, tx.now);
    const refusal = await this.refusalOf(tx, terms, praise, today);
    if (refusal) return refusal;
    const points = await this.pointsFor(tx, terms, toId, today);
    const id = tx.newId();
    await tx.insert(Kudos, { id, programId, ...praise, points, givenAt: tx.now, withdrawnAt: null });
    if (points > 0) {
      const cause = causeOfKudos(id);
      const award = { ambassadorId: toId, amountPoints: points, cause, category: null };
      await this.ledger.award(tx, { ...award, reason: 'Kudos', actor: 'system' });
    }
    await this.events.emit(tx, 'kudos.given', programId, { kudosId: id, fromId, toId, activityId });
    return id;
  }

  private async refusalOf(
    tx: Transaction,
    { kudosPerDayMax }: SocialTerms,
    { fromId, activityId }: Praise,
    today: Date,
  ): Promise<KudosRefused | undefined> {
    if (kudosPerDayMax === 0) return new KudosRefused('NOT_OFFERED');
    const before = sql`WHERE activity_id = ${activityId} AND from_id = ${fromId}`;
    if (activityId !== null && (await tx.first(Kudos, before))) return new KudosRefused('GIVEN_BEFORE');
    // Those that were withdrawn count: giving and taking back is no way around the limit.
    const given = await tx.count(Kudos, sql`WHERE from_id = ${fromId} AND given_at >= ${today}`);
    return given >= kudosPerDayMax ? new KudosRefused('LIMIT_REACHED') : undefined;
  }

  /** What kudos pay now: nothing where that would be more than one can get in a day. */
  private async pointsFor(
    tx: Transaction,
    { kudosPoints, kudosPointsPerDayMax }: SocialTerms,
    toId: string,
    today: Date,
  ): Promise<number> {
    if (kudosPoints === 0) return 0;
    const [paid] = await tx.query<{ points: number | string | null }>(
      sql`SELECT SUM(points) AS points FROM kudos WHERE to_id = ${toId} AND given_at >= ${today}`,
    );
    return Number(paid?.points ?? 0) + kudosPoints > kudosPointsPerDayMax ? 0 : kudosPoints;
  }

  private async withdrawIn(tx: Transaction, { session }: RequestContext, { id, fromId, toId }: Kudos): Promise<void> {
    const balance = await this.ledger.lockBalance(tx, toId);
    const withdrawn = await tx.execute(sql`
      UPDATE kudos SET withdrawn_at = ${tx.now}, message = NULL WHERE id = ${id} AND withdrawn_at IS NULL`);
    if (withdrawn === 0) return;
    await tx.execute(sql`DELETE FROM kudos_report WHERE kudos_id = ${id}`);
    const change = { reason: 'Kudos withdrawn', actor: session.caller };
    await this.ledger.reverseCause(tx, balance, causeOfKudos(id), change);
    await this.events.emit(tx, 'kudos.withdrawn', session.program.id, { kudosId: id, fromId, toId });
  }

  private async reread(context: RequestContext, id: string): Promise<Kudos> {
    for (const loader of [kudosById, seenKudosById, kudosCountOfActivity, kudosCountOfAmbassador, viewerKudosOf]) {
      loader.clear(context);
    }
    const kudos = await kudosById.load(context, id);
    if (!kudos) throw new Error('Kudos are gone that were just written');
    return kudos;
  }
}
