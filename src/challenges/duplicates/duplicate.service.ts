import sql, { join } from 'sql-template-tag';
import type { Database, Transaction } from '../../platform/database/database.js';
import { Submission } from '../submission.entity.js';
import { SubmissionFlag, SubmissionMark } from './duplicate.entity.js';
import { marksOf, piecesOf, similarity, urlOf } from './likeness.js';

/** How much two texts have to have in common: what is left of one of which every tenth word was replaced has more. */
const similarityMin = 0.7;
const flagsMax = 10;
/** How many submissions with one mark are compared, the newest. */
const comparedPerMarkMax = 10;

type Flag = Pick<SubmissionFlag, 'likeId' | 'reason' | 'similarityPercent'>;

/** Finds submissions that look like ones that came before, and flags them for the moderators. */
export class DuplicateService {
  constructor(private readonly database: Database) {}

  /**
   * Compares a submission with the others of its program, after it came in and so after it can be seen: of two that come
   * in at the same moment one is flagged. Done again it finds the same.
   */
  async inspect(submissionId: string): Promise<void> {
    await this.database.transact(async (tx) => {
      const submission = await tx.first(Submission, sql`WHERE id = ${submissionId} ${tx.forUpdate}`);
      if (!submission) return;
      const marks = marksOf(submission.proof);
      await tx.execute(sql`DELETE FROM submission_mark WHERE submission_id = ${submissionId}`);
      await tx.execute(sql`DELETE FROM submission_flag WHERE submission_id = ${submissionId}`);
      if (marks.length === 0) return;
      const { programId } = submission;
      await tx.insert(
        SubmissionMark,
        marks.map((mark) => ({ submissionId, mark, programId })),
      );
      const flags = compare(submission, await alike(tx, submission, marks));
      if (flags.length === 0) return;
      await tx.insert(
        SubmissionFlag,
        flags.map((flag) => ({ ...flag, submissionId, flaggedAt: tx.now })),
      );
    });
  }
}

/** The submissions that share a mark, but for those that were flagged for this one. */
async function alike(tx: Transaction, { id, programId }: Submission, marks: readonly string[]): Promise<Submission[]> {
  const newest = marks.map(
    (mark) => sql`SELECT * FROM (
      SELECT submission_id FROM submission_mark
      WHERE program_id = ${programId} AND mark = ${mark} AND submission_id <> ${id}
      ORDER BY submission_id DESC LIMIT ${comparedPerMarkMax}) of_mark`,
  );
  const found = await tx.query<{ submission_id: string }>(join(newest, ' UNION '));
  if (found.length === 0) return [];
  return tx.select(
    Submission,
    sql`WHERE id IN (${join(found.map((row) => row.submission_id))})
      AND NOT EXISTS (SELECT 1 FROM submission_flag flag WHERE flag.submission_id = submission.id AND flag.like_id = ${id})
      ORDER BY id`,
  );
}

/** Who was rejected may try again with the same. */
function isRetry(submission: Submission, other: Submission): boolean {
  return (
    other.status === 'REJECTED' &&
    other.ambassadorId === submission.ambassadorId &&
    other.challengeId === submission.challengeId
  );
}

function compare(submission: Submission, others: readonly Submission[]): Flag[] {
  const url = urlOf(submission.proof);
  const pieces = piecesOf(submission.proof);
  const flags = others.flatMap((other): Flag[] => {
    if (isRetry(submission, other)) return [];
    const likeId = other.id;
    if (url && url === urlOf(other.proof)) return [{ likeId, reason: 'SAME_URL', similarityPercent: 100 }];
    const alikeness = similarity(pieces, piecesOf(other.proof));
    if (alikeness < similarityMin) return [];
    return [{ likeId, reason: 'SIMILAR_TEXT', similarityPercent: Math.floor(alikeness * 100) }];
  });
  return flags.sort((a, b) => b.similarityPercent - a.similarityPercent).slice(0, flagsMax);
}
