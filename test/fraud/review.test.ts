import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { atOnce, type TestAmbassador, useWorld } from '../support/world.js';
import { days, FraudShop } from './shop.js';

const world = useWorld();

/** Anna, and a friend who is looked at: their address is of a service that gives addresses for minutes. */
async function underReview(terms: object = {}) {
  const shop = await FraudShop.open(world, terms);
  const anna = await shop.program.ambassador('Anna de Vries', { email: `${world.unique('anna')}@example.com` });
  const code = await shop.codeOf(anna);
  const friend = shop.friend('Frida Berg', 'mailinator.com');
  return { shop, anna, code, friend };
}

/** Anna, and a friend who was denied: a second address of somebody who was brought before. */
async function denied() {
  const { shop, anna, code } = await underReview();
  const { email } = shop.friend('Frida Berg');
  await shop.register({ code, friend: { email } });
  const friend = { email: email.replace('@', '+second@') };
  const answer = await shop.register({ code, friend });
  return { shop, anna, code, friend, answer, referral: await shop.newest() };
}

const seenBy = async ({ client }: TestAmbassador): Promise<Answer> =>
  (
    await client.ask(`{ me { referrals(first: 1) { nodes { status refusal assessments { id }
      review { status score decidedBy summary canAppeal decisionReason } } } } }`)
  ).me.referrals.nodes[0];

describe('a referral under review', () => {
  test('goes on, but nobody is paid when the hold has passed, before somebody has decided', async () => {
    const { shop, anna, code, friend } = await underReview();
    expect((await shop.register({ code, friend })).__typename).toBe('ReferralRegistered');
    expect((await shop.convert({ friend })).referral.status).toBe('HELD');
    await shop.pass(days(400));
    expect(await shop.newest()).toMatchObject({ status: 'HELD', review: { status: 'OPEN' } });
    expect(await shop.points(anna)).toEqual({ available: 0, pending: 0 });
  });

  test('pays both sides once when it is cleared after the hold', async () => {
    const { shop, anna, code, friend } = await underReview();
    await shop.convert({ code, friend });
    await shop.pass(days(15));
    const { id } = await shop.newest();
    const decisions = await atOnce(8, () => shop.decide(id, 'CLEAR'));
    expect(decisions.filter(({ __typename }) => __typename === 'ReferralReviewDecided')).toHaveLength(1);
    expect(await shop.newest()).toMatchObject({ status: 'REWARDED', friendReward: '10 euros off' });
    expect(await shop.points(anna)).toEqual({ available: 100, pending: 0 });
  });

  test('waits for the rest of the hold when it is cleared before its end', async () => {
    const { shop, anna, code, friend } = await underReview();
    await shop.convert({ code, friend });
    await shop.pass(days(13));
    await shop.decide((await shop.newest()).id, 'CLEAR');
    expect(await shop.points(anna)).toEqual({ available: 0, pending: 100 });
    await shop.pass(days(1));
    expect(await shop.points(anna)).toEqual({ available: 100, pending: 0 });
  });

  test('waits also where the terms hold nothing, or promise no points', async () => {
    for (const terms of [{ holdDays: 0 }, { referrerPoints: 0 }]) {
      const { shop, code, friend } = await underReview(terms);
      await shop.convert({ code, friend });
      await shop.pass(days(30));
      const { id, status } = await shop.newest();
      expect(status).toBe('HELD');
      await shop.decide(id, 'CLEAR');
      await shop.pass(0);
      expect((await shop.newest()).status).toBe('REWARDED');
    }
  });

  test('is rejected when it is denied, and pays nobody', async () => {
    const { shop, anna, code, friend } = await underReview();
    await shop.convert({ code, friend });
    const { review } = await shop.decide((await shop.newest()).id, 'DENY', 'Nobody reads that address');
    expect(review).toMatchObject({ status: 'DENIED', decidedBy: 'MODERATOR:milan', referral: { status: 'REJECTED' } });
    await shop.pass(days(30));
    expect(await shop.points(anna)).toEqual({ available: 0, pending: 0 });
  });

  test('has nothing left to decide once its order is undone', async () => {
    const { shop, anna, code, friend } = await underReview();
    await shop.convert({ code, friend, orderId: 'o' });
    const { id } = await shop.newest();
    await shop.shop.mutate('referralReverse', { orderId: 'o', reason: 'Sent back' });
    expect((await shop.newest()).review.status).toBe('WITHDRAWN');
    expect((await shop.decide(id, 'CLEAR')).code).toBe('REFERRAL_REVIEW_NOT_OPEN');
    expect(await shop.points(anna)).toEqual({ available: 0, pending: 0 });
  });

  test('does not ask the same thing twice: what was cleared at the registration passes at the order', async () => {
    const { shop, anna, code, friend } = await underReview();
    await shop.register({ code, friend });
    await shop.decide((await shop.newest()).id, 'CLEAR');
    await shop.convert({ friend });
    expect(await shop.points(anna)).toEqual({ available: 0, pending: 100 });
    expect((await shop.newest()).assessments.map(({ step, outcome }: Answer) => [step, outcome])).toEqual([
      ['REGISTRATION', 'REVIEW'],
      ['REVIEW', 'PASSED'],
      ['CONVERSION', 'PASSED'],
    ]);
  });

  test('is asked about again when the order brings new evidence', async () => {
    const { shop, anna, code, friend } = await underReview();
    await shop.register({ code, friend });
    await shop.decide((await shop.newest()).id, 'CLEAR');
    await shop.shop.mutate('referralEvidenceRecord', { ambassadorId: anna.id, evidence: { paymentId: 'card-1' } });
    await shop.convert({ friend, evidence: { paymentId: 'card-1' } });
    const { review, status } = await shop.newest();
    expect([status, review.status]).toEqual(['REJECTED', 'DENIED']);
  });

  test('wins no badge for friends who became customers before it is cleared', async () => {
    const { shop, anna, code, friend } = await underReview();
    const badge = { code: 'host', name: 'Host', description: 'For a friend', rule: { convertedReferrals: 1 } };
    await shop.program.admin.mutate('badgeCreate', badge);
    const badges = async () => (await anna.client.ask('{ me { badges { badge { code } } } }')).me.badges;
    await shop.convert({ code, friend });
    await shop.program.give(anna, 1);
    expect(await badges()).toEqual([]);
    await shop.decide((await shop.newest()).id, 'CLEAR');
    expect(await badges()).toEqual([{ badge: { code: 'host' } }]);
  });

  test('stands in the queue until it is decided', async () => {
    const { shop, code, friend } = await underReview();
    await shop.register({ code, friend });
    const queue = (status: string) =>
      shop.program.analyst.ask(`{ referralReviews(status: ${status}) { totalCount nodes { score referral { id } } } }`);
    const { referralReviews: open } = await queue('OPEN');
    expect(open).toMatchObject({ totalCount: 1, nodes: [{ score: 45 }] });
    await shop.decide(open.nodes[0].referral.id, 'DENY');
    expect((await queue('OPEN')).referralReviews.totalCount).toBe(0);
    expect((await queue('DENIED')).referralReviews.totalCount).toBe(1);
  });
});

describe('a denial', () => {
  test('refuses the claim, is kept with score, reasons and evidence, and answers the same again', async () => {
    const { shop, code, friend, answer, referral } = await denied();
    expect(answer).toMatchObject({ __typename: 'ReferralRefused', reason: 'SUSPECTED_FRAUD' });
    expect(referral).toMatchObject({ status: 'REJECTED', review: { status: 'DENIED', decidedBy: 'system' } });
    expect(referral.assessments).toEqual([
      {
        step: 'REGISTRATION',
        score: 75,
        outcome: 'DENIED',
        strictness: 'STANDARD',
        decidedBy: 'system',
        decisionReason: null,
        reasons: [
          {
            code: 'KNOWN_INBOX',
            points: 75,
            severity: 'HIGH',
            evidence: 'Mail to the friend ends up in the inbox of somebody who is known already.',
          },
        ],
      },
    ]);
    expect((await shop.register({ code, friend })).reason).toBe('SUSPECTED_FRAUD');
    expect((await shop.convert({ friend })).reason).toBe('SUSPECTED_FRAUD');
    expect(await shop.referrals()).toHaveLength(2);
  });

  test('tells its ambassador why in broad terms, in their language, and staff everything', async () => {
    const { anna } = await denied();
    expect(await seenBy({ ...anna, client: anna.client.with({ 'accept-language': 'nl' }) })).toEqual({
      status: 'REJECTED',
      refusal: 'Deze aanmelding lijkt op fraude.',
      assessments: null,
      review: {
        status: 'DENIED',
        score: null,
        decidedBy: null,
        summary: ['De vriend lijkt op iemand die al bekend is.'],
        canAppeal: true,
        decisionReason: null,
      },
    });
  });

  test('leaves the friend free for another ambassador', async () => {
    const { shop, code } = await underReview();
    const friend = shop.friend('Anna de Vries', 'mailinator.com');
    await shop.register({ code, friend });
    expect((await shop.newest()).status).toBe('REJECTED');
    const piet = await shop.program.ambassador('Piet Smit');
    expect((await shop.register({ code: await shop.codeOf(piet), friend })).__typename).toBe('ReferralRegistered');
  });

  test('at the order takes the registration back, and the same order again is refused again', async () => {
    const { shop, anna, code } = await underReview();
    const friend = shop.friend('Frida Berg', 'mailinator.com');
    await shop.register({ code, friend });
    await shop.shop.mutate('referralEvidenceRecord', { ambassadorId: anna.id, evidence: { paymentId: 'card' } });
    const order = { friend, orderId: 'o', amountCents: 5_000, currency: 'EUR', evidence: { paymentId: 'card' } };
    expect((await shop.convert(order)).reason).toBe('SUSPECTED_FRAUD');
    expect((await shop.convert(order)).reason).toBe('SUSPECTED_FRAUD');
    expect(await shop.newest()).toMatchObject({ status: 'REJECTED', referrerPoints: 0 });
  });
});

describe('an appeal', () => {
  test('that is won lets the referral go on as if it had passed, and pays both sides once', async () => {
    const { shop, anna, friend, referral } = await denied();
    await shop.convert({ friend, orderId: 'o' });
    expect((await shop.appeal(anna.client, referral.id)).review).toEqual({
      status: 'OPEN',
      appealStatement: 'She is my sister',
    });
    const decisions = await atOnce(6, () => shop.decide(referral.id, 'CLEAR', 'Two people after all'));
    expect(decisions.filter(({ __typename }) => __typename === 'ReferralReviewDecided')).toHaveLength(1);
    expect(await shop.points(anna)).toEqual({ available: 0, pending: 100 });
    await shop.pass(days(14));
    expect(await shop.points(anna)).toEqual({ available: 100, pending: 0 });
    const [revived] = await shop.referrals();
    expect(revived).toMatchObject({ status: 'REWARDED', refusal: null, review: { status: 'CLEARED' } });
    expect(revived.assessments.map(({ step, decidedBy }: Answer) => [step, decidedBy])).toEqual([
      ['REGISTRATION', 'system'],
      ['APPEAL', 'MODERATOR:milan'],
    ]);
  });

  test('that is won after the hold would have passed pays at once', async () => {
    const { shop, anna, friend, referral } = await denied();
    await shop.convert({ friend });
    await shop.pass(days(20));
    await shop.appeal(shop.program.moderator, referral.id, 'Anna telephoned');
    await shop.decide(referral.id, 'CLEAR');
    expect(await shop.points(anna)).toEqual({ available: 100, pending: 0 });
  });

  test('that is won before any order lets the friend buy as any other', async () => {
    const { shop, anna, friend, referral } = await denied();
    await shop.appeal(anna.client, referral.id);
    await shop.decide(referral.id, 'CLEAR');
    await shop.convert({ friend });
    expect(await shop.points(anna)).toEqual({ available: 0, pending: 100 });
  });

  test('pays nothing for an order that was undone meanwhile', async () => {
    const { shop, anna, friend, referral } = await denied();
    await shop.convert({ friend, orderId: 'o' });
    const reverse = () => shop.shop.mutate('referralReverse', { orderId: 'o', reason: 'Sent back' });
    expect((await reverse()).__typename).toBe('ReferralReversed');
    expect((await reverse()).__typename).toBe('AlreadyReversed');
    await shop.appeal(anna.client, referral.id);
    await shop.decide(referral.id, 'CLEAR');
    await shop.pass(days(30));
    expect(await shop.points(anna)).toEqual({ available: 0, pending: 0 });
  });

  test('that is lost is the end of it', async () => {
    const { shop, anna, referral } = await denied();
    await shop.appeal(anna.client, referral.id);
    await shop.decide(referral.id, 'DENY', 'The same person');
    expect(await seenBy(anna)).toMatchObject({
      status: 'REJECTED',
      review: { status: 'DENIED', canAppeal: false, decisionReason: 'The same person' },
    });
    expect((await shop.appeal(anna.client, referral.id)).code).toBe('REFERRAL_NOT_APPEALABLE');
  });

  test('cannot take a friend back from who brought them since', async () => {
    const { shop, anna, friend, referral } = await denied();
    await shop.program.admin.mutate('referralFraudPolicySet', { strictness: 'LENIENT' });
    const piet = await shop.program.ambassador('Piet Smit');
    expect((await shop.register({ code: await shop.codeOf(piet), friend })).__typename).toBe('ReferralRegistered');
    await shop.appeal(anna.client, referral.id);
    expect((await shop.decide(referral.id, 'CLEAR')).reason).toBe('ALREADY_REFERRED');
    expect((await shop.decide(referral.id, 'DENY')).review.status).toBe('DENIED');
  });

  test('is for the ambassador whose referral it is', async () => {
    const { shop, referral } = await denied();
    const piet = await shop.program.ambassador('Piet');
    expect((await shop.appeal(piet.client, referral.id)).code).toBe('NOT_FOUND');
  });

  test('needs a denial', async () => {
    const { shop, anna, code, friend } = await underReview();
    await shop.register({ code, friend });
    expect((await shop.appeal(anna.client, (await shop.newest()).id)).code).toBe('REFERRAL_NOT_APPEALABLE');
  });
});

describe('the record', () => {
  test('has also what a rule refused', async () => {
    const { shop, anna, code } = await underReview();
    expect((await shop.register({ code, friend: { externalId: anna.externalId } })).reason).toBe('SELF_REFERRAL');
    const { referralAssessments } = await shop.program.analyst.ask(
      '{ referralAssessments { nodes { refusal outcome referral { id } reasons { code points } } } }',
    );
    expect(referralAssessments.nodes).toEqual([
      { refusal: 'SELF_REFERRAL', outcome: 'DENIED', referral: null, reasons: [{ code: 'OWN_CODE', points: 100 }] },
    ]);
  });

  test('has no personal data, and what people were seen with only as hashes that differ between programs', async () => {
    const secret = world.unique('card');
    const hashes: string[][] = [];
    for (let program = 0; program < 2; program++) {
      const { shop, code } = await underReview();
      await shop.register({
        code,
        friend: shop.friend('Frida Berg'),
        evidence: { ipAddress: '203.0.113.7', deviceId: secret, paymentId: secret },
      });
      const rows = await world.server.platform.database.dataSource.query(
        `SELECT hash FROM referral_sighting WHERE program_id = '${shop.program.program.id}'`,
      );
      hashes.push(rows.map(({ hash }: { hash: string }) => hash));
    }
    const [here = [], there = []] = hashes;
    expect(here).toHaveLength(5); // Anna's inbox, and four marks of Frida: one value in two kinds is two hashes.
    expect(new Set([...here, ...there]).size).toBe(10);
    expect(here.every((hash) => /^[0-9a-f]{64}$/.test(hash))).toBe(true);
  });

  test('forgets a network after seven days, and a device after a year', async () => {
    const { shop, code } = await underReview();
    const evidence = { ipAddress: '2001:db8::1', deviceId: world.unique('phone') };
    await shop.register({ code, friend: shop.friend('Frida Berg'), evidence });
    const count = async () => {
      while ((await world.server.features.referralFraud.forgetSome(world.clock.now())) > 0);
      const kinds = await world.server.platform.database.dataSource.query(
        `SELECT kind FROM referral_sighting WHERE program_id = '${shop.program.program.id}' ORDER BY kind`,
      );
      return kinds.map(({ kind }: { kind: string }) => kind).join(' ');
    };
    expect(await count()).toBe('DEVICE INBOX INBOX NETWORK');
    world.clock.advance(days(7));
    expect(await count()).toBe('DEVICE INBOX INBOX');
    world.clock.advance(days(358));
    expect(await count()).toBe('');
  });
});

describe('strictness', () => {
  test.each([
    ['LENIENT', undefined],
    ['STANDARD', 'OPEN'],
    ['STRICT', 'OPEN'],
  ])('%s makes of a disposable address: %p', async (strictness, status) => {
    const { shop, code, friend } = await underReview();
    await shop.program.admin.mutate('referralFraudPolicySet', { strictness });
    await shop.register({ code, friend });
    expect((await shop.newest()).review?.status).toBe(status);
    const { program } = await shop.program.admin.ask('{ program { referralFraudPolicy { strictness } } }');
    expect(program.referralFraudPolicy.strictness).toBe(strictness);
  });
});

describe('evidence', () => {
  test('of a stranger is not believed, so that nobody can throw suspicion on others', async () => {
    const { shop, anna, code } = await underReview();
    await shop.shop.mutate('referralEvidenceRecord', { ambassadorId: anna.id, evidence: { paymentId: 'card' } });
    const visitor = world.anonymous().with({ 'x-applaus-program': shop.program.program.slug });
    const friend = shop.friend('Frida Berg');
    await visitor.mutate('referralRegister', { code, friend, evidence: { paymentId: 'card' } });
    expect((await shop.newest()).assessments[0].score).toBe(0);
  });

  test('of visitors who register themselves is the address that they come from', async () => {
    const { shop, code } = await underReview();
    const visitor = world.anonymous().with({ 'x-applaus-program': shop.program.program.slug });
    for (const name of ['Frida Berg', 'Otto Lang', 'Mies Kok', 'Jaap Prins']) {
      await visitor.mutate('referralRegister', { code, friend: shop.friend(name) });
    }
    expect((await shop.newest()).assessments[0].reasons[0]).toMatchObject({
      code: 'SHARED_NETWORK',
      points: 20,
      severity: 'MEDIUM',
      evidence: 'Friends registered from this network within seven days: 4.',
    });
  });

  test('that is no address is refused', async () => {
    const { shop, code } = await underReview();
    const result = await shop.register({ code, friend: shop.friend('F'), evidence: { ipAddress: 'localhost' } });
    expect(result.issues[0].path).toEqual(['evidence', 'ipAddress']);
  });
});
