import sql, { join } from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { AmbassadorService } from '../ambassadors/ambassador.service.js';
import { causeOfSubmission } from '../challenges/submission.events.js';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { isUniqueViolation } from '../platform/database/errors.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { BadgeAwards } from './badge.awards.js';
import { Badge, BadgeWin, EarnedBadge } from './badge.entity.js';
import { causeOfHand } from './badge.events.js';
import type { BadgeGrants } from './badge.grants.js';
import type { BadgeCreateInput, BadgeGrantInput, BadgeUpdateInput } from './badge.inputs.js';
import { badgeById, badgesOfFamily, earnedByAmbassador, earnedByCause, winsOf } from './badge.loaders.js';
import type { BadgeProgress } from './badge.progress.js';
import { progressOf } from './badge.standing.js';
import { rises, tierOrder } from './badge.tiers.js';

export interface BadgeServices {
  readonly database: Database;
  readonly events: Events;
  readonly clock: Clock;
  readonly awards: BadgeAwards;
  readonly grants: BadgeGrants;
  readonly ambassadors: AmbassadorService;
}

/** Badges as callers see and make them. Winning them is BadgeAwards' and BadgeGrants'. */
export class BadgeService {
  constructor(private readonly on: BadgeServices) {}

  /** Makes a badge and gives it to those who qualify already: the first at once, the rest by a job. */
  async create(context: RequestContext, input: BadgeCreateInput): Promise<Badge | InputInvalid> {
    context.session.require('badge.create');
    const programId = context.session.program.id;
    return this.on.database.transact(async (tx) => {
      const badge = newBadge(tx, programId, input);
      const refusal = await this.tierRefusal(tx, badge);
      if (refusal) return refusal;
      try {
        await tx.insert(Badge, badge);
      } catch (error) {
        if (isUniqueViolation(error)) return InputInvalid.at(['code'], 'is the code of another badge of the program');
        throw error;
      }
      await this.on.grants.begin(tx, badge);
      await this.on.events.emit(tx, 'badge.created', programId, { badgeId: badge.id });
      return badge;
    });
  }

  /** Changes a badge. Nobody loses it; whoever qualifies by a changed rule gets it, as by a new badge. */
  async update(context: RequestContext, input: BadgeUpdateInput): Promise<Badge | InputInvalid | NotFound> {
    context.session.require('badge.create');
    const programId = context.session.program.id;
    const id = rowId(Badge, input.badgeId);
    const result = await this.on.database.transact(async (tx) => {
      const before = await tx.first(Badge, sql`WHERE id = ${id} AND program_id = ${programId} ${tx.forUpdate}`);
      if (!before) return new NotFound();
      const badge = changed(before, input, tx.now);
      const refusal = await this.tierRefusal(tx, badge);
      if (refusal) return refusal;
      await tx.execute(sql`
        UPDATE badge SET name = ${badge.name}, description = ${badge.description}, rule = ${JSON.stringify(badge.rule)},
          is_secret = ${badge.secret ? 1 : 0}, icon = ${badge.iconChosen}, revision = ${badge.revision},
          archived_at = ${badge.archivedAt}
        WHERE id = ${badge.id}`);
      if (badge.revision !== before.revision) await this.on.grants.begin(tx, badge);
      const { badgeId: _, ...given } = input;
      await this.on.events.emit(tx, 'badge.updated', programId, { badgeId: badge.id, changed: Object.keys(given) });
      return badge;
    });
    badgeById.clear(context);
    return result;
  }

  /** Gives a badge to an ambassador, whatever its rule says; of one that can be won again, once in each period. */
  async grant(context: RequestContext, input: BadgeGrantInput): Promise<EarnedBadge | InputInvalid | NotFound> {
    context.session.require('badge.grant');
    const [badgeId, id] = [rowId(Badge, input.badgeId), rowId({ name: 'Ambassador' }, input.ambassadorId)];
    const badge = badgeId && (await this.find(context, badgeId));
    const ambassador = id && (await this.on.ambassadors.find(context, id));
    if (!badge || !ambassador) return new NotFound();
    if (badge.archivedAt) return InputInvalid.at(['badgeId'], 'is archived: it cannot be won any more');
    const ambassadorId = ambassador.id;
    const result = await this.on.database.transact(async (tx) => {
      await tx.query(
        sql`SELECT ambassador_id FROM points_balance WHERE ambassador_id = ${ambassadorId} ${tx.forUpdate}`,
      );
      const [group] = await this.on.awards.groups(tx, [badge], tx.now);
      const period = group?.period?.name ?? null;
      const own = sql`WHERE badge_id = ${badge.id} AND ambassador_id = ${ambassadorId}`;
      const held = period
        ? await tx.first(BadgeWin, sql`${own} AND period = ${period}`)
        : await tx.first(EarnedBadge, own);
      if (!held) await this.on.awards.give(tx, [{ badge, ambassadorId, period }], causeOfHand(tx.newId()));
      return tx.first(EarnedBadge, own);
    });
    if (!result) throw new Error('A badge that was given is gone');
    earnedByAmbassador.clear(context);
    winsOf.clear(context);
    return result;
  }

  /** The badges of the program, newest first: to ambassadors those that they may see. */
  async list(context: RequestContext, page: PageArgs): Promise<Page<Badge>> {
    context.session.require('badge.read');
    const { program, role, ambassadorId } = context.session;
    const visible =
      role === 'AMBASSADOR'
        ? sql` AND ((badge.archived_at IS NULL AND COALESCE(badge.is_secret, 0) = 0) OR EXISTS (
            SELECT 1 FROM earned_badge WHERE earned_badge.badge_id = badge.id
              AND earned_badge.ambassador_id = ${ambassadorId}))`
        : sql``;
    const where = sql`badge.program_id = ${program.id}${visible}`;
    return paginate(this.on.database, { entity: Badge, where, order: newestFirst('badge'), page });
  }

  /** A badge of the caller's program that the caller may see; undefined for any other id. */
  async find(context: RequestContext, id: string): Promise<Badge | undefined> {
    if (!context.session.may('badge.read')) return undefined;
    const badge = await badgeById.load(context, id);
    if (badge?.programId !== context.session.program.id) return undefined;
    return (await this.visible(context, [badge]))[0];
  }

  /** The tiers of a badge's family that the caller may see, the lowest first; itself alone where it has none. */
  async tiers(context: RequestContext, badge: Badge): Promise<Badge[]> {
    if (badge.family === null) return [badge];
    return this.visible(context, await badgesOfFamily.load(context, badge));
  }

  /** How near the calling ambassador is to a badge; undefined for everybody else. */
  async progress(context: RequestContext, badge: Badge): Promise<BadgeProgress | undefined> {
    const { ambassadorId, program } = context.session;
    if (ambassadorId === null) return undefined;
    return progressOf.load(context, { ambassadorId, badge, timeZone: program.timeZone, at: this.on.clock.now() });
  }

  /** Which of these codes are of no badge of the program. */
  async unknownCodes(tx: Transaction, programId: string, codes: readonly string[]): Promise<string[]> {
    const keys = join(codes.map((code) => code.toLowerCase()));
    const found = await tx.select(Badge, sql`WHERE program_id = ${programId} AND code_key IN (${keys})`);
    const known = new Set(found.map(({ codeKey }) => codeKey));
    return codes.filter((code) => !known.has(code.toLowerCase()));
  }

  /** What an ambassador holds and the caller may see, in the order in which it was won. */
  async earnedBy(context: RequestContext, ambassador: Ambassador): Promise<EarnedBadge[]> {
    const earned = await earnedByAmbassador.load(context, ambassador.id);
    if (context.session.role !== 'AMBASSADOR' || context.session.ambassadorId === ambassador.id) return earned;
    const badges = await badgeById.loadMany(
      context,
      earned.map(({ badgeId }) => badgeId),
    );
    const secret = badges.filter((badge) => badge?.isSecret()).map((badge) => badge?.id);
    const own = secret.length > 0 ? await this.heldByCaller(context) : new Set<string>();
    return earned.filter(({ badgeId }) => own.has(badgeId) || !secret.includes(badgeId));
  }

  /** What this very submission has won. */
  earnedBySubmission(context: RequestContext, submissionId: string): Promise<EarnedBadge[]> {
    return earnedByCause.load(context, causeOfSubmission(submissionId));
  }

  /** Of these badges those that the caller may see. */
  private async visible(context: RequestContext, badges: readonly Badge[]): Promise<Badge[]> {
    const hidden = (badge: Badge) => badge.isSecret() || badge.archivedAt !== null;
    if (context.session.role !== 'AMBASSADOR' || !badges.some(hidden)) return [...badges];
    const own = await this.heldByCaller(context);
    return badges.filter((badge) => !hidden(badge) || own.has(badge.id));
  }

  private async heldByCaller(context: RequestContext): Promise<ReadonlySet<string>> {
    const { ambassadorId } = context.session;
    const earned = ambassadorId === null ? [] : await earnedByAmbassador.load(context, ambassadorId);
    return new Set(earned.map(({ badgeId }) => badgeId));
  }

  /** What is wrong with the place of a badge in its family; undefined if nothing. */
  private async tierRefusal(tx: Transaction, badge: Badge): Promise<InputInvalid | undefined> {
    const { id, programId, family, tier, rule } = badge;
    if (family === null || tier === null) return undefined;
    const others = await tx.select(
      Badge,
      sql`WHERE program_id = ${programId} AND family = ${family} AND id <> ${id} ${tx.forUpdate}`,
    );
    for (const other of others) {
      if (other.tier === null) continue;
      if (other.tier === tier) return InputInvalid.at(['tier'], 'the family has this tier already');
      const above = tierOrder.indexOf(tier) > tierOrder.indexOf(other.tier);
      const [lower, higher] = above ? [other.rule, rule] : [rule, other.rule];
      if (!rises(lower, higher)) {
        return InputInvalid.at(['rule'], `must have the conditions of ${other.code}, with numbers that rise by tier`);
      }
    }
    return undefined;
  }
}

function newBadge(tx: Transaction, programId: string, input: BadgeCreateInput): Badge {
  const { code, name, description, rule, family = null, tier = null, repeats = null, icon = null } = input;
  return Object.assign(new Badge(), {
    ...{ id: tx.newId(), programId, code, codeKey: code.toLowerCase(), name, description, rule },
    ...{ family, tier, repeats, secret: input.isSecret === true, iconChosen: icon },
    ...{ revision: 1, archivedAt: null, createdAt: tx.now },
  });
}

/** The badge as it will be. Another rule, or one that counts again, is a revision: those who qualify are looked for. */
function changed(badge: Badge, input: BadgeUpdateInput, now: Date): Badge {
  const rule = input.rule ?? badge.rule;
  const isArchived = input.isArchived ?? badge.archivedAt !== null;
  const archivedAt = isArchived ? (badge.archivedAt ?? now) : null;
  const anew = JSON.stringify(rule) !== JSON.stringify(badge.rule) || (badge.archivedAt !== null && !isArchived);
  return Object.assign(new Badge(), badge, {
    ...{ name: input.name ?? badge.name, description: input.description ?? badge.description, rule },
    ...{ secret: input.isSecret ?? badge.secret, iconChosen: input.icon ?? badge.iconChosen, archivedAt },
    revision: anew && !isArchived ? (badge.revision ?? 1) + 1 : badge.revision,
  });
}
