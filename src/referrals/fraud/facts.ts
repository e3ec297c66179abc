import { isChosen, isDisposable } from './disposable.js';
import { inboxOf } from './inbox.js';
import { foldedName, type Identity, isMachineMade, lettersOfLocal, likenessOf, mixesScripts } from './likeness.js';
import type { Sharing, Signals } from './signals.js';

export type SightingKind = 'NETWORK' | 'DEVICE' | 'PAYMENT' | 'INBOX';

/** Somebody was seen with a network, a device, a means of payment or an inbox that the friend has, too. */
export interface Sighting {
  readonly kind: SightingKind;
  readonly contactId: string;
  /** Who brought them, where they were registered as a friend; null for what is known of an ambassador. */
  readonly referrerId: string | null;
  readonly seenAt: Date;
}

export interface KnownPerson extends Identity {
  readonly contactId: string;
}

/** Another friend of the same ambassador. */
export interface RecentFriend extends KnownPerson {
  readonly hasOrdered: boolean;
}

/** All that is looked up about one referral; from here on nothing is read any more. */
export interface Facts {
  readonly now: Date;
  readonly friend: KnownPerson;
  readonly referrer: KnownPerson & { readonly ambassadorId: string };
  readonly closesCycle: boolean;
  readonly hasOtherReferrer: boolean;
  /** Other contacts whose address is another spelling of the friend's. */
  readonly spellings: readonly string[];
  /** Of others and of the referrer, newest first. */
  readonly sightings: readonly Sighting[];
  /** Whether the friend's own network is known. */
  readonly hasNetwork: boolean;
  /** The friends whom the referrer brought in 30 days, newest first, at most `recentFriendsMax`; not this one. */
  readonly recentFriends: readonly RecentFriend[];
  readonly perDay: number;
  readonly perMonth: number;
  readonly perDayMax: number;
  readonly perMonthMax: number;
  readonly clickedAt: Date | null;
  readonly registeredAt: Date;
  /** Null at the registration. */
  readonly convertedAt: Date | null;
  readonly clicksPerDay: number;
  readonly friendsOfClick: number;
  readonly history: Signals['history'];
}

/** More would not change a score. */
export const recentFriendsMax = 60;
/** The product's specification: several registrations from one address count within seven days. */
export const networkDays = 7;
const dayMilliseconds = 86_400_000;
/** Shorter ones, as of student numbers (s1234567) or staff (u42), are given by a school or a firm. */
const numberedLettersMin = 4;

/** What the facts say, as counts and yes or no. */
export function signalsOf(given: Facts): Signals {
  const facts = withoutFirstTries(given);
  const { friend, referrer, recentFriends } = facts;
  const own = friend.email === null ? null : inboxOf(friend.email);
  return {
    identity: {
      isAmbassador: friend.contactId === referrer.contactId,
      closesCycle: facts.closesCycle,
      hasOtherReferrer: facts.hasOtherReferrer,
      inbox: inboxSignal(facts, own),
      likeness: likenessOf(friend, referrer),
      mixesScripts: friend.name !== null && mixesScripts(friend.name),
      sameNameFriends: countWith(recentFriends, fullName, fullName(friend)),
    },
    address: {
      isDisposable: friend.email !== null && isDisposable(friend.email),
      isMachineMade: hasMachineMadeAddress(friend),
      machineMadeFriends: recentFriends.filter(hasMachineMadeAddress).length,
      numberedFriends: countWith(recentFriends, numberedAddress, numberedAddress(friend)),
    },
    means: meansSignals(facts),
    pace: {
      perDay: facts.perDay,
      perMonth: facts.perMonth,
      perDayMax: facts.perDayMax,
      perMonthMax: facts.perMonthMax,
      secondsToRegister: secondsBetween(facts.clickedAt, facts.registeredAt),
      secondsToConvert: secondsBetween(facts.clickedAt, facts.convertedAt),
      clicksPerDay: facts.clicksPerDay,
      friendsOfClick: facts.friendsOfClick,
    },
    history: facts.history,
  };
}

/**
 * People mistype their address and register again. A friend of the same ambassador with the same name, or nearly the same
 * name and address, who never ordered is the same person's first try, not a second person; once both order, they are two.
 */
function withoutFirstTries(facts: Facts): Facts {
  const firstTries = new Set(
    facts.recentFriends
      .filter((other) => !other.hasOrdered && isSamePersonAgain(facts.friend, other))
      .map(({ contactId }) => contactId),
  );
  return {
    ...facts,
    recentFriends: facts.recentFriends.filter(({ contactId }) => !firstTries.has(contactId)),
    sightings: facts.sightings.filter(({ kind, contactId }) => kind === 'INBOX' || !firstTries.has(contactId)),
  };
}

function isSamePersonAgain(friend: Identity, other: Identity): boolean {
  const likeness = likenessOf(friend, other);
  return likeness === 'NAME_AND_ADDRESS' || likeness === 'MISSPELT' || likeness === 'NAME';
}

function inboxSignal({ friend, referrer, sightings, spellings }: Facts, own: string | null) {
  if (own === null) return 'OWN';
  if (referrer.email !== null && friend.contactId !== referrer.contactId && inboxOf(referrer.email) === own) {
    return 'AMBASSADOR';
  }
  const others = sightings.filter(({ kind, contactId }) => kind === 'INBOX' && contactId !== friend.contactId);
  if (others.some(({ contactId }) => contactId === referrer.contactId)) return 'AMBASSADOR';
  return others.length > 0 || spellings.length > 0 ? 'KNOWN' : 'OWN';
}

function meansSignals(facts: Facts): Signals['means'] {
  const since = facts.now.getTime() - networkDays * dayMilliseconds;
  const neighbours = facts.sightings.filter(
    ({ kind, referrerId, contactId, seenAt }) =>
      kind === 'NETWORK' && referrerId !== null && contactId !== facts.friend.contactId && seenAt.getTime() > since,
  );
  const ofReferrer = neighbours.filter(({ referrerId }) => referrerId === facts.referrer.ambassadorId);
  const counted = (sightings: readonly Sighting[]) =>
    facts.hasNetwork ? 1 + new Set(sightings.map(({ contactId }) => contactId)).size : 0;
  return {
    device: sharing(facts, 'DEVICE'),
    payment: sharing(facts, 'PAYMENT'),
    networkFriends: counted(neighbours),
    networkFriendsOfReferrer: counted(ofReferrer),
  };
}

function sharing({ friend, referrer, sightings }: Facts, kind: SightingKind): Sharing {
  const seen = new Set(sightings.filter((each) => each.kind === kind).map(({ contactId }) => contactId));
  seen.delete(friend.contactId);
  const byReferrer = seen.delete(referrer.contactId);
  return { byReferrer, others: seen.size };
}

function countWith(friends: readonly Identity[], keyOf: (friend: Identity) => string | null, key: string | null) {
  return key === null ? 0 : friends.filter((friend) => keyOf(friend) === key).length;
}

/** A name of at least two words; one alone is shared by many. */
function fullName({ name }: Identity): string | null {
  const folded = name === null ? '' : foldedName(name);
  return folded.includes(' ') ? folded : null;
}

function hasMachineMadeAddress({ email }: Identity): boolean {
  return email !== null && isChosen(email) && isMachineMade(email);
}

/** An address with digits, without them. */
function numberedAddress({ email }: Identity): string | null {
  if (email === null || !isChosen(email)) return null;
  const local = email.slice(0, email.indexOf('@'));
  const letters = lettersOfLocal(email);
  const hasNumber = /\d/.test(local.split('+')[0] ?? '');
  return hasNumber && letters.length >= numberedLettersMin
    ? `${letters}@${email.slice(email.indexOf('@') + 1).toLowerCase()}`
    : null;
}

function secondsBetween(from: Date | null, to: Date | null): number | null {
  return from === null || to === null ? null : Math.max(0, (to.getTime() - from.getTime()) / 1_000);
}
