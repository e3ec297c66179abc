import sql from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import type { Events } from '../../platform/events/events.js';
import type { Locale } from '../../platform/graphql/messages.js';
import { rowId } from '../../platform/graphql/node.js';
import { type IdempotencyKeyReused, InputInvalid, NotFound, Problem } from '../../platform/graphql/problem.js';
import { once } from '../../platform/idempotency/idempotency.js';
import type { Ledger } from '../../points/ledger.js';
import { Challenge } from '../challenge.entity.js';
import { checkedProof } from '../proof/proof-check.js';
import { Submission } from '../submission.entity.js';
import { submissionEvent } from '../submission.events.js';
import { submissionById } from '../submission.loaders.js';
import type { SubmissionResubmitInput } from './moderation.inputs.js';
import { ChangesNotRequested } from './moderation.results.js';
import { SubmissionRevision } from './revision.entity.js';

type Refusal = ChangesNotRequested | InputInvalid | NotFound;

/** Submissions that come in again, as a moderator asked. */
export class ResubmissionService {
  constructor(
    private readonly database: Database,
    private readonly events: Events,
    private readonly ledger: Ledger,
  ) {}

  /** Takes the changed proof of a submission, once for each idempotency key; what it was before is kept. */
  async resubmit(
    context: RequestContext,
    input: SubmissionResubmitInput,
  ): Promise<Submission | Refusal | IdempotencyKeyReused> {
    const { session, locale } = context;
    const ambassadorId = session.requireAmbassador('submission.create');
    const call = { programId: session.program.id, caller: session.caller, operation: 'submissionResubmit', input };
    const result = await this.database.transact(async (tx) => {
      await this.ledger.lockBalance(tx, ambassadorId);
      return once(tx, call, () => this.resubmitOnce(tx, ambassadorId, locale, input));
    });
    submissionById.clear(context);
    if (result instanceof Problem) return result;
    const submission = await submissionById.load(context, result);
    if (!submission) throw new Error('A submission that was changed is gone');
    return submission;
  }

  private async resubmitOnce(
    tx: Transaction,
    ambassadorId: string,
    locale: Locale,
    input: SubmissionResubmitInput,
  ): Promise<string | Refusal> {
    const id = rowId(Submission, input.submissionId);
    const submission = id && (await tx.first(Submission, sql`WHERE id = ${id} ${tx.forUpdate}`));
    if (!submission || submission.ambassadorId !== ambassadorId) return new NotFound();
    if (submission.status !== 'CHANGES_REQUESTED') return new ChangesNotRequested(submission);
    const challenge = await tx.first(Challenge, sql`WHERE id = ${submission.challengeId}`);
    if (!challenge) throw new Error('A challenge that is referred to is gone');
    const proof = await checkedProof(tx, challenge, input.proof, locale);
    if (proof instanceof InputInvalid) return proof;
    await tx.insert(SubmissionRevision, {
      submissionId: submission.id,
      number: (await revisionsOf(tx, submission.id)) + 1,
      proof: submission.proof,
      submittedAt: submission.resubmittedAt ?? submission.submittedAt,
      changeRequest: submission.changeRequest ?? '',
    });
    // Peers approve what they saw: votes for what it was do not count for what it is.
    if (submission.peersNeeded !== null) {
      await tx.execute(sql`DELETE FROM submission_vote WHERE submission_id = ${submission.id}`);
      await tx.execute(sql`UPDATE submission SET votes = 0 WHERE id = ${submission.id}`);
    }
    await tx.execute(sql`
      UPDATE submission SET status = 'PENDING', proof = ${JSON.stringify(proof)}, resubmitted_at = ${tx.now},
        change_request = NULL
      WHERE id = ${submission.id}`);
    await this.events.emit(tx, 'submission.resubmitted', submission.programId, submissionEvent(submission));
    return submission.id;
  }
}

/** How often a submission was changed. */
export function revisionsOf(tx: Transaction, submissionId: string): Promise<number> {
  return tx.count(SubmissionRevision, sql`WHERE submission_id = ${submissionId}`);
}
