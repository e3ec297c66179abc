import type { Action } from '../../src/identity/permissions.js';

/** Ids of what one ambassador has, and of what its program has. */
export interface Belongings {
  readonly programId: string;
  readonly apiKeyId: string;
  readonly ambassadorId: string;
  readonly entryId: string;
  readonly responseId: string;
  /** Its submissions are everybody's to see and to vote for; servers decide on them. */
  readonly challengeId: string;
  readonly pendingId: string;
  readonly approvedId: string;
  readonly rejectedId: string;
  /** A friend whom it brought, and the order that made a customer of them. */
  readonly referralId: string;
  readonly orderId: string;
  /** A reward, and what the ambassador bought. */
  readonly rewardId: string;
  readonly redemptionId: string;
}

/** How a test asks for one field of the table of permissions. */
export interface Operation {
  readonly document: string;
  /** What it is asked with, the same for everybody. */
  readonly variables?: (unique: string) => object;
  /** What it is asked with where it is about something that belongs to somebody. */
  readonly about?: (things: Belongings, unique: string) => object;
  /** Where in the answer the field is. */
  readonly path: readonly string[];
  /** For a field of an object: what it takes to see the object, and what kind of field it is. */
  readonly of?: { readonly seenBy: Action; readonly nullable: boolean };
  /** For what is null unless the caller is an ambassador. */
  readonly onlyAmbassadors?: true;
}

function query(field: string, selection: string): Operation {
  return { document: `{ ${field} ${selection} }`, path: [field.replace(/\(.*/, '')] };
}

function mutation(name: string): Pick<Operation, 'document' | 'path'> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return { document: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, path: [name] };
}

/** A mutation of what its caller makes anew, or of the program that the caller is in. */
function creation(name: string, input: (unique: string) => object): Operation {
  return { ...mutation(name), variables: (unique) => ({ input: input(unique) }) };
}

/** A mutation of something that is there. */
function change(name: string, input: (things: Belongings, unique: string) => object): Operation {
  return { ...mutation(name), about: (things, unique) => ({ input: input(things, unique) }) };
}

type Of = NonNullable<Operation['of']>;

function secret(field: string, selection: string, of: Of, id: (things: Belongings) => string): Operation {
  const [type = '', name = ''] = field.split('.');
  return {
    document: `query ($id: ID!) { node(id: $id) { ... on ${type} { ${name} ${selection} } } }`,
    about: (things) => ({ id: id(things) }),
    path: ['node', name],
    of,
  };
}

const page = '{ totalCount }';
const ofAmbassador: Of = { seenBy: 'ambassador.read', nullable: false };
const ofSubmission: Of = { seenBy: 'submission.readVotable', nullable: true };

const queries: Readonly<Record<string, Operation>> = {
  'Query.node': {
    document: 'query ($id: ID!) { node(id: $id) { id } }',
    about: ({ programId }) => ({ id: programId }),
    path: ['node'],
  },
  'Query.nodes': {
    document: 'query ($id: ID!) { nodes(ids: [$id]) { id } }',
    about: ({ programId }) => ({ id: programId }),
    path: ['nodes', '0'],
  },
  'Query.viewer': query('viewer', '{ role }'),
  'Query.me': { ...query('me', '{ id }'), onlyAmbassadors: true },
  'Query.program': query('program', '{ slug }'),
  'Query.apiKeys': query('apiKeys', page),
  'Query.ambassadors': query('ambassadors', page),
  'Query.nps': query('nps', '{ responses }'),
  'Query.surveys': query('surveys', page),
  'Query.rewards': query('rewards', page),
  'Query.redemptions': query('redemptions', page),
  'Query.referrals': query('referrals', page),
  'Query.challenges': query('challenges', page),
  'Query.submissions': query('submissions', page),
  'Query.badges': query('badges', page),
  'Query.leaderboard': query('leaderboard', page),
  'Query.leaderboards': query('leaderboards', '{ key }'),
};

const secrets: Readonly<Record<string, Operation>> = Object.fromEntries(
  (
    [
      ['Ambassador.contact', '{ id }', { ...ofAmbassador, nullable: true }, (things) => things.ambassadorId],
      ['Ambassador.points', '{ available }', ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.pointsEntries', page, ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.challenges', page, ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.submissions', page, ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.redemptions', page, ofAmbassador, (things) => things.ambassadorId],
      ['Ambassador.referrals', page, ofAmbassador, (things) => things.ambassadorId],
      ['Referral.friend', '{ id }', { seenBy: 'referral.read', nullable: true }, (things) => things.referralId],
      ['NpsResponse.contact', '{ id }', { seenBy: 'response.read', nullable: true }, (things) => things.responseId],
      ['Challenge.submissions', page, { seenBy: 'challenge.read', nullable: false }, (things) => things.challengeId],
      ['Submission.pointsEntry', '{ id }', ofSubmission, (things) => things.approvedId],
      ['Submission.decidedBy', '', ofSubmission, (things) => things.approvedId],
      ['Submission.rejectionReason', '', { ...ofSubmission, seenBy: 'submission.read' }, (things) => things.rejectedId],
    ] satisfies Parameters<typeof secret>[]
  ).map((each: Parameters<typeof secret>) => [each[0], secret(...each)]),
);

const mutations: Readonly<Record<string, Operation>> = {
  'Mutation.programUpdate': creation('programUpdate', () => ({ askFromScore: 7 })),
  'Mutation.levelsSet': creation('levelsSet', () => ({ levels: [{ name: 'One', fromPoints: 0 }] })),
  'Mutation.apiKeyCreate': creation('apiKeyCreate', () => ({ name: 'Shop' })),
  'Mutation.apiKeyRevoke': change('apiKeyRevoke', ({ apiKeyId }) => ({ apiKeyId })),
  'Mutation.ambassadorEnroll': creation('ambassadorEnroll', (unique) => ({
    contact: { externalId: unique },
    displayName: 'Somebody new',
  })),
  'Mutation.surveyCreate': creation('surveyCreate', (unique) => ({ key: unique, name: 'Another survey' })),
  'Mutation.npsResponseRecord': creation('npsResponseRecord', (unique) => ({
    contact: { externalId: unique },
    score: 8,
  })),
  'Mutation.pointsAdjust': change('pointsAdjust', ({ ambassadorId }, idempotencyKey) => ({
    ambassadorId,
    amountPoints: 1,
    reason: 'A gift',
    idempotencyKey,
  })),
  'Mutation.pointsReverse': change('pointsReverse', ({ entryId }, idempotencyKey) => ({
    entryId,
    amountPoints: 1,
    reason: 'A mistake',
    idempotencyKey,
  })),
  'Mutation.referralTermsSet': creation('referralTermsSet', () => ({ holdDays: 30 })),
  'Mutation.referralRegister': creation('referralRegister', (unique) => ({
    code: 'nobody has this code',
    friend: { externalId: unique },
  })),
  'Mutation.referralConvert': creation('referralConvert', (unique) => ({
    friend: { externalId: unique },
    orderId: unique,
  })),
  'Mutation.referralReverse': change('referralReverse', ({ orderId }) => ({ orderId, reason: 'Sent back' })),
  'Mutation.rewardCreate': creation('rewardCreate', () => ({ name: 'A mug', costPoints: 10 })),
  'Mutation.rewardRestock': change('rewardRestock', ({ rewardId }, idempotencyKey) => ({
    rewardId,
    quantity: 1,
    idempotencyKey,
  })),
  'Mutation.rewardRedeem': change('rewardRedeem', ({ rewardId }, idempotencyKey) => ({ rewardId, idempotencyKey })),
  'Mutation.redemptionFulfill': change('redemptionFulfill', ({ redemptionId }) => ({ redemptionId })),
  'Mutation.redemptionCancel': change('redemptionCancel', ({ redemptionId }) => ({ redemptionId, reason: 'Lost' })),
  'Mutation.challengeCreate': creation('challengeCreate', () => ({ kind: 'IDEA', title: 'Ideas', rewardPoints: 5 })),
  'Mutation.challengeUpdate': change('challengeUpdate', ({ challengeId }) => ({ challengeId, title: 'Better ideas' })),
  'Mutation.challengeSubmit': change('challengeSubmit', ({ challengeId }) => ({
    challengeId,
    proof: { answer: { text: 'Answer the telephone' } },
  })),
  'Mutation.submissionApprove': change('submissionApprove', ({ pendingId }) => ({ submissionId: pendingId })),
  'Mutation.submissionReject': change('submissionReject', ({ pendingId }) => ({
    submissionId: pendingId,
    reason: 'No',
  })),
  'Mutation.voteCast': change('voteCast', ({ approvedId }) => ({ submissionId: approvedId })),
  'Mutation.badgeCreate': creation('badgeCreate', (unique) => ({
    code: unique,
    name: 'A badge',
    description: 'For many points',
    rule: { lifetimePoints: 1_000_000 },
  })),
  'Mutation.leaderboardCreate': creation('leaderboardCreate', (unique) => ({
    key: unique,
    name: 'A board',
    window: 'ALL_TIME',
  })),
};

/** A field of what an ambassador shares, which has no id of its own. */
const ofLink: Readonly<Record<string, Operation>> = {
  'ReferralLink.clicks': {
    document: 'query ($id: ID!) { node(id: $id) { ... on Ambassador { referralLink { clicks } } } }',
    about: ({ ambassadorId }) => ({ id: ambassadorId }),
    path: ['node', 'referralLink', 'clicks'],
    of: { ...ofAmbassador, nullable: true },
  },
};

/** Of a subscription only whether it is taken can be told at once: the answer is a word, not an object. */
const subscriptions: Readonly<Record<string, Operation>> = {
  'Subscription.leaderboardChanged': { document: 'subscription { leaderboardChanged { points } }', path: [] },
  'Subscription.pointsPosted': { document: 'subscription { pointsPosted { id } }', path: [] },
};

/** One operation for each field of the table of permissions. */
export const operations: Readonly<Record<string, Operation>> = {
  ...queries,
  ...secrets,
  ...ofLink,
  ...mutations,
  ...subscriptions,
};
