import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { rowId } from '../platform/graphql/node.js';
import { InputInvalid, NotFound, Problem } from '../platform/graphql/problem.js';
import type { Ledger } from '../points/ledger.js';
import { entryOfCause } from '../points/points.loaders.js';
import type { Challenge } from './challenge.entity.js';
import { requireChallenge } from './challenge.loaders.js';
import type { SubmissionDecisionInput, SubmissionRequestChangesInput } from './moderation/moderation.inputs.js';
import { SubmissionChangesRequested } from './moderation/moderation.results.js';
import { revisionsOf } from './moderation/resubmission.service.js';
import { Submission } from './submission.entity.js';
import { causeOfSubmission, submissionEvent } from './submission.events.js';
import type { SubmissionApproveInput, SubmissionRejectInput } from './submission.inputs.js';
import { submissionById } from './submission.loaders.js';
import type { SubmissionPay } from './submission.pay.js';
import {
  SubmissionApproved,
  SubmissionClaimedByAnother,
  SubmissionNotPending,
  SubmissionRejected,
} from './submission.results.js';

const dayMilliseconds = 86_400_000;
/** After so many changes a moderator says yes or no. */
const revisionsMax = 20;

type Refusal = SubmissionClaimedByAnother | SubmissionNotPending | NotFound;
type Decided = SubmissionApproved | SubmissionRejected | SubmissionChangesRequested | InputInvalid | Refusal;

/** What becomes of a submission: it is approved or rejected, once. */
export class SubmissionDecisions {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
    private readonly pay: SubmissionPay,
  ) {}

  /** Pays a pending submission, once: status, points and what follows from them commit together or not at all. */
  async approve(
    context: RequestContext,
    input: SubmissionApproveInput,
  ): Promise<SubmissionApproved | InputInvalid | Refusal> {
    const { caller } = context.session;
    const result = await this.decide(context, input.submissionId, (tx, submission, challenge) =>
      this.approveIn(tx, submission, challenge, caller),
    );
    return result instanceof Submission ? new SubmissionApproved(result) : result;
  }

  /** Refuses a pending submission, once, and says why. */
  async reject(
    context: RequestContext,
    input: SubmissionRejectInput,
  ): Promise<SubmissionRejected | InputInvalid | Refusal> {
    const { caller } = context.session;
    const result = await this.decide(context, input.submissionId, (tx, submission) =>
      this.rejectIn(tx, submission, input.reason, caller),
    );
    return result instanceof Submission ? new SubmissionRejected(result) : result;
  }

  /** Sends a pending submission back to its ambassador, and says what to change. */
  async requestChanges(
    context: RequestContext,
    input: SubmissionRequestChangesInput,
  ): Promise<Submission | InputInvalid | Refusal> {
    return this.decide(context, input.submissionId, (tx, submission) =>
      this.requestChangesIn(tx, submission, input.reason),
    );
  }

  /** Takes many decisions, one after the other: each in its own transaction, so that none takes others with it. */
  async decideMany(context: RequestContext, decisions: readonly SubmissionDecisionInput[]): Promise<Decided[]> {
    context.session.require('submission.decide');
    const results: Decided[] = [];
    for (const [index, decision] of decisions.entries()) {
      results.push((await this.refusalOfServer(context, decision, index)) ?? (await this.take(context, decision)));
    }
    return results;
  }

  private async take(
    context: RequestContext,
    { submissionId, decision, reason }: SubmissionDecisionInput,
  ): Promise<Decided> {
    if (decision === 'APPROVE') return this.approve(context, { submissionId });
    if (decision === 'REJECT') return this.reject(context, { submissionId, reason: reason ?? '' });
    const result = await this.requestChanges(context, { submissionId, reason: reason ?? '' });
    return result instanceof Submission ? new SubmissionChangesRequested(result) : result;
  }

  /** Where one decision alone would be forbidden, one of many is refused without stopping the others. */
  private async refusalOfServer(
    context: RequestContext,
    { submissionId }: SubmissionDecisionInput,
    index: number,
  ): Promise<InputInvalid | undefined> {
    const { session } = context;
    if (session.may('submission.moderate')) return undefined;
    const id = rowId(Submission, submissionId);
    const submission = id && (await submissionById.load(context, id));
    if (!submission || submission.programId !== session.program.id) return undefined;
    const { verification } = await requireChallenge(context, submission.challengeId);
    if (verification === 'INTEGRATION') return undefined;
    return InputInvalid.at(['decisions', String(index), 'submissionId'], 'is not for servers to decide on');
  }

  /**
   * Approves a submission if it is still pending, and answers whether it was. The caller holds the ambassador's balance.
   * @param decidedBy role and subject, or `system` where the challenge verifies automatically
   */
  async approveIn(tx: Transaction, submission: Submission, challenge: Challenge, decidedBy: string): Promise<boolean> {
    const decided = await tx.execute(sql`
      UPDATE submission SET status = 'APPROVED', decided_at = ${tx.now}, decided_by = ${decidedBy},
        claimed_by = NULL, claim_expires_at = NULL
      WHERE id = ${submission.id} AND status = 'PENDING'`);
    if (decided === 0) return false;
    const { amountPoints, reason } = await this.pay.settle(tx, submission, challenge);
    if (amountPoints > 0) {
      await this.ledger.award(tx, {
        ambassadorId: submission.ambassadorId,
        amountPoints,
        cause: causeOfSubmission(submission.id),
        category: submission.kind,
        reason,
        actor: decidedBy,
        ...(challenge.pendingDays > 0 && {
          availableAt: new Date(tx.now.getTime() + challenge.pendingDays * dayMilliseconds),
        }),
      });
    }
    await this.events.emit(tx, 'submission.approved', submission.programId, submissionEvent(submission));
    return true;
  }

  private async rejectIn(tx: Transaction, submission: Submission, reason: string, decidedBy: string): Promise<boolean> {
    const decided = await tx.execute(sql`
      UPDATE submission
      SET status = 'REJECTED', decided_at = ${tx.now}, decided_by = ${decidedBy}, rejection_reason = ${reason},
        change_request = NULL, claimed_by = NULL, claim_expires_at = NULL
      WHERE id = ${submission.id} AND status IN ('PENDING', 'CHANGES_REQUESTED')`);
    if (decided === 0) return false;
    await this.events.emit(tx, 'submission.rejected', submission.programId, submissionEvent(submission));
    return true;
  }

  private async requestChangesIn(
    tx: Transaction,
    submission: Submission,
    reason: string,
  ): Promise<boolean | InputInvalid> {
    if ((await revisionsOf(tx, submission.id)) >= revisionsMax) {
      return InputInvalid.at(['submissionId'], `was changed ${revisionsMax} times: approve or reject it`);
    }
    const asked = await tx.execute(sql`
      UPDATE submission
      SET status = 'CHANGES_REQUESTED', change_request = ${reason}, claimed_by = NULL, claim_expires_at = NULL
      WHERE id = ${submission.id} AND status = 'PENDING'`);
    if (asked === 0) return false;
    await this.events.emit(tx, 'submission.changesRequested', submission.programId, submissionEvent(submission));
    return true;
  }

  /** Runs a decision on a submission of the caller's program; answers with the submission as it is then. */
  private async decide(
    context: RequestContext,
    globalId: string,
    decision: (tx: Transaction, submission: Submission, challenge: Challenge) => Promise<boolean | InputInvalid>,
  ): Promise<Submission | InputInvalid | Refusal> {
    const { session } = context;
    session.require('submission.decide');
    const id = rowId(Submission, globalId);
    const submission = id && (await submissionById.load(context, id));
    if (!submission || submission.programId !== session.program.id) return new NotFound();
    const challenge = await requireChallenge(context, submission.challengeId);
    // What people verify is not for servers to decide.
    if (challenge.verification !== 'INTEGRATION') session.require('submission.moderate');
    const result = await this.database.transact(async (tx) => {
      await this.ledger.lockBalance(tx, submission.ambassadorId);
      const before = await tx.first(Submission, sql`WHERE id = ${submission.id} ${tx.forUpdate}`);
      if (before?.isClaimedByAnother(session.caller, tx.now)) return new SubmissionClaimedByAnother(before);
      const decided = await decision(tx, submission, challenge);
      if (decided instanceof Problem) return decided;
      const current = await tx.first(Submission, sql`WHERE id = ${submission.id}`);
      if (!current) throw new Error('A submission that was decided is gone');
      return decided ? current : new SubmissionNotPending(current);
    });
    submissionById.clear(context);
    entryOfCause.clear(context);
    return result;
  }
}
