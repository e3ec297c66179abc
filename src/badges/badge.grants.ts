import sql, { join, type Sql } from 'sql-template-tag';
import { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Transaction } from '../platform/database/database.js';
import type { JobPart, Jobs, ScheduledJob } from '../platform/jobs/jobs.js';
import { PointsBalance } from '../points/points.entity.js';
import type { BadgeAwards } from './badge.awards.js';
import { Badge, BadgeWin, EarnedBadge } from './badge.entity.js';
import { causeOfBadge } from './badge.events.js';
import type { BadgePeriod } from './badge.repeats.js';
import { loadFacts } from './facts.js';
import { holds } from './rule.js';

/** Balances that one transaction locks; awards to these ambassadors wait for it. */
const batchSize = 200;

/** How far the walk of a badge has come. */
type GrantState = {
  readonly badgeId: string;
  /** The last ambassador looked at. */
  readonly after: string;
  /** Of the rule that is gone by; a walk ends where the rule has changed since, as that began another. */
  readonly revision?: number;
};

/**
 * Gives a new badge, or one whose rule has changed, to all who qualify already: the first 200 ambassadors together with the badge itself, so that a
 * small program has it at once; then, after the commit, everybody who does not hold it, by a job in parts of 200.
 *
 * Nobody is missed who qualifies while the badge is made. Every award locks the ambassador's balance, and only then
 * looks for badges; so does a part of the job, and only then looks at the facts. Whoever of the two locks first:
 * - the award: the part waits until it has committed, and sees what it changed;
 * - the part: the badge was committed before, so that the award, which looks for badges later, sees the badge.
 * An ambassador who joins behind the walk qualifies for nothing until a first award, which sees the badge. All of
 * this needs the badge to be visible to others, which it is not yet during the first look: somebody who joins and
 * wins points in that moment is seen by neither. So the job begins anew, at the first ambassador.
 *
 * Reads see what is committed when each statement begins (READ COMMITTED); on SQLite writers stand in one queue.
 */
export class BadgeGrants {
  private readonly job: ScheduledJob<GrantState>;

  constructor(
    private readonly awards: BadgeAwards,
    jobs: Jobs,
  ) {
    this.job = jobs.define<GrantState>({ name: 'badges.grant', part: (tx, { state }) => this.nextPart(tx, state) });
  }

  /** Looks at the first ambassadors, in the transaction that makes the badge, and leaves the rest to the job. */
  async begin(tx: Transaction, badge: Badge): Promise<void> {
    await this.grant(tx, badge, await this.nextOf(tx, badge, ''));
    const { id: badgeId, programId, codeKey } = badge;
    const revision = badge.revision ?? 1;
    const runKey = revision === 1 ? codeKey : `${codeKey}@${revision}`;
    await this.job.schedule(tx, { programId, runKey, state: { badgeId, after: '', revision } });
  }

  /**
   * Looks at the next ambassadors. The row of the job is the one lock that comes before balances. It closes no circle:
   * nobody who holds a balance ever asks for it.
   */
  private async nextPart(tx: Transaction, { badgeId, after, revision = 1 }: GrantState): Promise<JobPart<GrantState>> {
    const badge = await tx.first(Badge, sql`WHERE id = ${badgeId}`);
    if (!badge || badge.archivedAt || (badge.revision ?? 1) !== revision) return { done: 0 };
    const ambassadorIds = await this.nextOf(tx, badge, after);
    const last = ambassadorIds.at(-1);
    await this.grant(tx, badge, ambassadorIds);
    const done = ambassadorIds.length;
    if (done < batchSize || last === undefined) return { done };
    const next = { badgeId, after: last, revision };
    if (after !== '') return { done, next };
    return { done, next, total: await tx.count(Ambassador, sql`WHERE program_id = ${badge.programId}`) };
  }

  /** The next ambassadors of the badge's program, in the order of their ids. */
  private async nextOf(tx: Transaction, { programId }: Badge, after: string): Promise<string[]> {
    const ambassadors = await tx.select(
      Ambassador,
      sql`WHERE program_id = ${programId} AND id > ${after} ORDER BY id LIMIT ${batchSize}`,
    );
    return ambassadors.map(({ id }) => id);
  }

  /** Gives the badge to those of them who qualify and do not hold it. */
  private async grant(tx: Transaction, badge: Badge, ambassadorIds: readonly string[]): Promise<void> {
    if (ambassadorIds.length === 0) return;
    const ids = join([...ambassadorIds]);
    const balances = await tx.select(
      PointsBalance,
      sql`WHERE ambassador_id IN (${ids}) ORDER BY ambassador_id ${tx.forUpdate}`,
    );
    for (const { period } of await this.awards.groups(tx, [badge], tx.now)) {
      // Who won it by an award in the moment before the lock.
      const held = await this.holdersAmong(tx, badge, ids, period);
      const standings = balances
        .filter(({ ambassadorId }) => !held.has(ambassadorId))
        .map(({ ambassadorId, lifetime }) => ({ ambassadorId, lifetimePoints: lifetime }));
      if (standings.length === 0) continue;
      const facts = await loadFacts(tx, standings, [badge.rule], period);
      const wins = facts.flatMap((each, index) => {
        const ambassadorId = standings[index]?.ambassadorId;
        return ambassadorId && holds(badge.rule, each) ? [{ badge, ambassadorId, period: period?.name ?? null }] : [];
      });
      await this.awards.give(tx, wins, causeOfBadge(badge.id));
    }
  }

  private async holdersAmong(
    tx: Transaction,
    { id }: Badge,
    ids: Sql,
    period: BadgePeriod | undefined,
  ): Promise<ReadonlySet<string>> {
    const among = sql`WHERE badge_id = ${id} AND ambassador_id IN (${ids})`;
    const rows = period
      ? await tx.select(BadgeWin, sql`${among} AND period = ${period.name}`)
      : await tx.select(EarnedBadge, among);
    return new Set(rows.map(({ ambassadorId }) => ambassadorId));
  }
}
