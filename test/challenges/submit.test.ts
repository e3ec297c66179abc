import { describe, expect, test } from '@jest/globals';
import { createChallenge, proofs, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { atOnce, useWorld } from '../support/world.js';

const world = useWorld();

type ProofName = keyof typeof proofs;

const proofOfKind: Readonly<Record<string, ProofName>> = {
  REVIEW: 'review',
  QUOTE: 'quote',
  REFERRAL: 'answer',
  RECOMMENDATION: 'answer',
  VOTE: 'link',
  BLOG_POST: 'link',
  TRIAL: 'answer',
  IDEA: 'answer',
  SERVICE_FEEDBACK: 'answer',
  EVENT_FEEDBACK: 'answer',
  BETA_PROGRAM: 'answer',
  SOCIAL_SHARE: 'link',
  CASE_STUDY: 'link',
  NEWSLETTER_MENTION: 'link',
  CUSTOM: 'answer',
};

async function annaAnd(input: object = {}) {
  const program = await world.program();
  const [anna, challenge] = await Promise.all([program.ambassador('Anna'), createChallenge(program, input)]);
  return { program, anna, challenge };
}

function ofType(results: readonly Answer[], typename: string): Answer[] {
  return results.filter((result) => result.__typename === typename);
}

describe('challengeSubmit', () => {
  test('takes an answer, which waits for a moderator', async () => {
    const { anna, challenge } = await annaAnd();
    expect(await submit(anna, challenge.id)).toEqual({
      __typename: 'ChallengeSubmitted',
      submission: {
        id: expect.any(String),
        status: 'PENDING',
        submittedAt: world.clock.now().toISOString(),
        decidedAt: null,
        rewardPoints: 50,
        votes: 0,
        pointsEntry: null,
      },
      balance: { available: 0, pending: 0, lifetime: 0 },
    });
  });

  test('pays at once where the challenge verifies automatically', async () => {
    const { anna, challenge } = await annaAnd({ verification: 'AUTOMATIC' });
    expect(await submit(anna, challenge.id)).toMatchObject({
      submission: {
        status: 'APPROVED',
        decidedAt: world.clock.now().toISOString(),
        pointsEntry: { kind: 'AWARD', amountPoints: 50, reason: 'What should we build?' },
      },
      balance: { available: 50, pending: 0, lifetime: 50 },
    });
  });

  test('counts without an entry where the challenge pays nothing', async () => {
    const { anna, challenge } = await annaAnd({ verification: 'AUTOMATIC', rewardPoints: 0 });
    expect(await submit(anna, challenge.id)).toMatchObject({
      submission: { status: 'APPROVED', pointsEntry: null },
      balance: { available: 0, lifetime: 0 },
    });
  });

  test.each(Object.entries(proofOfKind))('asks of a %s for %s and takes no other proof', async (kind, right) => {
    const { anna, challenge } = await annaAnd({ kind });
    expect(challenge.proofKind).toBe(right.toUpperCase());
    for (const name of Object.keys(proofs) as ProofName[]) {
      if (name === right) continue;
      expect(await submit(anna, challenge.id, { proof: proofs[name] })).toMatchObject({
        __typename: 'InputInvalid',
        issues: [{ path: ['proof'], message: `must be ${right}: the challenge is of kind ${kind}` }],
      });
    }
    const { submission } = await submit(anna, challenge.id, { proof: proofs[right] });
    const { node } = await anna.client.ask(
      `query ($id: ID!) { node(id: $id) { ... on Submission { proof { __typename
        ... on ReviewProof { platform url rating text } ... on QuoteProof { said: text attribution consentToPublish }
        ... on LinkProof { url note } ... on AnswerProof { answer: text } } } } }`,
      { id: submission.id },
    );
    expect(node.proof).toEqual(
      {
        review: { __typename: 'ReviewProof', ...proofs.review.review },
        quote: {
          __typename: 'QuoteProof',
          said: 'They care.',
          attribution: 'Anna, Amsterdam',
          consentToPublish: true,
        },
        link: { __typename: 'LinkProof', ...proofs.link.link },
        answer: { __typename: 'AnswerProof', answer: 'A bell on every table' },
      }[right],
    );
  });

  test.each([
    ['REVIEW', { review: { ...proofs.review.review, rating: 6 } }, ['proof', 'review', 'rating']],
    ['REVIEW', { review: { ...proofs.review.review, rating: 0 } }, ['proof', 'review', 'rating']],
    ['REVIEW', { review: { ...proofs.review.review, url: '/reviews/1' } }, ['proof', 'review', 'url']],
    ['REVIEW', { review: { ...proofs.review.review, platform: ' ' } }, ['proof', 'review', 'platform']],
    ['QUOTE', { quote: { ...proofs.quote.quote, consentToPublish: false } }, ['proof', 'quote', 'consentToPublish']],
    ['QUOTE', { quote: { ...proofs.quote.quote, text: '' } }, ['proof', 'quote', 'text']],
    ['BLOG_POST', { link: { url: 'javascript:alert(1)' } }, ['proof', 'link', 'url']],
    ['BLOG_POST', { link: { url: 'ftp://blog.example/1' } }, ['proof', 'link', 'url']],
    ['IDEA', { answer: { text: ' \n ' } }, ['proof', 'answer', 'text']],
    ['IDEA', { answer: { text: 'x'.repeat(10_001) } }, ['proof', 'answer', 'text']],
  ])('refuses a %s with a bad proof (%j) and keeps nothing', async (kind, proof, path) => {
    const { anna, challenge } = await annaAnd({ kind });
    const result = await submit(anna, challenge.id, { proof });
    expect(result).toMatchObject({ __typename: 'InputInvalid', issues: [{ path }] });
    const { me } = await anna.client.ask('{ me { submissions { totalCount } } }');
    expect(me.submissions.totalCount).toBe(0);
  });

  test('takes exactly one proof', async () => {
    const { anna, challenge } = await annaAnd();
    const proof = { ...proofs.answer, ...proofs.link };
    const mutation = 'mutation ($input: ChallengeSubmitInput!) { challengeSubmit(input: $input) { __typename } }';
    expect(await anna.client.refusal(mutation, { input: { challengeId: challenge.id, proof } })).toBe('BAD_USER_INPUT');
  });

  test.each([1, 3, 5, null])('pays the same for a review with rating %s', async (rating) => {
    const { anna, challenge } = await annaAnd({ kind: 'REVIEW', verification: 'AUTOMATIC' });
    const result = await submit(anna, challenge.id, { proof: { review: { ...proofs.review.review, rating } } });
    expect(result.balance.available).toBe(50);
  });

  test('is closed before the challenge starts, and from its end on', async () => {
    const now = world.clock.now().getTime();
    const startsAt = new Date(now + 60_000).toISOString();
    const endsAt = new Date(now + 120_000).toISOString();
    const { anna, challenge } = await annaAnd({ startsAt, endsAt, maxPerAmbassador: null });
    const closed = 'ChallengeClosed { challenge { id startsAt endsAt } }';
    const attempt = () =>
      anna.client.mutate('challengeSubmit', { challengeId: challenge.id, proof: proofs.answer }, closed);
    const refused = {
      __typename: 'ChallengeClosed',
      code: 'CHALLENGE_CLOSED',
      challenge: { id: challenge.id, startsAt, endsAt },
    };
    expect(await attempt()).toMatchObject(refused);
    world.clock.advance(60_000);
    expect((await attempt()).__typename).toBe('ChallengeSubmitted');
    world.clock.advance(60_000);
    expect(await attempt()).toMatchObject(refused);
  });

  test('is refused once the limit is reached; a rejected submission does not count', async () => {
    const { program, anna, challenge } = await annaAnd({ maxPerAmbassador: 2 });
    const first = await submit(anna, challenge.id);
    await submit(anna, challenge.id);
    const limit = 'ChallengeLimitReached { availableAgainAt }';
    expect(
      await anna.client.mutate('challengeSubmit', { challengeId: challenge.id, proof: proofs.answer }, limit),
    ).toMatchObject({ __typename: 'ChallengeLimitReached', code: 'CHALLENGE_LIMIT_REACHED', availableAgainAt: null });
    await program.moderator.mutate('submissionReject', { submissionId: first.submission.id, reason: 'Known already' });
    expect((await submit(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
    expect((await submit(anna, challenge.id)).__typename).toBe('ChallengeLimitReached');
  });

  test('may be repeated without end where there is no limit', async () => {
    const { anna, challenge } = await annaAnd({ maxPerAmbassador: null, verification: 'AUTOMATIC' });
    for (let times = 1; times <= 3; times++) {
      expect((await submit(anna, challenge.id)).balance.available).toBe(50 * times);
    }
  });

  test('20 at once where one is allowed make one', async () => {
    const { anna, challenge } = await annaAnd({ verification: 'AUTOMATIC' });
    const results = await atOnce(20, () => submit(anna, challenge.id));
    expect(ofType(results, 'ChallengeSubmitted')).toHaveLength(1);
    expect(ofType(results, 'ChallengeLimitReached')).toHaveLength(19);
    const { me } = await anna.client.ask('{ me { submissions { totalCount } points { available } } }');
    expect(me).toEqual({ submissions: { totalCount: 1 }, points: { available: 50 } });
  });

  test('20 at once with one idempotency key are one, and all get it', async () => {
    const { anna, challenge } = await annaAnd({ verification: 'AUTOMATIC' });
    const results = await atOnce(20, () => submit(anna, challenge.id, { idempotencyKey: 'one' }));
    expect(ofType(results, 'ChallengeSubmitted')).toHaveLength(20);
    expect(new Set(results.map((result) => result.submission.id)).size).toBe(1);
    expect(results.map((result) => result.balance.available)).toEqual(Array(20).fill(50));
  });

  test('with a key that came with another input is refused; a refused call does not burn its key', async () => {
    const { anna, challenge } = await annaAnd({ maxPerAmbassador: null });
    const idempotencyKey = 'mine';
    expect((await submit(anna, challenge.id, { idempotencyKey, proof: proofs.link })).__typename).toBe('InputInvalid');
    expect((await submit(anna, challenge.id, { idempotencyKey })).__typename).toBe('ChallengeSubmitted');
    const other = { answer: { text: 'Something else' } };
    expect((await submit(anna, challenge.id, { idempotencyKey, proof: other })).__typename).toBe(
      'IdempotencyKeyReused',
    );
  });

  test('does not know the challenges of another program, nor what is no challenge', async () => {
    const { anna } = await annaAnd();
    const { challenge } = await annaAnd();
    for (const id of [challenge.id, anna.id, 'nonsense']) {
      expect((await submit(anna, id)).__typename).toBe('NotFound');
    }
  });

  test('is for ambassadors', async () => {
    const { program, challenge } = await annaAnd();
    const mutation = 'mutation ($input: ChallengeSubmitInput!) { challengeSubmit(input: $input) { __typename } }';
    const input = { challengeId: challenge.id, proof: proofs.answer };
    for (const client of [program.admin, program.moderator, await program.client('AMBASSADOR', 'nobody-we-know')]) {
      expect(await client.refusal(mutation, { input })).toBe('FORBIDDEN');
    }
  });
});
