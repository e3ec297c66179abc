import { describe, expect, test } from '@jest/globals';
import { createChallenge, proofs, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, useWorld } from '../support/world.js';

const world = useWorld();

const counted = 'VoteCounted { submission { id votes viewerHasVoted } }';
const refused = 'VoteRefused { reason }';

async function annaSubmitted(input: object = {}) {
  const program = await world.program();
  const [anna, ben, challenge] = await Promise.all([
    program.ambassador('Anna'),
    program.ambassador('Ben'),
    createChallenge(program, input),
  ]);
  const { submission } = await submit(anna, challenge.id, {
    proof: proofs[challenge.proofKind.toLowerCase() as keyof typeof proofs],
  });
  return { program, anna, ben, challenge, submissionId: submission.id as string };
}

function vote(voter: TestAmbassador, submissionId: string, selection = counted): Promise<Answer> {
  return voter.client.mutate('voteCast', { submissionId }, selection);
}

describe('voteCast', () => {
  test('counts each ambassador once; voting again answers with the same count', async () => {
    const { program, ben, submissionId } = await annaSubmitted();
    const chris = await program.ambassador('Chris');
    const seen = await ben.client.ask('query ($id: ID!) { node(id: $id) { ... on Submission { viewerHasVoted } } }', {
      id: submissionId,
    });
    expect(seen.node.viewerHasVoted).toBe(false);
    const first = { __typename: 'VoteCounted', submission: { id: submissionId, votes: 1, viewerHasVoted: true } };
    expect(await vote(ben, submissionId)).toEqual(first);
    expect(await vote(ben, submissionId)).toEqual(first);
    expect((await vote(chris, submissionId)).submission.votes).toBe(2);
  });

  test('of 30 ambassadors at once counts 30, though each votes twice', async () => {
    const { program, submissionId } = await annaSubmitted();
    const voters = await atOnce(30, (index) => program.ambassador(`Voter ${index}`));
    await Promise.all([...voters, ...voters].map((voter) => vote(voter, submissionId)));
    const { submissions } = await program.admin.ask('{ submissions { nodes { votes } } }');
    expect(submissions.nodes).toEqual([{ votes: 30 }]);
  });

  test('counts an approved submission as well as one that waits', async () => {
    const { program, ben, submissionId } = await annaSubmitted();
    await program.moderator.mutate('submissionApprove', { submissionId });
    expect((await vote(ben, submissionId)).submission.votes).toBe(1);
  });

  test("is refused for one's own submission", async () => {
    const { anna, submissionId } = await annaSubmitted();
    expect(await vote(anna, submissionId, refused)).toMatchObject({
      __typename: 'VoteRefused',
      code: 'VOTE_REFUSED',
      message: 'You cannot vote for your own submission.',
      reason: 'OWN_SUBMISSION',
    });
  });

  test('is refused where nobody votes', async () => {
    const { ben, submissionId } = await annaSubmitted({ votable: false });
    expect(await vote(ben, submissionId, refused)).toMatchObject({ reason: 'NOT_VOTABLE' });
  });

  test('is refused for a submission that was rejected, also to who voted before', async () => {
    const { program, ben, submissionId } = await annaSubmitted();
    await vote(ben, submissionId);
    await program.moderator.mutate('submissionReject', { submissionId, reason: 'A copy' });
    expect(await vote(ben, submissionId, refused)).toMatchObject({ reason: 'SUBMISSION_REJECTED' });
  });

  test('is refused once the challenge is over: the count stands still', async () => {
    const endsAt = new Date(world.clock.now().getTime() + 60_000).toISOString();
    const { program, ben, submissionId } = await annaSubmitted({ endsAt });
    const chris = await program.ambassador('Chris');
    expect((await vote(ben, submissionId)).submission.votes).toBe(1);
    world.clock.advance(60_000);
    expect(await vote(chris, submissionId, refused)).toMatchObject({ reason: 'CHALLENGE_CLOSED' });
    expect((await vote(ben, submissionId)).submission.votes).toBe(1);
  });

  test('does not know the submissions of another program, nor what is no submission', async () => {
    const { anna, ben, challenge } = await annaSubmitted();
    const other = await annaSubmitted();
    for (const id of [other.submissionId, anna.id, challenge.id, 'nonsense']) {
      expect((await vote(ben, id)).__typename).toBe('NotFound');
    }
    const { submissions } = await other.program.admin.ask('{ submissions { nodes { votes } } }');
    expect(submissions.nodes).toEqual([{ votes: 0 }]);
  });

  test('is for ambassadors', async () => {
    const { program, submissionId } = await annaSubmitted();
    const mutation = 'mutation ($input: VoteCastInput!) { voteCast(input: $input) { __typename } }';
    expect(await program.admin.refusal(mutation, { input: { submissionId } })).toBe('FORBIDDEN');
  });
});

describe('a submission', () => {
  const asked = `query ($id: ID!) { node(id: $id) { ... on Submission {
    status rejectionReason decidedBy pointsEntry { amountPoints } proof { __typename } ambassador { displayName } } } }`;

  test('is seen by others where they may vote for it, without what is between its ambassador and staff', async () => {
    const { program, ben, submissionId } = await annaSubmitted();
    await program.moderator.mutate('submissionApprove', { submissionId });
    const { node } = await ben.client.ask(asked, { id: submissionId });
    expect(node).toEqual({
      status: 'APPROVED',
      rejectionReason: null,
      decidedBy: null,
      pointsEntry: null,
      proof: { __typename: 'AnswerProof' },
      ambassador: { displayName: 'Anna' },
    });
    const { node: own } = await program.analyst.ask(asked, { id: submissionId });
    expect(own).toMatchObject({ decidedBy: 'MODERATOR:milan', pointsEntry: { amountPoints: 50 } });
  });

  test('that was rejected, or is not voted for, is seen by its ambassador and staff alone', async () => {
    const votable = await annaSubmitted();
    await votable.program.moderator.mutate('submissionReject', { submissionId: votable.submissionId, reason: 'No' });
    const secret = await annaSubmitted({ kind: 'SERVICE_FEEDBACK' });
    for (const { program, anna, ben, submissionId } of [votable, secret]) {
      expect((await ben.client.ask(asked, { id: submissionId })).node).toBeNull();
      expect((await anna.client.ask(asked, { id: submissionId })).node).not.toBeNull();
      expect((await program.analyst.ask(asked, { id: submissionId })).node).not.toBeNull();
    }
  });

  test('of another program is seen by nobody', async () => {
    const { submissionId } = await annaSubmitted();
    const { program, anna } = await annaSubmitted();
    for (const client of [program.admin, program.moderator, anna.client]) {
      expect((await client.ask(asked, { id: submissionId })).node).toBeNull();
    }
    expect(
      (await world.anonymous().with({ 'x-applaus-program': program.program.slug }).ask(asked, { id: submissionId }))
        .node,
    ).toBeNull();
  });

  test('stands in the list of its challenge for who may see it', async () => {
    const { program, anna, ben, challenge, submissionId } = await annaSubmitted();
    await submit(ben, challenge.id);
    await program.moderator.mutate('submissionReject', { submissionId, reason: 'No' });
    const names = async (client: TestAmbassador['client']) => {
      const { node } = await client.ask(
        `query ($id: ID!) { node(id: $id) { ... on Challenge { submissions { totalCount nodes { ambassador { displayName } } } } } }`,
        { id: challenge.id },
      );
      const list = node.submissions.nodes.map((each: Answer) => each.ambassador.displayName);
      expect(node.submissions.totalCount).toBe(list.length);
      return list;
    };
    expect(await names(program.analyst)).toEqual(['Ben', 'Anna']);
    expect(await names(anna.client)).toEqual(['Ben', 'Anna']);
    expect(await names(ben.client)).toEqual(['Ben']);
  });
});
