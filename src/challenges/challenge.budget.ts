import sql, { join } from 'sql-template-tag';
import type { Transaction } from '../platform/database/database.js';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Challenge, ChallengeUsage } from './challenge.entity.js';
import { ChallengeLimitReached } from './challenge.refusals.js';
import { Submission } from './submission.entity.js';

/** More than any limit can be. */
const endless = 2_000_000_000;

function isLimited({ maxInAll, budgetPoints }: Challenge): boolean {
  return maxInAll !== null || budgetPoints !== null;
}

/** What is used of a challenge that has a limit in all or a budget. */
export const usageOf = new Loader(async (context: BaseContext, challengeIds: readonly string[]) => {
  const rows = await context.database.read((db) =>
    db.select(ChallengeUsage, sql`WHERE challenge_id IN (${join([...challengeIds])})`),
  );
  return inOrder(challengeIds, rows, (row) => row.challengeId);
});

/**
 * A challenge's limit in all and its points budget. Both hold in every interleaving, by one row for each such challenge:
 * - who submits holds the challenge for sharing, then takes its part by one guarded update of the row;
 * - what is rejected gives its part back, in the transaction that rejects it;
 * - who changes the limits holds the challenge against all of these, and counts anew.
 * The row is locked last and briefly; challenges without such a limit have none, and their submitters never meet.
 */
export class ChallengeBudget {
  /** Opens the row of a new challenge. */
  async open(tx: Transaction, challenge: Challenge): Promise<void> {
    if (isLimited(challenge)) {
      await tx.insert(ChallengeUsage, { challengeId: challenge.id, submissions: 0, points: 0 });
    }
  }

  /** Takes one submission and all the points that it may pay, or says which limit does not allow it. */
  async take(tx: Transaction, challenge: Challenge, points: number): Promise<ChallengeLimitReached | undefined> {
    if (!isLimited(challenge)) return undefined;
    const taken = await tx.execute(sql`
      UPDATE challenge_usage SET submissions = submissions + 1, points = points + ${points}
      WHERE challenge_id = ${challenge.id}
        AND submissions < ${challenge.maxInAll ?? endless} AND points + ${points} <= ${challenge.budgetPoints ?? endless}`);
    if (taken === 1) return undefined;
    const used = await tx.first(ChallengeUsage, sql`WHERE challenge_id = ${challenge.id}`);
    if (!used) throw new Error('A challenge with a limit has no row for what is used of it');
    const inAll = challenge.maxInAll !== null && used.submissions >= challenge.maxInAll;
    return new ChallengeLimitReached(inAll ? 'IN_ALL' : 'BUDGET');
  }

  /** Gives back what a submission took, as it was rejected. */
  async release(tx: Transaction, { submissionId, challengeId }: SubmissionOfChallenge): Promise<void> {
    // Only now is it certain whether there is a row: who changes the limits counts anew before or after this.
    const challenge = await tx.first(Challenge, sql`WHERE id = ${challengeId} ${tx.forShare}`);
    if (!challenge || !isLimited(challenge)) return;
    const submission = await tx.first(Submission, sql`WHERE id = ${submissionId}`);
    await tx.execute(sql`
      UPDATE challenge_usage SET submissions = submissions - 1, points = points - ${submission?.reservedPoints ?? 0}
      WHERE challenge_id = ${challengeId}`);
  }

  /** Frees points that were set aside and turned out not to be paid. */
  async free(tx: Transaction, challengeId: string, points: number): Promise<void> {
    if (points === 0) return;
    const challenge = await tx.first(Challenge, sql`WHERE id = ${challengeId} ${tx.forShare}`);
    if (!challenge || !isLimited(challenge)) return;
    await tx.execute(sql`UPDATE challenge_usage SET points = points - ${points} WHERE challenge_id = ${challengeId}`);
  }

  /** Counts anew after the limits changed, and answers the points that are used. The caller holds the challenge. */
  async recount(tx: Transaction, challenge: Challenge): Promise<number> {
    await tx.execute(sql`DELETE FROM challenge_usage WHERE challenge_id = ${challenge.id}`);
    if (!isLimited(challenge)) return 0;
    const [counted] = await tx.query<{ submissions: number | string; points: number | string | null }>(sql`
      SELECT COUNT(*) AS submissions, SUM(reserved_points) AS points FROM submission
      WHERE challenge_id = ${challenge.id} AND status <> 'REJECTED'`);
    const [submissions, points] = [Number(counted?.submissions ?? 0), Number(counted?.points ?? 0)];
    await tx.insert(ChallengeUsage, { challengeId: challenge.id, submissions, points });
    return points;
  }
}

interface SubmissionOfChallenge {
  readonly submissionId: string;
  readonly challengeId: string;
}
