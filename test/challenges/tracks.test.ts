import { describe, expect, test } from '@jest/globals';
import { createChallenge, proofs, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { countReads } from '../support/statements.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const shown = 'track { id key title description archivedAt challenges { title } }';

function lesson(program: TestProgram, title: string, input: object = {}): Promise<Answer> {
  return createChallenge(program, { kind: 'TRIAL', title, verification: 'AUTOMATIC', rewardPoints: 5, ...input });
}

/** A track of three lessons, and one who may follow them. */
async function academy() {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  const lessons: Answer[] = [];
  for (const title of ['One', 'Two', 'Three']) lessons.push(await lesson(program, title));
  const { track } = await program.admin.mutate(
    'trackCreate',
    { key: 'academy', title: 'Academy', description: 'All of it.', challengeIds: lessons.map(({ id }) => id) },
    `TrackCreated { ${shown} }`,
  );
  return { program, anna, lessons, track };
}

function attempt({ client }: TestAmbassador, challengeId: string): Promise<Answer> {
  return client.mutate(
    'challengeSubmit',
    { challengeId, proof: proofs.answer },
    'ChallengeNotEligible { missing { requirement text challenge { title } } } ... on ChallengeSubmitted { earnedBadges { badge { code } } }',
  );
}

async function openTo({ client }: TestAmbassador): Promise<string[]> {
  const { me } = await client.ask('{ me { challenges { nodes { title } } } }');
  return me.challenges.nodes.map((each: Answer) => each.title);
}

async function progress({ client }: TestAmbassador): Promise<Answer[]> {
  const { me } = await client.ask(
    '{ me { tracks { track { key } stepsDone stepsTotal next { title } completedAt } } }',
  );
  return me.tracks;
}

describe('A track', () => {
  test('opens its challenges one after the other', async () => {
    const { anna, lessons, track } = await academy();
    expect(track).toMatchObject({
      key: 'academy',
      title: 'Academy',
      description: 'All of it.',
      archivedAt: null,
      challenges: [{ title: 'One' }, { title: 'Two' }, { title: 'Three' }],
    });
    expect(await openTo(anna)).toEqual(['One']);
    expect(await attempt(anna, lessons[2].id)).toMatchObject({
      __typename: 'ChallengeNotEligible',
      missing: [
        { requirement: 'PREREQUISITE', text: 'Do ‘One’ first.', challenge: { title: 'One' } },
        { requirement: 'PREREQUISITE', text: 'Do ‘Two’ first.', challenge: { title: 'Two' } },
      ],
    });
    await submit(anna, lessons[0].id);
    expect(await openTo(anna)).toEqual(['Two']);
    expect(await progress(anna)).toEqual([
      { track: { key: 'academy' }, stepsDone: 1, stepsTotal: 3, next: { title: 'Two' }, completedAt: null },
    ]);
  });

  test('opens the next only when the one before is approved', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const [first, second] = [await lesson(program, 'One', { verification: 'MANUAL' }), await lesson(program, 'Two')];
    await program.admin.mutate('trackCreate', { key: 'two', title: 'Two', challengeIds: [first.id, second.id] });
    const { submission } = await submit(anna, first.id);
    expect((await attempt(anna, second.id)).__typename).toBe('ChallengeNotEligible');
    await program.moderator.mutate('submissionApprove', { submissionId: submission.id });
    expect((await attempt(anna, second.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('gives its certificate with the last step, once', async () => {
    const { program, anna, lessons } = await academy();
    await program.admin.mutate('badgeCreate', {
      code: 'graduate',
      name: 'Graduate',
      description: 'Of the academy',
      rule: { completedTrack: 'academy' },
    });
    for (const { id } of lessons.slice(0, 2)) expect((await attempt(anna, id)).earnedBadges).toEqual([]);
    expect((await attempt(anna, lessons[2].id)).earnedBadges).toEqual([{ badge: { code: 'graduate' } }]);
    const [done] = await progress(anna);
    expect(done).toMatchObject({ stepsDone: 3, next: null, completedAt: world.clock.now().toISOString() });
  });

  test('gives a certificate that is made later to who completed it before', async () => {
    const { program, anna, lessons } = await academy();
    for (const { id } of lessons) await attempt(anna, id);
    await program.admin.mutate('badgeCreate', {
      code: 'graduate',
      name: 'Graduate',
      description: '',
      rule: { completedTrack: 'academy' },
    });
    const { me } = await anna.client.ask('{ me { badges { badge { code } } } }');
    expect(me.badges).toEqual([{ badge: { code: 'graduate' } }]);
  });

  test('is completed once, also by decisions at once', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const lessons = await atOnce(4, (index) => lesson(program, `Lesson ${index}`, { verification: 'MANUAL' }));
    const submissions = await Promise.all(lessons.map(({ id }) => submit(anna, id)));
    await program.admin.mutate('trackCreate', {
      key: 'late',
      title: 'Late',
      challengeIds: lessons.map(({ id }) => id),
    });
    await Promise.all(
      submissions.map(({ submission }) =>
        program.moderator.mutate('submissionApprove', { submissionId: submission.id }),
      ),
    );
    expect(await progress(anna)).toMatchObject([{ stepsDone: 4, completedAt: world.clock.now().toISOString() }]);
  });

  test('grows at its end, and who has completed it stays so', async () => {
    const { program, anna, lessons, track } = await academy();
    for (const { id } of lessons) await submit(anna, id);
    const fourth = await lesson(program, 'Four');
    const grown = await program.admin.mutate(
      'trackUpdate',
      { trackId: track.id, title: 'The academy', addChallengeIds: [fourth.id] },
      `TrackUpdated { ${shown} }`,
    );
    expect(grown.track).toMatchObject({ title: 'The academy', challenges: [{}, {}, {}, { title: 'Four' }] });
    expect(await progress(anna)).toMatchObject([
      { stepsDone: 3, stepsTotal: 4, next: { title: 'Four' }, completedAt: expect.any(String) },
    ]);
  });

  test('that is put away lets its challenges go without order', async () => {
    const { program, anna, track } = await academy();
    await program.admin.mutate('trackUpdate', { trackId: track.id, archived: true });
    expect(await openTo(anna)).toEqual(['Three', 'Two', 'One']);
    expect(await progress(anna)).toEqual([]);
    expect((await anna.client.ask('{ tracks { totalCount } }')).tracks.totalCount).toBe(0);
    expect((await program.analyst.ask('{ tracks { totalCount } }')).tracks.totalCount).toBe(1);
  });

  test('takes challenges of its program that are in no other track', async () => {
    const { program, lessons } = await academy();
    const elsewhere = await lesson(await world.program(), 'Elsewhere');
    const free = await lesson(program, 'Free');
    for (const challengeIds of [[lessons[0].id], [free.id, free.id]]) {
      const result = await program.admin.mutate('trackCreate', { key: 'other', title: 'Other', challengeIds });
      expect(result).toMatchObject({ __typename: 'InputInvalid', issues: [{ path: ['challengeIds'] }] });
    }
    for (const challengeIds of [[free.id, elsewhere.id], ['nonsense']]) {
      const result = await program.admin.mutate('trackCreate', { key: 'other', title: 'Other', challengeIds });
      expect(result.__typename).toBe('NotFound');
    }
    const again = await program.admin.mutate('trackCreate', {
      key: 'academy',
      title: 'Academy',
      challengeIds: [free.id],
    });
    expect(again).toMatchObject({ issues: [{ path: ['key'], message: 'is the key of another track' }] });
  });

  test('costs no more queries when there are many', async () => {
    const { program, anna } = await academy();
    const list = '{ me { tracks { stepsDone next { title } } challenges { nodes { prerequisites { title } } } } }';
    const reads = () => countReads(world.server.platform.database, () => anna.client.ask(list));
    const withOne = await reads();
    for (let index = 0; index < 8; index++) {
      const { id } = await lesson(program, `Lesson ${index}`);
      await program.admin.mutate('trackCreate', { key: `track-${index}`, title: 'Track', challengeIds: [id] });
    }
    expect(await reads()).toBeLessThanOrEqual(withOne);
  });
});

describe('Prerequisites', () => {
  test('keep a challenge closed until all are approved', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const [first, second] = [await lesson(program, 'First'), await lesson(program, 'Second')];
    const last = await lesson(program, 'Last', { prerequisiteIds: [first.id, second.id] });
    expect(await openTo(anna)).toEqual(['Second', 'First']);
    await submit(anna, first.id);
    const query =
      'query ($id: ID!) { node(id: $id) { ... on Challenge { prerequisites { title } viewerMissing { text } } } }';
    const { node } = await anna.client.ask(query, { id: last.id });
    expect(node).toEqual({
      prerequisites: [{ title: 'First' }, { title: 'Second' }],
      viewerMissing: [{ text: 'Do ‘Second’ first.' }],
    });
    await submit(anna, second.id);
    expect(await openTo(anna)).toEqual(['Last']);
    expect((await attempt(anna, last.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('can be changed, but never into a circle, with tracks neither', async () => {
    const { program, lessons } = await academy();
    const [one, , three] = lessons;
    const free = await lesson(program, 'Free', { prerequisiteIds: [three.id] });
    const update = (challengeId: string, prerequisiteIds: string[]) =>
      program.admin.mutate('challengeUpdate', { challengeId, prerequisiteIds });
    for (const required of [one.id, three.id, free.id]) {
      expect(await update(one.id, [required])).toMatchObject({
        __typename: 'InputInvalid',
        issues: [{ path: ['prerequisiteIds'], message: 'must not wait for the challenge itself' }],
      });
    }
    expect((await update(free.id, [one.id])).__typename).toBe('ChallengeUpdated');
    expect((await update(free.id, [])).__typename).toBe('ChallengeUpdated');
    expect(await update(free.id, ['nonsense'])).toMatchObject({ issues: [{ path: ['prerequisiteIds'] }] });
  });
});
