import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const day = 86_400_000;

const newFriend = () => ({ email: `${world.unique('friend')}@example.com` });
const visitorOf = ({ program }: TestProgram) => world.anonymous().with({ 'x-applaus-program': program.slug });

const ofReferral = 'referral { source channel status nominatedAt referrer { id } }';

function nominate({ client }: TestAmbassador, friend: object): Promise<Answer> {
  const nominated = 'ReferralNominated { nomination { id friendName expiresAt referral { id } } }';
  return client.mutate(
    'referralNominate',
    { friend, friendName: 'My neighbour' },
    `${nominated} ... on ReferralRefused { reason }`,
  );
}

function claim(client: Client, input: object): Promise<Answer> {
  return client.mutate('referralClaim', input, 'ReferralClaimNoted { expiresAt }');
}

function register(client: Client, input: object): Promise<Answer> {
  return client.mutate(
    'referralRegister',
    input,
    `ReferralRegistered { ${ofReferral} } ... on ReferralRefused { reason }`,
  );
}

function convert({ admin }: TestProgram, input: object): Promise<Answer> {
  return admin.mutate(
    'referralConvert',
    input,
    `ReferralConverted { ${ofReferral} } ... on ReferralRefused { reason }`,
  );
}

async function referralsOf({ admin }: TestProgram): Promise<Answer[]> {
  return (await admin.ask(`{ referrals { nodes { source channel nominatedAt referrer { id } friend { email } } } }`))
    .referrals.nodes;
}

async function claimsOf({ analyst }: TestProgram): Promise<Answer[]> {
  return (await analyst.ask('{ referralClaims { nodes { id referrerName friendEmail channel } } }')).referralClaims
    .nodes;
}

async function codeOf({ client }: TestAmbassador): Promise<string> {
  return (await client.ask('{ me { referralLink { code } } }')).me.referralLink.code;
}

describe('an agent or a check-out', () => {
  test('names the ambassador that it found by name', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna de Vries');
    const { ambassadors } = await program.moderator.ask('{ ambassadors(search: "vries") { nodes { id } } }');
    const result = await register(program.moderator, { ambassadorId: ambassadors.nodes[0].id, friend: newFriend() });
    expect(result.referral).toMatchObject({ source: 'NAME', channel: 'SPOKEN', referrer: { id: anna.id } });
    const order = { ambassadorId: anna.id, friend: newFriend(), orderId: 'order-1', channel: 'EMAIL' };
    expect((await convert(program, order)).referral).toMatchObject({
      status: 'HELD',
      source: 'NAME',
      channel: 'EMAIL',
    });
  });

  test('cannot name one of another program, and nobody else can name one at all', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const other = await world.program();
    expect(await register(other.moderator, { ambassadorId: anna.id, friend: newFriend() })).toMatchObject({
      reason: 'UNKNOWN_CODE',
    });
    for (const client of [visitorOf(program), anna.client, program.analyst]) {
      expect((await register(client, { ambassadorId: anna.id, friend: newFriend() })).__typename).toBe('InputInvalid');
    }
  });
});

describe('a nomination', () => {
  test('counts when the friend buys and names nobody', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const friend = newFriend();
    expect((await nominate(anna, friend)).nomination).toMatchObject({ friendName: 'My neighbour', referral: null });
    const { referral } = await convert(program, { friend: { ...friend, externalId: 'c-1' }, orderId: 'order-1' });
    expect(referral).toMatchObject({ source: 'NOMINATION', channel: null, referrer: { id: anna.id } });
    expect(referral.nominatedAt).toBe(world.clock.now().toISOString());
    const ask = '{ me { referralNominations { nodes { referral { status } } } } }';
    expect((await anna.client.ask(ask)).me.referralNominations.nodes).toEqual([{ referral: { status: 'HELD' } }]);
  });

  test('stands back when the friend names somebody else, and is confirmed when the friend names the same', async () => {
    const program = await world.program();
    const [anna, piet] = [await program.ambassador('Anna'), await program.ambassador('Piet')];
    const [one, two] = [newFriend(), newFriend()];
    await nominate(anna, one);
    await nominate(anna, two);
    const byPiet = await register(visitorOf(program), { code: await codeOf(piet), friend: one });
    expect(byPiet.referral).toMatchObject({ source: 'CODE', nominatedAt: null, referrer: { id: piet.id } });
    const byAnna = await register(visitorOf(program), { code: await codeOf(anna), friend: two });
    expect(byAnna.referral).toMatchObject({
      source: 'CODE',
      nominatedAt: expect.any(String),
      referrer: { id: anna.id },
    });
  });

  test('of two ambassadors the first valid one wins', async () => {
    const program = await world.program();
    const friend = newFriend();
    const self = await program.ambassador('Frida Kahlo', friend);
    const [anna, piet] = [await program.ambassador('Anna'), await program.ambassador('Piet')];
    const second = newFriend();
    expect(await nominate(self, { email: friend.email.replace('@', '+x@') })).toMatchObject({
      reason: 'SELF_REFERRAL',
    });
    await nominate(piet, second);
    world.clock.advance(1);
    await nominate(anna, second);
    expect((await convert(program, { friend: second, orderId: 'o-1' })).referral.referrer.id).toBe(piet.id);
  });

  test('of an ambassador who has brought enough for now leaves room for the next one', async () => {
    const program = await world.program();
    await program.admin.mutate('referralTermsSet', { friendsPerDayMax: 1 });
    const [anna, piet] = [await program.ambassador('Anna'), await program.ambassador('Piet')];
    const friend = newFriend();
    await register(program.moderator, { code: await codeOf(piet), friend: newFriend() });
    await nominate(piet, friend);
    world.clock.advance(1);
    expect(await convert(program, { friend, orderId: 'o-1' })).toMatchObject({ reason: 'LIMIT_REACHED' });
    await nominate(anna, friend);
    expect((await convert(program, { friend, orderId: 'o-1' })).referral.referrer.id).toBe(anna.id);
  });

  test('is forgotten after the days that the program gives it', async () => {
    const program = await world.program();
    await program.admin.mutate('referralTermsSet', { nominationDays: 7 });
    const anna = await program.ambassador('Anna');
    const friend = newFriend();
    await nominate(anna, friend);
    world.clock.advance(7 * day);
    expect(await convert(program, { friend, orderId: 'late' })).toMatchObject({ reason: 'UNKNOWN_CODE' });
    await world.server.features.friendNominations.forgetSome(world.clock.now());
    const { me } = await anna.client.ask('{ me { referralNominations { totalCount } } }');
    expect(me.referralNominations.totalCount).toBe(0);
    await nominate(anna, friend);
    expect((await convert(program, { friend, orderId: 'in time' })).referral.referrer.id).toBe(anna.id);
  });

  test('is one however often it is made, and says nothing of whether the friend is a customer', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const customer = newFriend();
    await program.admin.mutate('npsResponseRecord', { contact: customer, score: 8 });
    const nominations = await atOnce(10, () => nominate(anna, customer));
    expect(new Set(nominations.map(({ nomination }) => nomination.id)).size).toBe(1);
    expect(await convert(program, { friend: customer, orderId: 'o' })).toMatchObject({ reason: 'EXISTING_CUSTOMER' });
  });

  test('keeps no address of the friend', async () => {
    const program = await world.program();
    const friend = newFriend();
    await nominate(await program.ambassador('Anna'), friend);
    const kept = await world.server.platform.database.read((db) =>
      db.query({ sql: 'SELECT * FROM referral_nomination WHERE program_id = ?', values: [program.program.id] }),
    );
    expect(kept).toHaveLength(1);
    expect(JSON.stringify(kept)).not.toContain(friend.email.split('@')[0]);
  });

  test('has the limit of registrations', async () => {
    const program = await world.program();
    await program.admin.mutate('referralTermsSet', { friendsPerMonthMax: 2 });
    const anna = await program.ambassador('Anna');
    await nominate(anna, newFriend());
    await nominate(anna, newFriend());
    expect(await nominate(anna, newFriend())).toMatchObject({ reason: 'LIMIT_REACHED' });
  });
});

describe('a friend who says a name', () => {
  test('is registered where the ambassador named the friend, whoever of the two spoke first', async () => {
    const program = await world.program();
    const [anna] = [await program.ambassador('Anna de Vries'), await program.ambassador('Anna Smit')];
    const [before, after] = [newFriend(), newFriend()];
    await nominate(anna, before);
    await claim(visitorOf(program), { friend: before, referrerName: 'anna' });
    await claim(visitorOf(program), { friend: after, referrerName: 'A. Vries' });
    expect(await claimsOf(program)).toHaveLength(1);
    await nominate(anna, after);
    expect(await claimsOf(program)).toEqual([]);
    const both = { source: 'NAME', channel: 'SPOKEN', nominatedAt: expect.any(String), referrer: { id: anna.id } };
    expect(await referralsOf(program)).toEqual([
      { ...both, friend: { email: after.email } },
      { ...both, friend: { email: before.email } },
    ]);
  });

  test('is registered with the address of the ambassador as well', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna', { email: `${world.unique('anna')}@example.com` });
    const { me } = await anna.client.ask('{ me { contact { email } } }');
    const friend = newFriend();
    await claim(visitorOf(program), {
      friend,
      referrerName: 'Anna',
      referrerEmail: me.contact.email,
      channel: 'LINKEDIN',
    });
    expect(await referralsOf(program)).toEqual([
      { source: 'NAME', channel: 'LINKEDIN', nominatedAt: null, referrer: { id: anna.id }, friend },
    ]);
  });

  test('learns nothing of who is a member: the answer is the same for every name and address', async () => {
    const program = await world.program();
    const email = `${world.unique('anna')}@example.com`;
    await program.ambassador('Anna', { email });
    const answers = await Promise.all([
      claim(visitorOf(program), { friend: newFriend(), referrerName: 'Anna', referrerEmail: email }),
      claim(visitorOf(program), { friend: newFriend(), referrerName: 'Anna', referrerEmail: 'nobody@example.com' }),
      claim(visitorOf(program), { friend: newFriend(), referrerName: 'Zebedee' }),
      claim(visitorOf(program), { friend: { email }, referrerName: 'Anna', referrerEmail: email }),
    ]);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toEqual({
      __typename: 'ReferralClaimNoted',
      expiresAt: new Date(world.clock.now().getTime() + 60 * day).toISOString(),
    });
  });

  test('waits for staff where the name alone is all there is, and staff says who was meant', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const friend = newFriend();
    await claim(visitorOf(program), { friend, referrerName: 'Piet' });
    await claim(visitorOf(program), { friend, referrerName: 'Anna' });
    const [waiting, ...others] = await claimsOf(program);
    expect([waiting, others]).toEqual([
      { id: expect.any(String), referrerName: 'Anna', friendEmail: friend.email, channel: 'SPOKEN' },
      [],
    ]);
    const input = { claimId: waiting.id, ambassadorId: anna.id };
    const settled = await program.moderator.mutate(
      'referralClaimSettle',
      input,
      `ReferralRegistered { ${ofReferral} }`,
    );
    expect(settled.referral).toMatchObject({ source: 'NAME', status: 'REGISTERED', referrer: { id: anna.id } });
    expect(await claimsOf(program)).toEqual([]);
    expect((await program.moderator.mutate('referralClaimSettle', input)).__typename).toBe('NotFound');
  });

  test('is set aside where nobody is meant, and forgotten in time', async () => {
    const program = await world.program();
    await claim(visitorOf(program), { friend: newFriend(), referrerName: 'Nobody' });
    const [waiting] = await claimsOf(program);
    const dismiss = () =>
      program.moderator.mutate('referralClaimDismiss', { claimId: waiting.id }, 'ReferralClaimDismissed { claimId }');
    expect(await dismiss()).toMatchObject({ claimId: waiting.id });
    expect(await claimsOf(program)).toEqual([]);
    world.clock.advance(60 * day);
    await world.server.features.friendNominations.forgetSome(world.clock.now());
    expect((await dismiss()).__typename).toBe('NotFound');
  });

  test('has nothing waiting any more once a code was named', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const friend = newFriend();
    await claim(visitorOf(program), { friend, referrerName: 'Anna' });
    await register(visitorOf(program), { code: await codeOf(anna), friend });
    expect(await claimsOf(program)).toEqual([]);
  });
});

test('two ambassadors and a friend who speak at once leave one referrer', async () => {
  const program = await world.program();
  const [anna, piet] = [await program.ambassador('Anna'), await program.ambassador('Piet')];
  const [friend, code] = [newFriend(), await codeOf(piet)];
  await nominate(anna, friend);
  await atOnce(12, async (index) => {
    if (index % 3 === 0) return claim(visitorOf(program), { friend, referrerName: 'Anna' });
    if (index % 3 === 1) return register(program.moderator, { code, friend });
    return convert(program, { friend, orderId: 'order-1' });
  });
  expect(await referralsOf(program)).toHaveLength(1);
  expect(await claimsOf(program)).toHaveLength(0);
});
