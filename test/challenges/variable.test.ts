import { createHash, createHmac } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { proofs } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const hour = 3_600_000;
const shown = `challenge { id title rewardPoints maxPerAmbassador stages { title rewardPoints } budgetPointsLeft
  bonus { name multiplierPercent } draw { id seedHash seed revealedAt odds { points weight probability } } }`;

async function create(program: TestProgram, input: object): Promise<Answer> {
  const usual = { kind: 'IDEA', title: 'An idea', rewardPoints: 10, verification: 'AUTOMATIC', maxPerAmbassador: null };
  const result = await program.admin.mutate('challengeCreate', { ...usual, ...input }, `ChallengeCreated { ${shown} }`);
  return result.challenge ?? result;
}

function update(program: TestProgram, input: object): Promise<Answer> {
  return program.admin.mutate('challengeUpdate', input, `ChallengeUpdated { ${shown} }`);
}

async function programWith(input: object) {
  const program = await world.program();
  return { program, anna: await program.ambassador('Anna'), challenge: await create(program, input) };
}

function attempt({ client }: TestAmbassador, challengeId: string): Promise<Answer> {
  return client.mutate(
    'challengeSubmit',
    { challengeId, proof: proofs.answer },
    `ChallengeSubmitted {
      submission { id stage rewardPoints drawnPoints pointsEntry { amountPoints reason } draw { id seedHash seed } }
      balance { available } }
      ... on ChallengeNotEligible { missing { requirement text } } ... on ChallengeLimitReached { limit }`,
  );
}

function inHours(hours: number): string {
  return new Date(world.clock.now().getTime() + hours * hour).toISOString();
}

describe('A challenge in stages', () => {
  const stages = [
    { title: 'Install it', rewardPoints: 10 },
    { title: 'Use it for a week', rewardPoints: 20 },
    { title: 'Tell us about it', rewardPoints: 70 },
  ];

  test('pays each stage by itself, one after the other', async () => {
    const { anna, challenge } = await programWith({ rewardPoints: 100, stages, maxPerAmbassador: 1 });
    expect(challenge).toMatchObject({ rewardPoints: 100, maxPerAmbassador: 3, stages });
    for (const [index, { title, rewardPoints }] of stages.entries()) {
      const reason = `An idea · ${title}`;
      expect((await attempt(anna, challenge.id)).submission).toMatchObject({
        stage: index + 1,
        rewardPoints,
        pointsEntry: { amountPoints: rewardPoints, reason },
      });
    }
    expect(await attempt(anna, challenge.id)).toMatchObject({ limit: 'PER_AMBASSADOR' });
    const { me } = await anna.client.ask('{ me { points { lifetime } } }');
    expect(me.points.lifetime).toBe(100);
  });

  test('opens a stage once the one before is approved; one that is rejected is done again', async () => {
    const { program, anna, challenge } = await programWith({ rewardPoints: 100, stages, verification: 'MANUAL' });
    const { submission } = await attempt(anna, challenge.id);
    expect(await attempt(anna, challenge.id)).toMatchObject({
      __typename: 'ChallengeNotEligible',
      missing: [{ requirement: 'STAGE', text: 'Your step ‘Install it’ has to be approved first.' }],
    });
    await program.moderator.mutate('submissionReject', { submissionId: submission.id, reason: 'Not seen' });
    const again = await attempt(anna, challenge.id);
    expect(again.submission.stage).toBe(1);
    await program.moderator.mutate('submissionApprove', { submissionId: again.submission.id });
    expect((await attempt(anna, challenge.id)).submission).toMatchObject({ stage: 2, rewardPoints: 20 });
  });

  test('comes before another only when all of it is done', async () => {
    const { program, anna, challenge } = await programWith({ rewardPoints: 100, stages });
    const after = await create(program, { title: 'After', prerequisiteIds: [challenge.id] });
    for (const _ of stages) {
      expect(await attempt(anna, after.id)).toMatchObject({ missing: [{ requirement: 'PREREQUISITE' }] });
      await attempt(anna, challenge.id);
    }
    expect((await attempt(anna, after.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('20 at once make one stage after the other, and none twice', async () => {
    const { anna, challenge } = await programWith({ rewardPoints: 100, stages });
    const results = await atOnce(20, () => attempt(anna, challenge.id));
    const done = results.flatMap(({ submission }) => (submission ? [submission.stage] : []));
    expect(done.sort()).toEqual([1, 2, 3]);
  });

  test('can be changed and grow, and its points follow', async () => {
    const { program, anna, challenge } = await programWith({ rewardPoints: 100, stages });
    await attempt(anna, challenge.id);
    const more = [...stages, { title: 'Bring a friend', rewardPoints: 50 }];
    const grown = await update(program, { challengeId: challenge.id, stages: more });
    expect(grown.challenge).toMatchObject({ rewardPoints: 150, maxPerAmbassador: 4 });
    for (const refused of [{ stages: stages.slice(0, 2) }, { stages: null }, { rewardPoints: 5 }]) {
      expect((await update(program, { challengeId: challenge.id, ...refused })).__typename).toBe('InputInvalid');
    }
  });

  test.each([
    [
      { stages, rewardPoints: 99 },
      { path: ['rewardPoints'], message: 'must be the sum of its stages, 100' },
    ],
    [
      { stages: stages.slice(0, 1), rewardPoints: 10 },
      { path: ['stages'], message: 'must be from 2 to 20' },
    ],
  ])('is refused as %j', async (input, issue) => {
    expect(await create(await world.program(), input)).toMatchObject({ issues: [issue] });
  });
});

describe('A bonus window', () => {
  async function bonus(program: TestProgram, input: object): Promise<Answer> {
    const usual = { name: 'Double points weekend', multiplierPercent: 200, startsAt: inHours(0), endsAt: inHours(48) };
    return program.admin.mutate(
      'bonusWindowCreate',
      { ...usual, ...input },
      'BonusWindowCreated { bonusWindow { id name multiplierPercent kinds } }',
    );
  }

  test('multiplies what is submitted in it, and says so in the reason', async () => {
    const { program, anna, challenge } = await programWith({});
    await bonus(program, { startsAt: inHours(1), endsAt: inHours(49) });
    expect((await attempt(anna, challenge.id)).submission.rewardPoints).toBe(10);
    world.clock.advance(hour);
    expect((await attempt(anna, challenge.id)).submission).toMatchObject({
      rewardPoints: 20,
      pointsEntry: { amountPoints: 20, reason: 'An idea · Double points weekend ×2' },
    });
    world.clock.advance(48 * hour);
    expect((await attempt(anna, challenge.id)).submission.pointsEntry).toEqual({ amountPoints: 10, reason: 'An idea' });
  });

  test('promises what it multiplies, also when it is approved later', async () => {
    const { program, anna, challenge } = await programWith({ verification: 'MANUAL', rewardPoints: 15 });
    const { bonusWindow } = await bonus(program, { multiplierPercent: 150 });
    const { submission } = await attempt(anna, challenge.id);
    const cancelled = await program.admin.mutate('bonusWindowCancel', { bonusWindowId: bonusWindow.id });
    expect(cancelled.__typename).toBe('BonusWindowCancelled');
    await program.moderator.mutate('submissionApprove', { submissionId: submission.id });
    const { me } = await anna.client.ask('{ me { pointsEntries { nodes { amountPoints reason } } } }');
    expect(me.pointsEntries.nodes).toEqual([{ amountPoints: 22, reason: 'An idea · Double points weekend ×1.5' }]);
    expect((await attempt(anna, challenge.id)).submission.rewardPoints).toBe(15);
  });

  test('is for kinds and challenges, and of several the highest counts', async () => {
    const { program, anna, challenge } = await programWith({});
    const trial = await create(program, { kind: 'TRIAL', title: 'A trial' });
    await bonus(program, { multiplierPercent: 150 });
    await bonus(program, { name: 'Triple for trials', multiplierPercent: 300, kinds: ['TRIAL'] });
    await bonus(program, { name: 'Twice for ideas', challengeIds: [challenge.id] });
    const { me, bonusWindows } = await anna.client.ask(
      '{ me { challenges { nodes { title bonus { name } } } } bonusWindows { totalCount } }',
    );
    expect(me.challenges.nodes).toEqual([
      { title: 'A trial', bonus: { name: 'Triple for trials' } },
      { title: 'An idea', bonus: { name: 'Twice for ideas' } },
    ]);
    expect(bonusWindows.totalCount).toBe(3);
    expect((await attempt(anna, trial.id)).submission.rewardPoints).toBe(30);
    expect((await attempt(anna, challenge.id)).submission.rewardPoints).toBe(20);
  });

  test('takes its points from the budget', async () => {
    const { program, anna, challenge } = await programWith({ budgetPoints: 25 });
    await bonus(program, {});
    await attempt(anna, challenge.id);
    expect(await attempt(anna, challenge.id)).toMatchObject({ limit: 'BUDGET' });
  });

  test.each([
    [{ multiplierPercent: 100 }, ['multiplierPercent']],
    [{ kinds: [] }, ['kinds']],
    [{ challengeIds: ['nonsense'] }, ['challengeIds']],
  ])('is refused as %j', async (input, path) => {
    expect(await bonus(await world.program(), input)).toMatchObject({ __typename: 'InputInvalid', issues: [{ path }] });
  });

  test('of another program is not found', async () => {
    const { bonusWindow } = await bonus(await world.program(), {});
    const other = await world.program();
    const result = await other.admin.mutate('bonusWindowCancel', { bonusWindowId: bonusWindow.id });
    expect(result.__typename).toBe('NotFound');
  });
});

describe('A variable reward', () => {
  const odds = [
    { points: 0, weight: 80 },
    { points: 40, weight: 15 },
    { points: 490, weight: 5 },
  ];
  const reveal = (program: TestProgram, drawId: string): Promise<Answer> =>
    program.admin.mutate(
      'rewardDrawReveal',
      { drawId },
      'RewardDrawRevealed { draw { id seed seedHash revealedAt odds { points weight } } }',
    );

  /** The prize as an auditor reckons it, from what is published. */
  function prizeOf(seed: string, submissionId: string): number {
    const drawn = createHmac('sha256', seed).update(submissionId).digest().readBigUInt64BE();
    const ticket = Number((drawn * 100n) / 2n ** 64n);
    // The first 80 tickets of 100 win nothing, the next 15 win 40, the last 5 win 490.
    if (ticket < 80) return 0;
    return ticket < 95 ? 40 : 490;
  }

  test('is drawn by published odds and a sealed seed, which anybody can check once it is revealed', async () => {
    const { program, challenge } = await programWith({ odds });
    expect(challenge.draw).toMatchObject({
      seed: null,
      seedHash: expect.stringMatching(/^[0-9a-f]{64}$/),
      odds: [
        { points: 0, weight: 80, probability: 0.8 },
        { points: 40, weight: 15, probability: 0.15 },
        { points: 490, weight: 5, probability: 0.05 },
      ],
    });
    const crowd = await atOnce(40, (index) => program.ambassador(`Crowd ${index}`));
    const submissions = (await Promise.all(crowd.map((each) => attempt(each, challenge.id)))).map(
      ({ submission }) => submission,
    );
    expect(submissions[0].draw).toEqual({ id: challenge.draw.id, seedHash: challenge.draw.seedHash, seed: null });
    const { draw } = await reveal(program, challenge.draw.id);
    expect(createHash('sha256').update(draw.seed).digest('hex')).toBe(challenge.draw.seedHash);
    for (const { id, drawnPoints, pointsEntry } of submissions) {
      expect(drawnPoints).toBe(prizeOf(draw.seed, id));
      const reason = drawnPoints ? `An idea · 10 + ${drawnPoints}` : 'An idea';
      expect(pointsEntry).toEqual({ amountPoints: 10 + drawnPoints, reason });
    }
  });

  test('goes on with a new seed after the old one is revealed', async () => {
    const { program, anna, challenge } = await programWith({ odds });
    const first = await reveal(program, challenge.draw.id);
    expect(first.draw.revealedAt).toBe(world.clock.now().toISOString());
    const { submission } = await attempt(anna, challenge.id);
    expect(submission.draw.id).not.toBe(challenge.draw.id);
    expect(submission.draw.seedHash).not.toBe(challenge.draw.seedHash);
    expect((await reveal(program, challenge.draw.id)).draw.seed).toBe(first.draw.seed);
  });

  test('is drawn on approval; a seed by which something waits is not revealed', async () => {
    const { program, anna, challenge } = await programWith({ odds, verification: 'MANUAL' });
    const { submission } = await attempt(anna, challenge.id);
    expect(submission).toMatchObject({ rewardPoints: 10, drawnPoints: null });
    expect(await reveal(program, challenge.draw.id)).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['drawId'], message: 'must not have submissions that wait, and has 1' }],
    });
    await program.moderator.mutate('submissionApprove', { submissionId: submission.id });
    const { draw } = await reveal(program, challenge.draw.id);
    const { node } = await anna.client.ask('query ($id: ID!) { node(id: $id) { ... on Submission { drawnPoints } } }', {
      id: submission.id,
    });
    expect(node.drawnPoints).toBe(prizeOf(draw.seed, submission.id));
  });

  test('keeps the odds that a submission came in with when they are changed', async () => {
    const { program, anna, challenge } = await programWith({ odds, verification: 'MANUAL' });
    const { submission } = await attempt(anna, challenge.id);
    const sure = [
      { points: 7, weight: 1 },
      { points: 7, weight: 1 },
    ];
    const changed = await update(program, { challengeId: challenge.id, odds: sure });
    expect(changed.challenge.draw.id).not.toBe(challenge.draw.id);
    const later = await attempt(anna, challenge.id);
    for (const each of [submission, later.submission]) {
      await program.moderator.mutate('submissionApprove', { submissionId: each.id });
    }
    const drawnPoints = async (id: string) =>
      (await anna.client.ask('query ($id: ID!) { node(id: $id) { ... on Submission { drawnPoints } } }', { id })).node
        .drawnPoints;
    expect(await drawnPoints(later.submission.id)).toBe(7);
    const { draw } = await reveal(program, challenge.draw.id);
    expect(await drawnPoints(submission.id)).toBe(prizeOf(draw.seed, submission.id));
    const without = await update(program, { challengeId: challenge.id, odds: null });
    expect(without.challenge.draw).toBeNull();
    expect((await attempt(anna, challenge.id)).submission.draw).toBeNull();
  });

  test('under 64 at once never overruns its budget, and gives back what it did not draw', async () => {
    const { program, challenge } = await programWith({ odds, budgetPoints: 3_000 });
    const crowd = await atOnce(64, (index) => program.ambassador(`Crowd ${index}`));
    const results = await Promise.all(crowd.map((each) => attempt(each, challenge.id)));
    const paid = results.reduce((sum, { submission }) => sum + (submission?.pointsEntry.amountPoints ?? 0), 0);
    expect(paid).toBeLessThanOrEqual(3_000);
    const { node } = await program.admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { budgetPointsLeft } } }',
      { id: challenge.id },
    );
    expect(node.budgetPointsLeft).toBe(3_000 - paid);
  });

  test('of a copy is drawn by a seed of its own', async () => {
    const { program, challenge } = await programWith({ odds });
    const { challenge: copy } = await program.admin.mutate(
      'challengeDuplicate',
      { challengeId: challenge.id },
      `ChallengeCreated { ${shown} }`,
    );
    expect(copy.draw.odds).toEqual(challenge.draw.odds);
    expect(copy.draw.seedHash).not.toBe(challenge.draw.seedHash);
  });

  test('of another program is not found', async () => {
    const { challenge } = await programWith({ odds });
    expect((await reveal(await world.program(), challenge.draw.id)).__typename).toBe('NotFound');
  });

  test.each([
    [[{ points: 1, weight: 1 }], ['odds']],
    [odds.map((each) => ({ ...each, weight: 0 })), ['odds', '0', 'weight']],
    [odds.map((each) => ({ ...each, points: -1 })), ['odds', '0', 'points']],
  ])('is refused with the odds %j', async (refused, path) => {
    const result = await create(await world.program(), { odds: refused });
    expect(result.issues[0].path).toEqual(path);
  });
});
