import { describe, expect, test } from '@jest/globals';
import { fromGlobalId } from '../../src/platform/ids.js';
import { createChallenge } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import { badgesOf, createBadge } from './badge.js';

const world = useWorld();

function make(program: TestProgram, code: string, rule: object, more: object = {}): Promise<Answer> {
  const input = { code, name: `Badge ${code}`, description: '', rule, ...more };
  return program.admin.mutate(
    'badgeCreate',
    input,
    'BadgeCreated { badge { id code isSecret family tier repeats iconName icon archivedAt } }',
  );
}

function update(program: TestProgram, badgeId: string, more: object): Promise<Answer> {
  return program.admin.mutate(
    'badgeUpdate',
    { badgeId, ...more },
    'BadgeUpdated { badge { name archivedAt isSecret } }',
  );
}

async function seenBy(client: Client): Promise<string[]> {
  const { badges } = await client.ask('{ badges { totalCount nodes { code } } }');
  expect(badges.totalCount).toBe(badges.nodes.length);
  return badges.nodes.map(({ code }: Answer) => code).sort();
}

async function idea(ambassador: TestAmbassador, challengeId: string): Promise<void> {
  const input = { challengeId, proof: { answer: { text: `Idea ${world.unique('i')}` } } };
  const result = await ambassador.client.mutate(
    'challengeSubmit',
    input,
    'ChallengeSubmitted { submission { status } }',
  );
  expect(result.submission.status).toBe('APPROVED');
}

describe('a secret badge', () => {
  test('is seen by staff, and by an ambassador only once it is won', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    await createBadge(program, 'open', { lifetimePoints: 1_000 });
    const { badge } = await make(program, 'hidden', { lifetimePoints: 10 }, { isSecret: true });
    expect(badge.isSecret).toBe(true);
    expect(await seenBy(program.analyst)).toEqual(['hidden', 'open']);
    expect(await seenBy(anna.client)).toEqual(['open']);
    await program.give(anna, 10);
    expect(await seenBy(anna.client)).toEqual(['hidden', 'open']);
    expect(await badgesOf(anna)).toEqual(['hidden']);
    const ask =
      'query ($id: ID!, $of: ID!) { badge: node(id: $id) { id } of: node(id: $of) { ... on Ambassador { badges { badge { code } } } } }';
    const variables = { id: badge.id, of: anna.id };
    expect(await bert.client.ask(ask, variables)).toEqual({ badge: null, of: { badges: [] } });
    const seen = { badge: { id: badge.id }, of: { badges: [{ badge: { code: 'hidden' } }] } };
    expect(await anna.client.ask(ask, variables)).toEqual(seen);
    await program.give(bert, 10);
    expect(await bert.client.ask(ask, variables)).toEqual(seen);
  });
});

describe('a family of badges', () => {
  const tier = (name: string) => ({ family: 'earner', tier: name });

  test('has tiers of rules that rise, listed from the lowest', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await make(program, 'gold', { lifetimePoints: 300 }, tier('GOLD'));
    await make(program, 'bronze', { lifetimePoints: 100 }, tier('BRONZE'));
    const { badge } = await make(program, 'silver', { lifetimePoints: 200 }, tier('SILVER'));
    expect(badge).toMatchObject({ family: 'earner', tier: 'SILVER' });
    await program.give(anna, 250);
    expect((await badgesOf(anna)).sort()).toEqual(['bronze', 'silver']);
    const { node } = await anna.client.ask(
      'query ($id: ID!) { node(id: $id) { ... on Badge { tiers { code tier progress { current target holds } } } } }',
      { id: badge.id },
    );
    expect(node.tiers).toEqual([
      { code: 'bronze', tier: 'BRONZE', progress: { current: 100, target: 100, holds: true } },
      { code: 'silver', tier: 'SILVER', progress: { current: 200, target: 200, holds: true } },
      { code: 'gold', tier: 'GOLD', progress: { current: 250, target: 300, holds: false } },
    ]);
  });

  test('refuses a tier twice, a rule that does not rise, and a tier without a family', async () => {
    const program = await world.program();
    await make(program, 'silver', { all: [{ lifetimePoints: 100 }, { streakWeeks: 2 }] }, tier('SILVER'));
    const issues = async (code: string, rule: object, more: object) =>
      (await make(program, code, rule, more)).issues?.map(({ path }: Answer) => path.join('.'));
    expect(await issues('second', { all: [{ lifetimePoints: 200 }, { streakWeeks: 2 }] }, tier('SILVER'))).toEqual([
      'tier',
    ]);
    expect(await issues('lower', { all: [{ lifetimePoints: 200 }, { streakWeeks: 1 }] }, tier('GOLD'))).toEqual([
      'rule',
    ]);
    expect(await issues('same', { all: [{ lifetimePoints: 100 }, { streakWeeks: 2 }] }, tier('GOLD'))).toEqual([
      'rule',
    ]);
    expect(await issues('other', { lifetimePoints: 1_000 }, tier('GOLD'))).toEqual(['rule']);
    expect(await issues('alone', { lifetimePoints: 1_000 }, { tier: 'GOLD' })).toEqual(['tier']);
    expect(await issues('gold', { all: [{ lifetimePoints: 100 }, { streakWeeks: 3 }] }, tier('GOLD'))).toBeUndefined();
  });
});

describe('a badge that can be won again', () => {
  test('counts each month alone, and is held once with how often it was won', async () => {
    world.clock.set(new Date('2026-03-30T12:00:00Z'));
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const challenge = await createChallenge(program, {
      verification: 'AUTOMATIC',
      rewardPoints: 5,
      maxPerAmbassador: null,
    });
    await make(program, 'busy', { approvedSubmissions: { atLeast: 2 } }, { repeats: 'MONTH' });
    await make(program, 'rich', { lifetimePoints: 15 }, { repeats: 'MONTH' });
    for (let count = 0; count < 5; count++) await idea(anna, challenge.id);
    const held = async () => {
      const { me } = await anna.client.ask(
        '{ me { badges { badge { code progress { current target holds } } timesEarned earnedAt lastEarnedAt } } }',
      );
      return me.badges;
    };
    const march = '2026-03-30T12:00:00.000Z';
    expect(await held()).toEqual([
      {
        badge: { code: 'busy', progress: { current: 2, target: 2, holds: true } },
        timesEarned: 1,
        earnedAt: march,
        lastEarnedAt: march,
      },
      {
        badge: { code: 'rich', progress: { current: 15, target: 15, holds: true } },
        timesEarned: 1,
        earnedAt: march,
        lastEarnedAt: march,
      },
    ]);
    world.clock.set(new Date('2026-04-02T12:00:00Z'));
    await idea(anna, challenge.id);
    expect((await held())[0]).toMatchObject({
      badge: { progress: { current: 1, target: 2, holds: false } },
      timesEarned: 1,
    });
    const input = { challengeId: challenge.id, proof: { answer: { text: 'One more idea' } } };
    const won = await anna.client.mutate(
      'challengeSubmit',
      input,
      'ChallengeSubmitted { earnedBadges { earnedAt badge { code } } }',
    );
    const april = '2026-04-02T12:00:00.000Z';
    expect(won.earnedBadges).toEqual([{ earnedAt: april, badge: { code: 'busy' } }]);
    const [busy, rich] = await held();
    expect(busy).toMatchObject({ timesEarned: 2, earnedAt: march, lastEarnedAt: april });
    expect(rich).toMatchObject({ timesEarned: 1, badge: { progress: { current: 10, target: 15, holds: false } } });
  });

  test('is given to who qualifies in the month in which it is made, and won once by 10 awards at once', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    await program.give(anna, 100);
    await make(program, 'fifty', { lifetimePoints: 50 }, { repeats: 'WEEK' });
    expect(await badgesOf(anna)).toEqual(['fifty']);
    await atOnce(10, () => program.give(bert, 50));
    const { me } = await bert.client.ask('{ me { badges { timesEarned } } }');
    expect(me.badges).toEqual([{ timesEarned: 1 }]);
  });
});

describe('a badge that is given', () => {
  test('is won by no numbers, but by hand, once', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { badge } = await make(program, 'friend', { given: true });
    await program.give(anna, 1_000);
    expect(await badgesOf(anna)).toEqual([]);
    const input = { badgeId: badge.id, ambassadorId: anna.id };
    const selection = 'BadgeGranted { earnedBadge { earnedAt timesEarned badge { code } } }';
    const given = await atOnce(4, () => program.moderator.mutate('badgeGrant', input, selection));
    const earnedAt = world.clock.now().toISOString();
    expect(given).toEqual(
      Array(4).fill({
        __typename: 'BadgeGranted',
        earnedBadge: { earnedAt, timesEarned: 1, badge: { code: 'friend' } },
      }),
    );
    expect(await badgesOf(anna)).toEqual(['friend']);
  });

  test('follows from what another feature says, once for each cause', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await make(program, 'Academy', { given: true });
    const { events, database } = world.server.platform;
    const deserve = (cause: string) =>
      database.transact((tx) =>
        events.emit(tx, 'badge.deserved', program.program.id, {
          ambassadorId: fromGlobalId(anna.id)?.id ?? '',
          badgeCode: 'academy',
          cause,
        }),
      );
    await atOnce(3, () => deserve('track:1'));
    await deserve('track:2');
    expect(await badgesOf(anna)).toEqual(['Academy']);
  });
});

describe('a badge that is changed', () => {
  test('takes nothing away, and is given to who qualifies by its new rule', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    const { badge } = await make(program, 'points', { lifetimePoints: 100 });
    await program.give(anna, 100);
    await program.give(bert, 50);
    await update(program, badge.id, { rule: { lifetimePoints: 1_000 }, name: 'Many points' });
    expect(await badgesOf(anna)).toEqual(['points']);
    await update(program, badge.id, { rule: { lifetimePoints: 50 } });
    await world.server.features.jobWorker.drain();
    expect(await badgesOf(bert)).toEqual(['points']);
    const { jobs } = await program.admin.ask('{ jobs(name: "badges.grant") { nodes { runKey status } } }');
    expect(jobs.nodes.map(({ runKey }: Answer) => runKey)).toEqual(['points@3', 'points@2', 'points']);
    expect((await update(program, badge.id, { rule: { lifetimePoints: 50 } })).badge.name).toBe('Many points');
    const { jobs: after } = await program.admin.ask('{ jobs { totalCount } }');
    expect(after.totalCount).toBe(3);
  });

  test('cannot be won while it is archived, and is seen only by who holds it; restored, it can', async () => {
    const program = await world.program();
    const [anna, bert] = [await program.ambassador('Anna'), await program.ambassador('Bert')];
    const { badge } = await make(program, 'ten', { lifetimePoints: 10 });
    await program.give(anna, 10);
    const archived = await update(program, badge.id, { isArchived: true });
    expect(archived.badge.archivedAt).toBe(world.clock.now().toISOString());
    await program.give(bert, 10);
    expect([await badgesOf(anna), await badgesOf(bert)]).toEqual([['ten'], []]);
    expect([await seenBy(anna.client), await seenBy(bert.client)]).toEqual([['ten'], []]);
    const refused = await program.admin.mutate('badgeGrant', { badgeId: badge.id, ambassadorId: bert.id });
    expect(refused.issues).toEqual([{ path: ['badgeId'], message: 'is archived: it cannot be won any more' }]);
    await update(program, badge.id, { isArchived: false });
    await world.server.features.jobWorker.drain();
    expect(await badgesOf(bert)).toEqual(['ten']);
  });

  test('of another program is not found', async () => {
    const [ours, theirs] = [await world.program(), await world.program()];
    const { badge } = await make(ours, 'ours', { lifetimePoints: 10 });
    expect(await update(theirs, badge.id, { name: 'Theirs' })).toMatchObject({ __typename: 'NotFound' });
  });
});

test('the way to a badge is told condition by condition', async () => {
  const program = await world.program();
  const anna = await program.ambassador('Anna');
  const challenge = await createChallenge(program, {
    verification: 'AUTOMATIC',
    rewardPoints: 5,
    maxPerAmbassador: null,
  });
  const { badge } = await make(program, 'all-round', {
    all: [
      { approvedSubmissions: { kind: 'IDEA', atLeast: 5 } },
      { any: [{ convertedReferrals: 1 }, { lifetimePoints: 100 }] },
      { streakWeeks: 1 },
    ],
  });
  for (let count = 0; count < 3; count++) await idea(anna, challenge.id);
  const selection = 'condition challengeKind current target holds';
  const ask = `query ($id: ID!) { node(id: $id) { ... on Badge { progress {
    ${selection} parts { ${selection} parts { ${selection} } } } } } }`;
  const { node } = await anna.client.ask(ask, { id: badge.id });
  const number = (condition: string, current: number, target: number) => ({
    ...{ condition, challengeKind: null, current, target, holds: current >= target },
  });
  expect(node.progress).toEqual({
    ...number('ALL', 1, 3),
    parts: [
      { ...number('APPROVED_SUBMISSIONS', 3, 5), challengeKind: 'IDEA', parts: [] },
      { ...number('ANY', 0, 1), parts: [number('CONVERTED_REFERRALS', 0, 1), number('LIFETIME_POINTS', 15, 100)] },
      { ...number('STREAK_WEEKS', 1, 1), parts: [] },
    ],
  });
  expect((await program.admin.ask(ask, { id: badge.id })).node.progress).toBeNull();
});

test('a badge has a picture: by its rule or as it was told, in the colour of its tier', async () => {
  const program = await world.program();
  const { badge } = await make(program, 'flame', { streakWeeks: 3 });
  expect(badge.iconName).toBe('FLAME');
  expect(badge.icon).toMatch(
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" [^<]*stroke="currentColor"[^<]*><path [^>]*\/><\/svg>$/,
  );
  const gold = await make(program, 'crown', { lifetimePoints: 3 }, { icon: 'CROWN', family: 'royal', tier: 'GOLD' });
  expect(gold.badge.iconName).toBe('CROWN');
  expect(gold.badge.icon).toContain('stroke="#c99700"');
});
