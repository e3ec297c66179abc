import { describe, expect, test } from '@jest/globals';
import { createChallenge, submit } from '../support/challenges.js';
import type { Answer } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const days = (count: number) => count * 86_400_000;

function set({ admin }: TestProgram, input: object): Promise<Answer> {
  return admin.mutate(
    'insightTermsSet',
    input,
    `InsightTermsReplaced { terms { currency pointValues { unitKey cents } actValues { kind cents } marginPercent
      activationFromPercent activationToPercent detractorTells detractorTellsLow detractorTellsHigh } }`,
  );
}

describe('insightTermsSet', () => {
  test('changes what it names and leaves the rest', async () => {
    const program = await world.program();
    await set(program, { currency: 'EUR', pointValues: [{ unitKey: 'points', cents: 2.5 }] });
    expect((await set(program, { actValues: [{ kind: 'IDEA', cents: 500 }], activationToPercent: 40 })).terms).toEqual({
      currency: 'EUR',
      pointValues: [{ unitKey: 'points', cents: 2.5 }],
      actValues: [{ kind: 'IDEA', cents: 500 }],
      marginPercent: 100,
      activationFromPercent: 15,
      activationToPercent: 40,
      detractorTells: 10,
      detractorTellsLow: 9,
      detractorTellsHigh: 15,
    });
  });

  test('refuses what contradicts itself, and says where', async () => {
    const program = await world.program();
    for (const [input, field] of [
      [{ activationFromPercent: 36 }, 'activationToPercent'],
      [{ detractorTells: 8 }, 'detractorTellsLow'],
      [{ detractorTellsHigh: 9.5 }, 'detractorTellsHigh'],
    ] as const) {
      expect(await set(program, input)).toMatchObject({ __typename: 'InputInvalid', issues: [{ path: [field] }] });
    }
    expect((await set(program, {})).terms).toMatchObject({ activationFromPercent: 15, detractorTells: 10 });
  });
});

const liability = `{ pointsLiability { currency
  units { unitKey availablePoints pendingPoints debtPoints outstandingPoints valueCents expiring(days: 90) { points valueCents isComplete } }
  byMonth(months: 2) { from issuedPoints redeemedPoints expiredPoints outstandingPoints valueCents } csv(months: 2) } }`;

describe('Query.pointsLiability', () => {
  test('is what ambassadors have and wait for, by month and by what expires', async () => {
    const program = await world.program({ timeZone: 'Europe/Amsterdam' });
    await set(program, { currency: 'EUR', pointValues: [{ unitKey: 'points', cents: 2.5 }] });
    await program.admin.mutate('pointsExpirySet', { kind: 'AFTER_EARNING', length: 2, lengthUnit: 'MONTH' });
    const [anna, bob] = [await program.ambassador('Anna'), await program.ambassador('Bob')];
    await program.give(anna, 100);
    const { reward } = await program.admin.mutate(
      'rewardCreate',
      { name: 'A mug', costPoints: 30, stock: 5 },
      'RewardCreated { reward { id } }',
    );
    await anna.client.mutate('rewardRedeem', { rewardId: reward.id, idempotencyKey: 'a mug' });
    world.clock.advance(days(31));
    await program.give(bob, 50);
    await program.give(bob, -20);
    const later = await createChallenge(program, { rewardPoints: 40, pendingDays: 14, verification: 'AUTOMATIC' });
    await submit(bob, later.id);
    const { pointsLiability: owed } = await program.analyst.ask(liability);
    expect(owed.currency).toBe('EUR');
    expect(owed.units).toEqual([
      {
        unitKey: 'points',
        availablePoints: 100,
        pendingPoints: 40,
        debtPoints: 0,
        outstandingPoints: 140,
        valueCents: 350,
        expiring: { points: 100, valueCents: 250, isComplete: true },
      },
    ]);
    expect(owed.byMonth).toEqual([
      {
        from: '2026-02-28T23:00:00.000Z',
        issuedPoints: 100,
        redeemedPoints: 30,
        expiredPoints: 0,
        outstandingPoints: 70,
        valueCents: 175,
      },
      {
        from: '2026-03-31T22:00:00.000Z',
        issuedPoints: 70,
        redeemedPoints: 0,
        expiredPoints: 0,
        outstandingPoints: 140,
        valueCents: 350,
      },
    ]);
    expect(owed.csv.split('\r\n')[1]).toBe('2026-02-28T23:00:00.000Z,100,30,0,70,175');
  });

  test('has no value in money before a point has one, and refuses a unit that is not there', async () => {
    const program = await world.program();
    await program.give(await program.ambassador('Anna'), 10);
    const { pointsLiability: owed } = await program.analyst.ask(liability);
    expect(owed).toMatchObject({ currency: null, units: [{ outstandingPoints: 10, valueCents: null }] });
    const unknown = '{ pointsLiability { byMonth(unitKey: "credits") { from } } }';
    expect(await program.analyst.refusal(unknown)).toBe('BAD_USER_INPUT');
  });
});

const returned = `{ programReturn { currency acts { kind approvedActs points costCents valueCents netCentsPerAct }
  otherPoints costCents actValueCents newCustomers revenue { currency amountCents } revenueCents netCents roi csv } }`;

/** Two ideas, and a friend who bought for 100 euros. */
async function season(): Promise<TestProgram> {
  const program = await world.program();
  await program.admin.mutate('referralTermsSet', { referrerPoints: 100, friendReward: 'Welcome', holdDays: 0 });
  const anna = await program.ambassador('Anna');
  const idea = await createChallenge(program, { verification: 'AUTOMATIC' });
  await submit(anna, idea.id);
  await submit(await program.ambassador('Bob'), idea.id, { proof: { answer: { text: 'Open longer on Thursdays' } } });
  await program.give(anna, 5);
  const { me } = await anna.client.ask('{ me { referralLink { code } } }');
  const friend = { externalId: world.unique('friend') };
  await program.admin.mutate('referralRegister', { code: me.referralLink.code, friend });
  const order = { friend, orderId: world.unique('order'), amountCents: 10_000, currency: 'EUR' };
  await program.admin.mutate('referralConvert', order);
  return program;
}

describe('Query.programReturn', () => {
  test('holds what acts are worth and friends paid against what points cost', async () => {
    const program = await season();
    await set(program, {
      currency: 'EUR',
      pointValues: [{ unitKey: 'points', cents: 1 }],
      actValues: [{ kind: 'IDEA', cents: 500 }],
      marginPercent: 20,
    });
    const { programReturn } = await program.analyst.ask(returned);
    // Two ideas of 500 cents, and 20% of 10,000: 3,000 gained for 100 + 100 + 5 points of a cent.
    expect(programReturn).toMatchObject({
      currency: 'EUR',
      acts: [
        { kind: 'IDEA', approvedActs: 2, points: 100, costCents: 100, valueCents: 1_000, netCentsPerAct: 450 },
        { kind: 'REFERRAL', approvedActs: 0, points: 100, costCents: 100, valueCents: null, netCentsPerAct: null },
      ],
      otherPoints: 5,
      costCents: 205,
      actValueCents: 1_000,
      newCustomers: 1,
      revenue: [{ currency: 'EUR', amountCents: 10_000 }],
      revenueCents: 10_000,
      netCents: 2_795,
    });
    expect(programReturn.roi).toBeCloseTo(2_795 / 205, 12);
    expect(programReturn.csv.split('\r\n')[1]).toBe('IDEA,2,100,100,1000,450');
  });

  test('tells no return where it is not laid down what a point costs', async () => {
    const { analyst } = await season();
    const { programReturn } = await analyst.ask(returned);
    expect(programReturn).toMatchObject({ costCents: null, revenueCents: null, netCents: null, roi: null });
  });

  test('looks at 36 months at most', async () => {
    const { analyst } = await world.program();
    const asked = '{ programReturn(from: "2020-01-01T00:00:00Z", to: "2026-01-01T00:00:00Z") { roi } }';
    expect(await analyst.refusal(asked)).toBe('BAD_USER_INPUT');
  });
});
