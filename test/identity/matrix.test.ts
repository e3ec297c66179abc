import { beforeAll, describe, expect, test } from '@jest/globals';
import { type GraphQLSchema, graphql, parse, subscribe } from 'graphql';
import { createSchema } from '../../src/app/schema.js';
import { type Action, fieldPermissions, reachOf } from '../../src/identity/permissions.js';
import { Role } from '../../src/identity/role.js';
import { type Caller, Session } from '../../src/identity/session.js';
import { rowId } from '../../src/platform/graphql/node.js';
import { proofs } from '../support/challenges.js';
import type { Answer, Client } from '../support/client.js';
import { type TestAmbassador, type TestProgram, useWorld } from '../support/world.js';
import type { Belongings, Operation } from './operation.js';
import { operations } from './operations.js';

/*
 * The table of permissions, kept by the API: every field that it names is asked for by every role, about what is the
 * caller's own, what is another's in the same program, and what is in another program.
 */

type Whose = 'own' | 'another' | 'elsewhere';
type Outcome = 'allowed' | 'nothing' | 'FORBIDDEN' | 'UNAUTHENTICATED';
type Send = (document: string, variables: object) => Promise<{ data?: Answer; errors?: readonly Answer[] | undefined }>;

const table: Readonly<Record<string, Action>> = fieldPermissions;
const roles = Object.keys(Role) as Role[];
const world = useWorld();
let callers: Readonly<Record<string, Send>>;
let things: Readonly<Record<Whose, Belongings>>;

beforeAll(async () => {
  const [here, there] = [await world.program(), await world.program()];
  const [anna, bob] = [await brought(here, 'Anna'), await brought(here, 'Bob')];
  const carl = await brought(there, 'Carl');
  things = {
    own: await belongings(here, anna),
    another: await belongings(here, bob),
    elsewhere: await belongings(there, carl),
  };
  const { secret } = await here.admin.mutate('apiKeyCreate', { name: 'Server' }, 'ApiKeyCreated { secret }');
  const clients = {
    ANONYMOUS: world.anonymous().with({ 'x-applaus-program': here.program.slug }),
    AMBASSADOR: anna.client,
    INTEGRATION: world.bearer(secret),
    ANALYST: here.analyst,
    MODERATOR: here.moderator,
    ADMIN: here.admin,
  };
  const schema = await createSchema(world.server.features.resolvers);
  const annaId = rowId({ name: 'Ambassador' }, anna.id) ?? null;
  const callerOf = (role: Role): Send => {
    const direct = directly(schema, here, { role, subject: 'x', ambassadorId: role === 'AMBASSADOR' ? annaId : null });
    if (role === 'RESPONDENT') return direct;
    return (source, variables) =>
      (source.startsWith('subscription') ? direct : clients[role].send.bind(clients[role]))(source, variables);
  };
  callers = Object.fromEntries(roles.map((role) => [role, callerOf(role)]));
});

/**
 * A caller that asks the schema itself: a respondent, whom nothing over HTTP makes yet, and whoever subscribes, since
 * only here it is certain that a subscription was taken and simply has nothing to say.
 */
function directly(schema: GraphQLSchema, { program }: TestProgram, caller: Caller): Send {
  const { database, log } = world.server.platform;
  return async (source, variableValues) => {
    const contextValue = { requestId: 'r', locale: 'en', database, log, session: new Session(program, caller) };
    if (!source.startsWith('subscription')) {
      return graphql({ schema, source, variableValues: { ...variableValues }, contextValue });
    }
    const stream = await subscribe({ schema, document: parse(source), contextValue });
    if (!(Symbol.asyncIterator in stream)) return stream;
    await stream.return(undefined);
    return { data: 'taken' };
  };
}

/** An ambassador who was brought by another, so that there is a gift for it. */
async function brought(program: TestProgram, name: string): Promise<TestAmbassador> {
  const host = await program.ambassador('Host');
  const { me } = await host.client.ask('{ me { referralLink { code } } }');
  const friend = { externalId: world.unique(name.toLowerCase()) };
  await program.admin.mutate('referralConvert', { code: me.referralLink.code, friend, orderId: friend.externalId });
  return program.ambassador(name, friend);
}

/** Somebody whose address leads to the inbox of a friend who was brought before. */
async function deniedFriend(admin: Client, code: string): Promise<Answer> {
  const name = world.unique('eve');
  await admin.mutate('referralRegister', { code, friend: { email: `${name}@example.com` } });
  await admin.mutate('referralRegister', { code, friend: { email: `${name}+again@example.com` } });
  const { referralReviews } = await admin.ask('{ referralReviews(first: 1) { nodes { id referral { id } } } }');
  return referralReviews.nodes[0];
}

async function belongings(program: TestProgram, ambassador: TestAmbassador): Promise<Belongings> {
  const { admin } = program;
  const key = await admin.mutate('apiKeyCreate', { name: 'A key' }, 'ApiKeyCreated { apiKey { id } }');
  const { entry } = await program.give(ambassador, 100);
  const response = await admin.mutate(
    'npsResponseRecord',
    { contact: { externalId: ambassador.externalId }, score: 9 },
    'NpsResponseRecorded { response { id } }',
  );
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
  const poolId = await voucherPool(program);
  const { me } = await ambassador.client.ask('{ me { referralLink { code } } }');
  const [friend, orderId] = [{ externalId: world.unique('friend') }, world.unique('order')];
  await admin.mutate('referralRegister', { code: me.referralLink.code, friend });
  const { referral } = await admin.mutate(
    'referralConvert',
    { friend, orderId },
    'ReferralConverted { referral { id } }',
  );
  const looked = await deniedFriend(admin, me.referralLink.code);
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
  const bought = await boughtOfEachKind(program, ambassador);
  const badge = { code: world.unique('badge'), name: 'One', description: '', rule: { lifetimePoints: 1_000_000 } };
  const { badge: madeBadge } = await admin.mutate('badgeCreate', badge, 'BadgeCreated { badge { id } }');
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
    segmentId: segment.segment.id,
    trackId: track.track.id,
    bonusWindowId: bonus.bonusWindow.id,
    drawId: lottery.challenge.draw.id,
    lessonId: lesson.challenge.id,
    programId: program.program.globalId(),
    apiKeyId: key.apiKey.id,
    badgeId: madeBadge.id,
    jobId: jobs.nodes[0].id,
    leaderboardId: leaderboards.find(({ key }: Answer) => key === 'month').id,
    ambassadorId: ambassador.id,
    entryId: entry.id,
    responseId: response.response.id,
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
  };
}

/** Rewards with all that is not for everybody to see, and one of each bought. */
async function boughtOfEachKind(program: TestProgram, { client }: TestAmbassador) {
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

/** Voucher codes, of which each friend of the program gets one from now on. */
async function voucherPool({ admin }: TestProgram): Promise<string> {
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

function send(role: Role, document: string, variables: object): ReturnType<Send> {
  const caller = callers[role];
  if (!caller) throw new Error(`Nobody is ${role}`);
  return caller(document, variables);
}

async function outcomeOf(role: Role, operation: Operation, whose: Whose): Promise<Outcome> {
  const unique = world.unique('k');
  const variables = operation.about?.(things[whose], unique) ?? operation.variables?.(unique) ?? {};
  const { data, errors } = await send(role, operation.document, variables);
  const code: unknown = errors?.[0]?.extensions.code;
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return code;
  if (errors) throw new Error(`Neither an answer nor a refusal: ${JSON.stringify(errors)}`);
  const value = operation.path.reduce<Answer>((part, name) => part?.[name], data);
  // An operation that breaks a rule of its input would show nothing about permissions.
  if (value?.__typename === 'InputInvalid') throw new Error('The operation of this field is not valid');
  return value === null || value === undefined || value.__typename === 'NotFound' ? 'nothing' : 'allowed';
}

/** What the table says should come of it. */
function expected(role: Role, action: Action, operation: Operation, whose: Whose): Outcome {
  const refusal = role === 'ANONYMOUS' ? 'UNAUTHENTICATED' : 'FORBIDDEN';
  if (operation.of) {
    if (whose === 'elsewhere' || !mayDo(role, operation.of.seenBy, whose)) return 'nothing';
    if (mayDo(role, action, whose)) return 'allowed';
    return operation.of.nullable ? 'nothing' : refusal;
  }
  if (reachOf(role, action) === undefined) return refusal;
  if (operation.about && whose === 'elsewhere') return 'nothing';
  if (operation.onlyOwners && !mayDo(role, action, whose)) return 'nothing';
  return operation.onlyAmbassadors && role !== 'AMBASSADOR' ? 'nothing' : 'allowed';
}

function mayDo(role: Role, action: Action, whose: Whose): boolean {
  const reach = reachOf(role, action);
  return reach === 'program' || (reach === 'own' && whose === 'own');
}

describe.each(Object.keys(table))('%s', (field) => {
  const action = table[field];
  const operation = operations[field];
  if (!action || !operation) {
    test('has an operation to test it with', () => expect(Object.keys(operations)).toContain(field));
    return;
  }
  const kinds: readonly Whose[] = operation.about ? ['own', 'another', 'elsewhere'] : ['own'];

  test('answers each role what the table says', async () => {
    const found: Record<string, Outcome> = {};
    const wanted: Record<string, Outcome> = {};
    for (const role of roles) {
      for (const whose of kinds) {
        found[`${role} ${whose}`] = await outcomeOf(role, operation, whose);
        wanted[`${role} ${whose}`] = expected(role, action, operation, whose);
      }
    }
    expect(found).toEqual(wanted);
  });
});

test('every operation is of a field in the table', () => {
  expect(Object.keys(operations).filter((field) => !(field in table))).toEqual([]);
});

test('a row id is no id: nothing is found by the key of the database', async () => {
  const id = rowId({ name: 'Ambassador' }, things.own.ambassadorId);
  const { data } = await send('ADMIN', 'query ($id: ID!) { node(id: $id) { id } }', { id });
  expect(data.node).toBeNull();
});
