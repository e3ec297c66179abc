import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { countReads } from '../support/statements.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const sized = 'segment { id key name description size { contacts ambassadors } contacts { nodes { externalId } } }';

function create(program: TestProgram, key: string, rule: object): Promise<Answer> {
  return program.admin.mutate('segmentCreate', { key, name: `All of ${key}`, rule }, `SegmentCreated { ${sized} }`);
}

/** Records what somebody answered, which makes a contact of them. */
async function answer(program: TestProgram, contact: object, score: number): Promise<void> {
  await program.admin.mutate('npsResponseRecord', { contact, score });
  world.clock.advance(1_000);
}

/** Who is meant by a rule, by what the owner calls them. */
async function meantBy(program: TestProgram, rule: object): Promise<string[]> {
  const { segment } = await create(program, world.unique('segment'), rule);
  expect(segment.size.contacts).toBe(segment.contacts.nodes.length);
  return segment.contacts.nodes.map(({ externalId }: Answer) => externalId.replace(/-.*/, '')).sort();
}

/** Four people: two joined, one of them with much behind her. */
async function fourPeople() {
  const program = await world.program();
  const own = (name: string) => world.unique(name);
  const anna = await program.ambassador('Anna', {
    externalId: own('anna'),
    kind: 'CUSTOMER',
    attributes: { market: 'NL', size: 40 },
  });
  const ben = await program.ambassador('Ben', {
    externalId: own('ben'),
    kind: 'EMPLOYEE',
    attributes: { market: 'nl', size: '7.5', Market: 'BE' },
  });
  await answer(program, { externalId: anna.externalId }, 3);
  await answer(program, { externalId: anna.externalId }, 10);
  await answer(program, { externalId: ben.externalId }, 8);
  const cleo = { externalId: own('cleo'), kind: 'JOURNALIST', attributes: { size: '12 people' } };
  await answer(program, cleo, 9);
  await answer(program, { externalId: cleo.externalId }, 2);
  await answer(program, { externalId: own('dirk'), attributes: { market: 'DE', size: -3, vip: true } }, 0);
  await program.give(anna, 300);
  await program.admin.mutate('badgeCreate', {
    code: 'First-300',
    name: 'Three hundred',
    description: '',
    rule: { lifetimePoints: 300 },
  });
  const challenge = await createChallenge(program, { verification: 'AUTOMATIC', rewardPoints: 0 });
  await submit(ben, challenge.id);
  return { program, anna, ben };
}

describe('A rule means', () => {
  test.each([
    [{ contactKinds: ['CUSTOMER', 'JOURNALIST'] }, ['anna', 'cleo']],
    [{ attribute: { name: 'market', anyOf: ['NL', 'DE'] } }, ['anna', 'dirk']],
    [{ attribute: { name: 'market' } }, ['anna', 'ben', 'dirk']],
    [{ attribute: { name: 'size', atLeast: 7.5 } }, ['anna', 'ben']],
    [{ attribute: { name: 'size', atLeast: -3, atMost: 8 } }, ['ben', 'dirk']],
    [{ attribute: { name: 'vip', anyOf: ['true'] } }, ['dirk']],
    [{ ambassador: true }, ['anna', 'ben']],
    [{ ambassador: false }, ['cleo', 'dirk']],
    [{ levelAtLeast: 1 }, ['anna', 'ben']],
    [{ levelAtLeast: 2 }, ['anna']],
    [{ lifetimePointsAtLeast: 300 }, ['anna']],
    [{ lifetimePointsAtLeast: 301 }, []],
    [{ npsBands: ['PROMOTER'] }, ['anna']],
    [{ npsBands: ['PASSIVE', 'DETRACTOR'] }, ['ben', 'cleo', 'dirk']],
    [{ badge: 'first-300' }, ['anna']],
    [{ approvedSubmissionsAtLeast: 1 }, ['ben']],
    [{ not: { contactKinds: ['CUSTOMER', 'EMPLOYEE'] } }, ['cleo', 'dirk']],
    [{ all: [{ ambassador: true }, { not: { badge: 'First-300' } }] }, ['ben']],
    [{ any: [{ contactKinds: ['JOURNALIST'] }, { levelAtLeast: 2 }] }, ['anna', 'cleo']],
  ])('%j: %j', async (rule, expected) => {
    const { program } = await fourPeople();
    expect(await meantBy(program, rule)).toEqual(expected);
  });

  test('bands by the scheme of the program', async () => {
    const { program } = await fourPeople();
    await program.admin.mutate('programUpdate', { npsScheme: 'DUTCH' });
    expect(await meantBy(program, { npsBands: ['PROMOTER'] })).toEqual(['anna', 'ben']);
  });
});

describe('A level that is asked for', () => {
  test('is the one that the ambassador has, where levels can be lost', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const pass = async (days: number) => {
      world.clock.advance(days * 86_400_000);
      await world.server.features.jobWorker.drain();
    };
    await program.admin.mutate('levelPolicySet', { months: 1, graceDays: 10 });
    await program.give(anna, 1_000);
    const rule = (levelAtLeast: number) => meantBy(program, { levelAtLeast });
    await pass(35);
    expect([await rule(3), await rule(1)]).toEqual([['anna'], ['anna']]);
    await pass(11);
    expect([await rule(3), await rule(2), await rule(1)]).toEqual([[], [], ['anna']]);
    await program.give(anna, 250);
    expect([await rule(3), await rule(2)]).toEqual([[], ['anna']]);
    expect(await meantBy(program, { lifetimePointsAtLeast: 1_250 })).toEqual(['anna']);
  });
});

describe('A segment', () => {
  test('follows what is known of each contact, and can be used in others', async () => {
    const { program, ben } = await fourPeople();
    const { segment } = await create(program, 'big', { attribute: { name: 'size', atLeast: 30 } });
    expect(segment).toMatchObject({ key: 'big', name: 'All of big', size: { contacts: 1, ambassadors: 1 } });
    await create(program, 'big-abroad', { all: [{ segment: 'big' }, { not: { attribute: { name: 'market' } } }] });
    await answer(program, { externalId: ben.externalId, attributes: { size: 31, market: null } }, 9);
    const { segments } = await program.analyst.ask(
      '{ segments { nodes { key size { contacts ambassadors } rule { segment all { segment } attribute { name atLeast } } } } }',
    );
    expect(segments.nodes).toEqual([
      {
        key: 'big',
        size: { contacts: 2, ambassadors: 2 },
        rule: { segment: null, all: null, attribute: { name: 'size', atLeast: 30 } },
      },
      {
        key: 'big-abroad',
        size: { contacts: 1, ambassadors: 1 },
        rule: { segment: null, all: [{ segment: 'big' }, { segment: null }], attribute: null },
      },
    ]);
  });

  test('can be changed, and whatever uses it follows', async () => {
    const { program } = await fourPeople();
    const { segment } = await create(program, 'some', { contactKinds: ['JOURNALIST'] });
    const changed = await program.admin.mutate(
      'segmentUpdate',
      { segmentId: segment.id, name: 'The press', rule: { contactKinds: ['CUSTOMER', 'EMPLOYEE'] } },
      `SegmentUpdated { ${sized} }`,
    );
    expect(changed.segment).toMatchObject({ key: 'some', name: 'The press', size: { contacts: 2, ambassadors: 2 } });
  });

  test.each([
    [{ segment: 'nowhere' }, 'asks for the segment nowhere, which the program does not have'],
    [{ all: [{ segment: 'self' }] }, 'asks for the segment self within itself'],
    [{ badge: 'nothing' }, 'asks for the badge nothing, which the program does not have'],
    [{ not: { levelAtLeast: 9 } }, 'asks for level 9, which the program does not have'],
  ])('cannot be made of %j', async (rule, message) => {
    const program = await world.program();
    expect(await create(program, 'self', rule)).toMatchObject({
      __typename: 'InputInvalid',
      issues: [{ path: ['rule'], message }],
    });
  });

  test('cannot come to be within itself by a change', async () => {
    const program = await world.program();
    const { segment } = await create(program, 'one', { ambassador: true });
    await create(program, 'two', { any: [{ segment: 'one' }] });
    const result = await program.admin.mutate('segmentUpdate', { segmentId: segment.id, rule: { segment: 'two' } });
    expect(result).toMatchObject({ issues: [{ path: ['rule'], message: 'asks for the segment one within itself' }] });
  });

  test('has a key of its own, in its program', async () => {
    const [program, other] = [await world.program(), await world.program()];
    await create(program, 'same', { ambassador: true });
    expect(await create(program, 'same', { ambassador: false })).toMatchObject({ issues: [{ path: ['key'] }] });
    const elsewhere = await create(other, 'same', { ambassador: true });
    expect(elsewhere.segment.size.contacts).toBe(0);
    const result = await program.admin.mutate('segmentUpdate', { segmentId: elsewhere.segment.id, name: 'Mine' });
    expect(result.__typename).toBe('NotFound');
  });

  test('can be counted before it is saved', async () => {
    const { program } = await fourPeople();
    const query = 'query ($rule: AudienceRuleInput!) { audienceSize(rule: $rule) { contacts ambassadors } }';
    const { audienceSize } = await program.analyst.ask(query, { rule: { npsBands: ['DETRACTOR'] } });
    expect(audienceSize).toEqual({ contacts: 2, ambassadors: 0 });
    expect(await program.analyst.refusal(query, { rule: { badge: 'nothing' } })).toBe('BAD_USER_INPUT');
    expect(await program.analyst.refusal(query, { rule: { all: [], ambassador: true } })).toBe('BAD_USER_INPUT');
  });
});

describe('A challenge for an audience', () => {
  const audience = { all: [{ contactKinds: ['CUSTOMER'] }, { any: [{ badge: 'First-300' }, { levelAtLeast: 3 }] }] };
  const missing = 'missing { requirement text }';

  function attempt({ client }: TestAmbassador, challengeId: string): Promise<Answer> {
    const input = { challengeId, proof: { answer: { text: 'Here it is' } } };
    return client.mutate('challengeSubmit', input, `ChallengeNotEligible { ${missing} }`);
  }

  async function openTo({ client }: TestAmbassador): Promise<string[]> {
    const { me } = await client.ask('{ me { challenges { totalCount nodes { title } } } }');
    expect(me.challenges.totalCount).toBe(me.challenges.nodes.length);
    return me.challenges.nodes.map((each: Answer) => each.title);
  }

  test('is open to whom it is meant for, and says to others what is missing', async () => {
    const { program, anna, ben } = await fourPeople();
    const challenge = await createChallenge(program, { title: 'For few', audience });
    expect(await openTo(anna)).toEqual(['For few', 'What should we build?']);
    expect(await openTo(ben)).toEqual([]);
    expect((await attempt(anna, challenge.id)).__typename).toBe('ChallengeSubmitted');
    const expected = [
      { requirement: 'CONTACT_KIND', text: 'It is meant for another kind of contact.' },
      { requirement: 'BADGE', text: 'Win the badge ‘First-300’ first.' },
      { requirement: 'LEVEL', text: 'Reach level 3 first.' },
    ];
    expect(await attempt(ben, challenge.id)).toMatchObject({
      __typename: 'ChallengeNotEligible',
      code: 'CHALLENGE_NOT_ELIGIBLE',
      missing: expected,
    });
    const { node } = await ben.client.ask(
      `query ($id: ID!) { node(id: $id) { ... on Challenge { audience { ambassador } viewerMissing { requirement text } } } }`,
      { id: challenge.id },
    );
    expect(node).toEqual({ audience: null, viewerMissing: expected });
  });

  test('says it in Dutch, too', async () => {
    const { program, ben } = await fourPeople();
    const challenge = await createChallenge(program, { audience: { levelAtLeast: 2 } });
    const dutch = { ...ben, client: ben.client.with({ 'accept-language': 'nl' }) };
    expect((await attempt(dutch, challenge.id)).missing).toEqual([
      { requirement: 'LEVEL', text: 'Bereik eerst niveau 2.' },
    ]);
  });

  test('follows its segment, and what the ambassador becomes', async () => {
    const { program, ben } = await fourPeople();
    const { segment } = await create(program, 'chosen', { levelAtLeast: 2 });
    await createChallenge(program, { title: 'For the chosen', audience: { segment: 'chosen' } });
    expect(await openTo(ben)).toEqual([]);
    await program.give(ben, 250);
    expect(await openTo(ben)).toEqual(['For the chosen']);
    await program.admin.mutate('segmentUpdate', { segmentId: segment.id, rule: { not: { levelAtLeast: 2 } } });
    expect(await openTo(ben)).toEqual([]);
    const anna = await program.ambassador('Another Anna');
    expect(await openTo(anna)).toContain('For the chosen');
  });

  test('is asked only of who may do it', async () => {
    const { program, ben } = await fourPeople();
    await createChallenge(program, { title: 'For promoters', audience: { npsBands: ['PROMOTER'] } });
    const asked = async (contact: object, score: number) => {
      const result = await program.admin.mutate(
        'npsResponseRecord',
        { contact, score },
        'NpsResponseRecorded { ask { challenge { title } } }',
      );
      world.clock.advance(1_000);
      return result.ask.challenge?.title ?? null;
    };
    expect(await asked({ externalId: ben.externalId }, 8)).toBeNull();
    expect(await asked({ externalId: ben.externalId }, 9)).toBe('For promoters');
  });

  test('can be changed to another audience, and to everybody', async () => {
    const { program, ben } = await fourPeople();
    const { id: challengeId } = await createChallenge(program, { title: 'For few', audience });
    const refused = await program.admin.mutate('challengeUpdate', { challengeId, audience: { badge: 'nothing' } });
    expect(refused).toMatchObject({ issues: [{ path: ['audience'] }] });
    await program.admin.mutate('challengeUpdate', { challengeId, audience: { contactKinds: ['EMPLOYEE'] } });
    expect(await openTo(ben)).toEqual(['For few']);
    await program.admin.mutate('challengeUpdate', { challengeId, audience: { contactKinds: ['CUSTOMER'] } });
    expect(await openTo(ben)).toEqual([]);
    await program.admin.mutate('challengeUpdate', { challengeId, audience: null });
    expect(await openTo(ben)).toEqual(['For few']);
  });

  test('costs no more queries when there are many', async () => {
    const { program, ben } = await fourPeople();
    await createChallenge(program, { title: 'One', maxInAll: 5, audience: { levelAtLeast: 1 } });
    const list = '{ me { challenges { totalCount nodes { title status submissionsLeft viewerMissing { text } } } } }';
    const reads = () => countReads(world.server.platform.database, () => ben.client.ask(list));
    const withOne = await reads();
    expect(withOne).toBeGreaterThan(0);
    for (let index = 0; index < 20; index++) {
      await createChallenge(program, {
        title: `${index}`,
        maxInAll: 5,
        audience: { any: [{ lifetimePointsAtLeast: index + 1 }, { levelAtLeast: 1 }] },
      });
    }
    expect(await reads()).toBeLessThanOrEqual(withOne);
  });
});
