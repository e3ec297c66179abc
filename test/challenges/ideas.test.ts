import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
import { type TestAmbassador, useWorld } from '../support/world.js';

const world = useWorld();

async function board(texts: readonly string[]) {
  const program = await world.program();
  const challenge = await createChallenge(program, { maxPerAmbassador: null });
  const [anna, ben, chris] = [
    await program.ambassador('Anna'),
    await program.ambassador('Ben'),
    await program.ambassador('Chris'),
  ];
  const ids: string[] = [];
  for (const text of texts) ids.push((await submit(anna, challenge.id, { proof: { answer: { text } } })).submission.id);
  return { program, challenge, anna, ben, chris, ids };
}

async function ideas(client: Client, filter = ''): Promise<Answer> {
  const { ideas: found } = await client.ask(`{ ideas${filter} { totalCount nodes {
    votes proof { ... on AnswerProof { text } } idea { status reply } } pageInfo { endCursor } } }`);
  return found;
}

async function texts(client: Client, filter = ''): Promise<string[]> {
  return (await ideas(client, filter)).nodes.map(({ proof }: Answer) => proof.text);
}

function vote(voter: TestAmbassador, submissionId: string | undefined): Promise<Answer> {
  return voter.client.mutate('voteCast', { submissionId }, 'VoteRefused { reason }');
}

const updated = 'IdeaUpdated { submission { idea { status reply repliedAt } } }';

describe('The idea board', () => {
  test('lists what has most votes first, or the newest, page by page', async () => {
    const { ben, chris, ids } = await board(['A bell', 'A light', 'A door']);
    for (const each of [ben, chris]) await vote(each, ids[1]);
    await vote(ben, ids[0]);
    expect(await texts(ben.client)).toEqual(['A light', 'A bell', 'A door']);
    expect(await texts(ben.client, '(orderBy: NEWEST)')).toEqual(['A door', 'A light', 'A bell']);
    const first = await ideas(ben.client, '(first: 1)');
    expect(first).toMatchObject({ totalCount: 3, nodes: [{ votes: 2, idea: { status: 'OPEN', reply: null } }] });
    expect(await texts(ben.client, `(first: 2, after: "${first.pageInfo.endCursor}")`)).toEqual(['A bell', 'A door']);
  });

  test('shows no other kind, nothing that was sent back or is said in private, and no other program', async () => {
    const { program, anna, ben, ids } = await board(['A bell', 'A light']);
    await program.moderator.mutate('submissionReject', { submissionId: ids[0], reason: 'No' });
    const quiet = await createChallenge(program, { votable: false });
    await submit(anna, quiet.id);
    const feedback = await createChallenge(program, { kind: 'SERVICE_FEEDBACK' });
    await submit(anna, feedback.id);
    const other = await board(['Elsewhere']);
    expect(await texts(ben.client)).toEqual(['A light']);
    expect(await texts(ben.client, `(challengeId: "${other.challenge.id}")`)).toEqual([]);
  });

  test('says what becomes of an idea, with a reply that everybody can read', async () => {
    const { program, ben, ids } = await board(['A bell', 'A light', 'A door']);
    const repliedAt = world.clock.now().toISOString();
    const planned = { submissionId: ids[0], status: 'PLANNED', reply: 'In the spring.' };
    const result = await program.moderator.mutate('ideaUpdate', planned, updated);
    expect(result.submission.idea).toEqual({ status: 'PLANNED', reply: 'In the spring.', repliedAt });
    world.clock.advance(60_000);
    const done = await program.moderator.mutate('ideaUpdate', { submissionId: ids[0], status: 'DONE' }, updated);
    expect(done.submission.idea).toEqual({ status: 'DONE', reply: 'In the spring.', repliedAt });
    await program.moderator.mutate('ideaUpdate', { submissionId: ids[1], reply: 'Which light?' });
    expect(await texts(ben.client, '(status: DONE)')).toEqual(['A bell']);
    expect((await ideas(ben.client, '(status: OPEN, orderBy: NEWEST)')).nodes).toMatchObject([
      { idea: { status: 'OPEN', reply: null } },
      { idea: { status: 'OPEN', reply: 'Which light?' } },
    ]);
    const silent = await program.moderator.mutate('ideaUpdate', { submissionId: ids[1], reply: null }, updated);
    expect(silent.submission.idea).toEqual({ status: 'OPEN', reply: null, repliedAt: null });
  });

  test('keeps the votes of what is done or declined as they are', async () => {
    const { program, ben, chris, ids } = await board(['A bell', 'A light']);
    for (const id of ids) await vote(ben, id);
    await program.moderator.mutate('ideaUpdate', { submissionId: ids[0], status: 'DONE' });
    await program.moderator.mutate('ideaUpdate', { submissionId: ids[1], status: 'DECLINED' });
    for (const submissionId of ids) {
      expect((await vote(chris, submissionId)).reason).toBe('IDEA_SETTLED');
      const back = await ben.client.mutate('voteWithdraw', { submissionId }, 'VoteRefused { reason }');
      expect(back.reason).toBe('IDEA_SETTLED');
    }
    await program.moderator.mutate('ideaUpdate', { submissionId: ids[1], status: 'OPEN' });
    expect((await vote(chris, ids[1])).__typename).toBe('VoteCounted');
    expect((await ideas(ben.client)).nodes.map(({ votes }: Answer) => votes)).toEqual([2, 1]);
  });

  test('takes a word of moderators, on ideas alone', async () => {
    const { program, anna, ids } = await board(['A bell']);
    const mutation = 'mutation ($input: IdeaUpdateInput!) { ideaUpdate(input: $input) { __typename } }';
    const input = { submissionId: ids[0], status: 'DONE' };
    for (const client of [anna.client, program.analyst]) {
      expect(await client.refusal(mutation, { input })).toBe('FORBIDDEN');
    }
    const feedback = await createChallenge(program, { kind: 'SERVICE_FEEDBACK' });
    const { submission } = await submit(anna, feedback.id);
    const wrong = await program.admin.mutate('ideaUpdate', { submissionId: submission.id, status: 'DONE' });
    expect(wrong.issues).toMatchObject([{ path: ['submissionId'] }]);
    const elsewhere = await world.program();
    expect((await elsewhere.admin.mutate('ideaUpdate', input)).code).toBe('NOT_FOUND');
  });
});
