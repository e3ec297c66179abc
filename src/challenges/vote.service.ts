import sql from 'sql-template-tag';
import type { RequestContext } from '../identity/session.js';
import type { Database, Transaction } from '../platform/database/database.js';
import { rowId } from '../platform/graphql/node.js';
import { NotFound } from '../platform/graphql/problem.js';
import { Challenge } from './challenge.entity.js';
import { Submission, SubmissionVote } from './submission.entity.js';
import type { VoteCastInput } from './submission.inputs.js';
import { submissionById, voteOf } from './submission.loaders.js';
import { VoteCounted, VoteRefused } from './submission.results.js';

/** Votes of ambassadors for each other's submissions: one each, and the count is how many voted. */
export class VoteService {
  constructor(private readonly database: Database) {}

  /** Counts the calling ambassador's vote, once. */
  async cast(context: RequestContext, input: VoteCastInput): Promise<VoteCounted | VoteRefused | NotFound> {
    const ambassadorId = context.session.requireAmbassador('vote.cast');
    const programId = context.session.program.id;
    const id = rowId(Submission, input.submissionId);
    if (!id) return new NotFound();
    const result = await this.database.transact((tx) => this.castIn(tx, programId, id, ambassadorId));
    submissionById.clear(context);
    voteOf.clear(context);
    return result;
  }

  private async castIn(
    tx: Transaction,
    programId: string,
    id: string,
    ambassadorId: string,
  ): Promise<VoteCounted | VoteRefused | NotFound> {
    // Voters queue at the submission, so that the count and the votes it counts are never seen apart.
    const submission = await tx.first(Submission, sql`WHERE id = ${id} AND program_id = ${programId} ${tx.forUpdate}`);
    if (!submission) return new NotFound();
    const challenge = await tx.first(Challenge, sql`WHERE id = ${submission.challengeId}`);
    if (!challenge) throw new Error('A challenge that is referred to is gone');
    if (submission.ambassadorId === ambassadorId) return new VoteRefused('OWN_SUBMISSION');
    if (!challenge.votable) return new VoteRefused('NOT_VOTABLE');
    if (submission.status === 'REJECTED') return new VoteRefused('SUBMISSION_REJECTED');
    const known = await tx.first(SubmissionVote, sql`WHERE submission_id = ${id} AND ambassador_id = ${ambassadorId}`);
    if (known) return new VoteCounted(submission);
    if (!challenge.isOpenAt(tx.now)) return new VoteRefused('CHALLENGE_CLOSED');
    await tx.insert(SubmissionVote, { submissionId: id, ambassadorId, castAt: tx.now });
    await tx.execute(sql`UPDATE submission SET votes = votes + 1 WHERE id = ${id}`);
    return new VoteCounted(Object.assign(new Submission(), submission, { votes: submission.votes + 1 }));
  }
}
