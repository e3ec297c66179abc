import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, Loader } from '../platform/graphql/loader.js';
import { PointsBalance } from '../points/points.entity.js';
import { type Badge, BadgeWin, EarnedBadge } from './badge.entity.js';
import { type BadgeProgress, completed, progressTowards } from './badge.progress.js';
import { type BadgePeriod, periodAt } from './badge.repeats.js';
import { loadFacts } from './facts.js';

/** A badge that an ambassador looks at, and when. */
export interface Looked {
  readonly ambassadorId: string;
  readonly badge: Badge;
  readonly timeZone: string;
  readonly at: Date;
}

/**
 * How near an ambassador is to badges. However many are asked for: the balance and what is held, and the facts once for
 * the badges that are won for ever and once for each kind of period.
 */
export const progressOf = new Loader(
  async (context: BaseContext, looks: readonly Looked[]) => {
    const answers = new Map<string, BadgeProgress>();
    const groupKey = ({ ambassadorId, badge }: Looked) => `${ambassadorId} ${badge.repeats ?? ''}`;
    const keys = [...new Set(looks.map(groupKey))];
    for (const group of grouped(keys, looks, groupKey)) {
      for (const [key, progress] of await progressIn(context, group)) answers.set(key, progress);
    }
    return looks.map((look) => {
      const progress = answers.get(lookKey(look));
      if (!progress) throw new Error('Nobody reckoned how near a badge is');
      return progress;
    });
  },
  lookKey,
  'batch',
);

function lookKey({ ambassadorId, badge }: Looked): string {
  return `${ambassadorId} ${badge.id}`;
}

/** Of one ambassador, and of badges that are won in the same period. */
async function progressIn(context: BaseContext, looks: readonly Looked[]): Promise<[string, BadgeProgress][]> {
  const [first] = looks;
  if (!first) return [];
  const { ambassadorId, badge, timeZone, at } = first;
  const period = badge.repeats ? periodAt(badge.repeats, timeZone, at) : undefined;
  const rules = looks.map((look) => look.badge.rule);
  return context.database.read(async (db) => {
    const balance = await db.first(PointsBalance, sql`WHERE ambassador_id = ${ambassadorId}`);
    const [facts] = await loadFacts(db, [{ ambassadorId, lifetimePoints: balance?.lifetime ?? 0 }], rules, period);
    if (!facts) return [];
    const mine = sql`WHERE ambassador_id = ${ambassadorId} AND badge_id IN (${join(looks.map((look) => look.badge.id))})`;
    const held = await db.select<EarnedBadge | BadgeWin>(period ? BadgeWin : EarnedBadge, heldIn(mine, period));
    const heldIds = new Set(held.map(({ badgeId }) => badgeId));
    return looks.map((look): [string, BadgeProgress] => {
      const progress = progressTowards(look.badge.rule, facts);
      return [lookKey(look), heldIds.has(look.badge.id) ? completed(progress) : progress];
    });
  });
}

function heldIn(mine: ReturnType<typeof sql>, period: BadgePeriod | undefined) {
  return period ? sql`${mine} AND period = ${period.name}` : mine;
}
