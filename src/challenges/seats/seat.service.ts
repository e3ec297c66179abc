import sql from 'sql-template-tag';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Reader, Transaction } from '../../platform/database/database.js';
import { paginate } from '../../platform/database/paginate.js';
import type { Events } from '../../platform/events/events.js';
import type { Page } from '../../platform/graphql/connection.js';
import { rowId } from '../../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../../platform/graphql/problem.js';
import type { ChallengeEligibility } from '../challenge.eligibility.js';
import { Challenge } from '../challenge.entity.js';
import { ChallengeNotEligible, type MissingRequirement } from '../challenge.refusals.js';
import { ChallengeClosed } from '../submission.results.js';
import { Seat } from './seat.entity.js';
import type { SeatReleaseInput, SeatRequestInput, SeatsArgs, SeatVacateInput } from './seat.inputs.js';
import { seatCountOf, seatOf } from './seat.loaders.js';
import './seat.events.js';

/** How many move up in one transaction. */
const movedAtOnceMax = 100;

/**
 * Seats of beta programmes, and the line for them. Whoever asks, leaves or changes how many there are holds the
 * challenge, so that seats are never overrun and nobody overtakes.
 */
export class SeatService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly eligibility: ChallengeEligibility,
  ) {}

  /** Asks for a seat: it is taken at once, or the caller stands in line. Asking again answers with the same. */
  async request(
    context: RequestContext,
    { challengeId }: SeatRequestInput,
  ): Promise<Seat | ChallengeClosed | ChallengeNotEligible | InputInvalid | NotFound> {
    const ambassadorId = context.session.requireAmbassador('seat.request');
    const result = await this.database.transact(async (tx) => {
      const challenge = await lock(tx, context, challengeId);
      if (!challenge) return new NotFound();
      if (challenge.kind !== 'BETA_PROGRAM') return InputInvalid.at(['challengeId'], 'has no seats');
      const known = await seatIn(tx, challenge.id, ambassadorId);
      if (known) return known;
      if (!challenge.isOpenAt(tx.now)) return new ChallengeClosed(challenge);
      const missing = await this.missing(tx, challenge, ambassadorId);
      if (missing.length > 0) return new ChallengeNotEligible(missing);
      const { id, programId } = challenge;
      await tx.insert(Seat, {
        id: tx.newId(),
        programId,
        challengeId: id,
        ambassadorId,
        status: 'WAITING',
        requestedAt: tx.now,
      });
      await this.moveUp(tx, challenge);
      return requireSeat(tx, id, ambassadorId);
    });
    forget(context);
    return result;
  }

  private async missing(
    tx: Transaction,
    challenge: Challenge,
    ambassadorId: string,
  ): Promise<readonly MissingRequirement[]> {
    const ambassador = await tx.first(Ambassador, sql`WHERE id = ${ambassadorId}`);
    if (!ambassador) throw new Error('An ambassador who asks for a seat is gone');
    const [missing = []] = await this.eligibility.missing(tx, ambassador, [challenge]);
    return missing;
  }

  /** The calling ambassador leaves its seat, or the line. */
  release(context: RequestContext, { challengeId }: SeatReleaseInput): Promise<Challenge | NotFound> {
    return this.leave(context, challengeId, context.session.requireAmbassador('seat.request'));
  }

  /** Somebody's seat is free again, or the place in the line is gone. */
  async vacate(context: RequestContext, { challengeId, ambassadorId }: SeatVacateInput): Promise<Challenge | NotFound> {
    context.session.require('seat.vacate');
    const id = rowId(Ambassador, ambassadorId);
    return id ? this.leave(context, challengeId, id) : new NotFound();
  }

  /** Gives a seat up; the next in line moves up. Nothing happens where there is none. */
  private async leave(context: RequestContext, globalId: string, ambassadorId: string): Promise<Challenge | NotFound> {
    const result = await this.database.transact(async (tx) => {
      const challenge = await lock(tx, context, globalId);
      if (!challenge) return new NotFound();
      const { id: challengeId, programId } = challenge;
      const left = await tx.execute(sql`
        DELETE FROM seat WHERE challenge_id = ${challengeId} AND ambassador_id = ${ambassadorId}`);
      if (left === 0) return challenge;
      await this.events.emit(tx, 'seat.released', programId, { challengeId, ambassadorId });
      await this.moveUp(tx, challenge);
      return challenge;
    });
    forget(context);
    return result;
  }

  /** Who takes part or waits, in the order of the line. */
  async list(context: RequestContext, challenge: Challenge, args: SeatsArgs): Promise<Page<Seat>> {
    context.session.require('seat.list');
    const ofChallenge = sql`seat.challenge_id = ${challenge.id}`;
    const where = args.status ? sql`${ofChallenge} AND seat.status = ${args.status}` : ofChallenge;
    return paginate(this.database, {
      entity: Seat,
      where,
      order: [{ column: 'seat.id', direction: 'ASC', read: ({ id }) => id }],
      page: args,
    });
  }

  /** After there are more seats: those who wait move up, some in each transaction. */
  async fill(challengeId: string): Promise<void> {
    while ((await this.database.transact((tx) => this.fillIn(tx, challengeId))) === movedAtOnceMax);
  }

  private async fillIn(tx: Transaction, challengeId: string): Promise<number> {
    const challenge = await tx.first(Challenge, sql`WHERE id = ${challengeId} ${tx.forUpdate}`);
    return challenge ? this.moveUp(tx, challenge) : 0;
  }

  /** Gives free seats to those who stand first in line, and answers how many. The caller holds the challenge. */
  private async moveUp(tx: Transaction, challenge: Challenge): Promise<number> {
    const free = challenge.seats === null ? movedAtOnceMax : challenge.seats - (await takenSeats(tx, challenge.id));
    if (free <= 0) return 0;
    const next = await tx.select(
      Seat,
      sql`WHERE challenge_id = ${challenge.id} AND status = 'WAITING'
        ORDER BY id LIMIT ${Math.min(free, movedAtOnceMax)}`,
    );
    for (const { id, programId, challengeId, ambassadorId } of next) {
      await tx.execute(sql`UPDATE seat SET status = 'TAKEN', taken_at = ${tx.now} WHERE id = ${id}`);
      await this.events.emit(tx, 'seat.taken', programId, { challengeId, ambassadorId });
    }
    return next.length;
  }
}

/** How many take part now. Who decides by it holds the challenge. */
export function takenSeats(db: Reader, challengeId: string): Promise<number> {
  return db.count(Seat, sql`WHERE challenge_id = ${challengeId} AND status = 'TAKEN'`);
}

/** Whether an ambassador takes part, held until the transaction ends. */
export async function holdsSeat(tx: Transaction, challengeId: string, ambassadorId: string): Promise<boolean> {
  const seat = await tx.first(
    Seat,
    sql`WHERE challenge_id = ${challengeId} AND ambassador_id = ${ambassadorId} ${tx.forShare}`,
  );
  return seat?.status === 'TAKEN';
}

async function lock(tx: Transaction, { session }: RequestContext, globalId: string): Promise<Challenge | undefined> {
  const id = rowId(Challenge, globalId);
  const challenge = id && (await tx.first(Challenge, sql`WHERE id = ${id} ${tx.forUpdate}`));
  return challenge && challenge.programId === session.program.id ? challenge : undefined;
}

function seatIn(db: Reader, challengeId: string, ambassadorId: string): Promise<Seat | undefined> {
  return db.first(Seat, sql`WHERE challenge_id = ${challengeId} AND ambassador_id = ${ambassadorId}`);
}

async function requireSeat(db: Reader, challengeId: string, ambassadorId: string): Promise<Seat> {
  const seat = await seatIn(db, challengeId, ambassadorId);
  if (!seat) throw new Error('A seat that was asked for is gone');
  return seat;
}

function forget(context: RequestContext): void {
  seatOf.clear(context);
  seatCountOf.clear(context);
}
