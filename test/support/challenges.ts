import type { Answer } from './client.js';
import type { TestAmbassador, TestProgram } from './world.js';

/** One proof of each kind that any submission may carry. */
export const proofs = {
  review: { review: { platform: 'Trustpilot', url: 'https://www.trustpilot.com/reviews/1', rating: 4, text: 'Good' } },
  quote: { quote: { text: 'They care.', attribution: 'Anna, Amsterdam', consentToPublish: true } },
  link: { link: { url: 'https://blog.example/applaus', note: 'In Dutch' } },
  answer: { answer: { text: 'A bell on every table' } },
} as const;

/** Makes a challenge, an IDEA worth 50 points unless said otherwise, and answers with it. */
export async function createChallenge(program: TestProgram, input: object = {}): Promise<Answer> {
  const result = await program.admin.mutate(
    'challengeCreate',
    { kind: 'IDEA', title: 'What should we build?', rewardPoints: 50, ...input },
    `ChallengeCreated { challenge { id kind title description rewardPoints verification votable startsAt endsAt
      maxPerAmbassador pendingDays proofKind } }`,
  );
  if (!result.challenge) throw new Error(`No challenge was made: ${JSON.stringify(result)}`);
  return result.challenge;
}

/** Submits to a challenge, an answer unless said otherwise. */
export function submit(ambassador: TestAmbassador, challengeId: string, input: object = {}): Promise<Answer> {
  return ambassador.client.mutate(
    'challengeSubmit',
    { challengeId, proof: proofs.answer, ...input },
    `ChallengeSubmitted {
      submission { id status submittedAt decidedAt rewardPoints votes pointsEntry { id kind amountPoints reason } }
      balance { available pending lifetime } }`,
  );
}
