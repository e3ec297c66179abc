import sql from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import { causeOfSubmission } from '../challenges/submission.events.js';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { InputInvalid } from '../platform/graphql/problem.js';
import { Badge, type EarnedBadge } from './badge.entity.js';
import type { BadgeGrants } from './badge.grants.js';
import type { BadgeCreateInput } from './badge.inputs.js';
import { activeWeeksOf, badgeById, earnedByAmbassador, earnedByCause } from './badge.loaders.js';
import type { Streak } from './streak.entity.js';
import { currentRunWeeks, longestRunWeeks, weekOf } from './streak.js';

/** Badges and streaks as callers see and make them. Winning them is BadgeAwards' and BadgeGrants'. */
export class BadgeService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
    private readonly grants: BadgeGrants,
  ) {}

  /** Makes a badge and gives it to those who qualify already: the first at once, the rest from the outbox. */
  async create(context: RequestContext, input: BadgeCreateInput): Promise<Badge | InputInvalid> {
    context.session.require('badge.create');
    const programId = context.session.program.id;
    const { code, name, description, rule } = input;
    return this.database.transact(async (tx) => {
      const badge = Object.assign(new Badge(), {
        id: tx.newId(),
        programId,
        code,
        codeKey: code.toLowerCase(),
        name,
        description,
        rule,
        createdAt: tx.now,
      });
      try {
        await tx.insert(Badge, badge);
      } catch (error) {
        if (isUniqueViolation(error)) return InputInvalid.at(['code'], 'is the code of another badge of the program');
        throw error;
      }
      await this.grants.begin(tx, badge);
      await this.events.emit(tx, 'badge.created', programId, { badgeId: badge.id });
      return badge;
    });
  }

  /** The badges of the program, newest first. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<Badge>> {
    context.session.require('badge.read');
    const where = sql`badge.program_id = ${context.session.program.id}`;
    return paginate(this.database, { entity: Badge, where, order: newestFirst('badge'), page });
  }

  /** A badge of the caller's program; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Badge | undefined> {
    if (!context.session.may('badge.read')) return undefined;
    const badge = await badgeById.load(context, id);
    return badge?.programId === context.session.program.id ? badge : undefined;
  }

  /** What an ambassador holds, in the order in which it was won. */
  earnedBy(context: RequestContext, ambassador: Ambassador): Promise<EarnedBadge[]> {
    return earnedByAmbassador.load(context, ambassador.id);
  }

  /** What this very submission has won. */
  earnedBySubmission(context: RequestContext, submissionId: string): Promise<EarnedBadge[]> {
    return earnedByCause.load(context, causeOfSubmission(submissionId));
  }

  /** An ambassador's weeks in a row, as they stand now. */
  async streak(context: RequestContext, ambassador: Ambassador): Promise<Streak> {
    const rows = await activeWeeksOf.load(context, ambassador.id);
    const weeks = rows.map(({ weekStart }) => weekStart);
    const thisWeek = weekOf(this.clock.now(), context.session.program.timeZone);
    return {
      weeks: currentRunWeeks(weeks, thisWeek),
      longestWeeks: longestRunWeeks(weeks),
      activeThisWeek: weeks.includes(thisWeek),
    };
  }
}
