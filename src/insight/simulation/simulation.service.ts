import sql from 'sql-template-tag';
import type { Ambassador } from '../../ambassadors/ambassador.entity.js';
import type { AmbassadorService } from '../../ambassadors/ambassador.service.js';
import { type Badge, BadgeWin, EarnedBadge } from '../../badges/badge.entity.js';
import { badgeById } from '../../badges/badge.loaders.js';
import type { SubmissionDecisions } from '../../challenges/submission.decisions.js';
import type { SubmissionService } from '../../challenges/submission.service.js';
import { type RequestContext, Session } from '../../identity/session.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Reader } from '../../platform/database/database.js';
import { rowId } from '../../platform/graphql/node.js';
import { NotFound, Problem } from '../../platform/graphql/problem.js';
import type { GiftService } from '../../points/gift.service.js';
import type { Level } from '../../points/level.entity.js';
import { levelStandingOf } from '../../points/level.standing.js';
import {
  accountName,
  type PointsAccount,
  type PointsBalance,
  PointsEntry,
  PointsTransfer,
  unitKeyOf,
} from '../../points/points.entity.js';
import type { PointsService } from '../../points/points.service.js';
import { lockBalances } from '../../points/points.walk.js';
import { defaultUnitKey } from '../../points/unit.entity.js';
import type { RedemptionService } from '../../rewards/redemption.service.js';
import type { SimulationInput } from './simulation.inputs.js';
import type { SimulatedEntry, Simulation } from './simulation.results.js';

/** The services that do the real things, working where nothing stays. */
export interface StagedServices {
  readonly submissions: SubmissionService;
  readonly decisions: SubmissionDecisions;
  readonly redemptions: RedemptionService;
  readonly points: PointsService;
  readonly gifts: GiftService;
}

/** Runs something on services whose every write is undone at its end. `key` is one that nobody has used. */
export type Rehearse = <T>(work: (staged: StagedServices, database: Database, key: string) => Promise<T>) => Promise<T>;

interface Seen {
  readonly balances: readonly PointsBalance[];
  readonly level: Level;
  /** Each win, as badge and period. */
  readonly wins: ReadonlySet<string>;
}

interface Rehearsed {
  readonly refusal: Problem | null;
  readonly before: Seen;
  readonly after: Seen;
  readonly entries: readonly SimulatedEntry[];
}

const simulatedReason = 'What if';

/**
 * What would come of something, before it is done. There is no second set of rules: the same services do the same things
 * in a transaction that is always rolled back, so that limits, budgets, badges and levels are what they would be. No
 * event reaches anybody.
 */
export class SimulationService {
  constructor(
    private readonly ambassadors: AmbassadorService,
    private readonly rehearse: Rehearse,
    private readonly clock: Clock,
  ) {}

  async simulate(context: RequestContext, input: SimulationInput): Promise<Simulation | null> {
    context.session.require('points.simulate');
    const ambassador = await this.whose(context, input);
    if (!ambassador) return null;
    const { refusal, before, after, entries } = await this.rehearse(async (staged, database, key) => {
      // Held from the first look on, as the real thing would: nobody else's posting comes between before and after.
      await database.transact((tx) => lockBalances(tx, concerned(ambassador, input), defaultUnitKey));
      const look = () => this.look(context, ambassador, staged, database);
      const seen = await look();
      const problem = await this.act(context, input, ambassador, { staged, database, key });
      // What was refused would be undone by itself; here it is seen half done.
      if (problem) return { refusal: problem, before: seen, after: seen, entries: [] };
      const entries = await database.read((db) => entriesSince(db, ambassador.id, seen.balances));
      return { refusal: null, before: seen, after: await look(), entries } satisfies Rehearsed;
    });
    return {
      refusal,
      before: before.balances,
      after: after.balances,
      entries,
      earnedBadges: await this.newBadges(context, before, after),
      levelBefore: before.level,
      levelAfter: after.level,
    };
  }

  /** The ambassador whom it is about: the caller's own, or for staff any of the program; undefined for any other. */
  private async whose(context: RequestContext, input: SimulationInput): Promise<Ambassador | undefined> {
    const { session } = context;
    const named = (input.submission ?? input.redemption ?? input.transfer ?? input.adjustment)?.ambassadorId;
    const id = named ? rowId({ name: 'Ambassador' }, named) : session.ambassadorId;
    const ambassador = id ? await this.ambassadors.find(context, id) : undefined;
    if (!ambassador || !session.may('points.simulate', { ambassadorId: ambassador.id })) return undefined;
    // Nobody gives points to themselves by hand, so there is nothing to try out.
    return input.adjustment && session.role === 'AMBASSADOR' ? undefined : ambassador;
  }

  private async act(
    context: RequestContext,
    { submission, redemption, adjustment, transfer }: SimulationInput,
    ambassador: Ambassador,
    { staged, database, key }: { readonly staged: StagedServices; readonly database: Database; readonly key: string },
  ): Promise<Problem | null> {
    const as = (role: 'ADMIN' | 'AMBASSADOR'): RequestContext => {
      const ambassadorId = role === 'AMBASSADOR' ? ambassador.id : null;
      return {
        ...context,
        database,
        session: new Session(context.session.program, { role, subject: key, ambassadorId }),
      };
    };
    const result = await (async () => {
      if (submission) {
        const { challengeId, proof, isApproved } = submission;
        const submitted = await staged.submissions.submit(as('AMBASSADOR'), { challengeId, proof });
        if (submitted instanceof Problem || !isApproved || submitted.submission.status !== 'PENDING') return submitted;
        return staged.decisions.approve(as('ADMIN'), { submissionId: submitted.submission.globalId() });
      }
      if (redemption) {
        return staged.redemptions.redeem(as('AMBASSADOR'), { rewardId: redemption.rewardId, idempotencyKey: key });
      }
      if (transfer) {
        const { recipientId, amountPoints, unitKey } = transfer;
        const gift = { recipientId, amountPoints, unitKey, message: simulatedReason, idempotencyKey: key };
        return staged.gifts.transfer(as('AMBASSADOR'), gift);
      }
      if (!adjustment) return new NotFound();
      const { amountPoints, unitKey } = adjustment;
      const change = { ambassadorId: ambassador.globalId(), amountPoints, unitKey, reason: simulatedReason };
      return staged.points.adjust(as('ADMIN'), { ...change, idempotencyKey: key });
    })();
    return result instanceof Problem ? result : null;
  }

  /** What the ambassador has at this point of the rehearsal. */
  private async look(
    context: RequestContext,
    ambassador: Ambassador,
    staged: StagedServices,
    database: Database,
  ): Promise<Seen> {
    const here = { ...context, database };
    const balances = await staged.points.balances(here, ambassador);
    const { programId, id: ambassadorId } = ambassador;
    const standing = await levelStandingOf.load(here, { programId, ambassadorId, at: this.clock.now() });
    const ofAmbassador = sql`WHERE ambassador_id = ${ambassador.id}`;
    const earned = await database.read((db) => db.select(EarnedBadge, ofAmbassador));
    const again = await database.read((db) => db.select(BadgeWin, ofAmbassador));
    return {
      balances,
      level: standing.level,
      wins: new Set([
        ...earned.map(({ badgeId }) => badgeId),
        ...again.map(({ badgeId, period }) => `${badgeId} ${period}`),
      ]),
    };
  }

  private async newBadges(context: RequestContext, before: Seen, after: Seen): Promise<Badge[]> {
    const won = [...after.wins].filter((win) => !before.wins.has(win)).map((win) => win.split(' ')[0] ?? '');
    const badges = await badgeById.loadMany(context, [...new Set(won)]);
    const isAmbassador = context.session.role === 'AMBASSADOR';
    return badges.filter((badge) => badge !== undefined).filter((badge) => !(isAmbassador && badge.isSecret()));
  }
}

/** Whose balances the real thing would hold. */
function concerned({ id }: Ambassador, { transfer }: SimulationInput): { readonly ambassadorId: string }[] {
  const recipientId = transfer && rowId({ name: 'Ambassador' }, transfer.recipientId);
  return [{ ambassadorId: id }, ...(recipientId ? [{ ambassadorId: recipientId }] : [])];
}

/** The lines that came on an ambassador's accounts since its balances were these. */
async function entriesSince(
  reader: Reader,
  ambassadorId: string,
  balances: readonly PointsBalance[],
): Promise<SimulatedEntry[]> {
  const found: (SimulatedEntry & { readonly id: string })[] = [];
  for (const balance of balances) {
    const unit = unitKeyOf(balance);
    const marks = [
      { account: 'AVAILABLE', sequence: balance.availableSequence },
      { account: 'PENDING', sequence: balance.pendingSequence },
    ] satisfies { account: PointsAccount; sequence: number }[];
    for (const { account, sequence } of marks) {
      const since = sql`ambassador_id = ${ambassadorId} AND account = ${accountName(account, unit)}
        AND sequence > ${sequence}`;
      for (const { id, transferId, amountPoints } of await reader.select(PointsEntry, sql`WHERE ${since}`)) {
        const transfer = await reader.first(PointsTransfer, sql`WHERE id = ${transferId}`);
        if (!transfer) continue;
        const { kind, reason } = transfer;
        found.push({ id, kind, account, unitKey: unit ?? defaultUnitKey, amountPoints, reason });
      }
    }
  }
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}
