import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import { type Answer, Client } from '../support/client.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

const approved = `SubmissionApproved { submission { id status decidedAt decidedBy
  pointsEntry { id kind amountPoints reason } ambassador { points { available lifetime } } } }`;
const rejected = 'SubmissionRejected { submission { id status decidedAt decidedBy rejectionReason } }';
const notPending = 'SubmissionNotPending { submission { id status } }';

async function annaSubmitted(input: object = {}) {
  const program = await world.program();
  const [anna, challenge] = await Promise.all([program.ambassador('Anna'), createChallenge(program, input)]);
  const { submission } = await submit(anna, challenge.id);
  return { program, anna, challenge, submissionId: submission.id as string };
}

function approve(client: Client, submissionId: string, selection = approved): Promise<Answer> {
  return client.mutate('submissionApprove', { submissionId }, selection);
}

function reject(client: Client, submissionId: string, selection = rejected): Promise<Answer> {
  return client.mutate('submissionReject', { submissionId, reason: 'We have that already' }, selection);
}

function ofType(results: readonly Answer[], typename: string): Answer[] {
  return results.filter((result) => result.__typename === typename);
}

async function serverOf(program: TestProgram): Promise<Client> {
  const { secret } = await world.server.features.apiKeys.create(program.program.id, 'A shop');
  return new Client(world.server.url, secret);
}

const approveMutation =
  'mutation ($input: SubmissionApproveInput!) { submissionApprove(input: $input) { __typename } }';
const rejectMutation = 'mutation ($input: SubmissionRejectInput!) { submissionReject(input: $input) { __typename } }';

describe('submissionApprove', () => {
  test('pays what the challenge promised, and says for what', async () => {
    const { program, submissionId } = await annaSubmitted();
    expect(await approve(program.moderator, submissionId)).toEqual({
      __typename: 'SubmissionApproved',
      submission: {
        id: submissionId,
        status: 'APPROVED',
        decidedAt: world.clock.now().toISOString(),
        decidedBy: 'MODERATOR:milan',
        pointsEntry: { id: expect.any(String), kind: 'AWARD', amountPoints: 50, reason: 'What should we build?' },
        ambassador: { points: { available: 50, lifetime: 50 } },
      },
    });
  });

  test('by 20 moderators at once pays once', async () => {
    const { program, anna, submissionId } = await annaSubmitted();
    const moderators = await atOnce(20, (index) => program.client('MODERATOR', `moderator-${index}`));
    const results = await atOnce(20, (index) =>
      approve(moderators[index] ?? program.moderator, submissionId, notPending),
    );
    expect(ofType(results, 'SubmissionApproved')).toHaveLength(1);
    const late = ofType(results, 'SubmissionNotPending');
    expect(late).toHaveLength(19);
    expect(late.map((result) => result.submission)).toEqual(Array(19).fill({ id: submissionId, status: 'APPROVED' }));
    const { me } = await anna.client.ask('{ me { points { available } pointsEntries { totalCount } } }');
    expect(me).toEqual({ points: { available: 50 }, pointsEntries: { totalCount: 1 } });
  });

  test('of the submissions of many ambassadors at once pays each of them', async () => {
    const program = await world.program();
    const challenge = await createChallenge(program);
    const ambassadors = await Promise.all(
      ['Anna', 'Ben', 'Chris', 'Dora', 'Eva'].map((name) => program.ambassador(name)),
    );
    const submitted = await Promise.all(ambassadors.map((each) => submit(each, challenge.id)));
    const results = await Promise.all(submitted.map(({ submission }) => approve(program.admin, submission.id)));
    expect(results.map((result) => result.submission.ambassador.points.available)).toEqual([50, 50, 50, 50, 50]);
  });

  test('and rejected at once: one of the two wins', async () => {
    for (let round = 0; round < 5; round++) {
      const { program, anna, submissionId } = await annaSubmitted();
      const results = await atOnce(8, (index) =>
        index % 2 === 0
          ? approve(program.moderator, submissionId, 'SubmissionApproved { submission { status } }')
          : reject(program.moderator, submissionId, 'SubmissionRejected { submission { status } }'),
      );
      const [winner, ...others] = results.filter(({ __typename }) => __typename !== 'SubmissionNotPending');
      expect(others).toEqual([]);
      const { me } = await anna.client.ask('{ me { points { available } submissions { nodes { status } } } }');
      expect(me).toEqual({
        points: { available: winner.submission.status === 'APPROVED' ? 50 : 0 },
        submissions: { nodes: [{ status: winner.submission.status }] },
      });
    }
  });

  test('pays what was promised when it was submitted, whatever the challenge pays now', async () => {
    const { program, anna, challenge, submissionId } = await annaSubmitted({ maxPerAmbassador: null });
    await program.admin.mutate('challengeUpdate', { challengeId: challenge.id, rewardPoints: 10 });
    const { submission } = await approve(program.moderator, submissionId);
    expect(submission.pointsEntry.amountPoints).toBe(50);
    const later = await submit(anna, challenge.id);
    expect((await approve(program.moderator, later.submission.id)).submission.pointsEntry.amountPoints).toBe(10);
  });

  test('of what has been rejected is refused', async () => {
    const { program, submissionId } = await annaSubmitted();
    await reject(program.moderator, submissionId);
    expect(await approve(program.moderator, submissionId, notPending)).toMatchObject({
      __typename: 'SubmissionNotPending',
      code: 'SUBMISSION_NOT_PENDING',
      submission: { id: submissionId, status: 'REJECTED' },
    });
  });

  test('is for moderators and admins; for servers only where the challenge is verified by them', async () => {
    const byHand = await annaSubmitted();
    const server = await serverOf(byHand.program);
    const input = { submissionId: byHand.submissionId };
    for (const client of [server, byHand.program.analyst, byHand.anna.client]) {
      expect(await client.refusal(approveMutation, { input })).toBe('FORBIDDEN');
      expect(await client.refusal(rejectMutation, { input: { ...input, reason: 'No' } })).toBe('FORBIDDEN');
    }
    expect(await world.anonymous().refusal(approveMutation, { input })).toBe('UNAUTHENTICATED');

    const byServer = await annaSubmitted({ verification: 'INTEGRATION' });
    const shop = await serverOf(byServer.program);
    expect((await approve(shop, byServer.submissionId)).submission.status).toBe('APPROVED');
    const alsoByHand = await annaSubmitted({ verification: 'INTEGRATION' });
    expect((await approve(alsoByHand.program.moderator, alsoByHand.submissionId)).submission.status).toBe('APPROVED');
  });

  test('does not know the submissions of another program, nor what is no submission', async () => {
    const { program, anna, challenge } = await annaSubmitted();
    const other = await annaSubmitted();
    for (const id of [other.submissionId, anna.id, challenge.id, 'nonsense']) {
      expect((await approve(program.admin, id)).__typename).toBe('NotFound');
      expect((await reject(program.admin, id)).__typename).toBe('NotFound');
    }
    const { submissions } = await other.program.admin.ask('{ submissions { nodes { status } } }');
    expect(submissions.nodes).toEqual([{ status: 'PENDING' }]);
  });
});

describe('submissionReject', () => {
  test('says why, and pays nothing', async () => {
    const { program, anna, submissionId } = await annaSubmitted();
    expect(await reject(program.moderator, submissionId)).toEqual({
      __typename: 'SubmissionRejected',
      submission: {
        id: submissionId,
        status: 'REJECTED',
        decidedAt: world.clock.now().toISOString(),
        decidedBy: 'MODERATOR:milan',
        rejectionReason: 'We have that already',
      },
    });
    const { me } = await anna.client.ask(
      '{ me { points { lifetime } submissions { nodes { rejectionReason decidedBy pointsEntry { id } } } } }',
    );
    expect(me).toEqual({
      points: { lifetime: 0 },
      submissions: { nodes: [{ rejectionReason: 'We have that already', decidedBy: null, pointsEntry: null }] },
    });
  });

  test('takes a reason', async () => {
    const { program, submissionId } = await annaSubmitted();
    const result = await program.moderator.mutate('submissionReject', { submissionId, reason: '  ' });
    expect(result).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['reason'], message: 'must not be empty' }],
    });
  });

  test('of what has been approved is refused, and takes nothing back', async () => {
    const { program, anna, submissionId } = await annaSubmitted();
    await approve(program.moderator, submissionId);
    expect((await reject(program.moderator, submissionId)).__typename).toBe('SubmissionNotPending');
    const { me } = await anna.client.ask('{ me { points { available } } }');
    expect(me.points.available).toBe(50);
  });
});
