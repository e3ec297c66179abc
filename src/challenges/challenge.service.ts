import sql from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import { Challenge, type ChallengeKind } from './challenge.entity.js';
import './challenge.events.js';
import {
  type ChallengeCreateInput,
  type ChallengesArgs,
  type ChallengeUpdateInput,
  endsBeforeStart,
  isPeriod,
} from './challenge.inputs.js';
import { challengeById } from './challenge.loaders.js';
import { bestFirst, bestOpenChallenges, type Doer, doneBy, openTo } from './challenge.open.js';

/** What is made to be seen; the rest is said to the program in private. */
const votableKinds: ReadonlySet<ChallengeKind> = new Set([
  'REVIEW',
  'QUOTE',
  'BLOG_POST',
  'IDEA',
  'SOCIAL_SHARE',
  'CASE_STUDY',
  'NEWSLETTER_MENTION',
  'CUSTOM',
]);

/** Challenges: what ambassadors are asked to do, and which of it is open to whom. */
export class ChallengeService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly clock: Clock,
  ) {}

  async create(context: RequestContext, input: ChallengeCreateInput): Promise<Challenge> {
    context.session.require('challenge.create');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const challenge = Object.assign(new Challenge(), {
        id: tx.newId(),
        programId,
        kind: input.kind,
        title: input.title,
        description: input.description,
        rewardPoints: input.rewardPoints,
        verification: input.verification,
        votable: input.votable ?? votableKinds.has(input.kind),
        startsAt: input.startsAt ?? null,
        endsAt: input.endsAt ?? null,
        maxPerAmbassador: input.maxPerAmbassador,
        pendingDays: input.pendingDays,
        createdAt: tx.now,
      });
      await tx.insert(Challenge, challenge);
      await this.events.emit(tx, 'challenge.created', programId, { challengeId: challenge.id, kind: challenge.kind });
      return challenge;
    });
  }

  /** Changes a challenge for what is submitted from now on; what was submitted keeps the points it was promised. */
  async update(context: RequestContext, input: ChallengeUpdateInput): Promise<Challenge | InputInvalid | NotFound> {
    context.session.require('challenge.update');
    const id = rowId(Challenge, input.challengeId);
    const result = await this.database.transact((tx) => this.updateIn(tx, context, id, input));
    challengeById.clear(context);
    return result;
  }

  private async updateIn(
    tx: Transaction,
    { session }: RequestContext,
    id: string | undefined,
    input: ChallengeUpdateInput,
  ): Promise<Challenge | InputInvalid | NotFound> {
    const programId = session.program.id;
    const known = id && (await tx.first(Challenge, sql`WHERE id = ${id} ${tx.forUpdate}`));
    if (!known || known.programId !== programId) return new NotFound();
    const challenge = updated(known, input);
    if (!isPeriod(challenge)) return InputInvalid.at(['endsAt'], endsBeforeStart);
    await tx.execute(sql`
      UPDATE challenge SET
        title = ${challenge.title}, description = ${challenge.description}, reward_points = ${challenge.rewardPoints},
        starts_at = ${challenge.startsAt}, ends_at = ${challenge.endsAt},
        max_per_ambassador = ${challenge.maxPerAmbassador}
      WHERE id = ${challenge.id}`);
    const { challengeId: _, ...changes } = input;
    await this.events.emit(tx, 'challenge.updated', programId, {
      challengeId: challenge.id,
      changed: Object.keys(changes),
    });
    return challenge;
  }

  /** A challenge of the caller's program; undefined for any other id. One that has not started is not a secret. */
  async find(context: RequestContext, id: string): Promise<Challenge | undefined> {
    if (!context.session.may('challenge.read')) return undefined;
    const challenge = await challengeById.load(context, id);
    return challenge?.programId === context.session.program.id ? challenge : undefined;
  }

  /** The challenges of the program, newest first; without those that have not started for who cannot plan them. */
  async list(context: RequestContext, args: ChallengesArgs): Promise<Page<Challenge>> {
    context.session.require('challenge.read');
    const inProgram = sql`challenge.program_id = ${context.session.program.id}`;
    const ofKind = args.kind ? sql`${inProgram} AND challenge.kind = ${args.kind}` : inProgram;
    const where = context.session.may('challenge.plan')
      ? ofKind
      : sql`${ofKind} AND (challenge.starts_at IS NULL OR challenge.starts_at <= ${this.clock.now()})`;
    return paginate(this.database, { entity: Challenge, where, order: newestFirst('challenge'), page: args });
  }

  /** What is open to an ambassador now, best first. It tells what they have done, so it is for them and for staff. */
  async listOpen(context: RequestContext, ambassador: Ambassador, page: PageArgs): Promise<Page<Challenge>> {
    context.session.require('submission.read', ambassador);
    const done = await this.database.read((db) => doneBy(db, ambassador.id));
    const { programId, id: ambassadorId } = ambassador;
    return paginate(this.database, {
      entity: Challenge,
      ...openTo({ programId, ambassadorId }, this.clock.now()),
      order: bestFirst(done),
      page,
    });
  }

  /** The best challenges that are open to somebody at that moment, for who asks them; inside a transaction too. */
  bestOpen(db: Reader, doer: Doer, now: Date, count: number): Promise<Challenge[]> {
    return bestOpenChallenges(db, doer, now, count);
  }
}

/** The challenge with what the input gives. Null empties what may be empty, and leaves the rest as it is. */
function updated(known: Challenge, input: ChallengeUpdateInput): Challenge {
  return Object.assign(new Challenge(), known, {
    title: input.title ?? known.title,
    description: input.description ?? known.description,
    rewardPoints: input.rewardPoints ?? known.rewardPoints,
    startsAt: input.startsAt === undefined ? known.startsAt : input.startsAt,
    endsAt: input.endsAt === undefined ? known.endsAt : input.endsAt,
    maxPerAmbassador: input.maxPerAmbassador === undefined ? known.maxPerAmbassador : input.maxPerAmbassador,
  });
}
