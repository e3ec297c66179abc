import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import type { Events } from '../platform/events/events.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound } from '../platform/graphql/problem.js';
import type { Ledger } from '../points/ledger.js';
import { entryOfCause } from '../points/points.loaders.js';
import type { Challenge } from './challenge.entity.js';
import { requireChallenge } from './challenge.loaders.js';
import { Submission } from './submission.entity.js';
import { causeOfSubmission, submissionEvent } from './submission.events.js';
import type { SubmissionApproveInput, SubmissionRejectInput } from './submission.inputs.js';
import { submissionById } from './submission.loaders.js';
import { SubmissionApproved, SubmissionNotPending, SubmissionRejected } from './submission.results.js';

const dayMilliseconds = 86_400_000;

/** What becomes of a submission: it is approved or rejected, once. */
export class SubmissionDecisions {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
  ) {}

  /** Pays a pending submission, once: status, points and what follows from them commit together or not at all. */
  async approve(
    context: RequestContext,
    input: SubmissionApproveInput,
  ): Promise<SubmissionApproved | SubmissionNotPending | NotFound> {
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
  ): Promise<SubmissionRejected | SubmissionNotPending | NotFound> {
    const { caller } = context.session;
    const result = await this.decide(context, input.submissionId, (tx, submission) =>
      this.rejectIn(tx, submission, input.reason, caller),
    );
    return result instanceof Submission ? new SubmissionRejected(result) : result;
  }

  /**
   * Approves a submission if it is still pending, and answers whether it was. The caller holds the ambassador's balance.
   * @param decidedBy role and subject, or `system` where the challenge verifies automatically
   */
  async approveIn(tx: Transaction, submission: Submission, challenge: Challenge, decidedBy: string): Promise<boolean> {
    const decided = await tx.execute(sql`
      UPDATE submission SET status = 'APPROVED', decided_at = ${tx.now}, decided_by = ${decidedBy}
      WHERE id = ${submission.id} AND status = 'PENDING'`);
    if (decided === 0) return false;
    if (submission.rewardPoints > 0) {
      await this.ledger.award(tx, {
        ambassadorId: submission.ambassadorId,
        amountPoints: submission.rewardPoints,
        cause: causeOfSubmission(submission.id),
        category: submission.kind,
        reason: challenge.title,
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
      SET status = 'REJECTED', decided_at = ${tx.now}, decided_by = ${decidedBy}, rejection_reason = ${reason}
      WHERE id = ${submission.id} AND status = 'PENDING'`);
    if (decided === 0) return false;
    await this.events.emit(tx, 'submission.rejected', submission.programId, submissionEvent(submission));
    return true;
  }

  /** Runs a decision on a submission of the caller's program; answers with the submission as it is then. */
  private async decide(
    context: RequestContext,
    globalId: string,
    decision: (tx: Transaction, submission: Submission, challenge: Challenge) => Promise<boolean>,
  ): Promise<Submission | SubmissionNotPending | NotFound> {
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
      const decided = await decision(tx, submission, challenge);
      const current = await tx.first(Submission, sql`WHERE id = ${submission.id}`);
      if (!current) throw new Error('A submission that was decided is gone');
      return decided ? current : new SubmissionNotPending(current);
    });
    submissionById.clear(context);
    entryOfCause.clear(context);
    return result;
  }
}
