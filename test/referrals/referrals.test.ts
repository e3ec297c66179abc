import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const days = (count: number) => count * 86_400_000;

const referral = 'referral { id status referrerPoints friendReward refusal referrer { id } }';
const registered = `ReferralRegistered { ${referral} }`;
const converted = `ReferralConverted { ${referral} }`;
const refused = 'ReferralRefused { reason }';

async function codeOf({ client }: TestAmbassador): Promise<string> {
  return (await client.ask('{ me { referralLink { code } } }')).me.referralLink.code;
}

async function register(client: Client, code: string, friend: object): Promise<Answer> {
  return client.mutate('referralRegister', { code, friend }, `${registered} ... on ${refused}`);
}

function convert(program: TestProgram, input: object): Promise<Answer> {
  return program.admin.mutate('referralConvert', input, `${converted} ... on ${refused}`);
}

function reverse(program: TestProgram, orderId: string): Promise<Answer> {
  return program.admin.mutate('referralReverse', { orderId, reason: 'Sent back' }, `ReferralReversed { ${referral} }`);
}

async function pointsOf({ client }: TestAmbassador): Promise<Answer> {
  return (await client.ask('{ me { points { available pending lifetime debt } } }')).me.points;
}

/** A program in which Anna can bring friends. */
async function annasProgram(terms: object = {}) {
  const program = await world.program();
  await program.admin.mutate('referralTermsSet', { referrerPoints: 100, friendReward: '10 euros off', ...terms });
  const anna = await program.ambassador('Anna');
  return { program, anna, code: await codeOf(anna) };
}

const newFriend = () => ({ email: `${world.unique('friend')}@example.com` });

describe('the way of a referral', () => {
  test('goes from registered over held to rewarded, and pays both sides together', async () => {
    const { program, anna, code } = await annasProgram();
    const friend = newFriend();
    const first = await register(program.moderator, code, friend);
    expect(first.referral).toMatchObject({ status: 'REGISTERED', referrerPoints: 0, friendReward: null });
    const order = { friend, orderId: 'order-1', amountCents: 4_900, currency: 'EUR' };
    expect((await convert(program, order)).referral).toMatchObject({
      id: first.referral.id,
      status: 'HELD',
      referrerPoints: 100,
      friendReward: '10 euros off',
      referrer: { id: anna.id },
    });
    expect(await pointsOf(anna)).toMatchObject({ available: 0, pending: 100, lifetime: 0 });
    world.clock.advance(days(14));
    await world.server.features.points.releaseDue(world.clock.now());
    const { me } = await anna.client.ask('{ me { points { available pending } referrals { nodes { status } } } }');
    expect(me).toEqual({ points: { available: 100, pending: 0 }, referrals: { nodes: [{ status: 'REWARDED' }] } });
  });

  test('without points for the referrer ends as well', async () => {
    const { program, anna, code } = await annasProgram({ referrerPoints: 0 });
    const friend = newFriend();
    await convert(program, { code, friend, orderId: 'order-1' });
    world.clock.advance(days(14));
    await world.server.features.referralRewards.rewardDue(world.clock.now());
    const { me } = await anna.client.ask('{ me { referrals { nodes { status friendReward } } } }');
    expect(me.referrals.nodes).toEqual([{ status: 'REWARDED', friendReward: '10 euros off' }]);
  });

  test('can begin with the order, when the check-out names the code', async () => {
    const { program, code } = await annasProgram();
    const result = await convert(program, {
      code: ` ${code.toLowerCase().replace('-', ' ')} `,
      friend: newFriend(),
      orderId: 'o',
    });
    expect(result.referral.status).toBe('HELD');
  });

  test('ends with the refund: during the hold for both sides, after it with a debt', async () => {
    const { program, anna, code } = await annasProgram();
    await convert(program, { code, friend: newFriend(), orderId: 'early' });
    expect((await reverse(program, 'early')).referral).toMatchObject({
      status: 'REVERSED',
      friendReward: null,
      refusal: 'Sent back',
    });
    expect(await pointsOf(anna)).toMatchObject({ available: 0, pending: 0 });
    await convert(program, { code, friend: newFriend(), orderId: 'late' });
    world.clock.advance(days(14));
    await world.server.features.points.releaseDue(world.clock.now());
    await program.give(anna, -100);
    await reverse(program, 'late');
    expect(await pointsOf(anna)).toMatchObject({ available: -100, debt: 100, lifetime: 0 });
    expect((await reverse(program, 'late')).__typename).toBe('AlreadyReversed');
    expect((await reverse(program, 'never')).__typename).toBe('NotFound');
  });

  test('pays at once where the terms hold nothing', async () => {
    const { program, anna, code } = await annasProgram({ holdDays: 0 });
    expect((await convert(program, { code, friend: newFriend(), orderId: 'o' })).referral.status).toBe('REWARDED');
    expect(await pointsOf(anna)).toMatchObject({ available: 100, pending: 0, lifetime: 100 });
  });

  test('wins a badge for friends who became customers', async () => {
    const { program, anna, code } = await annasProgram();
    const badge = { code: 'host', name: 'Host', description: '', rule: { convertedReferrals: 2 } };
    await program.admin.mutate('badgeCreate', badge);
    const badges = async () => (await anna.client.ask('{ me { badges { badge { code } } } }')).me.badges;
    await convert(program, { code, friend: newFriend(), orderId: 'one' });
    expect(await badges()).toEqual([]);
    await convert(program, { code, friend: newFriend(), orderId: 'two' });
    expect(await badges()).toEqual([{ badge: { code: 'host' } }]);
  });
});

describe('a referral is refused', () => {
  test.each([
    [
      'an unknown code',
      async () => {
        const { program } = await annasProgram();
        return register(program.moderator, '2222-2222', newFriend());
      },
      'UNKNOWN_CODE',
    ],
    [
      'a friend who is the ambassador, by a label in the address',
      async () => {
        const { program } = await annasProgram();
        const anna = await program.ambassador('Anna', { email: 'anna.k@gmail.com' });
        return register(program.moderator, await codeOf(anna), { email: 'annak+shop@googlemail.com' });
      },
      'SELF_REFERRAL',
    ],
    [
      'a friend whom somebody else brought',
      async () => {
        const { program, code } = await annasProgram();
        const friend = newFriend();
        await register(program.moderator, code, friend);
        return register(program.moderator, await codeOf(await program.ambassador('Piet')), friend);
      },
      'ALREADY_REFERRED',
    ],
    [
      'a contact whom the program knew before',
      async () => {
        const { program, code } = await annasProgram();
        const contact = { externalId: 'customer-1' };
        await program.admin.mutate('npsResponseRecord', { contact, score: 8 });
        return register(program.moderator, code, contact);
      },
      'EXISTING_CUSTOMER',
    ],
    [
      'a second order of the same friend',
      async () => {
        const { program, code } = await annasProgram();
        const friend = newFriend();
        await convert(program, { code, friend, orderId: 'first' });
        return convert(program, { code, friend, orderId: 'second' });
      },
      'EXISTING_CUSTOMER',
    ],
    [
      'an order that comes too late',
      async () => {
        const { program, code } = await annasProgram({ attributionDays: 30 });
        const friend = newFriend();
        await register(program.moderator, code, friend);
        world.clock.advance(days(31));
        return convert(program, { friend, orderId: 'late' });
      },
      'EXPIRED',
    ],
    [
      'an eleventh friend in one day',
      async () => {
        const { program, code } = await annasProgram();
        for (let friend = 0; friend < 10; friend++) await register(program.moderator, code, newFriend());
        return register(program.moderator, code, newFriend());
      },
      'LIMIT_REACHED',
    ],
  ])('for %s', async (_, claim, reason) => {
    expect(await claim()).toMatchObject({ __typename: 'ReferralRefused', code: 'REFERRAL_REFUSED', reason });
  });

  test('when it would close a cycle, over any number of friends', async () => {
    const { program, anna, code } = await annasProgram();
    const piet = { externalId: world.unique('piet') };
    await register(program.moderator, code, piet);
    const pietJoined = await program.ambassador('Piet', piet);
    const eva = { externalId: world.unique('eva') };
    await register(program.moderator, await codeOf(pietJoined), eva);
    const evaJoined = await program.ambassador('Eva', eva);
    const result = await register(program.moderator, await codeOf(evaJoined), { externalId: anna.externalId });
    expect(result).toMatchObject({ __typename: 'ReferralRefused', reason: 'CYCLE' });
  });

  test('says why in the language of the caller', async () => {
    const { program } = await annasProgram();
    const { code, message } = await register(program.moderator.with({ 'accept-language': 'nl' }), 'xyz', newFriend());
    expect({ code, message }).toEqual({
      code: 'REFERRAL_REFUSED',
      message: 'Geen ambassadeur heeft deze code, en van deze vriend wacht geen aanmelding.',
    });
  });
});

describe('at the same moment', () => {
  test('two ambassadors claiming one friend leave one referrer', async () => {
    const { program, code } = await annasProgram();
    const other = await codeOf(await program.ambassador('Piet'));
    const friend = newFriend();
    const results = await atOnce(20, (index) => register(program.moderator, index % 2 ? code : other, friend));
    const referrers = results.flatMap((result) => (result.referral ? [result.referral.referrer.id] : []));
    expect(referrers).toHaveLength(10);
    expect(new Set(referrers).size).toBe(1);
  });

  test('the same order delivered 64 times converts once', async () => {
    const { program, anna, code } = await annasProgram();
    const order = { code, friend: newFriend(), orderId: 'order-1', amountCents: 100, currency: 'EUR' };
    const results = await atOnce(64, () => convert(program, order));
    expect(new Set(results.map((result) => result.referral.id)).size).toBe(1);
    expect(await pointsOf(anna)).toMatchObject({ pending: 100 });
    expect((await convert(program, { ...order, amountCents: 200 })).__typename).toBe('IdempotencyKeyReused');
  });

  test('a refund and the end of the hold leave both sides paid, or neither', async () => {
    const { program, anna, code } = await annasProgram();
    await convert(program, { code, friend: newFriend(), orderId: 'order-1' });
    world.clock.advance(days(14));
    const now = world.clock.now();
    await Promise.all([
      reverse(program, 'order-1'),
      world.server.features.points.releaseDue(now),
      world.server.features.points.releaseDue(now),
    ]);
    expect(await pointsOf(anna)).toMatchObject({ available: 0, pending: 0, lifetime: 0 });
  });
});

describe('who may', () => {
  test('anybody registers a friend, and gives the program no attributes of theirs', async () => {
    const { program, code } = await annasProgram();
    const visitor = world.anonymous().with({ 'x-applaus-program': program.program.slug });
    const friend = { ...newFriend(), displayName: 'Frida', attributes: { segment: 'vip' } };
    expect((await register(visitor, code, friend)).__typename).toBe('ReferralRegistered');
    const { referrals } = await program.admin.ask('{ referrals { nodes { friend { displayName attributes } } } }');
    expect(referrals.nodes).toEqual([{ friend: { displayName: 'Frida', attributes: {} } }]);
  });

  test('use a code only in its own program', async () => {
    const { code } = await annasProgram();
    const other = await annasProgram();
    expect(await register(other.program.moderator, code, newFriend())).toMatchObject({ reason: 'UNKNOWN_CODE' });
  });
});
