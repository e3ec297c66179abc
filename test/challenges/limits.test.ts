import { describe, expect, test } from '@jest/globals';
import { proofs, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const hour = 3_600_000;
const day = 24 * hour;
const shown = `challenge { id title status rewardPoints maxPerAmbassador maxInAll budgetPoints cooldownHours
  submissionsLeft budgetPointsLeft windowLimit { window times } pausedAt archivedAt }`;

async function create(program: TestProgram, input: object = {}): Promise<Answer> {
  const usual = { kind: 'IDEA', title: 'An idea', rewardPoints: 10, verification: 'AUTOMATIC', maxPerAmbassador: null };
  const result = await program.admin.mutate('challengeCreate', { ...usual, ...input }, `ChallengeCreated { ${shown} }`);
  return result.challenge ?? result;
}

function update(program: TestProgram, input: object): Promise<Answer> {
  return program.admin.mutate('challengeUpdate', input, `ChallengeUpdated { ${shown} }`);
}

async function programWith(input: object, settings: { readonly timeZone?: string } = {}) {
  const program = await world.program(settings);
  return { program, anna: await program.ambassador('Anna'), challenge: await create(program, input) };
}

function attempt(ambassador: TestAmbassador, challengeId: string): Promise<Answer> {
  return ambassador.client.mutate(
    'challengeSubmit',
    { challengeId, proof: proofs.answer },
    'ChallengeLimitReached { limit availableAgainAt } ... on ChallengeSubmitted { submission { id } }',
  );
}

async function openTo({ client }: TestAmbassador): Promise<string[]> {
  const { me } = await client.ask('{ me { challenges { nodes { title } } } }');
  return me.challenges.nodes.map((each: Answer) => each.title);
}

function typesOf(results: readonly Answer[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { __typename } of results) counts[__typename] = (counts[__typename] ?? 0) + 1;
  return counts;
}

describe('A limit by window', () => {
  test.each([
    ['DAY', '2026-03-03T00:00:00.000Z'],
    ['WEEK', '2026-03-09T00:00:00.000Z'],
    ['MONTH', '2026-04-01T00:00:00.000Z'],
  ])('holds for a %s, and says when the next begins', async (window, next) => {
    world.clock.set(new Date('2026-03-02T09:00:00.000Z'));
    const { anna, challenge } = await programWith({ windowLimit: { window, times: 2 } });
    expect(challenge.windowLimit).toEqual({ window, times: 2 });
    await submit(anna, challenge.id);
    expect(await openTo(anna)).toEqual(['An idea']);
    await submit(anna, challenge.id);
    const refused = { __typename: 'ChallengeLimitReached', limit: 'PER_WINDOW', availableAgainAt: next };
    expect(await attempt(anna, challenge.id)).toMatchObject(refused);
    expect(await openTo(anna)).toEqual([]);
    world.clock.set(new Date(new Date(next).getTime() - 1));
    expect(await attempt(anna, challenge.id)).toMatchObject(refused);
    world.clock.set(new Date(next));
    expect(await openTo(anna)).toEqual(['An idea']);
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });

  test("goes by the program's midnight, also on the day that is an hour short", async () => {
    world.clock.set(new Date('2026-03-28T23:30:00.000Z'));
    const limit = { windowLimit: { window: 'DAY', times: 1 } };
    const { anna, challenge } = await programWith(limit, { timeZone: 'Europe/Amsterdam' });
    await submit(anna, challenge.id);
    expect(await attempt(anna, challenge.id)).toMatchObject({ availableAgainAt: '2026-03-29T22:00:00.000Z' });
    world.clock.set(new Date('2026-03-29T22:00:00.000Z'));
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('names no next time where the challenge is over by then, and does not count what was rejected', async () => {
    const endsAt = new Date(world.clock.now().getTime() + hour).toISOString();
    const { program, anna, challenge } = await programWith({
      verification: 'MANUAL',
      endsAt,
      windowLimit: { window: 'WEEK', times: 1 },
    });
    const { submission } = await submit(anna, challenge.id);
    expect(await attempt(anna, challenge.id)).toMatchObject({ limit: 'PER_WINDOW', availableAgainAt: null });
    await program.moderator.mutate('submissionReject', { submissionId: submission.id, reason: 'Known' });
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });
});

describe('A cooldown', () => {
  test('makes an ambassador wait, and nobody else', async () => {
    const { program, anna, challenge } = await programWith({ cooldownHours: 36 });
    const ben = await program.ambassador('Ben');
    await submit(anna, challenge.id);
    const availableAgainAt = new Date(world.clock.now().getTime() + 36 * hour).toISOString();
    expect(await attempt(anna, challenge.id)).toMatchObject({ limit: 'COOLDOWN', availableAgainAt });
    expect([await openTo(anna), await openTo(ben)]).toEqual([[], ['An idea']]);
    expect((await attempt(ben, challenge.id)).__typename).toBe('ChallengeSubmitted');
    world.clock.advance(36 * hour);
    expect(await openTo(anna)).toEqual(['An idea']);
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('that is taken away lets everybody go on', async () => {
    const { program, anna, challenge } = await programWith({ cooldownHours: 36 });
    await submit(anna, challenge.id);
    await update(program, { challengeId: challenge.id, cooldownHours: null });
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });
});

describe('A limit in all', () => {
  test('64 at once where 20 are allowed leave exactly 20', async () => {
    const { program, challenge } = await programWith({ maxInAll: 20 });
    const crowd = await atOnce(64, (index) => program.ambassador(`Crowd ${index}`));
    const results = await Promise.all(crowd.map((each) => attempt(each, challenge.id)));
    expect(typesOf(results)).toEqual({ ChallengeSubmitted: 20, ChallengeLimitReached: 44 });
    const refused = results.filter(({ limit }) => limit);
    expect(new Set(refused.map(({ limit }) => limit))).toEqual(new Set(['IN_ALL']));
    const { node } = await program.admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { submissionsLeft submissions { totalCount } } } }',
      { id: challenge.id },
    );
    expect(node).toEqual({ submissionsLeft: 0, submissions: { totalCount: 20 } });
  });

  test('closes the challenge for all, and opens it again for what is rejected', async () => {
    const { program, anna, challenge } = await programWith({ maxInAll: 1, verification: 'MANUAL' });
    const ben = await program.ambassador('Ben');
    const { submission } = await submit(anna, challenge.id);
    expect(await openTo(ben)).toEqual([]);
    expect(await attempt(ben, challenge.id)).toMatchObject({ limit: 'IN_ALL', availableAgainAt: null });
    await program.moderator.mutate('submissionReject', { submissionId: submission.id, reason: 'Not new' });
    expect(await openTo(ben)).toEqual(['An idea']);
    expect((await attempt(ben, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('that is set later counts what came in before; lowered, it takes nothing back', async () => {
    const { program, anna, challenge } = await programWith({});
    for (let times = 0; times < 3; times++) await submit(anna, challenge.id);
    const set = await update(program, { challengeId: challenge.id, maxInAll: 4 });
    expect(set.challenge).toMatchObject({ maxInAll: 4, submissionsLeft: 1 });
    expect((await update(program, { challengeId: challenge.id, maxInAll: 2 })).challenge.submissionsLeft).toBe(0);
    expect(await attempt(anna, challenge.id)).toMatchObject({ limit: 'IN_ALL' });
    expect((await update(program, { challengeId: challenge.id, maxInAll: null })).challenge.submissionsLeft).toBeNull();
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('that is set while 32 submit counts every one of them', async () => {
    const { program, challenge } = await programWith({});
    const crowd = await atOnce(32, (index) => program.ambassador(`Crowd ${index}`));
    const [set, ...results] = await Promise.all([
      update(program, { challengeId: challenge.id, maxInAll: 12 }),
      ...crowd.map((each) => attempt(each, challenge.id)),
    ]);
    expect(set.__typename).toBe('ChallengeUpdated');
    const taken = typesOf(results).ChallengeSubmitted ?? 0;
    expect(taken).toBeGreaterThanOrEqual(12);
    const { node } = await program.admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { submissionsLeft submissions { totalCount } } } }',
      { id: challenge.id },
    );
    expect(node).toEqual({ submissionsLeft: 0, submissions: { totalCount: taken } });
  });
});

describe('A points budget', () => {
  test('of 1,000 under 64 at once, of which some are decided on meanwhile, is never overrun', async () => {
    const { program, challenge } = await programWith({
      rewardPoints: 30,
      budgetPoints: 1_000,
      verification: 'MANUAL',
    });
    const crowd = await atOnce(64, (index) => program.ambassador(`Crowd ${index}`));
    const decided = await Promise.all(
      crowd.map(async (each, index) => {
        const { submission } = await attempt(each, challenge.id);
        if (!submission) return 'refused';
        if (index % 4 === 0) {
          await program.moderator.mutate('submissionReject', { submissionId: submission.id, reason: 'No' });
          return 'rejected';
        }
        const { __typename } = await program.moderator.mutate('submissionApprove', { submissionId: submission.id });
        return __typename;
      }),
    );
    const approved = decided.filter((each) => each === 'SubmissionApproved').length;
    const balances = await Promise.all(crowd.map(({ client }) => client.ask('{ me { points { lifetime } } }')));
    const paid = balances.reduce((sum, { me }) => sum + me.points.lifetime, 0);
    expect(paid).toBe(30 * approved);
    expect(paid).toBeLessThanOrEqual(1_000);
    const { node } = await program.admin.ask(
      'query ($id: ID!) { node(id: $id) { ... on Challenge { budgetPointsLeft } } }',
      { id: challenge.id },
    );
    expect(node.budgetPointsLeft).toBe(1_000 - paid);
  });

  test('under 64 who are paid at once ends at what is left when the next does not fit', async () => {
    const { program, challenge } = await programWith({ rewardPoints: 30, budgetPoints: 1_000 });
    const crowd = await atOnce(64, (index) => program.ambassador(`Crowd ${index}`));
    const results = await Promise.all(crowd.map((each) => attempt(each, challenge.id)));
    expect(typesOf(results)).toEqual({ ChallengeSubmitted: 33, ChallengeLimitReached: 31 });
    expect(results.find(({ limit }) => limit)).toMatchObject({ limit: 'BUDGET', availableAgainAt: null });
    expect(await openTo(await program.ambassador('Late'))).toEqual([]);
  });

  test('sets aside what waits, and is free again when it is rejected', async () => {
    const { program, anna, challenge } = await programWith({ budgetPoints: 25, verification: 'MANUAL' });
    const first = await submit(anna, challenge.id);
    await submit(anna, challenge.id);
    expect(await attempt(anna, challenge.id)).toMatchObject({ limit: 'BUDGET' });
    await program.moderator.mutate('submissionReject', { submissionId: first.submission.id, reason: 'No' });
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
    const { challenge: raised } = await update(program, { challengeId: challenge.id, budgetPoints: 50 });
    expect(raised).toMatchObject({ budgetPoints: 50, budgetPointsLeft: 30 });
  });

  test('cannot be less than what is promised already', async () => {
    const { program, anna, challenge } = await programWith({ verification: 'MANUAL' });
    await submit(anna, challenge.id);
    await submit(anna, challenge.id);
    expect(await update(program, { challengeId: challenge.id, budgetPoints: 19 })).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['budgetPoints'], message: 'must not be less than the 20 that are paid or set aside already' }],
    });
    const { challenge: bound } = await update(program, { challengeId: challenge.id, budgetPoints: 20 });
    expect(bound.budgetPointsLeft).toBe(0);
  });

  test.each([
    [{ windowLimit: { window: 'DAY', times: 0 } }, ['windowLimit', 'times']],
    [{ maxInAll: 0 }, ['maxInAll']],
    [{ budgetPoints: 0 }, ['budgetPoints']],
    [{ cooldownHours: 8_761 }, ['cooldownHours']],
  ])('refuses %j', async (input, path) => {
    expect(await create(await world.program(), input)).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path }],
    });
  });
});

describe('A challenge', () => {
  test('can be paused and gone on with; what waits is decided on meanwhile', async () => {
    const { program, anna, challenge } = await programWith({ verification: 'MANUAL' });
    const { submission } = await submit(anna, challenge.id);
    const input = { challengeId: challenge.id };
    const selection = `ChallengeUpdated { ${shown} }`;
    const paused = await program.admin.mutate('challengePause', input, selection);
    expect(paused.challenge).toMatchObject({ status: 'PAUSED', pausedAt: world.clock.now().toISOString() });
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeClosed');
    expect(await openTo(anna)).toEqual([]);
    const decided = await program.moderator.mutate('submissionApprove', { submissionId: submission.id });
    expect(decided.__typename).toBe('SubmissionApproved');
    const resumed = await program.admin.mutate('challengeResume', input, selection);
    expect(resumed.challenge).toMatchObject({ status: 'OPEN', pausedAt: null });
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
  });

  test('can be put away for good', async () => {
    const { program, anna, challenge } = await programWith({});
    const input = { challengeId: challenge.id };
    const put = await program.admin.mutate('challengeArchive', input, `ChallengeUpdated { ${shown} }`);
    expect(put.challenge.status).toBe('ARCHIVED');
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeClosed');
    expect(await program.admin.mutate('challengeResume', input)).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['challengeId'], message: 'is archived for good' }],
    });
    const { challenges, archived } = await program.analyst.ask(
      '{ challenges { totalCount } archived: challenges(status: ARCHIVED) { nodes { title } } }',
    );
    expect([challenges.totalCount, archived.nodes]).toEqual([0, [{ title: 'An idea' }]]);
  });

  test('is listed by where it stands', async () => {
    const program = await world.program();
    const at = (hours: number) => new Date(world.clock.now().getTime() + hours * hour).toISOString();
    await create(program, { title: 'OPEN' });
    await create(program, { title: 'SCHEDULED', startsAt: at(1) });
    await create(program, { title: 'ENDED', endsAt: at(0) });
    const paused = await create(program, { title: 'PAUSED' });
    await program.admin.mutate('challengePause', { challengeId: paused.id });
    for (const status of ['OPEN', 'SCHEDULED', 'ENDED', 'PAUSED']) {
      const { challenges } = await program.analyst.ask(`{ challenges(status: ${status}) { nodes { title status } } }`);
      expect(challenges.nodes).toEqual([{ title: status, status }]);
    }
  });

  test('can be made again with its rules, and nothing of what was submitted', async () => {
    const { program, anna, challenge } = await programWith({ maxInAll: 1, budgetPoints: 100, cooldownHours: 5 });
    await submit(anna, challenge.id);
    const { challenge: copy } = await program.admin.mutate(
      'challengeDuplicate',
      { challengeId: challenge.id, title: 'Once more' },
      `ChallengeCreated { ${shown} }`,
    );
    expect(copy).toMatchObject({
      title: 'Once more',
      status: 'PAUSED',
      maxInAll: 1,
      submissionsLeft: 1,
      budgetPointsLeft: 100,
      cooldownHours: 5,
    });
    await program.admin.mutate('challengeResume', { challengeId: copy.id });
    expect((await attempt(anna, copy.id)).__typename).toBe('ChallengeSubmitted');
  });

  test.each(['challengePause', 'challengeResume', 'challengeArchive', 'challengeDuplicate'])(
    'of another program is not found by %s',
    async (mutation) => {
      const { challenge } = await programWith({});
      const other = await world.program();
      expect((await other.admin.mutate(mutation, { challengeId: challenge.id })).__typename).toBe('NotFound');
    },
  );
});

test('two months go by without a limit being passed', async () => {
  const { anna, challenge } = await programWith({ windowLimit: { window: 'WEEK', times: 2 }, cooldownHours: 20 });
  let taken = 0;
  for (let days = 0; days < 60; days++) {
    if ((await attempt(anna, challenge.id)).__typename === 'ChallengeSubmitted') taken += 1;
    world.clock.advance(day);
  }
  expect(taken).toBeGreaterThanOrEqual(16);
  expect(taken).toBeLessThanOrEqual(20);
});
