import { describe, expect, test } from '@jest/globals';
import { createChallenge, proofs, submit } from '../support/challenges.js';
import { type Answer, Client } from '../support/client.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const quarterMilliseconds = 15 * 60_000;

async function annaSubmitted(input: object = {}) {
  const program = await world.program();
  const [anna, challenge] = await Promise.all([program.ambassador('Anna'), createChallenge(program, input)]);
  const { submission } = await submit(anna, challenge.id);
  return { program, anna, challenge, submissionId: submission.id as string };
}

function claim(client: Client, submissionId: string): Promise<Answer> {
  return client.mutate(
    'submissionClaim',
    { submissionId },
    `SubmissionClaimed { submission { claim { by expiresAt } } }
      ... on SubmissionClaimedByAnother { claimedBy expiresAt }`,
  );
}

function approve(client: Client, submissionId: string): Promise<Answer> {
  return client.mutate('submissionApprove', { submissionId }, 'SubmissionClaimedByAnother { claimedBy }');
}

function requestChanges(client: Client, submissionId: string, reason = 'Say more'): Promise<Answer> {
  return client.mutate(
    'submissionRequestChanges',
    { submissionId, reason },
    'SubmissionChangesRequested { submission { status changeRequest decidedAt } }',
  );
}

async function serverOf(program: TestProgram): Promise<Client> {
  const { secret } = await world.server.features.apiKeys.create(program.program.id, 'A shop');
  return new Client(world.server.url, secret);
}

async function queueOf(client: Client, filter = ''): Promise<string[]> {
  const { moderationQueue } = await client.ask(`{ moderationQueue${filter} { nodes { id } } }`);
  return moderationQueue.nodes.map(({ id }: Answer) => id);
}

describe('moderationQueue', () => {
  test('lists what waits for a moderator, what waits longest first', async () => {
    const { program, anna, challenge, submissionId } = await annaSubmitted({ maxPerAmbassador: null });
    const second = (await submit(anna, challenge.id)).submission.id;
    const decided = (await submit(anna, challenge.id)).submission.id;
    await approve(program.admin, decided);
    const byServer = await createChallenge(program, { verification: 'INTEGRATION' });
    await submit(anna, byServer.id);
    const quoteOf = await createChallenge(program, { kind: 'QUOTE' });
    const quote = (await submit(anna, quoteOf.id, { proof: proofs.quote })).submission.id;
    expect(await queueOf(program.moderator)).toEqual([submissionId, second, quote]);
    expect(await queueOf(program.moderator, '(kind: QUOTE)')).toEqual([quote]);
    expect(await queueOf(program.moderator, `(challengeId: "${challenge.id}", first: 1)`)).toEqual([submissionId]);
    await claim(program.moderator, submissionId);
    expect(await queueOf(program.admin, '(free: true)')).toEqual([second, quote]);
    expect(await queueOf(program.moderator, '(free: true)')).toEqual([submissionId, second, quote]);
    expect(await queueOf((await world.program()).moderator)).toEqual([]);
  });
});

describe('submissionClaim', () => {
  test('keeps others from deciding for a quarter of an hour', async () => {
    const { program, submissionId } = await annaSubmitted();
    const expiresAt = new Date(world.clock.now().getTime() + quarterMilliseconds).toISOString();
    expect((await claim(program.moderator, submissionId)).submission.claim).toEqual({
      by: 'MODERATOR:milan',
      expiresAt,
    });
    expect(await claim(program.admin, submissionId)).toMatchObject({
      __typename: 'SubmissionClaimedByAnother',
      code: 'SUBMISSION_CLAIMED',
      claimedBy: 'MODERATOR:milan',
      expiresAt,
    });
    expect(await approve(program.admin, submissionId)).toMatchObject({ claimedBy: 'MODERATOR:milan' });
    expect((await requestChanges(program.admin, submissionId)).code).toBe('SUBMISSION_CLAIMED');
    const reject = { submissionId, reason: 'No' };
    expect((await program.admin.mutate('submissionReject', reject)).code).toBe('SUBMISSION_CLAIMED');
    world.clock.advance(quarterMilliseconds - 1);
    expect((await claim(program.admin, submissionId)).code).toBe('SUBMISSION_CLAIMED');
    world.clock.advance(1);
    expect((await claim(program.admin, submissionId)).submission.claim.by).toBe('ADMIN:alice');
    expect((await approve(program.moderator, submissionId)).code).toBe('SUBMISSION_CLAIMED');
    expect((await approve(program.admin, submissionId)).__typename).toBe('SubmissionApproved');
  });

  test('again gives more time, and ends with the decision', async () => {
    const { program, submissionId } = await annaSubmitted();
    await claim(program.moderator, submissionId);
    world.clock.advance(60_000);
    const later = new Date(world.clock.now().getTime() + quarterMilliseconds).toISOString();
    expect((await claim(program.moderator, submissionId)).submission.claim.expiresAt).toBe(later);
    await approve(program.moderator, submissionId);
    const { submissions } = await program.admin.ask('{ submissions { nodes { status claim { by } } } }');
    expect(submissions.nodes).toEqual([{ status: 'APPROVED', claim: null }]);
    expect((await claim(program.admin, submissionId)).code).toBe('SUBMISSION_NOT_PENDING');
  });

  test('by 12 moderators at once is one moderator’s', async () => {
    const { program, submissionId } = await annaSubmitted();
    const moderators = await atOnce(12, (index) => program.client('MODERATOR', `moderator-${index}`));
    const answers = await Promise.all(moderators.map((each) => claim(each, submissionId)));
    const won = answers.filter(({ __typename }) => __typename === 'SubmissionClaimed');
    expect(won).toHaveLength(1);
    const others = answers.filter(({ claimedBy }) => claimedBy === won[0].submission.claim.by);
    expect(others).toHaveLength(11);
  });

  test('is released by who holds it, or by an admin', async () => {
    const { program, submissionId } = await annaSubmitted();
    const other = await program.client('MODERATOR', 'mona');
    await claim(program.moderator, submissionId);
    expect((await other.mutate('submissionRelease', { submissionId })).code).toBe('SUBMISSION_CLAIMED');
    expect((await program.moderator.mutate('submissionRelease', { submissionId })).__typename).toBe(
      'SubmissionReleased',
    );
    await claim(other, submissionId);
    expect((await program.admin.mutate('submissionRelease', { submissionId })).__typename).toBe('SubmissionReleased');
    expect((await approve(program.moderator, submissionId)).__typename).toBe('SubmissionApproved');
  });
});

describe('submissionRequestChanges', () => {
  const own =
    '{ me { points { available } submissions { nodes { status changeRequest resubmittedAt submittedAt } } } }';

  async function resubmit(client: Client, submissionId: string, text: string, more: object = {}): Promise<Answer> {
    return client.mutate(
      'submissionResubmit',
      { submissionId, proof: { answer: { text } }, ...more },
      `SubmissionResubmitted { submission { status changeRequest resubmittedAt
        revisions { number changeRequest proof { ... on AnswerProof { text } } } } }
        ... on ChangesNotRequested { submission { status } }`,
    );
  }

  test('sends a submission back, and takes it again with what it was before', async () => {
    const { program, anna, submissionId } = await annaSubmitted();
    const submittedAt = world.clock.now().toISOString();
    expect((await requestChanges(program.moderator, submissionId)).submission).toEqual({
      status: 'CHANGES_REQUESTED',
      changeRequest: 'Say more',
      decidedAt: null,
    });
    expect((await approve(program.moderator, submissionId)).code).toBe('SUBMISSION_NOT_PENDING');
    expect(await queueOf(program.moderator)).toEqual([]);
    world.clock.advance(60_000);
    const now = world.clock.now().toISOString();
    expect((await resubmit(anna.client, submissionId, 'A bell, and a light')).submission).toEqual({
      status: 'PENDING',
      changeRequest: null,
      resubmittedAt: now,
      revisions: [{ number: 1, changeRequest: 'Say more', proof: { text: 'A bell on every table' } }],
    });
    expect(await queueOf(program.moderator)).toEqual([submissionId]);
    await approve(program.moderator, submissionId);
    expect((await anna.client.ask(own)).me).toEqual({
      points: { available: 50 },
      submissions: { nodes: [{ status: 'APPROVED', changeRequest: null, resubmittedAt: now, submittedAt }] },
    });
  });

  test('is taken again after the challenge closed, but only when it was asked for', async () => {
    const { program, anna, challenge, submissionId } = await annaSubmitted();
    expect(await resubmit(anna.client, submissionId, 'Better')).toMatchObject({
      __typename: 'ChangesNotRequested',
      submission: { status: 'PENDING' },
    });
    await requestChanges(program.moderator, submissionId);
    await program.admin.mutate('challengeUpdate', {
      challengeId: challenge.id,
      endsAt: world.clock.now().toISOString(),
    });
    expect((await resubmit(anna.client, submissionId, 'Better')).__typename).toBe('SubmissionResubmitted');
    const ben = await program.ambassador('Ben');
    expect((await resubmit(ben.client, submissionId, 'Mine')).code).toBe('NOT_FOUND');
  });

  test('asks for the proof of the kind again, and counts the same call once', async () => {
    const { program, anna, submissionId } = await annaSubmitted();
    await requestChanges(program.moderator, submissionId);
    const wrong = await anna.client.mutate('submissionResubmit', { submissionId, proof: proofs.link });
    expect(wrong.issues).toMatchObject([{ path: ['proof'] }]);
    const answers = await atOnce(6, () => resubmit(anna.client, submissionId, 'Better', { idempotencyKey: 'once' }));
    expect(answers.map(({ submission }) => submission.revisions.length)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  test('leaves the challenge taken, hides the submission from others, and may end in a no', async () => {
    const { program, anna, challenge, submissionId } = await annaSubmitted();
    const ben = await program.ambassador('Ben');
    await ben.client.mutate('voteCast', { submissionId });
    await requestChanges(program.moderator, submissionId);
    expect((await submit(anna, challenge.id)).code).toBe('CHALLENGE_LIMIT_REACHED');
    expect((await ben.client.ask('query ($id: ID!) { node(id: $id) { id } }', { id: submissionId })).node).toBeNull();
    const vote = await ben.client.mutate('voteCast', { submissionId }, 'VoteRefused { reason }');
    expect(vote.reason).toBe('NOT_SHOWN');
    await program.moderator.mutate('submissionReject', { submissionId, reason: 'Too late' });
    expect((await anna.client.ask(own)).me.submissions.nodes[0]).toMatchObject({ status: 'REJECTED' });
    expect((await submit(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('begins the votes of peers anew', async () => {
    const { program, anna, submissionId } = await annaSubmitted({ verification: 'PEERS', peersNeeded: 2 });
    const [ben, chris] = [await program.ambassador('Ben'), await program.ambassador('Chris')];
    await ben.client.mutate('voteCast', { submissionId });
    await requestChanges(program.moderator, submissionId);
    await resubmit(anna.client, submissionId, 'Something else');
    await chris.client.mutate('voteCast', { submissionId });
    const { submissions } = await program.admin.ask('{ submissions { nodes { status votes } } }');
    expect(submissions.nodes).toEqual([{ status: 'PENDING', votes: 1 }]);
  });

  test('and an approval at once: one of the two wins', async () => {
    for (let round = 0; round < 4; round++) {
      const { program, submissionId } = await annaSubmitted();
      const answers = await atOnce(6, (index) =>
        index % 2 === 0 ? approve(program.moderator, submissionId) : requestChanges(program.moderator, submissionId),
      );
      const won = answers.filter(({ code }) => code === undefined);
      expect(won).toHaveLength(1);
    }
  });
});

describe('submissionsDecide', () => {
  const outcome = `SubmissionsDecided { results { __typename ... on Problem { code }
    ... on SubmissionApproved { submission { id status } } ... on SubmissionRejected { submission { id rejectionReason } }
    ... on SubmissionChangesRequested { submission { id changeRequest } } } }`;

  async function three() {
    const world3 = await annaSubmitted({ maxPerAmbassador: null });
    const more = await atOnce(2, async () => (await submit(world3.anna, world3.challenge.id)).submission.id);
    return { ...world3, ids: [world3.submissionId, ...more] as string[] };
  }

  test('takes each decision by itself, and says what came of each', async () => {
    const { program, anna, ids } = await three();
    const other = await annaSubmitted();
    const decisions = [
      { submissionId: ids[0], decision: 'APPROVE' },
      { submissionId: ids[1], decision: 'REJECT', reason: 'We have that' },
      { submissionId: ids[2], decision: 'REQUEST_CHANGES', reason: 'Say more' },
      { submissionId: ids[0], decision: 'REJECT', reason: 'On second thoughts' },
      { submissionId: other.submissionId, decision: 'APPROVE' },
    ];
    const { results } = await program.moderator.mutate('submissionsDecide', { decisions }, outcome);
    expect(results).toEqual([
      { __typename: 'SubmissionApproved', submission: { id: ids[0], status: 'APPROVED' } },
      { __typename: 'SubmissionRejected', submission: { id: ids[1], rejectionReason: 'We have that' } },
      { __typename: 'SubmissionChangesRequested', submission: { id: ids[2], changeRequest: 'Say more' } },
      { __typename: 'SubmissionNotPending', code: 'SUBMISSION_NOT_PENDING' },
      { __typename: 'NotFound', code: 'NOT_FOUND' },
    ]);
    expect((await anna.client.ask('{ me { points { available } } }')).me.points.available).toBe(50);
  });

  test('of the same 30 by three moderators at once pays each once', async () => {
    const { program, anna, challenge } = await annaSubmitted({ maxPerAmbassador: null });
    const more = await atOnce(29, () => submit(anna, challenge.id));
    expect(more).toHaveLength(29);
    const { submissions } = await program.admin.ask('{ submissions(first: 50) { nodes { id } } }');
    const decisions = submissions.nodes.map(({ id }: Answer) => ({ submissionId: id, decision: 'APPROVE' }));
    const answers = await atOnce(3, () => program.moderator.mutate('submissionsDecide', { decisions }, outcome));
    const approved = answers
      .flatMap(({ results }) => results)
      .filter(({ __typename }: Answer) => __typename === 'SubmissionApproved');
    expect(approved).toHaveLength(30);
    expect((await anna.client.ask('{ me { points { available } } }')).me.points.available).toBe(1500);
  });

  test('skips what another moderator looks at', async () => {
    const { program, ids } = await three();
    await claim(program.admin, ids[1] ?? '');
    const decisions = ids.map((submissionId) => ({ submissionId, decision: 'APPROVE' }));
    const { results } = await program.moderator.mutate('submissionsDecide', { decisions }, outcome);
    expect(results.map(({ code }: Answer) => code)).toEqual([undefined, 'SUBMISSION_CLAIMED', undefined]);
  });

  test('lets a server decide what servers verify, and nothing else', async () => {
    const { program, anna, submissionId } = await annaSubmitted();
    const byServer = await createChallenge(program, { verification: 'INTEGRATION' });
    const theirs = (await submit(anna, byServer.id)).submission.id;
    const server = await serverOf(program);
    const decisions = [submissionId, theirs].map((id) => ({ submissionId: id, decision: 'APPROVE' }));
    const { results } = await server.mutate('submissionsDecide', { decisions }, outcome);
    expect(results.map(({ __typename }: Answer) => __typename)).toEqual(['InputInvalid', 'SubmissionApproved']);
  });

  test('takes from 1 to 100 decisions, each with its reason', async () => {
    const { program, submissionId } = await annaSubmitted();
    const decisions = Array.from({ length: 101 }, () => ({ submissionId, decision: 'APPROVE' }));
    expect((await program.moderator.mutate('submissionsDecide', { decisions })).issues).toHaveLength(1);
    expect((await program.moderator.mutate('submissionsDecide', { decisions: [] })).issues).toHaveLength(1);
    const silent = [{ submissionId, decision: 'REJECT' }];
    expect((await program.moderator.mutate('submissionsDecide', { decisions: silent })).issues).toMatchObject([
      { path: ['decisions', '0', 'reason'] },
    ]);
    expect(await queueOf(program.moderator)).toEqual([submissionId]);
  });
});
