import { describe, expect, jest, test } from '@jest/globals';
import { createChallenge, proofs, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const days = (count: number) => count * 86_400_000;
const daysAgo = (count: number) => new Date(world.clock.now().getTime() - days(count)).toISOString();
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

function follow(code: string): Promise<Response> {
  return fetch(`${world.server.url}/r/${code}`, { headers: browser, redirect: 'manual' });
}

const standing = `superpromoter { isSuperpromoter since
  gates { gate passed value threshold evidence { kind source text count at weight nomination { id nominatedBy } } } }`;

async function standingOf(program: TestProgram, { id }: TestAmbassador, client = program.analyst): Promise<Answer> {
  const { node } = await client.ask(`query ($id: ID!) { node(id: $id) { ... on Ambassador { ${standing} } } }`, { id });
  return node.superpromoter;
}

function gateOf(superpromoter: Answer, key: string): Answer {
  return superpromoter.gates.find(({ gate }: Answer) => gate === key);
}

async function superpromoters(program: TestProgram, gates = ''): Promise<string[]> {
  const { superpromoters: page } = await program.analyst.ask(
    `{ superpromoters${gates} { totalCount nodes { displayName } } }`,
  );
  expect(page.totalCount).toBe(page.nodes.length);
  return page.nodes.map(({ displayName }: Answer) => displayName).sort();
}

function answer(program: TestProgram, { externalId }: TestAmbassador, input: object): Promise<Answer> {
  return program.admin.mutate(
    'npsResponseRecord',
    { contact: { externalId }, score: 9, ...input },
    'NpsResponseRecorded { response { id } }',
  );
}

function nominate(program: TestProgram, { id }: TestAmbassador, input: object = {}): Promise<Answer> {
  return program.moderator.mutate(
    'superpromoterNominate',
    {
      ambassadorId: id,
      gate: 'INFLUENCES',
      people: 3,
      text: 'She brought in three colleagues at the trade fair',
      ...input,
    },
    'SuperpromoterNominated { nomination { id people text seenAt nominatedBy nominatedAt withdrawnAt ambassador { id } } }',
  );
}

async function codeOf({ client }: TestAmbassador): Promise<string> {
  return (await client.ask('{ me { referralLink { code } } }')).me.referralLink.code;
}

async function convert(program: TestProgram, code: string, orderId = world.unique('order')): Promise<string> {
  const friend = { externalId: world.unique('friend') };
  await program.admin.mutate('referralConvert', { code, friend, orderId });
  return orderId;
}

describe('why is Anna a superpromoter', () => {
  test('is answered in one query: three gates, each with what was stated, observed and nominated', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await answer(program, anna, { score: 10, followUps: [{ key: 'ssm', number: 4 }] });
    const code = await codeOf(anna);
    await follow(code);
    await convert(program, code);
    await nominate(program, anna);
    const superpromoter = await standingOf(program, anna);
    expect(superpromoter.isSuperpromoter).toBe(true);
    expect(
      superpromoter.gates.map(({ gate, passed, value, threshold }: Answer) => [gate, passed, value, threshold]),
    ).toEqual([
      ['ENTHUSIASTIC', true, 10, 9],
      // 4 told, half of it for being her own word; 1 click of a tenth; 1 friend.
      ['SHARES', true, 3.1, 3],
      // 1 customer, and 3 whom staff saw.
      ['INFLUENCES', true, 4, 1],
    ]);
    const lines = superpromoter.gates.flatMap(({ evidence }: Answer) => evidence);
    expect(lines.map(({ kind, source, count, text }: Answer) => [kind, source, count, text])).toEqual([
      ['SCORE', 'STATED', 10, 'Gave a 10 in the survey ‘NPS’.'],
      ['STATED_TOLD', 'STATED', 4, 'People told, by own account: 4'],
      ['LINK_CLICKS', 'OBSERVED', 1, 'Times that the link was followed: 1'],
      ['FRIENDS_REGISTERED', 'OBSERVED', 1, 'Friends who named this ambassador when they registered: 1'],
      ['FRIENDS_CONVERTED', 'OBSERVED', 1, 'Friends who became customers: 1'],
      ['NOMINATED_FOLLOWED', 'NOMINATED', 3, 'She brought in three colleagues at the trade fair'],
    ]);
    expect(lines.at(-1)).toMatchObject({ weight: 1, nomination: { nominatedBy: 'MODERATOR:milan' } });
    expect(await superpromoters(program)).toEqual(['Anna']);
  });

  test('speaks Dutch to who does', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await answer(program, anna, { followUps: [{ key: 'ifm', number: 2 }] });
    const dutch = await standingOf(program, anna, program.analyst.with({ 'accept-language': 'nl' }));
    expect(gateOf(dutch, 'INFLUENCES').evidence[0].text).toBe('Mensen die klant werden, naar eigen zeggen: 2');
  });

  test('is for staff: the ambassador itself and others are told nothing', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    expect(await standingOf(program, anna, anna.client)).toBeNull();
  });

  test('says of somebody of whom nothing is known what is missing', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const superpromoter = await standingOf(program, anna);
    expect(superpromoter).toMatchObject({ isSuperpromoter: false, since: daysAgo(365) });
    expect(superpromoter.gates).toEqual([
      { gate: 'ENTHUSIASTIC', passed: false, value: null, threshold: 9, evidence: [] },
      { gate: 'SHARES', passed: false, value: 0, threshold: 3, evidence: [] },
      { gate: 'INFLUENCES', passed: false, value: 0, threshold: 1, evidence: [] },
    ]);
    expect(await superpromoters(program)).toEqual([]);
  });
});

describe('the gate of enthusiasm', () => {
  test('goes by the last score, and by the scheme of its survey', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await answer(program, anna, { score: 10, respondedAt: daysAgo(60) });
    await answer(program, anna, { score: 8, respondedAt: daysAgo(30) });
    expect(gateOf(await standingOf(program, anna), 'ENTHUSIASTIC')).toMatchObject({
      passed: false,
      value: 8,
      threshold: 9,
    });
    await program.admin.mutate('surveyCreate', { key: 'dutch', name: 'In het Nederlands', scheme: 'DUTCH' });
    await answer(program, anna, { score: 8, respondedAt: daysAgo(29), surveyKey: 'dutch' });
    expect(gateOf(await standingOf(program, anna), 'ENTHUSIASTIC')).toMatchObject({
      passed: true,
      value: 8,
      threshold: 8,
    });
    expect(await superpromoters(program, '(gates: [ENTHUSIASTIC])')).toEqual(['Anna']);
  });

  test('forgets a score that lies before the window', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await answer(program, anna, { score: 10, respondedAt: daysAgo(400) });
    expect(gateOf(await standingOf(program, anna), 'ENTHUSIASTIC')).toMatchObject({ passed: false, value: null });
    await program.admin.mutate('superpromoterTermsSet', { windowDays: 730 });
    expect(gateOf(await standingOf(program, anna), 'ENTHUSIASTIC')).toMatchObject({ passed: true, value: 10 });
  });
});

describe('the gates of sharing and influence', () => {
  test('count what was stated last, not the sum of what was stated', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    for (const [ago, number] of [
      [60, 8],
      [30, 2],
    ] as const) {
      await answer(program, anna, { respondedAt: daysAgo(ago), followUps: [{ key: 'ssm', number }] });
    }
    expect(gateOf(await standingOf(program, anna), 'SHARES').value).toBe(1);
  });

  test('count approved submissions of the kinds that share', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const review = await createChallenge(program, { kind: 'REVIEW', verification: 'AUTOMATIC' });
    const idea = await createChallenge(program, { kind: 'IDEA', verification: 'AUTOMATIC' });
    await submit(anna, review.id, { proof: proofs.review });
    await submit(anna, idea.id);
    expect(gateOf(await standingOf(program, anna), 'SHARES')).toMatchObject({
      value: 1,
      evidence: [{ kind: 'SHARING_SUBMISSIONS', source: 'OBSERVED', count: 1 }],
    });
    await program.admin.mutate('superpromoterTermsSet', { sharingKinds: ['IDEA', 'REVIEW'], sharesFrom: 2 });
    expect(gateOf(await standingOf(program, anna), 'SHARES')).toMatchObject({ value: 2, passed: true });
    expect(await superpromoters(program, '(gates: [SHARES])')).toEqual(['Anna']);
  });

  test('count no more clicks than the program lets count, so that a flood carries nobody', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await program.admin.mutate('superpromoterTermsSet', {
      sharesFrom: 0.5,
      weights: [{ kind: 'LINK_CLICKS', weight: 0.1, countMax: 4 }],
    });
    const code = await codeOf(anna);
    for (let click = 0; click < 6; click++) await follow(code);
    expect(gateOf(await standingOf(program, anna), 'SHARES')).toMatchObject({
      value: 0.4,
      passed: false,
      evidence: [{ kind: 'LINK_CLICKS', count: 6 }],
    });
    expect(await superpromoters(program, '(gates: [SHARES])')).toEqual([]);
    await program.admin.mutate('superpromoterTermsSet', { weights: [{ kind: 'LINK_CLICKS', countMax: null }] });
    expect(await superpromoters(program, '(gates: [SHARES])')).toEqual(['Anna']);
  });

  test('lose a friend whose order was sent back', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const orderId = await convert(program, await codeOf(anna));
    expect(gateOf(await standingOf(program, anna), 'INFLUENCES')).toMatchObject({ passed: true, value: 1 });
    await program.admin.mutate('referralReverse', { orderId, reason: 'Sent back' });
    expect(gateOf(await standingOf(program, anna), 'INFLUENCES')).toMatchObject({ passed: false, value: 0 });
  });

  test('let evidence go when it lies before the window', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await convert(program, await codeOf(anna));
    await nominate(program, anna);
    world.clock.advance(days(366));
    expect(await standingOf(program, anna)).toMatchObject({
      gates: [{ value: null }, { value: 0, evidence: [] }, { value: 0, evidence: [] }],
    });
  });
});

describe('a nomination', () => {
  test('is kept with who noted it and when, and can be withdrawn', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const seenAt = daysAgo(10);
    const { nomination } = await nominate(program, anna, { seenAt });
    const now = world.clock.now().toISOString();
    expect(nomination).toEqual({
      id: nomination.id,
      people: 3,
      text: 'She brought in three colleagues at the trade fair',
      seenAt,
      nominatedBy: 'MODERATOR:milan',
      nominatedAt: now,
      withdrawnAt: null,
      ambassador: { id: anna.id },
    });
    expect(await superpromoters(program, '(gates: [INFLUENCES])')).toEqual(['Anna']);
    const withdraw = (reason: string) =>
      program.admin.mutate(
        'superpromoterNominationWithdraw',
        { nominationId: nomination.id, reason },
        'SuperpromoterNominationWithdrawn { nomination { withdrawnBy withdrawnAt withdrawalReason nominatedBy } }',
      );
    const kept = {
      withdrawnBy: 'ADMIN:alice',
      withdrawnAt: now,
      withdrawalReason: 'It was Eva',
      nominatedBy: 'MODERATOR:milan',
    };
    expect((await withdraw('It was Eva')).nomination).toEqual(kept);
    expect((await withdraw('Once more')).nomination).toEqual(kept);
    expect(await superpromoters(program, '(gates: [INFLUENCES])')).toEqual([]);
    expect(gateOf(await standingOf(program, anna), 'INFLUENCES').evidence).toEqual([]);
    const { node } = await program.analyst.ask(
      'query ($id: ID!) { node(id: $id) { ... on Ambassador { superpromoterNominations { totalCount } } } }',
      { id: anna.id },
    );
    expect(node.superpromoterNominations.totalCount).toBe(1);
  });

  test('with the same idempotency key is noted once', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const first = await nominate(program, anna, { idempotencyKey: 'fair' });
    const again = await nominate(program, anna, { idempotencyKey: 'fair' });
    expect(again.nomination.id).toBe(first.nomination.id);
    expect(gateOf(await standingOf(program, anna), 'INFLUENCES').value).toBe(3);
  });

  test.each([
    ['for enthusiasm', { gate: 'ENTHUSIASTIC' }, 'gate'],
    ['of nobody', { people: 0 }, 'people'],
    ['of what is still to come', { seenAt: '2999-01-01T00:00:00Z' }, 'seenAt'],
    ['without words', { text: ' ' }, 'text'],
  ])('%s is refused', async (_, input, path) => {
    const program = await world.program();
    const { issues } = await nominate(program, await program.ambassador('Anna'), input);
    expect(issues.map((issue: Answer) => issue.path)).toEqual([[path]]);
  });

  test('of another program’s ambassador finds nobody', async () => {
    const [program, elsewhere] = [await world.program(), await world.program()];
    expect((await nominate(program, await elsewhere.ambassador('Carl'))).__typename).toBe('NotFound');
  });

  test('is refused where fifty stand', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    for (let count = 0; count < 50; count++) await nominate(program, anna, { people: 1 });
    expect((await nominate(program, anna)).issues).toEqual([
      { path: ['ambassadorId'], message: 'has 50 nominations already; withdraw one first' },
    ]);
    // The list weighs them just as the gate does: 20 people at most.
    expect(gateOf(await standingOf(program, anna), 'INFLUENCES')).toMatchObject({ value: 20 });
  });
});

describe('the terms', () => {
  test('are ours until the program changes one, and the rest stays', async () => {
    const program = await world.program();
    const terms =
      'windowDays enthusiasticFromScore sharesFrom influencesFrom sharingKinds weights { kind weight countMax }';
    const before = (await program.analyst.ask(`{ superpromoterTerms { ${terms} } }`)).superpromoterTerms;
    expect(before).toMatchObject({ windowDays: 365, enthusiasticFromScore: null, sharesFrom: 3, influencesFrom: 1 });
    const set = (input: object) =>
      program.admin.mutate('superpromoterTermsSet', input, `SuperpromoterTermsReplaced { terms { ${terms} } }`);
    await set({ enthusiasticFromScore: 7, influencesFrom: 2.25 });
    const { terms: after } = await set({ weights: [{ kind: 'FRIENDS_WAITING', weight: 0 }] });
    expect(after).toEqual({
      ...before,
      enthusiasticFromScore: 7,
      influencesFrom: 2.25,
      weights: before.weights.map((each: Answer) => (each.kind === 'FRIENDS_WAITING' ? { ...each, weight: 0 } : each)),
    });
    expect((await program.analyst.ask(`{ superpromoterTerms { ${terms} } }`)).superpromoterTerms).toEqual(after);
  });

  test.each([
    ['a threshold of nothing', { sharesFrom: 0 }, ['sharesFrom']],
    ['three decimals', { influencesFrom: 0.125 }, ['influencesFrom']],
    ['a weight for the score', { weights: [{ kind: 'SCORE', weight: 1 }] }, ['weights', '0', 'kind']],
    ['a weight below 0', { weights: [{ kind: 'LINK_CLICKS', weight: -1 }] }, ['weights', '0', 'weight']],
    ['no kind that shares', { sharingKinds: [] }, ['sharingKinds']],
  ])('refuse %s', async (_, input, path) => {
    const { admin } = await world.program();
    const { issues } = await admin.mutate('superpromoterTermsSet', input);
    expect(issues.map((issue: Answer) => issue.path)).toEqual([path]);
  });
});

describe('a list', () => {
  test('of the superpromoters says what each of them would say alone', async () => {
    const program = await world.program();
    const people = [];
    for (let index = 0; index < 8; index++) {
      const person = await program.ambassador(`Person ${index}`);
      people.push(person);
      await answer(program, person, { score: index % 2 ? 9 : 8, followUps: [{ key: 'ssm', number: index }] });
      if (index > 3) await convert(program, await codeOf(person));
      if (index % 3 === 0) await nominate(program, person, { gate: 'SHARES', people: 2, text: 'She told two' });
    }
    for (const gates of [['ENTHUSIASTIC'], ['SHARES'], ['INFLUENCES'], ['ENTHUSIASTIC', 'SHARES', 'INFLUENCES']]) {
      const alone = [];
      for (const [index, person] of people.entries()) {
        const superpromoter = await standingOf(program, person);
        if (gates.every((gate) => gateOf(superpromoter, gate).passed)) alone.push(`Person ${index}`);
      }
      expect(alone.length).toBeGreaterThan(0);
      expect(await superpromoters(program, `(gates: [${gates.join(', ')}])`)).toEqual(alone);
    }
    const { ambassadors } = await program.analyst.ask(`{ ambassadors(first: 8) { nodes { ${standing} } } }`);
    expect(ambassadors.nodes.reverse().map(({ superpromoter }: Answer) => superpromoter)).toEqual(
      await Promise.all(people.map((person) => standingOf(program, person))),
    );
  });

  test('of fifty with all their gates takes no more queries than one of two', async () => {
    const program = await world.program();
    for (let index = 0; index < 50; index++) {
      const person = await program.ambassador(`Person ${index}`);
      await nominate(program, person, { gate: 'SHARES' });
    }
    const reads = jest.spyOn(world.server.platform.database, 'read');
    const readsOnce = async (first: number) => {
      reads.mockClear();
      const { ambassadors } = await program.analyst.ask(`{ ambassadors(first: ${first}) { nodes { ${standing} } } }`);
      expect(ambassadors.nodes).toHaveLength(first);
      return reads.mock.calls.length;
    };
    // Background work reads too; of some tries the fewest are the request's own.
    const fewest = async (first: number) => {
      const counts: number[] = [];
      for (let time = 0; time < 8; time++) counts.push(await readsOnce(first));
      return Math.min(...counts);
    };
    expect(await fewest(50)).toBe(await fewest(2));
  });
});
