import sql, { join } from 'sql-template-tag';
import type { BaseContext } from '../platform/graphql/context.js';
import { inOrder, Loader } from '../platform/graphql/loader.js';
import { Submission, SubmissionVote } from './submission.entity.js';

export const submissionById = new Loader(async (context: BaseContext, ids: readonly string[]) => {
  const rows = await context.database.read((db) => db.select(Submission, sql`WHERE id IN (${join([...ids])})`));
  return inOrder(ids, rows, (row) => row.id);
});

/** One ambassador's vote for one submission, if it was cast. */
export const voteOf = new Loader(
  async (context: BaseContext, keys: readonly Pick<SubmissionVote, 'submissionId' | 'ambassadorId'>[]) => {
    const pairs = keys.map((key) => sql`(submission_id = ${key.submissionId} AND ambassador_id = ${key.ambassadorId})`);
    const rows = await context.database.read((db) => db.select(SubmissionVote, sql`WHERE ${join(pairs, ' OR ')}`));
    return inOrder(keys.map(voteKey), rows, voteKey);
  },
  voteKey,
);

function voteKey(vote: Pick<SubmissionVote, 'submissionId' | 'ambassadorId'>): string {
  return `${vote.submissionId} ${vote.ambassadorId}`;
}
