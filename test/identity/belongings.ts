import { proofs } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
import type { TestAmbassador, TestProgram, World } from '../support/world.js';
import { Tool } from '../webhooks/tool.js';
import { socialLife } from './belongings.social.js';
import type { Belongings } from './operation.js';

/** An ambassador who was brought by another, so that there is a gift for it. */
export async function brought(world: World, program: TestProgram, name: string): Promise<TestAmbassador> {
  const host = await program.ambassador('Host');
  const { me } = await host.client.ask('{ me { referralLink { code } } }');
  const friend = { externalId: world.unique(name.toLowerCase()) };
  await program.admin.mutate('referralConvert', { code: me.referralLink.code, friend, orderId: friend.externalId });
  return program.ambassador(name, friend);
}

/** Somebody whose address leads to the inbox of a friend who was brought before. */
async function deniedFriend(world: World, admin: Client, code: string): Promise<Answer> {
  const name = world.unique('eve');
  await admin.mutate('referralRegister', { code, friend: { email: `${name}@example.com` } });
  await admin.mutate('referralRegister', { code, friend: { email: `${name}+again@example.com` } });
  const { referralReviews } = await admin.ask('{ referralReviews(first: 1) { nodes { id referral { id } } } }');
  return referralReviews.nodes[0];
}

/** All that an ambassador can have and be asked about, and what its program has: something of each kind. */
export async function belongings(world: World, program: TestProgram, ambassador: TestAmbassador): Promise<Belongings> {
  const { admin } = program;
  const key = await admin.mutate('apiKeyCreate', { name: 'A key' }, 'ApiKeyCreated { apiKey { id } }');
  const { entry } = await program.give(ambassador, 100);
  const response = await admin.mutate(
    'npsResponseRecord',
    { contact: { externalId: ambassador.externalId }, score: 9 },
    'NpsResponseRecorded { response { id } ask { id } }',
  );
  const low = await admin.mutate(
    'npsResponseRecord',
    { contact: { externalId: ambassador.externalId }, score: 2, respondedAt: '2026-01-05T09:00:00Z' },
    'NpsResponseRecorded { response { id case { id } } }',
  );
  const stranger = await admin.mutate(
    'consentRecord',
    { contact: { externalId: world.unique('stranger') }, purpose: 'ASKS', decision: 'GRANTED' },
    'ConsentRecorded { contact { id } }',
  );
  const { me: itself } = await ambassador.client.ask('{ me { contact { id } } }');
  const settings = {
    rewardPoints: 10,
    verification: 'INTEGRATION',
    votable: true,
    voters: { ambassador: true },
    maxPerAmbassador: null,
    audience: { ambassador: true },
  };
  const challenge = await admin.mutate(
    'challengeCreate',
    { kind: 'IDEA', title: 'Ideas', ...settings },
    'ChallengeCreated { challenge { id } }',
  );
  const challengeId: string = challenge.challenge.id;
  const beta = await admin.mutate(
    'challengeCreate',
    { kind: 'BETA_PROGRAM', title: 'Beta', rewardPoints: 10, seats: 5 },
    'ChallengeCreated { challenge { id } }',
  );
  const review = await admin.mutate(
    'challengeCreate',
    { kind: 'REVIEW', title: 'Review', rewardPoints: 10 },
    'ChallengeCreated { challenge { id } }',
  );
  const quote = await admin.mutate(
    'challengeCreate',
    { kind: 'QUOTE', title: 'Quote', rewardPoints: 10 },
    'ChallengeCreated { challenge { id } }',
  );
  const asked = await admin.mutate(
    'pollCreate',
    { question: 'Tea or coffee?', options: ['Tea', 'Coffee'], audience: { ambassador: true } },
    'PollCreated { poll { id options { id } } }',
  );
  const returnedId = await submit(ambassador, challengeId);
  await admin.mutate('submissionRequestChanges', { submissionId: returnedId, reason: 'More words' });
  const claimedId = await submit(ambassador, challengeId);
  await admin.mutate('submissionClaim', { submissionId: claimedId });
  const [pendingId, approvedId, rejectedId] = [
    await submit(ambassador, challengeId),
    await submit(ambassador, challengeId),
    await submit(ambassador, challengeId),
  ];
  await admin.mutate('submissionApprove', { submissionId: approvedId });
  await admin.mutate('submissionReject', { submissionId: rejectedId, reason: 'Not new' });
  const poolId = await voucherPool(world, program);
  const { me } = await ambassador.client.ask('{ me { referralLink { code } } }');
  const [friend, orderId] = [{ externalId: world.unique('friend') }, world.unique('order')];
  await admin.mutate('referralRegister', { code: me.referralLink.code, friend });
  const { referral } = await admin.mutate(
    'referralConvert',
    { friend, orderId },
    'ReferralConverted { referral { id } }',
  );
  const looked = await deniedFriend(world, admin, me.referralLink.code);
  const customer = { externalId: world.unique('customer') };
  await admin.mutate('npsResponseRecord', { contact: customer, score: 8 });
  await admin.mutate('referralClaim', { friend: customer, referrerName: 'Somebody' });
  const { referralClaims } = await admin.ask('{ referralClaims(first: 1) { nodes { id } } }');
  const { reward } = await admin.mutate(
    'rewardCreate',
    { name: 'A mug', costPoints: 1, stock: 100 },
    'RewardCreated { reward { id } }',
  );
  const { redemption } = await ambassador.client.mutate(
    'rewardRedeem',
    { rewardId: reward.id, idempotencyKey: 'a mug' },
    'RewardRedeemed { redemption { id } }',
  );
  const bought = await boughtOfEachKind(world, program, ambassador);
  const badge = { code: world.unique('badge'), name: 'One', description: '', rule: { lifetimePoints: 1_000_000 } };
  const { badge: madeBadge } = await admin.mutate('badgeCreate', badge, 'BadgeCreated { badge { id } }');
  await admin.mutate('teamTermsSet', { ambassadorsMayCreate: true });
  const captained = { key: world.unique('team'), name: 'Ours' };
  const { team } = await ambassador.client.mutate('teamCreate', captained, 'TeamCreated { team { id } }');
  const { jobs, leaderboards } = await admin.ask('{ jobs(first: 1) { nodes { id } } leaderboards { id key } }');
  const nominated = await admin.mutate(
    'superpromoterNominate',
    { ambassadorId: ambassador.id, gate: 'SHARES', people: 2, text: 'She told two visitors of our stand' },
    'SuperpromoterNominated { nomination { id } }',
  );
  const [course, lesson] = await Promise.all(
    ['A lesson', 'Another lesson'].map((title) =>
      admin.mutate(
        'challengeCreate',
        { kind: 'TRIAL', title, rewardPoints: 1 },
        'ChallengeCreated { challenge { id } }',
      ),
    ),
  );
  const track = await admin.mutate(
    'trackCreate',
    { key: world.unique('track'), title: 'Lessons', challengeIds: [course.challenge.id] },
    'TrackCreated { track { id } }',
  );
  const bonus = await admin.mutate(
    'bonusWindowCreate',
    { name: 'A weekend', multiplierPercent: 200, startsAt: '2030-01-05T00:00:00Z', endsAt: '2030-01-07T00:00:00Z' },
    'BonusWindowCreated { bonusWindow { id } }',
  );
  const odds = [0, 10].map((points) => ({ points, weight: 1 }));
  const lottery = await admin.mutate(
    'challengeCreate',
    { kind: 'TRIAL', title: 'A surprise', rewardPoints: 1, odds },
    'ChallengeCreated { challenge { draw { id } } }',
  );
  const segment = await admin.mutate(
    'segmentCreate',
    { key: world.unique('joined'), name: 'Those who joined', rule: { ambassador: true } },
    'SegmentCreated { segment { id } }',
  );
  return {
    ...(await invited(world, program, ambassador)),
    segmentId: segment.segment.id,
    trackId: track.track.id,
    bonusWindowId: bonus.bonusWindow.id,
    drawId: lottery.challenge.draw.id,
    lessonId: lesson.challenge.id,
    programId: program.program.globalId(),
    apiKeyId: key.apiKey.id,
    badgeId: madeBadge.id,
    jobId: jobs.nodes[0].id,
    teamId: team.id,
    leaderboardId: leaderboards.find(({ key }: Answer) => key === 'month').id,
    ambassadorId: ambassador.id,
    contactId: itself.contact.id,
    forgettableId: stranger.contact.id,
    entryId: entry.id,
    responseId: response.response.id,
    askId: response.ask.id,
    lowResponseId: low.response.id,
    caseId: low.response.case.id,
    challengeId,
    pendingId,
    approvedId,
    rejectedId,
    returnedId,
    pollId: asked.poll.id,
    optionId: asked.poll.options[0].id,
    claimedId,
    quoteId: await submit(ambassador, quote.challenge.id, proofs.quote),
    betaId: beta.challenge.id,
    reviewId: await submit(ambassador, review.challenge.id, proofs.review),
    referralId: referral.id,
    claimId: referralClaims.nodes[0].id,
    orderId,
    poolId,
    deniedId: looked.referral.id,
    fraudReviewId: looked.id,
    rewardId: reward.id,
    redemptionId: redemption.id,
    ...bought,
    nominationId: nominated.nomination.id,
    ...(await messageOfTool(world, program)),
    ...(await socialLife(world, program, ambassador)),
  };
}

/** A tool, and a message of it that cannot be recorded. */
async function messageOfTool(world: World, program: TestProgram) {
  const tool = await Tool.of(world, program, 'GENERIC');
  await tool.send({ score: 'none' });
  const [message] = await tool.messages();
  return { webhookSourceId: tool.source.id, webhookDeliveryId: message.id };
}

/** Rewards with all that is not for everybody to see, and one of each bought. */
async function boughtOfEachKind(world: World, program: TestProgram, { client }: TestAmbassador) {
  const create = async (input: object): Promise<string> => {
    const settings = { name: 'A thing', costPoints: 1, ...input };
    return (await program.admin.mutate('rewardCreate', settings, 'RewardCreated { reward { id } }')).reward.id;
  };
  const buy = async (rewardId: string, deliverTo?: object): Promise<string> => {
    const input = { rewardId, deliverTo, idempotencyKey: world.unique('buy') };
    return (await client.mutate('rewardRedeem', input, 'RewardRedeemed { redemption { id } }')).redemption.id;
  };
  const digitalRewardId = await create({ deliveryText: 'Here it is', stock: 5, lowStockAt: 3 });
  const voucherRewardId = await create({ kind: 'VOUCHER' });
  await program.admin.mutate('rewardVouchersLoad', { rewardId: voucherRewardId, codes: [world.unique('code')] });
  const fulfilledId = await buy(digitalRewardId);
  await program.admin.mutate('redemptionFulfill', { redemptionId: fulfilledId });
  const address = { name: 'Anna', street: 'Kade 1', city: 'Vlissingen', country: 'NL' };
  return {
    digitalRewardId,
    fulfilledId,
    parcelId: await buy(await create({ kind: 'PHYSICAL' }), address),
    voucherRewardId,
    voucherRedemptionId: await buy(voucherRewardId),
    oldRewardId: await create({}),
  };
}

/** A wave that asked the ambassador something, whatever it was asked before. */
async function invited(world: World, { admin }: TestProgram, { client }: TestAmbassador) {
  const { me } = await client.ask('{ me { contact { id } } }');
  const surveyKey = world.unique('survey');
  await admin.mutate('surveyCreate', { key: surveyKey, name: 'Another survey' });
  await admin.mutate('fatigueBudgetSet', { allDays: 0, clocks: [{ kind: 'NPS_SURVEY', days: 0 }] });
  const { wave } = await admin.mutate(
    'invitationWaveCreate',
    { name: 'A wave', channel: 'API', contactIds: [me.contact.id], surveyKey, idempotencyKey: surveyKey },
    'InvitationWaveCreated { wave { id invitations { nodes { id } } } }',
  );
  return { contactId: me.contact.id, waveId: wave.id, invitationId: wave.invitations.nodes[0].id };
}

/** Voucher codes, of which each friend of the program gets one from now on. */
async function voucherPool(world: World, { admin }: TestProgram): Promise<string> {
  const selection = 'FriendVoucherPoolCreated { pool { id } }';
  const { pool } = await admin.mutate('friendVoucherPoolCreate', { name: 'Spring' }, selection);
  await admin.mutate('friendVouchersLoad', { poolId: pool.id, codes: [world.unique('code')] });
  await admin.mutate('referralTermsSet', { rewardRules: { friendVoucherPoolId: pool.id } });
  return pool.id;
}

async function submit(
  { client }: TestAmbassador,
  challengeId: string,
  proof: object = { answer: { text: 'Answer the telephone' } },
): Promise<string> {
  const input = { challengeId, proof };
  const { submission } = await client.mutate('challengeSubmit', input, 'ChallengeSubmitted { submission { id } }');
  return submission.id;
}
