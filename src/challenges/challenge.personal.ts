import sql from 'sql-template-tag';
import type { Reader, Transaction } from '../platform/database/database.js';
import { grouped } from '../platform/graphql/loader.js';
import { idsOf, ofAmbassador, type PersonalData } from '../platform/personal.js';
import { SubmissionRevision } from './moderation/revision.entity.js';
import { Seat } from './seats/seat.entity.js';
import { Submission, SubmissionVote } from './submission.entity.js';
import type { SubmissionProofInput } from './submission.proof.js';

/** Where nothing can ever be found: RFC 2606 keeps the name for that. */
const nowhere = 'https://erased.invalid/';

/** What somebody sent in, for whom they voted, and where they have a seat. */
export function defineSubmissions(personalData: PersonalData): void {
  personalData.define(
    { part: 'submissions', entity: Submission, of: ofAmbassador(), keyOf: ({ id }) => id, erase: blank, show },
    ['submission', 'submission_revision', 'submission_mark', 'submission_flag', 'idea'],
  );
  personalData.define({
    part: 'votes',
    entity: SubmissionVote,
    of: ofAmbassador(),
    column: sql`submission_id`,
    keyOf: ({ submissionId }) => submissionId,
    show: async (_, rows) => rows.map(({ submissionId, castAt }) => ({ submissionId, castAt })),
  });
  personalData.define({
    part: 'seats',
    entity: Seat,
    of: ofAmbassador(),
    keyOf: ({ id }) => id,
    show: async (_, rows) =>
      rows.map(({ challengeId, status, requestedAt, takenAt }) => ({ challengeId, status, requestedAt, takenAt })),
  });
  personalData.keepNumbers('submission_vote', 'seat', 'track_completion');
  personalData.concernNobody(
    ...['challenge', 'challenge_usage', 'reward_draw', 'bonus_window', 'challenge_prerequisite', 'track', 'track_step'],
    ...['review_platform', 'disclosure'],
  );
}

/** Takes the words and addresses out of submissions, and those of staff about them; their number and points stay. */
async function blank(tx: Transaction, rows: readonly Submission[]): Promise<void> {
  const ids = idsOf(rows);
  for (const { id, proof, kind, consentRevokedAt } of rows) {
    const unsaid = JSON.stringify(withoutWords(proof));
    const revokedAt = kind === 'QUOTE' ? (consentRevokedAt ?? tx.now) : consentRevokedAt;
    await tx.execute(sql`
      UPDATE submission SET proof = ${unsaid}, consent_revoked_at = ${revokedAt},
        rejection_reason = CASE WHEN rejection_reason IS NULL THEN NULL ELSE '' END,
        change_request = CASE WHEN change_request IS NULL THEN NULL ELSE '' END
      WHERE id = ${id}`);
    await tx.execute(sql`
      UPDATE submission_revision SET proof = ${unsaid}, change_request = '' WHERE submission_id = ${id}`);
  }
  await tx.execute(sql`DELETE FROM submission_mark WHERE submission_id IN (${ids})`);
  await tx.execute(sql`DELETE FROM submission_flag WHERE submission_id IN (${ids}) OR like_id IN (${ids})`);
  await tx.execute(sql`UPDATE idea SET reply = NULL WHERE submission_id IN (${ids})`);
}

/** A proof of the same kind that says nothing. */
function withoutWords({ review, quote, link, answer }: SubmissionProofInput): SubmissionProofInput {
  if (review) return { review: { platform: review.platform, url: nowhere, rating: review.rating ?? null } };
  if (quote) return { quote: { text: '', attribution: '', consentToPublish: false } };
  if (link) return { link: { url: nowhere } };
  return answer ? { answer: { text: '' } } : { form: { values: {} } };
}

async function show(db: Reader, rows: readonly Submission[]): Promise<readonly object[]> {
  const ids = rows.map(({ id }) => id);
  const revisions = await db.select(
    SubmissionRevision,
    sql`WHERE submission_id IN (${idsOf(rows)}) ORDER BY submission_id, number`,
  );
  const revisionsOf = grouped(ids, revisions, ({ submissionId }) => submissionId);
  return rows.map((row, index) => ({
    id: row.id,
    challengeId: row.challengeId,
    kind: row.kind,
    status: row.status,
    proof: row.proof,
    submittedAt: row.submittedAt,
    decidedAt: row.decidedAt,
    rejectionReason: row.rejectionReason,
    changeRequest: row.changeRequest,
    votes: row.votes,
    earlier: revisionsOf[index]?.map(({ number, proof, submittedAt, changeRequest }) => {
      return { number, proof, submittedAt, changeRequest };
    }),
  }));
}
