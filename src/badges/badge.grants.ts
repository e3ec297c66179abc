import sql, { join } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { PointsBalance } from '../points/points.entity.js';
import type { BadgeAwards } from './badge.awards.js';
import { Badge, BadgeGrant, EarnedBadge } from './badge.entity.js';
import { causeOfBadge } from './badge.events.js';
import { loadFacts } from './facts.js';
import { holds } from './rule.js';

/** Balances that one transaction locks; awards to these ambassadors wait for it. */
const batchSize = 200;

/**
 * Gives a new badge to all who qualify already: the first 200 ambassadors together with the badge itself, so that a
 * small program has it at once; then, after the commit, everybody who does not hold it, in batches that go on where a
 * crash left them.
 *
 * Nobody is missed who qualifies while the badge is made. Every award locks the ambassador's balance, and only then
 * looks for badges; so does a batch after the commit, and only then looks at the facts. Whoever of the two locks first:
 * - the award: the batch waits until it has committed, and sees what it changed;
 * - the batch: the badge was committed before, so that the award, which looks for badges later, sees the badge.
 * An ambassador who joins behind the cursor qualifies for nothing until a first award, which sees the badge. All of
 * this needs the badge to be visible to others, which it is not yet during the first batch: somebody who joins and
 * wins points in that moment is seen by neither. So the walk after the commit begins anew, at the first ambassador.
 *
 * Reads see what is committed when each statement begins (READ COMMITTED); on SQLite writers stand in one queue.
 */
export class BadgeGrants {
  constructor(
    private readonly database: Database,
    private readonly awards: BadgeAwards,
  ) {}

  /** Looks at the first ambassadors, in the transaction that makes the badge. */
  async begin(tx: Transaction, badge: Badge): Promise<void> {
    await tx.insert(BadgeGrant, { badgeId: badge.id, afterAmbassadorId: '', done: false });
    await this.grant(tx, badge, await this.nextWithout(tx, badge, ''));
  }

  /**
   * Walks on until everybody has been looked at; at once if that is done. Any number of processes may run it together:
   * they take turns at the row of the grant.
   */
  async complete(badgeId: string): Promise<void> {
    let done = false;
    while (!done) done = await this.nextBatch(badgeId);
  }

  /** Looks at the next ambassadors, in one transaction with the cursor; whether there were no more. */
  async nextBatch(badgeId: string): Promise<boolean> {
    return this.database.transact(async (tx) => {
      // The one lock that comes before balances. It closes no circle: nobody who holds a balance ever asks for it.
      const progress = await tx.first(BadgeGrant, sql`WHERE badge_id = ${badgeId} ${tx.forUpdate}`);
      const badge = await tx.first(Badge, sql`WHERE id = ${badgeId}`);
      if (!badge || !progress || progress.done) return true;
      const ambassadorIds = await this.nextWithout(tx, badge, progress.afterAmbassadorId);
      await this.grant(tx, badge, ambassadorIds);
      const done = ambassadorIds.length < batchSize;
      const last = ambassadorIds.at(-1) ?? progress.afterAmbassadorId;
      await tx.execute(
        sql`UPDATE badge_grant SET after_ambassador_id = ${last}, done = ${done ? 1 : 0} WHERE badge_id = ${badgeId}`,
      );
      return done;
    });
  }

  /** The next ambassadors, in the order of their ids, who do not hold the badge. */
  private async nextWithout(tx: Transaction, badge: Badge, afterAmbassadorId: string): Promise<string[]> {
    const ambassadors = await tx.select(
      Ambassador,
      sql`LEFT JOIN earned_badge ON earned_badge.ambassador_id = ambassador.id AND earned_badge.badge_id = ${badge.id}
        WHERE ambassador.program_id = ${badge.programId} AND ambassador.id > ${afterAmbassadorId}
          AND earned_badge.badge_id IS NULL
        ORDER BY ambassador.id LIMIT ${batchSize}`,
    );
    return ambassadors.map(({ id }) => id);
  }

  private async grant(tx: Transaction, badge: Badge, ambassadorIds: readonly string[]): Promise<void> {
    if (ambassadorIds.length === 0) return;
    const ids = join([...ambassadorIds]);
    const balances = await tx.select(
      PointsBalance,
      sql`WHERE ambassador_id IN (${ids}) ORDER BY ambassador_id ${tx.forUpdate}`,
    );
    // Who won it by an award in the moment before the lock.
    const holders = await tx.select(EarnedBadge, sql`WHERE badge_id = ${badge.id} AND ambassador_id IN (${ids})`);
    const held = new Set(holders.map(({ ambassadorId }) => ambassadorId));
    const standings = balances
      .filter(({ ambassadorId }) => !held.has(ambassadorId))
      .map(({ ambassadorId, lifetime }) => ({ ambassadorId, lifetimePoints: lifetime }));
    if (standings.length === 0) return;
    const facts = await loadFacts(tx, standings, [badge.rule]);
    const winners = facts.flatMap((each, index) => {
      const ambassadorId = standings[index]?.ambassadorId;
      return ambassadorId && holds(badge.rule, each) ? [ambassadorId] : [];
    });
    await this.awards.give(tx, [badge], winners, causeOfBadge(badge.id));
  }
}
