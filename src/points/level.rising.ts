import sql from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { AppEvent, Events } from '../platform/events/events.js';
import { Level } from './level.entity.js';
import { levelAt, levelFacts } from './level.standing.js';
import { LevelPolicy } from './level-policy.entity.js';

declare module '../platform/events/events.js' {
  interface EventMap {
    /**
     * Points that were earned brought an ambassador to a level above the one it had. Who comes to stand higher because
     * the program changed its levels is not told of.
     */
    'level.reached': { readonly ambassadorId: string; readonly rank: number };
  }
}

/** Says when somebody reaches a level, in the transaction that posts the points. The caller holds the balance. */
export class LevelRising {
  constructor(private readonly events: Events) {}

  async afterPosting(tx: Transaction, { programId, payload }: AppEvent<'points.posted'>): Promise<void> {
    const { ambassadorId, earnedPoints, lifetimePoints } = payload;
    if (earnedPoints <= 0) return;
    const levels = await tx.select(Level, sql`WHERE program_id = ${programId} ORDER BY rank_number`);
    const policy = await tx.first(LevelPolicy, sql`WHERE program_id = ${programId}`);
    const [before, after] = policy
      ? await this.countedIn(tx, policy, payload)
      : [lifetimePoints - earnedPoints, lifetimePoints];
    const { rank } = levelAt(levels, after);
    if (rank > levelAt(levels, before).rank) {
      await this.events.emit(tx, 'level.reached', programId, { ambassadorId, rank });
    }
  }

  /** The points that decided on the level before the posting, and that do now, where levels can be lost. */
  private async countedIn(
    tx: Transaction,
    policy: LevelPolicy,
    { ambassadorId, earnedPoints }: AppEvent<'points.posted'>['payload'],
  ): Promise<[before: number, after: number]> {
    const [facts] = await levelFacts(tx, policy, [ambassadorId], tx.now);
    if (!facts) throw new Error('An ambassador has no account');
    const { countedPoints, keptPoints, hold } = facts;
    const keptBefore = hold ? keptPoints : keptPoints - earnedPoints;
    return [Math.max(countedPoints - earnedPoints, keptBefore), Math.max(countedPoints, keptPoints)];
  }
}
