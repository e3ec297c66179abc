import type { Action } from '../../src/identity/permissions.js';

/** Ids of what one ambassador has, and of what its program has. */
export interface Belongings {
  readonly programId: string;
  readonly apiKeyId: string;
  readonly badgeId: string;
  /** A board by month. */
  readonly leaderboardId: string;
  /** Something that the server does by itself. */
  readonly jobId: string;
  readonly ambassadorId: string;
  /** The person that the ambassador is. */
  readonly contactId: string;
  /** Somebody else, whom the program can do without. */
  readonly forgettableId: string;
  readonly entryId: string;
  readonly responseId: string;
  /** What that answer was met with. */
  readonly askId: string;
  /** What it answered as a detractor, and the case of it. */
  readonly lowResponseId: string;
  readonly caseId: string;
  /** Its submissions are everybody's to see and to vote for; servers decide on them. */
  readonly challengeId: string;
  /** A beta programme with seats. */
  readonly betaId: string;
  readonly segmentId: string;
  readonly trackId: string;
  /** A challenge that is in no track yet. */
  readonly lessonId: string;
  readonly bonusWindowId: string;
  readonly drawId: string;
  readonly pendingId: string;
  readonly approvedId: string;
  readonly rejectedId: string;
  readonly reviewId: string;
  readonly quoteId: string;
  readonly pollId: string;
  readonly optionId: string;
  /** One that was sent back to be changed, and one that somebody looks at. */
  readonly returnedId: string;
  readonly claimedId: string;
  /** A friend whom it brought, and the order that made a customer of them. */
  readonly referralId: string;
  /** Of a customer who says that somebody sent them: whoever it is settled with, it is refused each time. */
  readonly claimId: string;
  readonly orderId: string;
  /** Voucher codes for friends. */
  readonly poolId: string;
  /** A friend who was not let pass, and the review of it. */
  readonly deniedId: string;
  readonly fraudReviewId: string;
  /** A reward, and what the ambassador bought. */
  readonly rewardId: string;
  readonly redemptionId: string;
  /** A DIGITAL one with all that staff says of it, and one that was bought and fulfilled. */
  readonly digitalRewardId: string;
  readonly fulfilledId: string;
  /** A PHYSICAL one that waits to be sent. */
  readonly parcelId: string;
  readonly voucherRewardId: string;
  readonly voucherRedemptionId: string;
  /** One that nobody buys. */
  readonly oldRewardId: string;
  /** A tool that sends answers, and a message of it that says none. */
  readonly webhookSourceId: string;
  readonly webhookDeliveryId: string;
  /** Of which it is the captain. */
  readonly teamId: string;
  /** Its contact, which a wave has asked, and that it did. */
  readonly waveId: string;
  readonly invitationId: string;
  /** What staff noted of the ambassador. */
  readonly nominationId: string;
  /** An item of the feed that is shown, and one that a moderator has hidden. */
  readonly activityId: string;
  readonly hiddenActivityId: string;
  /** Praise that it gave. */
  readonly kudosId: string;
  /** Praise that both ends let everybody see. */
  readonly sharedKudosId: string;
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
  /** For a mutation of what belongs to one ambassador: of another’s an ambassador finds nothing. */
  readonly onlyOwners?: true;
  /** For what is null unless the caller is an ambassador. */
  readonly onlyAmbassadors?: true;
}

export function query(field: string, selection: string): Operation {
  return { document: `{ ${field} ${selection} }`, path: [field.replace(/\(.*/, '')] };
}

export function mutation(name: string): Pick<Operation, 'document' | 'path'> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  return { document: `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`, path: [name] };
}

/** A mutation of what its caller makes anew, or of the program that the caller is in. */
export function creation(name: string, input: (unique: string) => object): Operation {
  return { ...mutation(name), variables: (unique) => ({ input: input(unique) }) };
}

/** A mutation of something that is there. */
export function change(name: string, input: (things: Belongings, unique: string) => object): Operation {
  return { ...mutation(name), about: (things, unique) => ({ input: input(things, unique) }) };
}

export type Of = NonNullable<Operation['of']>;

export function secret(field: string, selection: string, of: Of, id: (things: Belongings) => string): Operation {
  const [type = '', name = ''] = field.split('.');
  return {
    document: `query ($id: ID!) { node(id: $id) { ... on ${type} { ${name} ${selection} } } }`,
    about: (things) => ({ id: id(things) }),
    path: ['node', name],
    of,
  };
}

export function ofNode(selection: string): Operation {
  return {
    document: `query ($id: ID!) { node(id: $id) { ... on Ambassador { ${selection} } } }`,
    about: ({ ambassadorId }) => ({ id: ambassadorId }),
    path: ['node', selection.replace(/\W.*/, '')],
    of: ofAmbassador,
  };
}

export const page = '{ totalCount }';
export const ofAmbassador: Of = { seenBy: 'ambassador.read', nullable: false };
export const ofReward: Of = { seenBy: 'reward.read', nullable: true };
export const ofRedemption: Of = { seenBy: 'redemption.read', nullable: true };
export const ofSubmission: Of = { seenBy: 'submission.readVotable', nullable: true };
