import { DateTime } from 'luxon';
import sql, { join } from 'sql-template-tag';
import { Field, Int, ObjectType } from 'type-graphql';
import type { Reader } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { Loader } from '../platform/graphql/loader.js';
import { Level } from './level.entity.js';
import { LevelHold, LevelPolicy } from './level-policy.entity.js';
import { PointsBalance } from './points.entity.js';

@ObjectType({ description: 'Where an ambassador stands among the levels, and what the next one takes.' })
export class LevelStanding {
  @Field(() => Level, { description: 'The level it has.' })
  readonly level: Level;

  @Field(() => Int, {
    description:
      'The points that count for the level: lifetime points or, where levels can be lost, those of the last months.',
  })
  readonly countedPoints: number;

  @Field(() => Level, { nullable: true, description: 'The level above; null on the highest.' })
  readonly next: Level | null;

  @Field(() => Int, { nullable: true, description: 'How many more points the next level takes; null on the highest.' })
  readonly pointsToNext: number | null;

  @Field(() => Date, {
    nullable: true,
    description: 'When the level will be lost if not enough points are earned; null while they reach it.',
  })
  readonly keptUntil: Date | null;
}

/** What decides on a level. */
export interface LevelFacts {
  readonly ambassadorId: string;
  readonly countedPoints: number;
  /** Points that reached what is kept: as many as count, where nothing is kept. */
  readonly keptPoints: number;
  readonly hold: LevelHold | undefined;
}

/** The highest level that these points reach. The lowest starts at 0, so there is always one. */
export function levelAt(levels: readonly Level[], points: number): Level {
  const reached = levels.filter((level) => level.fromPoints <= Math.max(0, points)).at(-1);
  if (!reached) throw new Error('A program has no level from 0 points');
  return reached;
}

/** What decides on the levels of these ambassadors of one program, in their order: at most 3 queries. */
export async function levelFacts(
  db: Reader,
  policy: LevelPolicy | undefined,
  ambassadorIds: readonly string[],
  at: Date,
): Promise<LevelFacts[]> {
  const among = sql`ambassador_id IN (${join([...ambassadorIds])})`;
  const balances = await db.select(PointsBalance, sql`WHERE ${among}`);
  const lifetimeOf = new Map(balances.map(({ ambassadorId, lifetime }) => [ambassadorId, lifetime]));
  if (!policy) {
    return ambassadorIds.map((ambassadorId) => {
      const lifetime = lifetimeOf.get(ambassadorId) ?? 0;
      return { ambassadorId, countedPoints: lifetime, keptPoints: lifetime, hold: undefined };
    });
  }
  const since = DateTime.fromJSDate(at, { zone: 'utc' }).minus({ months: policy.months }).toJSDate();
  const earned = await db.query<{ ambassador_id: string; n: number | string }>(sql`
    SELECT ambassador_id, SUM(earned_points) AS n FROM points_transfer
    WHERE ${among} AND earned_at > ${since} AND unit_key IS NULL GROUP BY ambassador_id`);
  const earnedOf = new Map(earned.map(({ ambassador_id, n }) => [ambassador_id, Number(n)]));
  const holds = await db.select(LevelHold, sql`WHERE ${among}`);
  const holdOf = new Map(holds.map((hold) => [hold.ambassadorId, hold]));
  return ambassadorIds.map((ambassadorId) => {
    const hold = holdOf.get(ambassadorId);
    // Until the job has come to them, everybody keeps what their lifetime points had reached.
    const keptPoints = hold?.points ?? lifetimeOf.get(ambassadorId) ?? 0;
    return { ambassadorId, countedPoints: Math.max(0, earnedOf.get(ambassadorId) ?? 0), keptPoints, hold };
  });
}

/** Where somebody with these facts stands. */
export function standingOf(levels: readonly Level[], facts: LevelFacts): LevelStanding {
  const { countedPoints, keptPoints, hold } = facts;
  const level = levelAt(levels, Math.max(countedPoints, keptPoints));
  const next = levels.find(({ rank }) => rank === level.rank + 1) ?? null;
  const isKept = levelAt(levels, countedPoints).rank < level.rank;
  return {
    ...{ level, countedPoints, next, keptUntil: isKept ? (hold?.lowerAt ?? null) : null },
    pointsToNext: next && next.fromPoints - countedPoints,
  };
}

interface Asked {
  readonly programId: string;
  readonly ambassadorId: string;
  readonly at: Date;
}

/** Where ambassadors stand; their levels are one query for each program, and their facts at most 4. */
export const levelStandingOf = new Loader(
  async (context: BaseContext, asked: readonly Asked[]) =>
    context.database.read(async (db) => {
      const standings = new Map<string, LevelStanding>();
      for (const programId of new Set(asked.map((each) => each.programId))) {
        const own = asked.filter((each) => each.programId === programId);
        const at = own[0]?.at ?? new Date(0);
        for (const [id, standing] of await standingsIn(db, programId, own, at)) standings.set(id, standing);
      }
      return asked.map(({ ambassadorId }) => {
        const standing = standings.get(ambassadorId);
        if (!standing) throw new Error('An ambassador has no level');
        return standing;
      });
    }),
  ({ ambassadorId }) => ambassadorId,
);

/** Where these ambassadors of one program stand, each with its id. */
export async function standingsIn(
  db: Reader,
  programId: string,
  asked: readonly Pick<Asked, 'ambassadorId'>[],
  at: Date,
): Promise<[string, LevelStanding][]> {
  const levels = await db.select(Level, sql`WHERE program_id = ${programId} ORDER BY rank_number`);
  const policy = await db.first(LevelPolicy, sql`WHERE program_id = ${programId}`);
  const ids = asked.map(({ ambassadorId }) => ambassadorId);
  const facts = await levelFacts(db, policy, ids, at);
  return facts.map((each) => [each.ambassadorId, standingOf(levels, each)]);
}
