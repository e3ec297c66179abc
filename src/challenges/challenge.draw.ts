import { createHash, createHmac } from 'node:crypto';
import sql, { join } from 'sql-template-tag';
import { z } from 'zod';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { Random } from '../platform/random.js';
import { RewardDraw, type RewardOddsInput } from './challenge.draw.entity.js';
import { Challenge } from './challenge.entity.js';
import { challengeById } from './challenge.loaders.js';
import { Submission } from './submission.entity.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    'rewardDraw.revealed': { readonly drawId: string; readonly challengeId: string };
  }
}

const seedBytes = 32;
const whole = (from: number) => {
  const error = `must be from ${from} to 1,000,000`;
  return z.number().int(error).min(from, error).max(1_000_000, error);
};

export const oddsRules = z
  .array(z.object({ points: whole(0), weight: whole(1) }))
  .min(2, 'must be from 2 to 20')
  .max(20, 'must be from 2 to 20');

/** The most that can be drawn. */
export function mostOf(odds: readonly RewardOddsInput[]): number {
  return Math.max(0, ...odds.map(({ points }) => points));
}

export function hashOf(seed: string): string {
  return createHash('sha256').update(seed).digest('hex');
}

/**
 * The prize of one submission: decided by the seed and the submission's public id alone, so that nobody who does not
 * know the seed can foresee it, and everybody who knows it can check it.
 */
export function pointsDrawn(seed: string, odds: readonly RewardOddsInput[], submissionGlobalId: string): number {
  const tickets = odds.reduce((sum, { weight }) => sum + weight, 0);
  const drawn = createHmac('sha256', seed).update(submissionGlobalId).digest().readBigUInt64BE();
  let ticket = Number((drawn * BigInt(tickets)) >> 64n);
  for (const { points, weight } of odds) {
    if (ticket < weight) return points;
    ticket -= weight;
  }
  throw new Error('A ticket beyond all odds was drawn');
}

export const drawById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(RewardDraw, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** Draws: a table of odds, with a seed that is sealed before the first prize and revealed after the last. */
export class ChallengeDraws {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly random: Random,
  ) {}

  /** Seals a seed for a table of odds; submissions from now on take part in it. */
  async seal(
    tx: Transaction,
    challenge: Pick<Challenge, 'id' | 'programId'>,
    table: readonly RewardOddsInput[],
  ): Promise<string> {
    const sealedSeed = Buffer.from(this.random.bytes(seedBytes)).toString('hex');
    const draw = { id: tx.newId(), programId: challenge.programId, challengeId: challenge.id, table, sealedSeed };
    await tx.insert(RewardDraw, { ...draw, seedHash: hashOf(sealedSeed), startedAt: tx.now, revealedAt: null });
    return draw.id;
  }

  /** What an approved submission draws; null where it takes part in no draw. */
  async drawFor(tx: Transaction, submission: Submission): Promise<number | null> {
    if (submission.drawId === null) return null;
    const draw = await tx.first(RewardDraw, sql`WHERE id = ${submission.drawId}`);
    if (!draw) throw new Error('A draw that a submission takes part in is gone');
    return pointsDrawn(draw.sealedSeed, draw.table, submission.globalId());
  }

  /**
   * Opens a seed for everybody to check what it drew. Nothing may wait any more that will draw by it: who decides on
   * that would know the prize. A challenge that goes on draws by a new seed from then on, with the same odds.
   */
  async reveal(context: RequestContext, drawId: string): Promise<RewardDraw | InputInvalid | NotFound> {
    context.session.require('challenge.update');
    const id = rowId(RewardDraw, drawId);
    const result = await this.database.transact(async (tx) => {
      const known = id && (await tx.first(RewardDraw, sql`WHERE id = ${id}`));
      if (!known || known.programId !== context.session.program.id) return new NotFound();
      // Submitters hold the challenge for sharing: none of them is about to take part in this draw.
      const challenge = await tx.first(Challenge, sql`WHERE id = ${known.challengeId} ${tx.forUpdate}`);
      const draw = await tx.first(RewardDraw, sql`WHERE id = ${known.id} ${tx.forUpdate}`);
      if (!challenge || !draw) throw new Error('The challenge of a draw is gone');
      if (draw.revealedAt) return draw;
      const open = sql`WHERE draw_id = ${draw.id} AND status NOT IN ('APPROVED', 'REJECTED')`;
      const waiting = await tx.count(Submission, open);
      if (waiting > 0) return InputInvalid.at(['drawId'], `must not have submissions that wait, and has ${waiting}`);
      await tx.execute(sql`UPDATE reward_draw SET revealed_at = ${tx.now} WHERE id = ${draw.id}`);
      if (challenge.drawId === draw.id) {
        const next = await this.seal(tx, challenge, draw.table);
        await tx.execute(sql`UPDATE challenge SET draw_id = ${next} WHERE id = ${challenge.id}`);
      }
      const payload = { drawId: draw.id, challengeId: challenge.id };
      await this.events.emit(tx, 'rewardDraw.revealed', draw.programId, payload);
      return Object.assign(new RewardDraw(), draw, { revealedAt: tx.now });
    });
    drawById.clear(context);
    challengeById.clear(context);
    return result;
  }

  /** A draw of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<RewardDraw | undefined> {
    if (!context.session.may('challenge.read')) return undefined;
    const draw = await drawById.load(context, id);
    return draw?.programId === context.session.program.id ? draw : undefined;
  }
}
