import sql from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { Audiences } from '../audience/audiences.js';
import type { RequestContext } from '../identity/session.js';
import type { Clock } from '../platform/clock.js';
import type { Database, Reader, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound } from '../platform/graphql/problem.js';
import type { ChallengeBudget } from './challenge.budget.js';
import { type ChallengeDraws, mostOf } from './challenge.draw.js';
import type { ChallengeEligibility } from './challenge.eligibility.js';
import { Challenge, type ChallengeKind, type ChallengeStatus } from './challenge.entity.js';
import { type ChallengeStage, pointsOf } from './challenge.stages.js';
import './challenge.events.js';
import {
  type ChallengeCreateInput,
  type ChallengesArgs,
  type ChallengeUpdateInput,
  endsBeforeStart,
  isPeriod,
} from './challenge.inputs.js';
import { isSameLimits, limitsOf } from './challenge.limits.js';
import { challengeById } from './challenge.loaders.js';
import { bestFirst, bestOf, type Doer, doneBy, hasStatus, openTo } from './challenge.open.js';
import { setPrerequisites } from './challenge.prerequisites.js';
import type { ChallengeRulesInput } from './challenge.rules.inputs.js';
import { startOf, termsIssue, termsOf } from './challenge.terms.js';
import { takenSeats } from './seats/seat.service.js';

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
    private readonly budget: ChallengeBudget,
    private readonly audiences: Audiences,
    private readonly eligibility: ChallengeEligibility,
    private readonly draws: ChallengeDraws,
  ) {}

  async create(context: RequestContext, input: ChallengeCreateInput): Promise<Challenge | InputInvalid> {
    context.session.require('challenge.create');
    const programId = context.session.program.id;
    return this.database.transact(async (tx) => {
      const refused = await this.refuseAudience(tx, programId, input);
      if (refused) return refused;
      const unequal = input.stages && wrongSum(input.rewardPoints, input.stages);
      if (unequal) return unequal;
      const id = tx.newId();
      const drawId = input.odds ? await this.draws.seal(tx, { id, programId }, input.odds) : null;
      const asked = {
        kind: input.kind,
        verification: input.verification,
        votable: input.votable ?? (votableKinds.has(input.kind) || input.verification === 'PEERS'),
        startsAt: input.startsAt ?? null,
      };
      const terms = termsOf(input, asked);
      const challenge = Object.assign(new Challenge(), {
        id,
        programId,
        title: input.title,
        description: input.description,
        rewardPoints: input.rewardPoints,
        ...asked,
        ...terms,
        startsAt: startOf({ ...asked, ...terms }),
        endsAt: input.endsAt ?? null,
        maxPerAmbassador: input.stages?.length ?? input.maxPerAmbassador,
        pendingDays: input.pendingDays,
        createdAt: tx.now,
        ...limitsOf(input),
        audience: input.audience ?? null,
        stages: input.stages ?? null,
        drawId,
        mostDrawnPoints: input.odds ? mostOf(input.odds) : null,
        pausedAt: null,
        archivedAt: null,
        limitsChangedAt: null,
      });
      const issue = termsIssue(challenge);
      if (issue) return issue;
      if (!isPeriod(challenge)) return InputInvalid.at(['endsAt'], endsBeforeStart);
      await tx.insert(Challenge, challenge);
      const circle = await setPrerequisites(tx, challenge, input.prerequisiteIds ?? []);
      if (circle) return circle;
      await this.budget.open(tx, challenge);
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
    if (input.prerequisiteIds) await tx.query(sql`SELECT id FROM program WHERE id = ${programId} ${tx.forUpdate}`);
    const known = id && (await tx.first(Challenge, sql`WHERE id = ${id} ${tx.forUpdate}`));
    if (!known || known.programId !== programId) return new NotFound();
    const staged = restaged(known, input);
    if (staged instanceof InputInvalid) return staged;
    const challenge = Object.assign(updated(known, input, tx.now), staged, await this.redrawn(tx, known, input));
    const refused = await this.refuseAudience(tx, programId, input);
    if (refused) return refused;
    const issue = termsIssue(challenge) ?? (await seatsIssue(tx, challenge));
    if (issue) return issue;
    if (!isPeriod(challenge)) return InputInvalid.at(['endsAt'], endsBeforeStart);
    await tx.execute(sql`
      UPDATE challenge SET
        title = ${challenge.title}, description = ${challenge.description}, reward_points = ${challenge.rewardPoints},
        starts_at = ${challenge.startsAt}, ends_at = ${challenge.endsAt},
        max_per_ambassador = ${challenge.maxPerAmbassador}, limit_window = ${challenge.limitWindow},
        max_per_window = ${challenge.maxPerWindow}, max_in_all = ${challenge.maxInAll},
        budget_points = ${challenge.budgetPoints}, cooldown_hours = ${challenge.cooldownHours},
        limits_changed_at = ${challenge.limitsChangedAt}, disclosure_text = ${challenge.disclosureText},
        event_ends_at = ${challenge.eventEndsAt}, seats = ${challenge.seats},
        form = ${challenge.form && JSON.stringify(challenge.form)}, peers_needed = ${challenge.peersNeeded},
        votes_per_voter = ${challenge.votesPerVoter},
        voters = ${challenge.voters && JSON.stringify(challenge.voters)},
        audience = ${challenge.audience && JSON.stringify(challenge.audience)},
        stages = ${challenge.stages && JSON.stringify(challenge.stages)}, draw_id = ${challenge.drawId},
        most_drawn_points = ${challenge.mostDrawnPoints}
      WHERE id = ${challenge.id}`);
    const circle = input.prerequisiteIds && (await setPrerequisites(tx, challenge, input.prerequisiteIds));
    if (circle) return circle;
    if (input.maxInAll !== undefined || input.budgetPoints !== undefined) {
      const used = await this.budget.recount(tx, challenge);
      if (challenge.budgetPoints !== null && challenge.budgetPoints < used) {
        return InputInvalid.at(
          ['budgetPoints'],
          `must not be less than the ${used} that are paid or set aside already`,
        );
      }
    }
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
    const now = this.clock.now();
    const listed = sql`${ofKind} AND ${args.status ? hasStatus(args.status, now) : sql`challenge.archived_at IS NULL`}`;
    const where = context.session.may('challenge.plan')
      ? listed
      : sql`${listed} AND (challenge.starts_at IS NULL OR challenge.starts_at <= ${now})`;
    return paginate(this.database, { entity: Challenge, where, order: newestFirst('challenge'), page: args });
  }

  /** What is open to an ambassador now, best first. It tells what they have done, so it is for them and for staff. */
  async listOpen(context: RequestContext, ambassador: Ambassador, page: PageArgs): Promise<Page<Challenge>> {
    context.session.require('submission.read', ambassador);
    const { programId, contactId, id: ambassadorId } = ambassador;
    const doer = { programId, contactId, ambassadorId, timeZone: context.session.program.timeZone };
    const now = this.clock.now();
    const [done, notMeant] = await this.database.read(async (db) => [
      await doneBy(db, ambassadorId),
      await this.eligibility.notMeantFor(db, doer, now),
    ]);
    const open = openTo(doer, now, notMeant);
    return paginate(this.database, { entity: Challenge, ...open, order: bestFirst(done), page });
  }

  /** Where a challenge stands now. */
  statusOf(challenge: Challenge): ChallengeStatus {
    return challenge.statusAt(this.clock.now());
  }

  /** The best challenges that are open to somebody at that moment, for who asks them; inside a transaction too. */
  async bestOpen(db: Reader, doer: Doer, now: Date, count: number): Promise<Challenge[]> {
    const notMeant = await this.eligibility.notMeantFor(db, doer, now);
    return bestOf(db, openTo(doer, now, notMeant), count);
  }

  /** Given odds are another draw, with a seed of its own; what waits still draws by the one that it came in with. */
  private async redrawn(tx: Transaction, known: Challenge, { odds }: ChallengeRulesInput): Promise<Partial<Challenge>> {
    if (odds === undefined) return {};
    if (odds === null) return { drawId: null, mostDrawnPoints: null };
    return { drawId: await this.draws.seal(tx, known, odds), mostDrawnPoints: mostOf(odds) };
  }

  private async refuseAudience(
    tx: Transaction,
    programId: string,
    input: ChallengeRulesInput,
  ): Promise<InputInvalid | undefined> {
    for (const name of ['audience', 'voters'] as const) {
      const rule = input[name];
      const refused = rule && (await this.audiences.refusal(tx, programId, rule));
      if (refused) return InputInvalid.at([name], refused);
    }
    return undefined;
  }
}

/** Nobody who takes part is sent away. The caller holds the challenge. */
async function seatsIssue(tx: Transaction, { id, seats }: Challenge): Promise<InputInvalid | undefined> {
  if (seats === null) return undefined;
  const taken = await takenSeats(tx, id);
  return seats < taken ? InputInvalid.at(['seats'], `must not be less than the ${taken} that are taken`) : undefined;
}

/** The challenge with what the input gives. Null empties what may be empty, and leaves the rest as it is. */
function updated(known: Challenge, input: ChallengeUpdateInput, now: Date): Challenge {
  const limits = {
    maxPerAmbassador: input.maxPerAmbassador === undefined ? known.maxPerAmbassador : input.maxPerAmbassador,
    ...limitsOf(input, known),
  };
  const terms = termsOf(input, known);
  const startsAt = input.startsAt === undefined ? known.startsAt : input.startsAt;
  return Object.assign(new Challenge(), known, terms, {
    title: input.title ?? known.title,
    description: input.description ?? known.description,
    rewardPoints: input.rewardPoints ?? known.rewardPoints,
    startsAt: startOf({ startsAt, eventEndsAt: terms.eventEndsAt }),
    endsAt: input.endsAt === undefined ? known.endsAt : input.endsAt,
    ...limits,
    audience: input.audience === undefined ? known.audience : input.audience,
    limitsChangedAt: isSameLimits(known, limits) ? known.limitsChangedAt : now,
  });
}

function wrongSum(rewardPoints: number, stages: readonly ChallengeStage[]): InputInvalid | undefined {
  const sum = pointsOf(stages);
  return rewardPoints === sum ? undefined : InputInvalid.at(['rewardPoints'], `must be the sum of its stages, ${sum}`);
}

/** The stages that an update leaves: steps may be changed and added, so that nobody stands on one that is gone. */
function restaged(
  known: Challenge,
  input: ChallengeUpdateInput,
): Pick<Challenge, 'stages' | 'rewardPoints' | 'maxPerAmbassador'> | InputInvalid | undefined {
  if (!known.stages) return input.stages ? InputInvalid.at(['stages'], 'must be given when it is made') : undefined;
  const stages = input.stages ?? known.stages;
  if (input.stages === null || stages.length < known.stages.length) {
    return InputInvalid.at(['stages'], `must not be fewer than the ${known.stages.length} that there are`);
  }
  const rewardPoints = pointsOf(stages);
  const wrong = wrongSum(input.rewardPoints ?? rewardPoints, stages);
  return wrong ?? { stages, rewardPoints, maxPerAmbassador: stages.length };
}
