import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const hours = (count: number) => count * 3_600_000;
const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
const figures = `figures { clicks registrations conversions reversals partialRefunds revenue { currency amountCents }
  referrerPoints friendPoints vouchers gifts reversalRate }`;

async function insight(program: TestProgram, selection: string, filter = ''): Promise<Answer> {
  const { referralInsight } = await program.analyst.ask(`{ referralInsight${filter} { ${selection} } }`);
  return referralInsight;
}

async function codeOf({ client }: TestAmbassador): Promise<string> {
  return (await client.ask('{ me { referralLink { code } } }')).me.referralLink.code;
}

function follow(code: string, channel: string): Promise<Response> {
  return fetch(`${world.server.url}/r/${code}?c=${channel}`, { headers: browser, redirect: 'manual' });
}

async function clickOf(code: string, channel: string): Promise<string> {
  const location = (await follow(code, channel)).headers.get('location') ?? '';
  return new URL(location).searchParams.get('via') ?? '';
}

async function register(program: TestProgram, naming: object): Promise<{ readonly externalId: string }> {
  const friend = { externalId: world.unique('friend') };
  const result = await program.admin.mutate('referralRegister', { ...naming, friend });
  expect(result.__typename).toBe('ReferralRegistered');
  return friend;
}

async function order(program: TestProgram, friend: object, input: object = {}): Promise<string> {
  const orderId = world.unique('order');
  const money = { amountCents: 10_000, currency: 'EUR', ...input };
  const result = await program.admin.mutate('referralConvert', { friend, orderId, ...money });
  expect(result.__typename).toBe('ReferralConverted');
  return orderId;
}

/** Anna brings one over WhatsApp who buys and one by mail who does not; Bob one who sends the order back. */
async function shop() {
  const program = await world.program({ timeZone: 'Europe/Amsterdam' });
  const { pool } = await program.admin.mutate(
    'friendVoucherPoolCreate',
    { name: 'Spring' },
    'FriendVoucherPoolCreated { pool { id } }',
  );
  await program.admin.mutate('friendVouchersLoad', { poolId: pool.id, codes: ['SPRING-1', 'SPRING-2', 'SPRING-3'] });
  const terms = {
    referrerPoints: 100,
    friendReward: 'A warm welcome',
    landingUrl: 'https://shop.example.com/',
    rewardRules: { friendVoucherPoolId: pool.id },
  };
  await program.admin.mutate('referralTermsSet', terms);
  const [anna, bob] = [await program.ambassador('Anna'), await program.ambassador('=Bob()')];
  const [annas, bobs] = [await codeOf(anna), await codeOf(bob)];
  const viaWhatsapp = await register(program, { clickId: await clickOf(annas, 'wa') });
  await register(program, { clickId: await clickOf(annas, 'em') });
  await follow(annas, 'em');
  const bargainHunter = await register(program, { code: bobs });
  world.clock.advance(hours(10));
  await order(program, viaWhatsapp);
  world.clock.advance(hours(20));
  const orderId = await order(program, bargainHunter, { amountCents: 5_000, currency: 'GBP' });
  await program.admin.mutate('referralReverse', { orderId, reason: 'Sent back' });
  return { program, anna, bob };
}

const nothing = {
  clicks: 0,
  registrations: 0,
  conversions: 0,
  reversals: 0,
  partialRefunds: 0,
  revenue: [],
  referrerPoints: 0,
  friendPoints: 0,
  vouchers: 0,
  gifts: 0,
  reversalRate: null,
};

describe('what recommending brings in', () => {
  test('is counted in all: clicks, friends, orders, revenue by currency, points and vouchers', async () => {
    const { program } = await shop();
    const { totals } = await insight(program, figures.replace('figures', 'totals'));
    expect(totals).toEqual({
      clicks: 3,
      registrations: 3,
      conversions: 2,
      reversals: 1,
      partialRefunds: 0,
      revenue: [
        { currency: 'EUR', amountCents: 10_000 },
        { currency: 'GBP', amountCents: 0 },
      ],
      referrerPoints: 100,
      friendPoints: 0,
      vouchers: 1,
      gifts: 1,
      reversalRate: 0.5,
    });
  });

  test('is parted by the channel that clicks and friends came over', async () => {
    const { program } = await shop();
    const { byChannel } = await insight(program, `byChannel { channel ${figures} }`);
    const counts = byChannel.map(({ channel, figures: each }: Answer) => [
      channel,
      each.clicks,
      each.registrations,
      each.conversions,
    ]);
    expect(new Set(counts)).toEqual(
      new Set([
        ['WHATSAPP', 1, 1, 1],
        ['EMAIL', 2, 1, 0],
        [byChannel.find((each: Answer) => each.figures.reversals === 1).channel, 0, 1, 1],
      ]),
    );
    const { totals } = await insight(program, 'totals { clicks conversions }', '(filter: { channel: EMAIL })');
    expect(totals).toEqual({ clicks: 2, conversions: 0 });
  });

  test('is parted by ambassador, so that who brings bargain hunters shows', async () => {
    const { program, anna, bob } = await shop();
    const { byAmbassador } = await insight(program, `byAmbassador { ambassador { id } statedTold ${figures} }`);
    expect(byAmbassador.map(({ ambassador }: Answer) => ambassador.id)).toEqual([anna.id, bob.id]);
    expect(byAmbassador[0]).toMatchObject({
      statedTold: null,
      figures: { clicks: 3, registrations: 2, conversions: 1, reversalRate: 0 },
    });
    expect(byAmbassador[1].figures).toMatchObject({ clicks: 0, conversions: 1, reversalRate: 1, referrerPoints: 0 });
    const only = `(filter: { ambassadorId: "${bob.id}" })`;
    const { totals } = await insight(program, 'totals { clicks registrations }', only);
    expect(totals).toEqual({ clicks: 0, registrations: 1 });
  });

  test('is parted by period in the time zone of the program, without gaps', async () => {
    const { program } = await shop();
    const now = world.clock.now();
    const filter = `(filter: { from: "${new Date(now.getTime() - hours(72)).toISOString()}" })`;
    const { byPeriod } = await insight(program, `byPeriod(interval: DAY) { from ${figures} }`, filter);
    expect(byPeriod.length).toBeGreaterThanOrEqual(4);
    for (const { from } of byPeriod) {
      const local = new Date(from).toLocaleTimeString('nl-NL', { timeZone: 'Europe/Amsterdam' });
      expect(local).toBe('00:00:00');
    }
    expect(byPeriod[0].figures).toEqual(nothing);
    const sum = (key: string) => byPeriod.reduce((total: number, each: Answer) => total + each.figures[key], 0);
    expect([sum('clicks'), sum('registrations'), sum('conversions')]).toEqual([3, 3, 2]);
    expect(byPeriod.filter((each: Answer) => each.figures.conversions === 1)).toHaveLength(2);
  });

  test('takes away what went back of an order', async () => {
    const { program, anna } = await shop();
    const friend = await register(program, { code: await codeOf(anna) });
    const orderId = await order(program, friend);
    await program.admin.mutate('referralRefund', { orderId, refundId: 'r-1', amountCents: 2_500, reason: 'Too small' });
    const { totals, quality } = await insight(
      program,
      'totals { partialRefunds revenue { currency amountCents } } quality { orders reversalRate refundRate }',
      '(filter: { channel: null })',
    );
    expect(totals).toMatchObject({ partialRefunds: 1, revenue: [{ currency: 'EUR', amountCents: 17_500 }, {}] });
    expect(quality).toEqual({ orders: 3, reversalRate: 1 / 3, refundRate: 2 / 3 });
  });

  test('counts what happened in the time that is asked for, and nothing of another program', async () => {
    const { program } = await shop();
    const elsewhere = await world.program();
    const before = `(filter: { from: "2020-01-01T00:00:00Z", to: "2021-01-01T00:00:00Z" })`;
    const selection = `${figures.replace('figures', 'totals')} kFactor { ambassadors value } timeToConvert { conversions medianHours }`;
    const empty = { totals: nothing, timeToConvert: { conversions: 0, medianHours: null } };
    expect(await insight(program, selection, before)).toEqual({ ...empty, kFactor: { ambassadors: 0, value: null } });
    expect(await insight(elsewhere, selection)).toEqual({ ...empty, kFactor: { ambassadors: 0, value: null } });
  });

  test.each([
    ['to before from', '(filter: { from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z" }) { from }'],
    [
      'more periods than a picture has',
      '(filter: { from: "2020-01-01T00:00:00Z" }) { byPeriod(interval: DAY) { from } }',
    ],
    ['more ambassadors than a page has', '{ byAmbassador(first: 101) { statedTold } }'],
  ])('refuses %s', async (_, rest) => {
    const program = await world.program();
    expect(await program.analyst.refusal(`{ referralInsight${rest} }`)).toBe('BAD_USER_INPUT');
  });
});

describe('how recommending goes', () => {
  test('the K-factor is friends for each ambassador times the share who became customers', async () => {
    const { program } = await shop();
    const { kFactor } = await insight(program, 'kFactor { ambassadors registrations customers value }');
    // 3 friends of 2 ambassadors, 1 of 3 a customer: 1.5 × 1/3.
    expect(kFactor).toEqual({ ambassadors: 2, registrations: 3, customers: 1, value: 0.5 });
  });

  test('the time to convert is told by its middle and by nine in ten', async () => {
    const { program } = await shop();
    const { timeToConvert } = await insight(program, 'timeToConvert { conversions medianHours p90Hours }');
    // 10 and 30 hours.
    expect(timeToConvert).toEqual({ conversions: 2, medianHours: 20, p90Hours: expect.closeTo(28, 6) });
  });
});

describe('stated against observed', () => {
  async function told(program: TestProgram, { externalId }: TestAmbassador, number: number, followed: number) {
    await program.admin.mutate('npsResponseRecord', {
      contact: { externalId },
      score: 9,
      followUps: [
        { key: 'ssm', number },
        { key: 'ifm', number: followed },
      ],
    });
  }

  test('sets what ambassadors said beside what came of it', async () => {
    const { program, anna, bob } = await shop();
    for (const person of [anna, bob]) await told(program, person, 3, 1);
    const selection =
      'statedAgainstObserved { ambassadors statedTold clicks registrations statedFollowed conversions }';
    expect((await insight(program, selection)).statedAgainstObserved).toEqual({
      ambassadors: 2,
      statedTold: null,
      clicks: null,
      registrations: null,
      statedFollowed: null,
      conversions: null,
    });
    for (let index = 0; index < 3; index++) await told(program, await program.ambassador(`P${index}`), 2, 0);
    expect((await insight(program, selection)).statedAgainstObserved).toEqual({
      ambassadors: 5,
      statedTold: 12,
      clicks: 3,
      registrations: 3,
      statedFollowed: 2,
      conversions: 2,
    });
    const { byAmbassador } = await insight(program, 'byAmbassador { statedTold statedFollowed }');
    expect(byAmbassador).toEqual([
      { statedTold: 3, statedFollowed: 1 },
      { statedTold: 3, statedFollowed: 1 },
    ]);
  });
});

describe('the quality of referred customers', () => {
  const quality = `quality { scheme { key } referred { responses score interval { lower upper } } others { responses score } }`;

  async function answers(program: TestProgram, people: readonly { readonly externalId: string }[], score: number) {
    for (const contact of people) await program.admin.mutate('npsResponseRecord', { contact, score });
  }

  test('is their own NPS beside that of others', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const friends = [];
    for (let count = 0; count < 5; count++) {
      const friend = await register(program, { code: await codeOf(anna) });
      await order(program, friend);
      friends.push(friend);
    }
    await answers(program, friends, 3);
    const others = Array.from({ length: 6 }, () => ({ externalId: world.unique('customer') }));
    await answers(program, others, 10);
    const result = (await insight(program, quality)).quality;
    expect(result).toMatchObject({
      scheme: { key: 'CLASSIC' },
      referred: { responses: 5, score: -100 },
      others: { responses: 6, score: 100 },
    });
    expect(result.referred.interval.upper).toBeLessThan(result.others.score);
  });

  test('is hidden in both groups where one has fewer than five answers', async () => {
    const program = await world.program();
    const friend = await register(program, { code: await codeOf(await program.ambassador('Anna')) });
    await order(program, friend);
    await answers(program, [friend], 3);
    await answers(
      program,
      Array.from({ length: 9 }, () => ({ externalId: world.unique('customer') })),
      10,
    );
    expect((await insight(program, quality)).quality).toMatchObject({ referred: null, others: null });
  });
});

describe('the table', () => {
  test('comes as CSV, and no name in it is a formula', async () => {
    const { program } = await shop();
    const { csv } = await insight(program, 'csv(by: AMBASSADOR)');
    expect(csv).toBe(
      'ambassador,clicks,registrations,conversions,reversals,partialRefunds,referrerPoints,friendPoints,vouchers,gifts,revenueCentsEUR,revenueCentsGBP\r\n' +
        'Anna,3,2,1,0,0,100,0,1,1,10000,0\r\n' +
        "'=Bob(),0,1,1,1,0,0,0,0,0,0,0\r\n",
    );
    const { channels, months } = await insight(program, 'channels: csv(by: CHANNEL) months: csv(by: PERIOD)');
    expect(channels).toContain('\r\nEMAIL,2,1,0,');
    expect(months.trim().split('\r\n')).toHaveLength(14);
  });
});
