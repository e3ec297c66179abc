import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { atOnce, type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();
const shown = 'id kind status refusal text share { channel url } challenge { title }';
const recorded = `NpsResponseRecorded { ask { ${shown} } }`;
const day = 86_400_000;

async function asked(client: Client, externalId: string, score = 9): Promise<Answer> {
  world.clock.advance(60_000);
  return (await client.mutate('npsResponseRecord', { contact: { externalId }, score }, recorded)).ask;
}

async function challenge({ admin }: TestProgram, kind: string, input: object = {}): Promise<string> {
  const settings = { kind, title: kind, rewardPoints: 10, verification: 'AUTOMATIC', maxPerAmbassador: null, ...input };
  return (await admin.mutate('challengeCreate', settings, 'ChallengeCreated { challenge { id } }')).challenge.id;
}

async function submit(who: TestAmbassador, challengeId: string): Promise<string> {
  const input = { challengeId, proof: { answer: { text: 'Done' } } };
  const { submission } = await who.client.mutate('challengeSubmit', input, 'ChallengeSubmitted { submission { id } }');
  return submission.id;
}

async function statusOf(program: TestProgram, { id }: Answer): Promise<string> {
  const { node } = await program.analyst.ask('query ($id: ID!) { node(id: $id) { ... on Ask { status } } }', { id });
  return node.status;
}

function decline(client: Client, { id }: Answer, refusal: string): Promise<Answer> {
  return client.mutate('askDecline', { askId: id, refusal }, 'AskDeclined { ask { status refusal } }');
}

function next(client: Client, submissionId: string): Promise<Answer> {
  return client.mutate('askNext', { submissionId }, `AskMade { ask { ${shown} moment candidates { kind } } }`);
}

async function learnt(program: TestProgram): Promise<Answer> {
  const arms = 'arms { kind asked accepted declined expired expectedAcceptance probability }';
  const { askLearning } = await program.analyst.ask(`{ askLearning { key ${arms} } }`);
  return Object.fromEntries(
    askLearning.map(({ key, arms }: Answer) => [key, Object.fromEntries(arms.map((arm: Answer) => [arm.kind, arm]))]),
  );
}

function setOrder({ admin }: TestProgram, order: object): Promise<Answer> {
  return admin.mutate('askOrderSet', order, 'AskOrderReplaced { order { mode pinned excluded windowDays } }');
}

async function expireAll(): Promise<void> {
  const job = world.server.features.periodic.find(({ name }) => name === 'asks.expire');
  while (((await job?.doSome()) ?? 0) > 0);
}

describe('An ask', () => {
  test('to join is accepted by joining within its time', async () => {
    const program = await world.program();
    const ask = await asked(program.admin, 'new');
    expect(ask).toMatchObject({ kind: 'JOIN', status: 'OPEN' });
    await program.ambassador('New', { externalId: 'new' });
    expect(await statusOf(program, ask)).toBe('ACCEPTED');
    expect((await learnt(program)).PROMOTER.JOIN).toMatchObject({ asked: 1, accepted: 1, expectedAcceptance: 0.4 });
  });

  test('for a challenge is accepted by a submission to that challenge, not to another', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const idea = await challenge(program, 'IDEA', { rewardPoints: 50 });
    const other = await challenge(program, 'TRIAL');
    const ask = await asked(program.admin, anna.externalId);
    expect(ask).toMatchObject({ kind: 'IDEA', challenge: { title: 'IDEA' } });
    await submit(anna, other);
    expect(await statusOf(program, ask)).toBe('OPEN');
    await submit(anna, idea);
    expect(await statusOf(program, ask)).toBe('ACCEPTED');
  });

  test('to share names the channel with the text to send, and is accepted when a friend comes by it', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna', { email: `${world.unique('anna')}@example.com` });
    const ask = await asked(program.admin, anna.externalId);
    expect(ask).toMatchObject({ kind: 'SHARE_EMAIL', share: { channel: 'EMAIL' } });
    const { me } = await anna.client.ask('{ me { referralLink { code } } }');
    const friend = { externalId: world.unique('friend') };
    await program.admin.mutate('referralRegister', { code: me.referralLink.code, friend });
    expect(await statusOf(program, ask)).toBe('ACCEPTED');
  });

  test('goes by what is known of a person: WhatsApp for a number, e-mail for an address, else Facebook', async () => {
    const program = await world.program();
    const people = [
      { attributes: { phone: '+31 6 12345678' } },
      { email: `${world.unique('ben')}@example.com` },
      { attributes: { mobile: '+31 6 12345678' } },
    ];
    const kinds: string[] = [];
    for (const contact of people) {
      const who = await program.ambassador('Somebody', contact);
      kinds.push((await asked(program.admin, who.externalId)).kind);
    }
    expect(kinds).toEqual(['SHARE_WHATSAPP', 'SHARE_EMAIL', 'SHARE_FACEBOOK']);
    await setOrder(program, { phoneAttribute: 'mobile' });
    const late = await program.ambassador('Late', { attributes: { mobile: '1' } });
    expect((await asked(program.admin, late.externalId)).kind).toBe('SHARE_WHATSAPP');
  });

  test('expires when nothing comes of it in time, and what comes later does not count', async () => {
    const program = await world.program();
    await setOrder(program, { windowDays: 3 });
    const ask = await asked(program.admin, 'slow');
    world.clock.advance(3 * day);
    await program.ambassador('Slow', { externalId: 'slow' });
    expect(await statusOf(program, ask)).toBe('OPEN');
    await expireAll();
    expect(await statusOf(program, ask)).toBe('EXPIRED');
    expect((await learnt(program)).PROMOTER.JOIN).toMatchObject({ asked: 1, accepted: 0, expired: 1 });
  });

  test('is over when the same is asked again', async () => {
    const program = await world.program();
    const first = await asked(program.admin, 'again');
    const second = await asked(program.admin, 'again');
    expect([await statusOf(program, first), await statusOf(program, second)]).toEqual(['EXPIRED', 'OPEN']);
  });

  test('is declined for now, until it would have expired, or for good', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await challenge(program, 'IDEA');
    await setOrder(program, { excluded: ['SHARE_FACEBOOK'] });
    const ask = await asked(program.admin, anna.externalId);
    expect((await decline(anna.client, ask, 'NOT_NOW')).ask).toEqual({ status: 'DECLINED', refusal: 'NOT_NOW' });
    expect((await decline(anna.client, ask, 'NOT_NOW')).ask).toMatchObject({ refusal: 'NOT_NOW' });
    await asked(program.admin, anna.externalId);
    expect(await asked(program.admin, anna.externalId)).toMatchObject({ kind: 'THANKS', status: null });
    world.clock.advance(14 * day);
    const again = await asked(program.admin, anna.externalId);
    expect(again.kind).toBe('IDEA');
    await decline(program.moderator, again, 'NEVER_THIS');
    world.clock.advance(300 * day);
    expect((await asked(program.admin, anna.externalId)).kind).toBe('THANKS');
    expect((await learnt(program)).PROMOTER.IDEA).toMatchObject({ asked: 2, declined: 2 });
  });

  test('can be declined for good when it is over, which changes no outcome', async () => {
    const program = await world.program();
    const ask = await asked(program.admin, 'late');
    world.clock.advance(20 * day);
    await expireAll();
    const declined = await decline(program.moderator, ask, 'NEVER_THIS');
    expect(declined.ask).toEqual({ status: 'EXPIRED', refusal: 'NEVER_THIS' });
    const thanks = await asked(program.admin, 'late');
    expect(thanks).toMatchObject({ kind: 'THANKS', status: null });
    expect((await decline(program.moderator, thanks, 'NOT_NOW')).issues).toMatchObject([{ path: ['askId'] }]);
    expect((await learnt(program)).PROMOTER.JOIN).toMatchObject({ asked: 1, declined: 0, expired: 1 });
  });

  test('is accepted once by many submissions at once, and counted once', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const idea = await challenge(program, 'IDEA');
    const ask = await asked(program.admin, anna.externalId);
    await atOnce(6, (index) => (index === 5 ? decline(anna.client, ask, 'NOT_NOW') : submit(anna, idea)));
    const { asked: times, accepted, declined } = (await learnt(program)).PROMOTER.IDEA;
    expect([times, accepted + declined]).toEqual([1, 1]);
  });

  test('is seen and declined by whom it was for, not by another', async () => {
    const program = await world.program();
    const [anna, ben] = [await program.ambassador('Anna'), await program.ambassador('Ben')];
    const ask = await asked(program.admin, anna.externalId);
    expect((await decline(ben.client, ask, 'NOT_NOW')).code).toBe('NOT_FOUND');
    const own = '{ me { asks { nodes { id kind candidates { kind } decidedBy } } } }';
    expect((await anna.client.ask(own)).me.asks.nodes).toEqual([
      { id: ask.id, kind: 'SHARE_FACEBOOK', candidates: null, decidedBy: null },
    ]);
    expect((await ben.client.ask(own)).me.asks.nodes).toEqual([]);
    const stranger = await world.program();
    expect((await decline(stranger.admin, ask, 'NOT_NOW')).code).toBe('NOT_FOUND');
  });
});

describe('Why this ask', () => {
  test('is one query: what could have been asked, its odds, and what was known', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    await challenge(program, 'IDEA', { rewardPoints: 50 });
    await challenge(program, 'TRIAL');
    await setOrder(program, { excluded: ['TRIAL'] });
    await asked(program.admin, anna.externalId);
    const { asks } = await program.analyst.ask(`{ asks(first: 1) { totalCount nodes { decidedBy group
      candidates { kind leftOut probability expectedAcceptance asked accepted challenge { title } } } } }`);
    expect(asks.totalCount).toBe(1);
    const nothing = { probability: 0, expectedAcceptance: 0.25, asked: 0, accepted: 0, challenge: null };
    expect(asks.nodes[0]).toEqual({
      decidedBy: 'RULE',
      group: 'PROMOTER',
      candidates: [
        { ...nothing, kind: 'IDEA', leftOut: null, probability: 1, challenge: { title: 'IDEA' } },
        { ...nothing, kind: 'TRIAL', leftOut: 'EXCLUDED', challenge: { title: 'TRIAL' } },
        { ...nothing, kind: 'SHARE_WHATSAPP', leftOut: 'NO_PHONE' },
        { ...nothing, kind: 'SHARE_EMAIL', leftOut: 'NO_ADDRESS' },
        { ...nothing, kind: 'SHARE_FACEBOOK', leftOut: null },
      ],
    });
  });

  test('learns within groups: what works with some is not what works with others', async () => {
    const program = await world.program();
    const idea = await challenge(program, 'IDEA', { rewardPoints: 20 });
    await challenge(program, 'TRIAL', { rewardPoints: 50 });
    await setOrder(program, { groupAttribute: 'market', pinned: ['IDEA'] });
    const give = async (market: string, does: boolean) => {
      const who = await program.ambassador('Somebody', { attributes: { market } });
      await asked(program.admin, who.externalId);
      if (does) await submit(who, idea);
      else await asked(program.admin, who.externalId);
    };
    for (let person = 0; person < 8; person++) await give('NL', true);
    for (let person = 0; person < 3; person++) await give('BE', false);
    const { 'PROMOTER:nl': dutch, 'PROMOTER:be': belgian } = await learnt(program);
    expect(dutch.IDEA).toMatchObject({ asked: 8, accepted: 8, expectedAcceptance: 0.75 });
    expect(belgian.IDEA).toMatchObject({ asked: 3, accepted: 0 });
    await setOrder(program, { mode: 'LEARNING', learnFromAsks: 8, pinned: [] });
    const decidedFor = async (market: string) => {
      const who = await program.ambassador('Next', { attributes: { market } });
      await asked(program.admin, who.externalId);
      const { asks } = await program.analyst.ask(
        '{ asks(first: 1) { nodes { decidedBy candidates { kind probability } } } }',
      );
      return asks.nodes[0];
    };
    const drawn = await decidedFor('NL');
    expect(drawn.decidedBy).toBe('LEARNING');
    expect(drawn.candidates.find(({ kind }: Answer) => kind === 'IDEA').probability).toBeGreaterThan(0.85);
    expect((await decidedFor('BE')).decidedBy).toBe('RULE');
  });
});

describe('After a deed', () => {
  test('comes thanks and the referral ask, once for each submission', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const idea = await challenge(program, 'IDEA', { title: 'Your idea' });
    await challenge(program, 'TRIAL');
    const submission = await submit(anna, idea);
    const made = await atOnce(4, () => next(anna.client, submission));
    expect(new Set(made.map(({ ask }) => ask.id)).size).toBe(1);
    expect(made[0].ask).toMatchObject({
      kind: 'SHARE_FACEBOOK',
      moment: 'DEED',
      text: 'Thank you for this: Your idea. Do you know somebody who would like us, too? Tell them by Facebook.',
    });
  });

  test('never comes the referral ask twice in a row', async () => {
    const program = await world.program();
    await program.admin.mutate('fatigueBudgetSet', { clocks: [{ kind: 'REFERRAL', days: 0 }] });
    const anna = await program.ambassador('Anna');
    const idea = await challenge(program, 'IDEA', { title: 'Your idea' });
    const kinds: string[] = [];
    for (let time = 0; time < 4; time++) {
      world.clock.advance(60_000);
      kinds.push((await next(anna.client, await submit(anna, idea))).ask.kind);
    }
    expect(kinds).toEqual(['SHARE_FACEBOOK', 'IDEA', 'SHARE_FACEBOOK', 'IDEA']);
  });

  test('waits for the clock of the referral ask, which is a month unless the program says otherwise', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const idea = await challenge(program, 'IDEA', { title: 'Your idea' });
    const kinds: string[] = [];
    for (const days of [0, 1, 1, 30]) {
      world.clock.advance(days * 86_400_000 + 60_000);
      kinds.push((await next(anna.client, await submit(anna, idea))).ask.kind);
    }
    expect(kinds).toEqual(['SHARE_FACEBOOK', 'IDEA', 'THANKS', 'SHARE_FACEBOOK']);
  });

  test('nothing is asked for what is not approved, long ago or of another', async () => {
    const program = await world.program();
    const [anna, ben] = [await program.ambassador('Anna'), await program.ambassador('Ben')];
    const waiting = await submit(anna, await challenge(program, 'IDEA', { verification: 'MANUAL' }));
    expect((await next(anna.client, waiting)).issues).toMatchObject([{ path: ['submissionId'] }]);
    await program.moderator.mutate('submissionApprove', { submissionId: waiting });
    expect((await next(ben.client, waiting)).code).toBe('NOT_FOUND');
    world.clock.advance(8 * day);
    expect((await next(program.admin, waiting)).issues).toMatchObject([{ path: ['submissionId'] }]);
  });
});

describe('askOrderSet', () => {
  test('keeps what it leaves out', async () => {
    const program = await world.program();
    await setOrder(program, { pinned: ['REVIEW', 'IDEA'], windowDays: 30 });
    expect((await setOrder(program, { mode: 'LEARNING' })).order).toEqual({
      mode: 'LEARNING',
      pinned: ['REVIEW', 'IDEA'],
      excluded: [],
      windowDays: 30,
    });
  });

  test.each([
    ['pinned', { pinned: ['IDEA', 'IDEA'] }],
    ['excluded', { excluded: ['THANKS'] }],
    ['windowDays', { windowDays: 0 }],
    ['learnFromAsks', { learnFromAsks: -1 }],
    ['groupAttribute', { groupAttribute: ' ' }],
  ])('needs good %s: %j', async (name, input) => {
    const program = await world.program();
    expect((await setOrder(program, input)).issues).toMatchObject([{ path: [name] }]);
  });
});
