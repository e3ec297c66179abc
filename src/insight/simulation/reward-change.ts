import sql from 'sql-template-tag';
import { Challenge } from '../../challenges/challenge.entity.js';
import type { RequestContext } from '../../identity/session.js';
import type { Database } from '../../platform/database/database.js';
import { rowId } from '../../platform/graphql/node.js';
import type { RewardChangeArgs } from './simulation.inputs.js';
import type { RewardChangePreview } from './simulation.results.js';

interface Totals {
  readonly approved: number | string;
  readonly paid: number | string | null;
  readonly would: number | string | null;
}

/**
 * What another reward of a challenge would have cost over a time that has passed. It counts what was approved then, each
 * at the new reward. It does not play the time again: that a higher reward brings more submissions, or that a budget,
 * a stage, a draw or a bonus would have paid otherwise, it cannot know.
 */
export class RewardChanges {
  constructor(private readonly database: Database) {}

  async preview(context: RequestContext, args: RewardChangeArgs): Promise<RewardChangePreview | null> {
    context.session.require('points.forecast');
    const id = rowId(Challenge, args.challengeId);
    const programId = context.session.program.id;
    const { rewardPoints, from, to } = args;
    return this.database.read(async (db) => {
      const challenge = id && (await db.first(Challenge, sql`WHERE id = ${id} AND program_id = ${programId}`));
      if (!challenge) return null;
      const [totals] = await db.query<Totals>(sql`
        SELECT COUNT(*) AS approved, SUM(COALESCE(t.amount_points - t.reversed_points, 0)) AS paid,
          SUM(CASE WHEN COALESCE(t.reversed_points, 0) >= ${rewardPoints} THEN 0
            ELSE ${rewardPoints} - COALESCE(t.reversed_points, 0) END) AS would
        FROM submission s
        LEFT JOIN points_transfer t ON t.ambassador_id = s.ambassador_id
          AND t.cause LIKE 'submission:%' AND SUBSTR(t.cause, 12) = s.id
        WHERE s.challenge_id = ${id} AND s.status = 'APPROVED' AND s.decided_at >= ${from} AND s.decided_at < ${to}`);
      const paidPoints = Number(totals?.paid ?? 0);
      const wouldHavePaidPoints = Number(totals?.would ?? 0);
      return {
        approvedSubmissions: Number(totals?.approved ?? 0),
        paidPoints,
        wouldHavePaidPoints,
        differencePoints: wouldHavePaidPoints - paidPoints,
      };
    });
  }
}
