import sql, { join } from 'sql-template-tag';
import type { RequestContext } from '../../identity/session.js';
import type { Clock } from '../../platform/clock.js';
import type { Database, Transaction } from '../../platform/database/database.js';
import { paginate } from '../../platform/database/paginate.js';
import type { Page } from '../../platform/graphql/connection.js';
import { rowId } from '../../platform/graphql/node.js';
import { NotFound } from '../../platform/graphql/problem.js';
import { Challenge } from '../challenge.entity.js';
import { Submission } from '../submission.entity.js';
import { submissionById } from '../submission.loaders.js';
import { SubmissionClaimedByAnother, SubmissionNotPending } from '../submission.results.js';
import type { ModerationQueueArgs, SubmissionClaimInput, SubmissionReleaseInput } from './moderation.inputs.js';

const claimMilliseconds = 15 * 60_000;

/** What waits for moderators, and which of them looks at what: one at a time, for a quarter of an hour. */
export class ClaimService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** The submissions that wait for a moderator, those that wait longest first. */
  async queue(context: RequestContext, args: ModerationQueueArgs): Promise<Page<Submission>> {
    const { session } = context;
    session.require('submission.moderate');
    const challengeId = args.challengeId && (rowId(Challenge, args.challengeId) ?? '');
    const conditions = [
      sql`submission.program_id = ${session.program.id} AND submission.status = 'PENDING'
        AND challenge.verification <> 'INTEGRATION'`,
      ...(args.kind ? [sql`submission.kind = ${args.kind}`] : []),
      ...(args.challengeId ? [sql`submission.challenge_id = ${challengeId}`] : []),
      ...(args.flagged
        ? [sql`EXISTS (SELECT 1 FROM submission_flag flag WHERE flag.submission_id = submission.id)`]
        : []),
      ...(args.free
        ? [
            sql`(submission.claimed_by IS NULL OR submission.claimed_by = ${session.caller}
              OR submission.claim_expires_at <= ${this.clock.now()})`,
          ]
        : []),
    ];
    return paginate(this.database, {
      entity: Submission,
      joins: sql`JOIN challenge ON challenge.id = submission.challenge_id`,
      where: join(conditions, ' AND '),
      order: [{ column: 'submission.id', direction: 'ASC', read: ({ id }) => id }],
      page: args,
    });
  }

  /** Lets the caller alone decide for a while. Who holds the claim already gets more time. */
  async claim(
    context: RequestContext,
    { submissionId }: SubmissionClaimInput,
  ): Promise<Submission | SubmissionClaimedByAnother | SubmissionNotPending | NotFound> {
    const { caller } = context.session;
    return this.change(context, submissionId, async (tx, submission) => {
      if (submission.status !== 'PENDING') return new SubmissionNotPending(submission);
      if (submission.isClaimedByAnother(caller, tx.now)) return new SubmissionClaimedByAnother(submission);
      const claimExpiresAt = new Date(tx.now.getTime() + claimMilliseconds);
      await tx.execute(sql`
        UPDATE submission SET claimed_by = ${caller}, claim_expires_at = ${claimExpiresAt}
        WHERE id = ${submission.id}`);
      return Object.assign(new Submission(), submission, { claimedBy: caller, claimExpiresAt });
    });
  }

  /** Ends the caller's claim; an admin ends anybody's. */
  async release(
    context: RequestContext,
    { submissionId }: SubmissionReleaseInput,
  ): Promise<Submission | SubmissionClaimedByAnother | NotFound> {
    const { session } = context;
    return this.change(context, submissionId, async (tx, submission) => {
      const isAnothers = submission.isClaimedByAnother(session.caller, tx.now);
      if (isAnothers && !session.may('submission.takeOver')) return new SubmissionClaimedByAnother(submission);
      await tx.execute(sql`
        UPDATE submission SET claimed_by = NULL, claim_expires_at = NULL WHERE id = ${submission.id}`);
      return Object.assign(new Submission(), submission, { claimedBy: null, claimExpiresAt: null });
    });
  }

  private async change<Result>(
    context: RequestContext,
    globalId: string,
    work: (tx: Transaction, submission: Submission) => Promise<Result>,
  ): Promise<Result | NotFound> {
    const { session } = context;
    session.require('submission.moderate');
    const id = rowId(Submission, globalId);
    const result = await this.database.transact(async (tx) => {
      const submission = id && (await tx.first(Submission, sql`WHERE id = ${id} ${tx.forUpdate}`));
      if (!submission || submission.programId !== session.program.id) return new NotFound();
      return work(tx, submission);
    });
    submissionById.clear(context);
    return result;
  }
}
