import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { ChallengeKind } from '../../challenges/challenge.entity.js';
import { boundOf } from '../../nps/scheme.sql.js';
import type { Reader } from '../../platform/database/database.js';
import { type AnswerScope, answersIn } from '../last-answers.js';
import { periodOf } from '../referrals/counting.js';
import { reachedBySurveys } from '../responses/invited.js';
import { type LoopCohort, type LoopStep, stepsOf } from './funnel.js';

export interface FunnelScope extends AnswerScope {
  readonly by: LoopCohort;
  readonly months: readonly Date[];
  /** What counts as sharing, as superpromoters are told. */
  readonly sharingKinds: readonly ChallengeKind[];
}

/** How many of a cohort came exactly so far. */
export interface Reached {
  readonly cohort: number;
  readonly step: LoopStep;
  readonly people: number;
}

/** What friends of those in a cohort who came all the way paid, in one currency. */
export interface Brought {
  readonly cohort: number;
  readonly currency: string | null;
  readonly customers: number;
  readonly revenueCents: number;
}

const stands = sql`f.status IN ('HELD', 'REWARDED')`;

/** Everybody who came in: the number of the month, whether they answered, as a promoter, and the ambassador they became. */
function peopleOf(scope: FunnelScope): Sql {
  const { programId, from, to } = scope;
  const cohortAt = (column: string) => periodOf(scope.months, raw(column), 0, scope.months.length);
  if (scope.by === 'JOINED') {
    return sql`SELECT ${cohortAt('a.joined_at')} AS cohort, 1 AS has_answered, 1 AS is_promoter, a.id AS ambassador_id
      FROM ambassador a WHERE a.program_id = ${programId} AND a.joined_at >= ${from} AND a.joined_at < ${to}`;
  }
  const answered = sql`SELECT r.contact_id, MIN(r.responded_at) AS first_at,
      MAX(CASE WHEN r.score >= ${boundOf('promoterFrom', scope.programScheme)} THEN 1 ELSE 0 END) AS is_promoter
    ${answersIn(scope)} AND r.contact_id IS NOT NULL GROUP BY r.contact_id`;
  if (scope.by === 'ANSWERED') {
    return sql`SELECT ${cohortAt('given.first_at')} AS cohort, 1 AS has_answered, given.is_promoter, a.id AS ambassador_id
      FROM (${answered}) given LEFT JOIN ambassador a ON a.contact_id = given.contact_id`;
  }
  return sql`SELECT ${cohortAt('asked.first_at')} AS cohort, COALESCE(given.is_promoter, 0) AS is_promoter,
      CASE WHEN given.contact_id IS NULL THEN 0 ELSE 1 END AS has_answered, a.id AS ambassador_id
    FROM (SELECT i.contact_id, MIN(i.sent_at) AS first_at ${reachedBySurveys(scope)} GROUP BY i.contact_id) asked
    LEFT JOIN (${answered}) given ON given.contact_id = asked.contact_id
    LEFT JOIN ambassador a ON a.contact_id = asked.contact_id`;
}

/** How far each came: the last step that they took after all before it. */
export async function countReached(db: Reader, scope: FunnelScope): Promise<Reached[]> {
  const did = (what: Sql) => sql`EXISTS (SELECT 1 FROM ${what})`;
  const submitted = sql`submission d WHERE d.ambassador_id = p.ambassador_id AND d.status = 'APPROVED'`;
  const rows = await db.query<{ cohort: number | string; step: LoopStep; people: number | string }>(sql`
    SELECT cohort, step, COUNT(*) AS people FROM (
      SELECT p.cohort, CASE
        WHEN p.has_answered = 0 THEN 'ASKED'
        WHEN p.is_promoter = 0 THEN 'ANSWERED'
        WHEN p.ambassador_id IS NULL THEN 'PROMOTER'
        WHEN ${did(sql`referral f WHERE f.referrer_id = p.ambassador_id AND ${stands}`)} THEN 'CONVERTED'
        WHEN ${did(sql`referral_click c WHERE c.ambassador_id = p.ambassador_id`)}
          OR ${did(sql`referral f WHERE f.referrer_id = p.ambassador_id AND f.status <> 'REJECTED'`)}
          OR ${did(sql`${submitted} AND d.kind IN (${join([...scope.sharingKinds])})`)} THEN 'SHARED'
        WHEN ${did(submitted)} THEN 'ACTIVE'
        ELSE 'JOINED' END AS step
      FROM (${peopleOf(scope)}) p) reached
    GROUP BY cohort, step`);
  return rows.map(({ cohort, step, people }) => ({ cohort: Number(cohort), step, people: Number(people) }));
}

export async function countBrought(db: Reader, scope: FunnelScope): Promise<Brought[]> {
  const rows = await db.query<{
    readonly cohort: number | string;
    readonly currency: string | null;
    readonly customers: number | string;
    readonly revenue: number | string;
  }>(sql`
    SELECT p.cohort, f.currency, COUNT(*) AS customers,
      SUM(COALESCE(f.amount_cents, 0) - COALESCE(f.refunded_cents, 0)) AS revenue
    FROM (${peopleOf(scope)}) p JOIN referral f ON f.referrer_id = p.ambassador_id AND ${stands}
    WHERE p.is_promoter = 1 GROUP BY p.cohort, f.currency`);
  return rows.map(({ cohort, currency, customers, revenue }) => ({
    cohort: Number(cohort),
    currency,
    customers: Number(customers),
    revenueCents: Number(revenue),
  }));
}

/** How many of those who came so far took each step: whoever took a later one took it too. */
export function takenSteps(
  by: LoopCohort,
  reached: readonly Reached[],
): { readonly step: LoopStep; readonly people: number }[] {
  const steps = stepsOf[by];
  return steps.map((step, index) => {
    const andBeyond = steps.slice(index);
    const people = reached.reduce((sum, each) => sum + (andBeyond.includes(each.step) ? each.people : 0), 0);
    return { step, people };
  });
}
