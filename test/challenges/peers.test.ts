import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, useWorld } from '../support/world.js';

const world = useWorld();

async function annaAndPeers(count: number, input: object = {}) {
  const program = await world.program();
  const challenge = await createChallenge(program, { verification: 'PEERS', ...input });
  const anna = await program.ambassador('Anna');
  const peers = await Promise.all(Array.from({ length: count }, (_, index) => program.ambassador(`Peer ${index}`)));
  const { submission } = await submit(anna, challenge.id);
  return { program, challenge, anna, peers, submissionId: submission.id as string };
}

function vote(voter: TestAmbassador | undefined, submissionId: string, more: object = {}): Promise<Answer> {
  if (!voter) throw new Error('Nobody votes');
  return voter.client.mutate(
    'voteCast',
    { submissionId, ...more },
    'VoteCounted { submission { votes status } } ... on VoteRefused { reason }',
  );
}

function withdraw(voter: TestAmbassador | undefined, submissionId: string): Promise<Answer> {
  if (!voter) throw new Error('Nobody votes');
  return voter.client.mutate(
    'voteWithdraw',
    { submissionId },
    'VoteWithdrawn { submission { votes viewerHasVoted } } ... on VoteRefused { reason }',
  );
}

const standing = '{ me { points { available } submissions { nodes { status votes } } } }';

describe('Verification by peers', () => {
  test('approves and pays with the vote that makes enough', async () => {
    const { program, anna, peers, submissionId } = await annaAndPeers(3, { peersNeeded: 2 });
    expect((await vote(peers[0], submissionId)).submission).toEqual({ votes: 1, status: 'PENDING' });
    expect((await vote(peers[0], submissionId)).submission).toEqual({ votes: 1, status: 'PENDING' });
    expect((await vote(peers[1], submissionId)).submission).toEqual({ votes: 2, status: 'APPROVED' });
    expect((await vote(peers[2], submissionId)).submission).toEqual({ votes: 3, status: 'APPROVED' });
    const { me } = await anna.client.ask(standing);
    expect(me).toEqual({ points: { available: 50 }, submissions: { nodes: [{ status: 'APPROVED', votes: 3 }] } });
    const { submissions } = await program.admin.ask('{ submissions { nodes { decidedBy } } }');
    expect(submissions.nodes).toEqual([{ decidedBy: 'peers' }]);
  });

  test('asks for 3 votes unless the challenge says otherwise; never counts the own', async () => {
    const { challenge, program, anna, peers, submissionId } = await annaAndPeers(2);
    const { node } = await program.admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { peersNeeded votable } } }',
      { id: challenge.id },
    );
    expect(node).toEqual({ peersNeeded: 3, votable: true });
    for (const each of peers) await vote(each, submissionId);
    expect((await vote(anna, submissionId)).reason).toBe('OWN_SUBMISSION');
    expect((await anna.client.ask(standing)).me.submissions.nodes).toEqual([{ status: 'PENDING', votes: 2 }]);
  });

  test('pays once when many vote at once', async () => {
    const { anna, peers, submissionId } = await annaAndPeers(12, { peersNeeded: 3 });
    const answers = await atOnce(24, (index) => vote(peers[index % 12], submissionId));
    expect(answers.every(({ __typename }) => __typename === 'VoteCounted')).toBe(true);
    const { me } = await anna.client.ask(standing);
    expect(me).toEqual({ points: { available: 50 }, submissions: { nodes: [{ status: 'APPROVED', votes: 12 }] } });
  });

  test('of each other by two at once gets in nobody’s way', async () => {
    const { challenge, anna, peers, submissionId } = await annaAndPeers(6, { peersNeeded: 2 });
    const ben = peers[0] as TestAmbassador;
    const his = (await submit(ben, challenge.id)).submission.id;
    await atOnce(12, (index) => {
      const voter = [anna, ben, ...peers.slice(1)][index % 7];
      return vote(voter, index % 2 === 0 ? submissionId : his);
    });
    for (const each of [anna, ben]) {
      const { me } = await each.client.ask(standing);
      expect(me.submissions.nodes[0].status).toBe('APPROVED');
      expect(me.points.available).toBe(50);
    }
  });

  test('leaves a moderator the decision, and pays once if both decide at once', async () => {
    const { program, anna, peers, submissionId } = await annaAndPeers(1, { peersNeeded: 1 });
    await Promise.all([vote(peers[0], submissionId), program.moderator.mutate('submissionApprove', { submissionId })]);
    expect((await anna.client.ask(standing)).me.points.available).toBe(50);
  });

  test('keeps the votes that approved it', async () => {
    const { peers, submissionId } = await annaAndPeers(2, { peersNeeded: 2 });
    await vote(peers[0], submissionId);
    expect((await withdraw(peers[0], submissionId)).submission).toEqual({ votes: 0, viewerHasVoted: false });
    for (const each of peers) await vote(each, submissionId);
    expect((await withdraw(peers[0], submissionId)).reason).toBe('SUBMISSION_DECIDED');
  });

  test('asks for as many votes as it did when the submission came in', async () => {
    const { program, challenge, peers, submissionId } = await annaAndPeers(2, { peersNeeded: 2 });
    await program.admin.mutate('challengeUpdate', { challengeId: challenge.id, peersNeeded: 5 });
    for (const each of peers) await vote(each, submissionId);
    expect((await vote(peers[1], submissionId)).submission.status).toBe('APPROVED');
  });

  test('is for challenges that are votable', async () => {
    const program = await world.program();
    const input = { kind: 'IDEA', title: 'Ideas', rewardPoints: 5, verification: 'PEERS', votable: false };
    expect((await program.admin.mutate('challengeCreate', input)).issues).toMatchObject([{ path: ['votable'] }]);
    const byHand = { kind: 'IDEA', title: 'Ideas', rewardPoints: 5, peersNeeded: 2 };
    expect((await program.admin.mutate('challengeCreate', byHand)).issues).toMatchObject([{ path: ['peersNeeded'] }]);
  });
});

describe('A vote', () => {
  test('can be taken back, and cast again, until the challenge closes', async () => {
    const { program, challenge, peers, submissionId } = await annaAndPeers(2, { verification: 'MANUAL' });
    for (const each of peers) await vote(each, submissionId);
    expect((await withdraw(peers[0], submissionId)).submission).toEqual({ votes: 1, viewerHasVoted: false });
    expect((await withdraw(peers[0], submissionId)).submission).toEqual({ votes: 1, viewerHasVoted: false });
    expect((await vote(peers[0], submissionId)).submission.votes).toBe(2);
    await program.admin.mutate('challengeUpdate', {
      challengeId: challenge.id,
      endsAt: world.clock.now().toISOString(),
    });
    expect((await withdraw(peers[0], submissionId)).reason).toBe('CHALLENGE_CLOSED');
    const { submissions } = await program.admin.ask('{ submissions { nodes { votes } } }');
    expect(submissions.nodes).toEqual([{ votes: 2 }]);
  });

  test('is counted exactly when many cast and take back at once', async () => {
    const { program, peers, submissionId } = await annaAndPeers(8, { verification: 'MANUAL' });
    for (const each of peers.slice(0, 4)) await vote(each, submissionId);
    await atOnce(16, (index) =>
      index % 8 < 4 ? withdraw(peers[index % 8], submissionId) : vote(peers[index % 8], submissionId),
    );
    const { submissions } = await program.admin.ask('{ submissions { nodes { votes } } }');
    expect(submissions.nodes).toEqual([{ votes: 4 }]);
  });

  test('may be one of as many as the challenge allows, and be changed for another', async () => {
    const { challenge, peers, submissionId } = await annaAndPeers(3, { verification: 'MANUAL', votesPerVoter: 1 });
    const [ben, chris, dora] = peers as [TestAmbassador, TestAmbassador, TestAmbassador];
    const second = (await submit(ben, challenge.id)).submission.id;
    const own = (await submit(dora, challenge.id)).submission.id;
    await vote(dora, submissionId);
    expect((await vote(dora, second)).reason).toBe('VOTES_USED_UP');
    expect((await vote(dora, second, { insteadOf: submissionId })).submission.votes).toBe(1);
    expect((await vote(dora, own, { insteadOf: second })).reason).toBe('OWN_SUBMISSION');
    const { node } = await chris.client.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { submissions { nodes { votes } } } } }',
      { id: challenge.id },
    );
    expect(node.submissions.nodes).toEqual([{ votes: 0 }, { votes: 1 }, { votes: 0 }]);
    await atOnce(6, (index) => vote(chris, [submissionId, second][index % 2] ?? ''));
    const after = await chris.client.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { submissions { nodes { viewerHasVoted } } } } }',
      { id: challenge.id },
    );
    expect(after.node.submissions.nodes.filter(({ viewerHasVoted }: Answer) => viewerHasVoted)).toHaveLength(1);
  });

  test('is for those who may vote, as it holds then; the challenge itself may be for others', async () => {
    const voters = { attribute: { name: 'market', anyOf: ['NL'] } };
    const { program, submissionId } = await annaAndPeers(0, { verification: 'MANUAL', voters });
    const ben = await program.ambassador('Ben', { attributes: { market: 'NL' } });
    const chris = await program.ambassador('Chris', { attributes: { market: 'BE' } });
    expect((await vote(ben, submissionId)).submission.votes).toBe(1);
    expect((await vote(chris, submissionId)).reason).toBe('NOT_ELIGIBLE');
    const unknown = { kind: 'IDEA', title: 'Ideas', rewardPoints: 5, votable: false, voters };
    expect((await program.admin.mutate('challengeCreate', unknown)).issues).toMatchObject([{ path: ['voters'] }]);
    const nobody = { kind: 'IDEA', title: 'Ideas', rewardPoints: 5, voters: { segment: 'nobody' } };
    expect((await program.admin.mutate('challengeCreate', nobody)).issues).toMatchObject([{ path: ['voters'] }]);
  });

  test('cannot replace one for another challenge', async () => {
    const { program, anna, peers, submissionId } = await annaAndPeers(1, { verification: 'MANUAL' });
    const other = await createChallenge(program);
    const there = (await submit(anna, other.id)).submission.id;
    await vote(peers[0], submissionId);
    expect((await vote(peers[0], there, { insteadOf: submissionId })).issues).toMatchObject([{ path: ['insteadOf'] }]);
    expect((await vote(peers[0], there, { insteadOf: peers[0]?.id })).code).toBe('NOT_FOUND');
  });
});
