import { describe, expect, test } from '@jest/globals';
import { poissonInterval } from '../../src/platform/statistics/poisson.js';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const days = (count: number) => count * 86_400_000;

function answer(program: TestProgram, contact: object, score: number, respondedAt?: string): Promise<Answer> {
  world.clock.advance(60_000);
  return program.admin.mutate('npsResponseRecord', { contact, score, respondedAt });
}

async function codeOf({ client }: TestAmbassador): Promise<string> {
  return (await client.ask('{ me { referralLink { code } } }')).me.referralLink.code;
}

async function bringFriend(program: TestProgram, ambassador: TestAmbassador): Promise<{ readonly externalId: string }> {
  const friend = { externalId: world.unique('friend') };
  await program.admin.mutate('referralRegister', { code: await codeOf(ambassador), friend });
  return friend;
}

const people = (count: number) => Array.from({ length: count }, () => ({ externalId: world.unique('person') }));

describe('Query.loopFunnel', () => {
  const funnel = 'funnel { steps { step people share conversion } newCustomers revenue { currency amountCents } }';
  const span = 'from: "2026-01-01T00:00:00Z", to: "2026-04-01T00:00:00Z"';
  const peopleOf = (each: Answer) => each.steps.map((step: Answer) => step.people);

  /** Six who answer in January: five promoters, of whom four join; one does an idea, one is followed, one sells. */
  async function january(): Promise<TestProgram> {
    const program = await world.program();
    const [anna, bob, carl, dora] = [
      await program.ambassador('Anna'),
      await program.ambassador('Bob'),
      await program.ambassador('Carl'),
      await program.ambassador('Dora'),
    ];
    const [eve, fred] = people(2);
    for (const each of [anna, bob, carl, dora, eve]) {
      await answer(program, { externalId: each?.externalId }, 10, '2026-01-10T10:00:00Z');
    }
    await answer(program, fred ?? {}, 3, '2026-01-20T10:00:00Z');
    const friend = await bringFriend(program, anna);
    const order = { friend, orderId: world.unique('order'), amountCents: 10_000, currency: 'EUR' };
    await program.admin.mutate('referralConvert', order);
    const idea = await createChallenge(program, { verification: 'AUTOMATIC' });
    await submit(bob, idea.id);
    await fetch(`${world.server.url}/r/${await codeOf(carl)}`, {
      headers: { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' },
      redirect: 'manual',
    });
    return program;
  }

  test('counts how many took each step and all before it, and what it brought', async () => {
    const program = await january();
    const { loopFunnel } = await program.analyst.ask(`{ loopFunnel(${span}) { cohorts { from ${funnel} } csv } }`);
    expect(loopFunnel.cohorts).toHaveLength(3);
    const [first] = loopFunnel.cohorts;
    expect(first.funnel.steps).toEqual([
      { step: 'ANSWERED', people: 6, share: 1, conversion: null },
      { step: 'PROMOTER', people: 5, share: 5 / 6, conversion: 5 / 6 },
      { step: 'JOINED', people: 4, share: 4 / 6, conversion: 4 / 5 },
      { step: 'ACTIVE', people: 3, share: 3 / 6, conversion: 3 / 4 },
      { step: 'SHARED', people: 2, share: 2 / 6, conversion: 2 / 3 },
      { step: 'CONVERTED', people: 1, share: 1 / 6, conversion: 1 / 2 },
    ]);
    expect(first.funnel).toMatchObject({ newCustomers: 1, revenue: [{ currency: 'EUR', amountCents: 10_000 }] });
    expect(loopFunnel.csv.split('\r\n').slice(0, 3)).toEqual([
      'from,ANSWERED,PROMOTER,JOINED,ACTIVE,SHARED,CONVERTED,newCustomers,revenueCentsEUR',
      '2026-01-01T00:00:00.000Z,6,5,4,3,2,1,1,10000',
      '2026-02-01T00:00:00.000Z,,,,,,,,',
    ]);
  });

  test('hides a month of few people, and what would tell them by subtraction', async () => {
    const program = await january();
    for (const person of people(5)) await answer(program, person, 3, '2026-02-10T10:00:00Z');
    for (const person of people(3)) await answer(program, person, 3, '2026-03-01T10:00:00Z');
    const { loopFunnel } = await program.analyst.ask(
      `{ loopFunnel(${span}) { all { steps { people } } cohorts { from ${funnel} } } }`,
    );
    expect(peopleOf(loopFunnel.all)).toEqual([14, 5, 4, 3, 2, 1]);
    expect(loopFunnel.cohorts.map((each: Answer) => each.funnel && peopleOf(each.funnel)[0])).toEqual([6, null, null]);
  });

  test('begins with joining where it is asked so', async () => {
    const program = await january();
    await program.ambassador('Gus');
    const { loopFunnel } = await program.analyst.ask('{ loopFunnel(by: JOINED) { all { steps { step people } } } }');
    expect(peopleOf(loopFunnel.all)).toEqual([5, 3, 2, 1]);
  });
});

describe('Query.askCoverage', () => {
  const figures = '{ willing asked askedForReferral referred coverage followThrough }';

  test('says how many who would recommend were asked to, and did', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const [bob, carl, dora, eve, fred, gus] = people(6);
    await createChallenge(program, { rewardPoints: 10 });
    const dutch = { attributes: { market: 'NL' } };
    for (const person of [bob, carl, dora]) await answer(program, { ...person, ...dutch }, 9);
    await createChallenge(program, { kind: 'REFERRAL', title: 'Whom do you know?', rewardPoints: 500 });
    for (const person of [{ externalId: anna.externalId }, eve]) await answer(program, { ...person, ...dutch }, 9);
    await answer(program, { ...fred, attributes: { market: 'BE' } }, 7);
    await answer(program, gus ?? {}, 6);
    world.clock.advance(days(1));
    await bringFriend(program, anna);
    const asked = `{ askCoverage { askFromScore all ${figures} byAttribute(name: "market") { value figures ${figures} } csv(name: "market") } }`;
    const { askCoverage } = await program.analyst.ask(asked);
    expect(askCoverage.askFromScore).toBe(7);
    expect(askCoverage.all).toEqual({
      willing: 6,
      asked: 6,
      askedForReferral: 3,
      referred: 1,
      coverage: 0.5,
      followThrough: 1 / 3,
    });
    // The one in BE could be told from the five in NL.
    expect(askCoverage.byAttribute).toEqual([]);
    for (const person of people(4)) await answer(program, { ...person, attributes: { market: 'BE' } }, 8);
    const later = (await program.analyst.ask(asked)).askCoverage;
    expect(later.byAttribute.map((group: Answer) => [group.value, group.figures.askedForReferral])).toEqual([
      ['BE', 5],
      ['NL', 2],
    ]);
    expect(later.csv.split('\r\n')[2]).toBe('NL,5,5,2,1,0.4,0.5');
  });

  test('says nothing of fewer than five', async () => {
    const program = await world.program();
    for (const person of people(4)) await answer(program, person, 10);
    expect((await program.analyst.ask(`{ askCoverage { all ${figures} } }`)).askCoverage.all).toBeNull();
  });
});

describe('Query.activation', () => {
  const shares = 'ambassadors activeLast30Days activeLast90Days shareLast30Days shareLast90Days standing';

  test('counts who did something lately, against the goal, and says how the program would grow', async () => {
    const program = await world.program();
    const [anna, bob] = [await program.ambassador('Anna'), await program.ambassador('Bob')];
    await program.ambassador('Carl');
    await program.ambassador('Dora');
    const idea = await createChallenge(program, { verification: 'AUTOMATIC' });
    await submit(anna, idea.id);
    await submit(anna, idea.id);
    const friend = await bringFriend(program, bob);
    await program.ambassador('Eve', friend);
    const now = (await program.analyst.ask(`{ activation { ${shares} goalFrom goalTo } }`)).activation;
    expect(now).toEqual({
      ambassadors: 5,
      activeLast30Days: 2,
      activeLast90Days: 2,
      shareLast30Days: 0.4,
      shareLast90Days: 0.4,
      standing: 'ABOVE',
      goalFrom: 0.15,
      goalTo: 0.35,
    });
    world.clock.advance(days(35));
    const { activation } = await program.analyst.ask(`{ activation { ${shares}
      byMonth(months: 2) { ambassadors joined joinedAsFriends active share } csv(months: 2)
      projection(months: 2) { joinsPerMonth friendsPerAmbassadorMonth points { ambassadors lower upper } } } }`);
    expect(activation).toMatchObject({ activeLast30Days: 0, activeLast90Days: 2, standing: 'BELOW' });
    expect(activation.byMonth).toEqual([
      { ambassadors: 5, joined: 5, joinedAsFriends: 1, active: 2, share: 0.4 },
      { ambassadors: 5, joined: 0, joinedAsFriends: 0, active: 0, share: 0 },
    ]);
    // Four joined by themselves in a month that had 2.5 ambassadors on average, one of whom brought a fifth.
    const { joinsPerMonth, friendsPerAmbassadorMonth, points } = activation.projection;
    expect([joinsPerMonth, friendsPerAmbassadorMonth]).toEqual([4, 0.4]);
    expect(points.map((point: Answer) => point.ambassadors)).toEqual([5 + 4 + 2, 11 + 4 + 4.4]);
    const [others, friends] = [poissonInterval(4, 0.975), poissonInterval(1, 0.975)];
    expect(points[0].lower).toBeCloseTo(5 + others.lower + 5 * (friends.lower / 2.5), 9);
    expect(points[0].upper).toBeCloseTo(5 + others.upper + 5 * (friends.upper / 2.5), 9);
  });

  test('projects nothing where there is nobody', async () => {
    const { analyst } = await world.program();
    const { activation } = await analyst.ask(`{ activation { ${shares} projection { joinsPerMonth } } }`);
    expect(activation).toMatchObject({ ambassadors: 0, shareLast30Days: null, standing: null, projection: null });
  });
});

describe('poissonInterval', () => {
  test('is the exact one that tables have', () => {
    // Garwood's table: 0 events (0, 3.689), 4 events (1.090, 10.242), 10 events (4.795, 18.390).
    for (const [events, lower, upper] of [
      [0, 0, 3.689],
      [4, 1.09, 10.242],
      [10, 4.795, 18.39],
    ] as const) {
      const interval = poissonInterval(events, 0.95);
      expect(interval.lower).toBeCloseTo(lower, 3);
      expect(interval.upper).toBeCloseTo(upper, 3);
    }
  });
});
