import sql, { join } from 'sql-template-tag';
import { timeOf } from '../platform/database/rows.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { grouped, inOrder, Loader } from '../platform/graphql/loader.js';
import { Badge, BadgeWin, EarnedBadge } from './badge.entity.js';
import { tierOrder } from './badge.tiers.js';
import { ActiveWeek, StreakFreeze, StreakTerms } from './streak.entity.js';

export const badgeById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Badge, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** What an ambassador has won, in the order in which it was. */
export const earnedByAmbassador = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(EarnedBadge, sql`WHERE ambassador_id IN (${join([...ambassadorIds])}) ORDER BY earned_at, badge_id`),
  );
  return grouped(ambassadorIds, rows, (row) => row.ambassadorId);
});

/** What one cause has won, as in `submission:<id>`; of a badge that was won again, when that was. */
export const earnedByCause = new Loader(async (context: BaseContext, causes: readonly string[]) => {
  const ofCauses = sql`WHERE cause IN (${join([...causes])}) ORDER BY badge_id`;
  const [first, again] = await context.database.read(async (db) => [
    await db.select(EarnedBadge, ofCauses),
    await db.select(BadgeWin, ofCauses),
  ]);
  const rows = new Map<string, EarnedBadge>();
  for (const { ambassadorId, badgeId, cause, earnedAt } of [...(first ?? []), ...(again ?? [])]) {
    const earned = Object.assign(new EarnedBadge(), { ambassadorId, badgeId, cause, earnedAt });
    rows.set(`${cause} ${ambassadorId} ${badgeId}`, earned);
  }
  return grouped(causes, [...rows.values()], (row) => row.cause);
});

/** The tiers of a family of badges, the lowest first. */
export const badgesOfFamily = new Loader(async (context: BaseContext, families: readonly Family[]) => {
  const wanted = families.map(({ programId, family }) => sql`(program_id = ${programId} AND family = ${family})`);
  const rows = await context.database.read((db) => db.select(Badge, sql`WHERE ${join(wanted, ' OR ')}`));
  const steps = [...rows].sort((a, b) => stepOf(a) - stepOf(b));
  return grouped(families.map(familyKey), steps, familyKey);
}, familyKey);

interface Family {
  readonly programId: string;
  readonly family: string | null;
}

function familyKey({ programId, family }: Family): string {
  return `${programId} ${family ?? ''}`;
}

function stepOf({ tier }: Badge): number {
  return tier === null ? 0 : tierOrder.indexOf(tier);
}

/** How often, and when last, an ambassador won a badge that can be won again. */
export const winsOf = new Loader(async (context: BaseContext, held: readonly Held[]) => {
  const wanted = held.map(
    ({ ambassadorId, badgeId }) => sql`(ambassador_id = ${ambassadorId} AND badge_id = ${badgeId})`,
  );
  const rows = await context.database.read((db) =>
    db.query<WinsRow>(sql`
        SELECT ambassador_id, badge_id, COUNT(*) AS n, MAX(earned_at) AS last FROM badge_win
        WHERE ${join(wanted, ' OR ')} GROUP BY ambassador_id, badge_id`),
  );
  const byKey = new Map(
    rows.map(({ ambassador_id, badge_id, n, last }) => [
      heldKey({ ambassadorId: ambassador_id, badgeId: badge_id }),
      { times: Number(n), lastAt: timeOf(last) },
    ]),
  );
  return held.map((each) => byKey.get(heldKey(each)));
}, heldKey);

interface Held {
  readonly ambassadorId: string;
  readonly badgeId: string;
}

interface WinsRow {
  readonly ambassador_id: string;
  readonly badge_id: string;
  /** Text on MySQL. */
  readonly n: number | string;
  readonly last: string;
}

function heldKey({ ambassadorId, badgeId }: Held): string {
  return `${ambassadorId} ${badgeId}`;
}

/** The freezes that an ambassador has or had, oldest first. */
export const freezesOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(StreakFreeze, sql`WHERE ambassador_id IN (${join([...ambassadorIds])}) ORDER BY id`),
  );
  return grouped(ambassadorIds, rows, (row) => row.ambassadorId);
});

/** How streaks survive in a program; undefined where they do not. */
export const streakTermsOf = new Loader(async (context: BaseContext, programIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(StreakTerms, sql`WHERE program_id IN (${join([...programIds])})`),
  );
  return inOrder(programIds, rows, (row) => row.programId);
});

/** The weeks in which an ambassador was active. */
export const activeWeeksOf = new Loader(async (context: BaseContext, ambassadorIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ActiveWeek, sql`WHERE ambassador_id IN (${join([...ambassadorIds])})`),
  );
  return grouped(ambassadorIds, rows, (row) => row.ambassadorId);
});
