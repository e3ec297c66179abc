import type { Transaction } from '../../platform/database/database.js';
import type { Locale } from '../../platform/graphql/messages.js';
import { InputInvalid } from '../../platform/graphql/problem.js';
import type { Challenge } from '../challenge.entity.js';
import { isProofOf, type ReviewProof, type SubmissionProofInput } from '../submission.proof.js';
import { type Form, valueIssues } from './custom-form.js';
import { keepDisclosure, shownAs } from './disclosure.js';
import { findPlatform, isOn } from './review-platform.service.js';

/** The proof as it is kept, if it is what the challenge takes; what is wrong with it otherwise. */
export async function checkedProof(
  tx: Transaction,
  challenge: Challenge,
  proof: SubmissionProofInput,
  locale: Locale,
): Promise<SubmissionProofInput | InputInvalid> {
  const proofKind = challenge.proofKind();
  if (!isProofOf(proofKind, proof)) {
    return InputInvalid.at(['proof'], `must be ${proofKind.toLowerCase()}: the challenge is of kind ${challenge.kind}`);
  }
  if (proof.review) return checkedReview(tx, challenge, proof.review, locale);
  if (proof.form && challenge.form) return checkedForm(challenge.form, proof.form.values);
  return proof;
}

/** A review on a platform that is known, at an address there, by somebody who was told about the reward. */
async function checkedReview(
  tx: Transaction,
  challenge: Challenge,
  review: ReviewProof,
  locale: Locale,
): Promise<SubmissionProofInput | InputInvalid> {
  const platform = await findPlatform(tx, challenge.programId, review.platform);
  if (!platform) {
    return InputInvalid.at(['proof', 'review', 'platform'], 'is not known: reviewPlatforms lists those that are');
  }
  if (!isOn(platform, review.url)) {
    const [domain] = platform.domains;
    return InputInvalid.at(['proof', 'review', 'url'], `must be an address on ${platform.name}, as in ${domain}`);
  }
  const shown = shownAs(challenge, review.disclosureVersion, locale);
  if (!shown) {
    return InputInvalid.at(
      ['proof', 'review', 'disclosureVersion'],
      'is not what the challenge shows now: show its disclosure again',
    );
  }
  await keepDisclosure(tx, challenge.programId, shown);
  return { review: { ...review, platform: platform.name, disclosureVersion: shown.version } };
}

function checkedForm(form: Form, values: Record<string, unknown>): SubmissionProofInput | InputInvalid {
  const issues = valueIssues(form, values);
  if (issues.length === 0) return { form: { values } };
  return new InputInvalid(issues.map(({ path, message }) => ({ path: ['proof', 'form', 'values', ...path], message })));
}
