import sql from 'sql-template-tag';
import type { Ambassador } from '../ambassadors/ambassador.entity.js';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { newestFirst, paginate } from '../platform/database/paginate.js';
import type { Events } from '../platform/events/events.js';
import type { Page, PageArgs } from '../platform/graphql/connection.js';
import type { Locale } from '../platform/graphql/messages.js';
import { rowId } from '../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import { once } from '../platform/idempotency/idempotency.js';
import type { Ledger } from '../points/ledger.js';
import { balanceOf } from '../points/points.loaders.js';
import { requireBalance } from '../points/points.service.js';
import { Challenge } from './challenge.entity.js';
import { requireChallenge } from './challenge.loaders.js';
import type { ChallengeLimitReached, ChallengeNotEligible } from './challenge.refusals.js';
import type { ChallengeRules, Submitter } from './challenge.rules.js';
import { checkedProof } from './proof/proof-check.js';
import { holdsSeat } from './seats/seat.service.js';
import type { SubmissionDecisions } from './submission.decisions.js';
import { Submission } from './submission.entity.js';
import { submissionEvent } from './submission.events.js';
import type { ChallengeSubmitInput, SubmissionsArgs } from './submission.inputs.js';
import { submissionById } from './submission.loaders.js';
import { ChallengeClosed, ChallengeSubmitted, SeatMissing } from './submission.results.js';

type SubmitRefusal =
  | InputInvalid
  | ChallengeClosed
  | ChallengeNotEligible
  | SeatMissing
  | ChallengeLimitReached
  | NotFound;

/** Submissions: how they come in, and who sees them. */
export class SubmissionService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
    private readonly decisions: SubmissionDecisions,
    private readonly rules: ChallengeRules,
  ) {}

  /** Takes an ambassador's answer to a challenge, once for each idempotency key; pays at once where nobody has to verify. */
  async submit(
    context: RequestContext,
    input: ChallengeSubmitInput,
  ): Promise<ChallengeSubmitted | SubmitRefusal | IdempotencyKeyReused> {
    const ambassadorId = context.session.requireAmbassador('submission.create');
    const { locale } = context;
    const call = { programId: context.session.program.id, caller: context.session.caller };
    const result = await this.database.transact(async (tx) => {
      // Held before anything is looked at: neither the limit nor the key can change under this ambassador's hands.
      await this.ledger.lockBalance(tx, ambassadorId);
      return once(tx, { ...call, operation: 'challengeSubmit', input }, () =>
        this.submitOnce(
          tx,
          { ambassadorId, timeZone: context.session.program.timeZone, locale },
          call.programId,
          input,
        ),
      );
    });
    if (result instanceof Problem) return result;
    balanceOf.clear(context);
    const submission = await submissionById.load(context, result);
    if (!submission) throw new Error('A submission that was made is gone');
    return new ChallengeSubmitted(submission, await requireBalance(context, ambassadorId));
  }

  private async submitOnce(
    tx: Transaction,
    submitter: Submitter & { readonly locale: Locale },
    programId: string,
    input: ChallengeSubmitInput,
  ): Promise<string | SubmitRefusal> {
    const id = rowId(Challenge, input.challengeId);
    // Held, so that its rules are the same until this submission is in.
    const challenge = id && (await tx.first(Challenge, sql`WHERE id = ${id} ${tx.forShare}`));
    if (!challenge || challenge.programId !== programId) return new NotFound();
    const proof = await checkedProof(tx, challenge, input.proof, submitter.locale);
    if (proof instanceof InputInvalid) return proof;
    if (!challenge.isOpenAt(tx.now)) return new ChallengeClosed(challenge);
    if (challenge.seats !== null && !(await holdsSeat(tx, challenge.id, submitter.ambassadorId)))
      return new SeatMissing();
    const admission = await this.rules.admit(tx, challenge, submitter);
    if (admission instanceof Problem) return admission;
    const submission = Object.assign(new Submission(), {
      id: tx.newId(),
      programId,
      challengeId: challenge.id,
      ambassadorId: submitter.ambassadorId,
      kind: challenge.kind,
      status: 'PENDING',
      proof,
      submittedAt: tx.now,
      peersNeeded: challenge.verification === 'PEERS' ? challenge.peersNeeded : null,
      votes: 0,
      ...admission,
    } as const);
    await tx.insert(Submission, submission);
    await this.events.emit(tx, 'submission.submitted', programId, submissionEvent(submission));
    if (challenge.verification === 'AUTOMATIC') await this.decisions.approveIn(tx, submission, challenge, 'system');
    return submission.id;
  }

  /** A submission that the caller may see: staff any, an ambassador its own and those of others that it may vote for. */
  async find(context: RequestContext, id: string): Promise<Submission | undefined> {
    const { session } = context;
    const submission = await submissionById.load(context, id);
    if (submission?.programId !== session.program.id) return undefined;
    if (session.may('submission.read', submission)) return submission;
    if (!session.may('submission.readVotable') || !submission.isShown()) return undefined;
    return (await requireChallenge(context, submission.challengeId)).votable ? submission : undefined;
  }

  /** The submissions of the program, newest first. */
  async list(context: RequestContext, args: SubmissionsArgs): Promise<Page<Submission>> {
    context.session.require('submission.list');
    const inProgram = sql`submission.program_id = ${context.session.program.id}`;
    const where = args.status ? sql`${inProgram} AND submission.status = ${args.status}` : inProgram;
    return paginate(this.database, { entity: Submission, where, order: newestFirst('submission'), page: args });
  }

  /** What an ambassador submitted, newest first. */
  async listOfAmbassador(context: RequestContext, ambassador: Ambassador, page: PageArgs): Promise<Page<Submission>> {
    context.session.require('submission.read', ambassador);
    const where = sql`submission.ambassador_id = ${ambassador.id}`;
    return paginate(this.database, { entity: Submission, where, order: newestFirst('submission'), page });
  }

  /** What was submitted to a challenge as far as the caller may see it, newest first. */
  async listOfChallenge(context: RequestContext, challenge: Challenge, page: PageArgs): Promise<Page<Submission>> {
    const { session } = context;
    session.require('submission.readVotable');
    const ofChallenge = sql`submission.challenge_id = ${challenge.id}`;
    const own = sql`submission.ambassador_id = ${session.ambassadorId ?? ''}`;
    const seen = challenge.votable
      ? sql`(submission.status IN ('PENDING', 'APPROVED') AND submission.consent_revoked_at IS NULL OR ${own})`
      : own;
    const where = session.may('submission.list') ? ofChallenge : sql`${ofChallenge} AND ${seen}`;
    return paginate(this.database, { entity: Submission, where, order: newestFirst('submission'), page });
  }
}
