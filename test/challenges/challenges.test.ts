import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const hour = 3_600_000;

function inHours(hours: number): string {
  return new Date(world.clock.now().getTime() + hours * hour).toISOString();
}

function create(program: TestProgram, input: object): Promise<Answer> {
  return program.admin.mutate('challengeCreate', { kind: 'IDEA', title: 'An idea', rewardPoints: 10, ...input });
}

async function titles(client: Client, list: string): Promise<string[]> {
  const answer = await client.ask(`{ list: ${list} }`);
  return answer.list.nodes.map((each: Answer) => each.title);
}

describe('challengeCreate', () => {
  test('makes a challenge with what is usual', async () => {
    const program = await world.program();
    expect(await createChallenge(program)).toEqual({
      id: expect.any(String),
      kind: 'IDEA',
      title: 'What should we build?',
      description: '',
      rewardPoints: 50,
      verification: 'MANUAL',
      votable: true,
      startsAt: null,
      endsAt: null,
      maxPerAmbassador: 1,
      pendingDays: 0,
      proofKind: 'ANSWER',
    });
  });

  test('makes one with all that can be said of it', async () => {
    const program = await world.program();
    const input = {
      kind: 'EVENT_FEEDBACK',
      title: 'How was the fair?',
      description: 'Two sentences are enough.',
      rewardPoints: 1_000_000,
      verification: 'INTEGRATION',
      votable: true,
      startsAt: inHours(1),
      endsAt: inHours(2),
      maxPerAmbassador: null,
      pendingDays: 365,
    };
    expect(await createChallenge(program, input)).toMatchObject(input);
  });

  test.each([
    ['REVIEW', true],
    ['QUOTE', true],
    ['REFERRAL', false],
    ['RECOMMENDATION', false],
    ['VOTE', false],
    ['BLOG_POST', true],
    ['TRIAL', false],
    ['IDEA', true],
    ['SERVICE_FEEDBACK', false],
    ['EVENT_FEEDBACK', false],
    ['BETA_PROGRAM', false],
    ['SOCIAL_SHARE', true],
    ['CASE_STUDY', true],
    ['NEWSLETTER_MENTION', true],
    ['CUSTOM', true],
  ])('makes a %s, votable: %s', async (kind, votable) => {
    expect(await createChallenge(await world.program(), { kind })).toMatchObject({ kind, votable });
  });

  test.each([
    [{ title: '  ' }, 'title', 'must not be empty'],
    [{ title: 'x'.repeat(201) }, 'title', 'must not be longer than 200 characters'],
    [{ description: 'x'.repeat(10_001) }, 'description', 'must not be longer than 10000 characters'],
    [{ rewardPoints: -1 }, 'rewardPoints', 'must be from 0 to 1,000,000'],
    [{ rewardPoints: 1_000_001 }, 'rewardPoints', 'must be from 0 to 1,000,000'],
    [{ maxPerAmbassador: 0 }, 'maxPerAmbassador', 'must be 1 or more; null for any number'],
    [{ pendingDays: 366 }, 'pendingDays', 'must be from 0 to 365'],
    [{ startsAt: '2026-02-30' }, 'startsAt', 'must be a moment in ISO 8601, as in 2026-03-01T09:30:00Z'],
    [{ startsAt: '2026-03-02T10:00:00Z', endsAt: '2026-03-02T11:00:00+01:00' }, 'endsAt', 'must be after startsAt'],
  ])('refuses %j', async (input, path, message) => {
    const program = await world.program();
    expect(await create(program, input)).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: [path], message }],
    });
    expect(await titles(program.admin, 'challenges { nodes { title } }')).toEqual([]);
  });

  test('is for admins', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const mutation = 'mutation ($input: ChallengeCreateInput!) { challengeCreate(input: $input) { __typename } }';
    for (const client of [program.moderator, program.analyst, anna.client]) {
      expect(await client.refusal(mutation, { input: { kind: 'IDEA', title: 'Mine', rewardPoints: 1 } })).toBe(
        'FORBIDDEN',
      );
    }
  });
});

describe('challengeUpdate', () => {
  const updated = `ChallengeUpdated { challenge {
    title description rewardPoints startsAt endsAt maxPerAmbassador verification } }`;

  test('changes what is given and leaves the rest; null empties what may be empty', async () => {
    const program = await world.program();
    const { id: challengeId } = await createChallenge(program, { description: 'Say it.', endsAt: inHours(5) });
    const first = { challengeId, title: 'Other words', rewardPoints: 70, startsAt: inHours(1) };
    expect((await program.admin.mutate('challengeUpdate', first, updated)).challenge).toEqual({
      title: 'Other words',
      description: 'Say it.',
      rewardPoints: 70,
      startsAt: inHours(1),
      endsAt: inHours(5),
      maxPerAmbassador: 1,
      verification: 'MANUAL',
    });
    const second = { challengeId, startsAt: null, endsAt: null, maxPerAmbassador: null, title: null };
    expect((await program.admin.mutate('challengeUpdate', second, updated)).challenge).toMatchObject({
      title: 'Other words',
      startsAt: null,
      endsAt: null,
      maxPerAmbassador: null,
    });
  });

  test('does not touch what was paid', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { id: challengeId } = await createChallenge(program, { verification: 'AUTOMATIC' });
    await submit(anna, challengeId);
    await program.admin.mutate('challengeUpdate', { challengeId, rewardPoints: 1 });
    const { me } = await anna.client.ask('{ me { points { available } submissions { nodes { rewardPoints } } } }');
    expect(me).toEqual({ points: { available: 50 }, submissions: { nodes: [{ rewardPoints: 50 }] } });
  });

  test('can close a challenge, and open it again', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { id: challengeId } = await createChallenge(program);
    await program.admin.mutate('challengeUpdate', { challengeId, endsAt: inHours(0) });
    expect((await submit(anna, challengeId)).__typename).toBe('ChallengeClosed');
    await program.admin.mutate('challengeUpdate', { challengeId, endsAt: null });
    expect((await submit(anna, challengeId)).__typename).toBe('ChallengeSubmitted');
  });

  test('refuses a challenge that would be over before it starts, whichever end was changed', async () => {
    const program = await world.program();
    const { id: challengeId } = await createChallenge(program, { startsAt: inHours(1), endsAt: inHours(2) });
    for (const change of [{ startsAt: inHours(2) }, { endsAt: inHours(1) }]) {
      const result = await program.admin.mutate('challengeUpdate', { challengeId, ...change });
      expect(result).toMatchObject({
        __typename: 'InputInvalid',
        issues: [{ path: ['endsAt'], message: 'must be after startsAt' }],
      });
    }
  });

  test('does not know the challenges of another program', async () => {
    const challenge = await createChallenge(await world.program());
    const other = await world.program();
    for (const challengeId of [challenge.id, 'nonsense']) {
      const result = await other.admin.mutate('challengeUpdate', { challengeId, title: 'Mine now' });
      expect(result.__typename).toBe('NotFound');
    }
  });
});

describe('Query.challenges', () => {
  test('lists the newest first, of one kind if asked', async () => {
    const program = await world.program();
    for (const [title, kind] of [
      ['First', 'IDEA'],
      ['Second', 'TRIAL'],
      ['Third', 'IDEA'],
    ]) {
      await createChallenge(program, { title, kind });
    }
    expect(await titles(program.analyst, 'challenges { nodes { title } }')).toEqual(['Third', 'Second', 'First']);
    expect(await titles(program.analyst, 'challenges(kind: IDEA) { nodes { title } }')).toEqual(['Third', 'First']);
  });

  test('shows ambassadors what has started, also when it is over; staff everything', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await createChallenge(program, { title: 'Running' });
    await createChallenge(program, { title: 'Over', endsAt: inHours(-1) });
    const planned = await createChallenge(program, { title: 'Planned', startsAt: inHours(1) });
    expect(await titles(anna.client, 'challenges { nodes { title } }')).toEqual(['Over', 'Running']);
    expect(await titles(program.moderator, 'challenges { nodes { title } }')).toEqual(['Planned', 'Over', 'Running']);
    // Who was told of it may look at it: it is not listed, but no secret.
    const { node } = await anna.client.ask('query ($id: ID!) { node(id: $id) { ... on Challenge { title } } }', {
      id: planned.id,
    });
    expect(node).toEqual({ title: 'Planned' });
  });

  test('is not for who has not signed in', async () => {
    const program = await world.program();
    const anonymous = world.anonymous().with({ 'x-applaus-program': program.program.slug });
    expect(await anonymous.refusal('{ challenges { totalCount } }')).toBe('UNAUTHENTICATED');
  });

  test('knows nothing of another program', async () => {
    const challenge = await createChallenge(await world.program());
    const other = await world.program();
    expect(await titles(other.admin, 'challenges { nodes { title } }')).toEqual([]);
    const { node } = await other.admin.ask('query ($id: ID!) { node(id: $id) { id } }', { id: challenge.id });
    expect(node).toBeNull();
  });
});

describe('Ambassador.challenges', () => {
  /** Challenges of which the title says why they stand where. */
  async function sixChallenges() {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const done = await createChallenge(program, { title: 'done before', maxPerAmbassador: 5, endsAt: inHours(1) });
    const limited = await createChallenge(program, { title: 'as often as allowed' });
    await createChallenge(program, { title: 'pays little', rewardPoints: 5 });
    await createChallenge(program, { title: 'pays much', rewardPoints: 500 });
    await createChallenge(program, { title: 'closes in 9 hours', endsAt: inHours(9) });
    await createChallenge(program, { title: 'closes in 2 hours', endsAt: inHours(2) });
    await createChallenge(program, { title: 'over', endsAt: inHours(0) });
    await createChallenge(program, { title: 'planned', startsAt: inHours(1) });
    await submit(anna, done.id);
    const { submission } = await submit(anna, limited.id);
    return { program, anna, limitedSubmissionId: submission.id };
  }

  const best = ['closes in 2 hours', 'closes in 9 hours', 'pays much', 'pays little', 'done before'];

  test('are those that are open, best first: new to them, closing soon, well paid', async () => {
    const { anna } = await sixChallenges();
    const { me } = await anna.client.ask('{ me { challenges { totalCount nodes { title } } } }');
    expect(me.challenges).toEqual({ totalCount: best.length, nodes: best.map((title) => ({ title })) });
  });

  test.each(['forward', 'backward'])('can be paged %s one by one', async (direction) => {
    const { anna } = await sixChallenges();
    const forward = direction === 'forward';
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page < best.length; page++) {
      const { me }: Answer = await anna.client.ask(
        `query ($cursor: String) { me { challenges(${forward ? 'first: 1, after' : 'last: 1, before'}: $cursor) {
          nodes { title } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
        { cursor },
      );
      const { nodes, pageInfo } = me.challenges;
      seen.push(nodes[0].title);
      cursor = forward ? pageInfo.endCursor : pageInfo.startCursor;
      expect(forward ? pageInfo.hasNextPage : pageInfo.hasPreviousPage).toBe(page < best.length - 1);
    }
    expect(seen).toEqual(forward ? best : [...best].reverse());
  });

  test('offer again what was rejected', async () => {
    const { program, anna, limitedSubmissionId } = await sixChallenges();
    await program.moderator.mutate('submissionReject', { submissionId: limitedSubmissionId, reason: 'Try again' });
    const { me } = await anna.client.ask('{ me { challenges { nodes { title } } } }');
    expect(me.challenges.nodes).toContainEqual({ title: 'as often as allowed' });
  });

  test('are for the ambassador itself and staff', async () => {
    const { program, anna } = await sixChallenges();
    const ben = await program.ambassador('Ben');
    for (const list of ['challenges', 'submissions']) {
      const query = `query ($id: ID!) { node(id: $id) { ... on Ambassador { ${list} { totalCount } } } }`;
      expect(await ben.client.refusal(query, { id: anna.id })).toBe('FORBIDDEN');
      const { node } = await program.moderator.ask(query, { id: anna.id });
      expect(node[list].totalCount).toBeGreaterThan(1);
    }
  });
});

describe('Query.submissions', () => {
  test('lists for staff what came in, newest first, by where it stands', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const challenge = await createChallenge(program, { maxPerAmbassador: null });
    const ids: string[] = [];
    for (const text of ['one', 'two', 'three']) {
      ids.push((await submit(anna, challenge.id, { proof: { answer: { text } } })).submission.id);
    }
    await program.moderator.mutate('submissionApprove', { submissionId: ids[0] });
    await program.moderator.mutate('submissionReject', { submissionId: ids[1], reason: 'No' });
    const { all, pending, approved, rejected } = await program.analyst.ask(`{
      all: submissions { nodes { proof { ... on AnswerProof { text } } challenge { title } } }
      pending: submissions(status: PENDING) { nodes { id } }
      approved: submissions(status: APPROVED) { nodes { id } }
      rejected: submissions(status: REJECTED) { nodes { id } } }`);
    expect(all.nodes.map((each: Answer) => each.proof.text)).toEqual(['three', 'two', 'one']);
    expect([pending, approved, rejected].map(({ nodes }) => nodes)).toEqual([
      [{ id: ids[2] }],
      [{ id: ids[0] }],
      [{ id: ids[1] }],
    ]);
    expect(await anna.client.refusal('{ submissions { totalCount } }')).toBe('FORBIDDEN');
    const other = await world.program();
    expect((await other.admin.ask('{ submissions { totalCount } }')).submissions.totalCount).toBe(0);
  });

  test('shows what each proof says', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { id } = await createChallenge(program, { kind: 'REVIEW' });
    await submit(anna, id, { proof: { review: { platform: 'Kiyoh', url: 'https://www.kiyoh.com/1' } } });
    const { submissions } = await program.analyst.ask(
      '{ submissions { nodes { proof { ... on ReviewProof { platform rating text } } } } }',
    );
    expect(submissions.nodes).toEqual([{ proof: { platform: 'Kiyoh', rating: null, text: null } }]);
  });
});
