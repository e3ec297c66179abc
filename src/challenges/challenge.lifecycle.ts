import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { ChallengeBudget } from './challenge.budget.js';
import { RewardDraw } from './challenge.draw.entity.js';
import type { ChallengeDraws } from './challenge.draw.js';
import { Challenge } from './challenge.entity.js';
import type { ChallengeDuplicateInput } from './challenge.inputs.js';
import { challengeById } from './challenge.loaders.js';
import { startOf } from './challenge.terms.js';
import './challenge.events.js';

type Marks = Pick<Challenge, 'pausedAt' | 'archivedAt'>;
type Changed = Challenge | InputInvalid | NotFound;

/** Challenges that are paused, gone on with, put away, and made again. */
export class ChallengeLifecycle {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly budget: ChallengeBudget,
    private readonly draws: ChallengeDraws,
  ) {}

  /** Takes no submissions for now; pausing again changes nothing. */
  pause(context: RequestContext, challengeId: string): Promise<Changed> {
    return this.mark(context, challengeId, ({ pausedAt }, now) => ({ pausedAt: pausedAt ?? now, archivedAt: null }));
  }

  /** Goes on with a paused challenge. */
  resume(context: RequestContext, challengeId: string): Promise<Changed> {
    return this.mark(context, challengeId, () => ({ pausedAt: null, archivedAt: null }));
  }

  /** Puts a challenge away for good; putting it away again changes nothing. */
  archive(context: RequestContext, challengeId: string): Promise<Changed> {
    return this.mark(context, challengeId, ({ pausedAt, archivedAt }, now) => ({
      pausedAt,
      archivedAt: archivedAt ?? now,
    }));
  }

  /** Makes a challenge again with all its rules, and nothing of what was submitted. The copy is paused. */
  async duplicate(context: RequestContext, input: ChallengeDuplicateInput): Promise<Challenge | NotFound> {
    context.session.require('challenge.create');
    return this.database.transact(async (tx) => {
      const original = await this.lock(tx, context, input.challengeId);
      if (!original) return new NotFound();
      const id = tx.newId();
      const draw = original.drawId && (await tx.first(RewardDraw, sql`WHERE id = ${original.drawId}`));
      const drawId = draw ? await this.draws.seal(tx, { id, programId: original.programId }, draw.table) : null;
      const copy = Object.assign(new Challenge(), original, {
        id,
        drawId,
        title: input.title ?? original.title,
        startsAt: startOf({ startsAt: input.startsAt ?? null, eventEndsAt: original.eventEndsAt }),
        endsAt: input.endsAt ?? null,
        pausedAt: tx.now,
        archivedAt: null,
        limitsChangedAt: null,
        createdAt: tx.now,
      });
      await tx.insert(Challenge, copy);
      await tx.execute(sql`
        INSERT INTO challenge_prerequisite (challenge_id, required_id)
        SELECT ${copy.id}, required_id FROM challenge_prerequisite WHERE challenge_id = ${original.id}`);
      await this.budget.open(tx, copy);
      const { id: challengeId, programId, kind } = copy;
      await this.events.emit(tx, 'challenge.created', programId, { challengeId, kind });
      return copy;
    });
  }

  private async mark(
    context: RequestContext,
    challengeId: string,
    marksOf: (known: Challenge, now: Date) => Marks,
  ): Promise<Changed> {
    context.session.require('challenge.update');
    const result = await this.database.transact(async (tx) => {
      const known = await this.lock(tx, context, challengeId);
      if (!known) return new NotFound();
      const marks = marksOf(known, tx.now);
      if (known.archivedAt && !marks.archivedAt) return InputInvalid.at(['challengeId'], 'is archived for good');
      await tx.execute(sql`
        UPDATE challenge SET paused_at = ${marks.pausedAt}, archived_at = ${marks.archivedAt} WHERE id = ${known.id}`);
      await this.events.emit(tx, 'challenge.updated', known.programId, {
        challengeId: known.id,
        changed: Object.keys(marks),
      });
      return Object.assign(new Challenge(), known, marks);
    });
    challengeById.clear(context);
    return result;
  }

  private async lock(tx: Transaction, { session }: RequestContext, globalId: string): Promise<Challenge | undefined> {
    const id = rowId(Challenge, globalId);
    const challenge = id && (await tx.first(Challenge, sql`WHERE id = ${id} ${tx.forUpdate}`));
    return challenge && challenge.programId === session.program.id ? challenge : undefined;
  }
}
