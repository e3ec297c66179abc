import { DateTime } from 'luxon';
import sql, { raw, type Sql } from 'sql-template-tag';
import { Ambassador } from '../../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../../identity/session.js';
import { periodStarts } from '../../nps/interval.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Reader } from '../../platform/database/database.js';
import { monthsMax } from '../periods.js';
import { periodOf } from '../referrals/counting.js';
import { settingsOf } from '../terms/terms.service.js';
import { Activation, ActivationMonth, type GoalStanding, type GrowthProjection } from './activation.js';
import { project } from './projection.js';

const dayMilliseconds = 86_400_000;
const basisMonths = 6;

/** How many ambassadors do something, and how many there will be. */
export class ActivationService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async current(context: RequestContext): Promise<Activation> {
    context.session.require('insight.read');
    const programId = context.session.program.id;
    const at = this.clock.now();
    const since = (days: number) => new Date(at.getTime() - days * dayMilliseconds);
    return this.database.read(async (db) => {
      const settings = await settingsOf(db, programId);
      const ambassadors = await db.count(Ambassador, sql`WHERE program_id = ${programId}`);
      const [row] = await db.query<{ recent: number | string | null; active: number | string }>(sql`
        SELECT SUM(CASE WHEN last_at >= ${since(30)} THEN 1 ELSE 0 END) AS recent, COUNT(*) AS active
        FROM (SELECT ambassador_id, MAX(at) AS last_at FROM (${deeds(programId, since(90))}) deed
          GROUP BY ambassador_id) active`);
      const [activeLast30Days, activeLast90Days] = [Number(row?.recent ?? 0), Number(row?.active ?? 0)];
      const share = (active: number) => (ambassadors === 0 ? null : active / ambassadors);
      const [goalFrom, goalTo] = [settings.activationFromPercent / 100, settings.activationToPercent / 100];
      return Object.assign(new Activation(), {
        at,
        ambassadors,
        activeLast30Days,
        activeLast90Days,
        shareLast30Days: share(activeLast30Days),
        shareLast90Days: share(activeLast90Days),
        goalFrom,
        goalTo,
        standing: standingOf(share(activeLast30Days), goalFrom, goalTo),
      });
    });
  }

  /** The last months, this one included, each with those who were active in it. */
  async byMonth(context: RequestContext, { at }: Activation, months: number): Promise<ActivationMonth[]> {
    const { id: programId, timeZone } = context.session.program;
    const first = DateTime.fromJSDate(at, { zone: timeZone })
      .startOf('month')
      .minus({ months: months - 1 })
      .toJSDate();
    const starts = periodStarts('MONTH', timeZone, { first, last: at }, monthsMax + basisMonths) ?? [];
    return this.database.read((db) => countMonths(db, programId, starts));
  }

  /** What becomes of the number of ambassadors; null before there is anything to tell it by. */
  async projection(context: RequestContext, activation: Activation, months: number): Promise<GrowthProjection | null> {
    const past = await this.byMonth(context, activation, basisMonths + 1);
    const current = past.at(-1);
    if (!current) return null;
    const begin = DateTime.fromJSDate(current.from, { zone: context.session.program.timeZone });
    const ahead = Array.from({ length: months }, (_, index) => begin.plus({ months: index + 1 }).toJSDate());
    return project(activation.ambassadors, past.slice(0, -1), current.from, ahead);
  }
}

/** What ambassadors did that counts, since then: ambassador_id and at. */
function deeds(programId: string, since: Date): Sql {
  return sql`
    SELECT ambassador_id, decided_at AS at FROM submission
    WHERE program_id = ${programId} AND status = 'APPROVED' AND decided_at >= ${since}
    UNION ALL
    SELECT referrer_id AS ambassador_id, registered_at AS at FROM referral
    WHERE program_id = ${programId} AND registered_at >= ${since} AND status <> 'REJECTED'`;
}

async function countMonths(db: Reader, programId: string, starts: readonly Date[]): Promise<ActivationMonth[]> {
  const [since] = starts;
  if (!since) return [];
  const monthOf = (column: string) => periodOf(starts, raw(column), 0, starts.length);
  const active = await db.query<{ part: number | string; n: number | string }>(sql`
    SELECT part, COUNT(*) AS n FROM (
      SELECT DISTINCT ambassador_id, ${monthOf('deed.at')} AS part FROM (${deeds(programId, since)}) deed) active
    GROUP BY part`);
  const joined = await db.query<{ part: number | string; n: number | string; friends: number | string | null }>(sql`
    SELECT ${monthOf('a.joined_at')} AS part, COUNT(*) AS n, SUM(CASE WHEN EXISTS (
      SELECT 1 FROM referral f WHERE f.friend_id = a.contact_id AND f.registered_at <= a.joined_at
        AND f.status <> 'REJECTED') THEN 1 ELSE 0 END) AS friends
    FROM ambassador a WHERE a.program_id = ${programId} AND a.joined_at >= ${since} GROUP BY part`);
  let ambassadors = await db.count(Ambassador, sql`WHERE program_id = ${programId} AND joined_at < ${since}`);
  return starts.map((from, index) => {
    const activeIn = Number(active.find(({ part }) => Number(part) === index)?.n ?? 0);
    const joinedIn = joined.find(({ part }) => Number(part) === index);
    ambassadors += Number(joinedIn?.n ?? 0);
    return Object.assign(new ActivationMonth(), {
      from,
      ambassadors,
      joined: Number(joinedIn?.n ?? 0),
      joinedAsFriends: Number(joinedIn?.friends ?? 0),
      active: activeIn,
      share: ambassadors === 0 ? null : activeIn / ambassadors,
    });
  });
}

function standingOf(share: number | null, goalFrom: number, goalTo: number): GoalStanding | null {
  if (share === null) return null;
  if (share < goalFrom) return 'BELOW';
  return share > goalTo ? 'ABOVE' : 'WITHIN';
}
