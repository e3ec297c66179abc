import sql, { join } from 'sql-template-tag';
import type { Ambassador } from '../../ambassadors/ambassador.entity.js';
import { Contact } from '../../contacts/contact.entity.js';
import type { Transaction } from '../../platform/database/database.js';
import { networkOf } from '../../platform/network.js';
import { Referral, ReferralClick, type ReferralTerms } from '../referral.entity.js';
import {
  type Facts,
  type KnownPerson,
  networkDays,
  type RecentFriend,
  recentFriendsMax,
  type Sighting,
  type SightingKind,
} from './facts.js';
import { ReferralSighting } from './fraud.entity.js';
import type { ReferralEvidenceInput } from './fraud.inputs.js';
import type { SightingHashes } from './hashing.js';
import { inboxOf, spellingsOf } from './inbox.js';

const dayMilliseconds = 86_400_000;
const monthDays = 30;
const historyDays = 90;
/** How long a device, a means of payment or an inbox is remembered after it was seen last; ours. */
const rememberedDays = 365;
/** More would not change a score. */
const neighboursMax = 1_000;
const sharersMax = 200;
const clicksMax = 20_000;

/** What is judged: a friend whom an ambassador brings, and what the caller saw of them. */
export interface Case {
  readonly terms: ReferralTerms;
  readonly referrer: Ambassador;
  readonly friend: Contact;
  readonly clickId: string | null;
  /** The referral itself; undefined while it is being registered. */
  readonly referral: Referral | undefined;
  readonly evidence: ReferralEvidenceInput | null | undefined;
}

/** A value that somebody was seen with, as it is kept. */
export interface Mark {
  readonly kind: SightingKind;
  readonly hash: string;
}

/** Looks up what is known about a case: at most twelve statements whatever the program's size, each over an index, each bounded. */
export async function gatherFacts(tx: Transaction, subject: Case, marks: readonly Mark[]): Promise<Facts> {
  const { terms, referrer, friend, referral } = subject;
  const known = await knownMarks(tx, friend);
  const hashes = [...new Set([...known, ...marks].map(({ hash }) => hash))];
  const ambassador = await tx.first(Contact, sql`WHERE id = ${referrer.contactId}`);
  const pace = await paceOf(tx, subject);
  const click = subject.clickId ? await tx.first(ReferralClick, sql`WHERE id = ${subject.clickId}`) : undefined;
  return {
    now: tx.now,
    friend: personOf(friend),
    referrer: {
      contactId: referrer.contactId,
      name: ambassador?.displayName ?? referrer.displayName,
      email: ambassador?.email ?? null,
      ambassadorId: referrer.id,
    },
    // Who brings a friend of somebody else, or closes a cycle, was refused before anything is weighed.
    closesCycle: false,
    hasOtherReferrer: false,
    spellings: await otherSpellings(tx, friend, referrer),
    sightings: await sightingsOf(tx, friend, hashes),
    hasNetwork: [...known, ...marks].some(({ kind }) => kind === 'NETWORK'),
    recentFriends: await recentFriends(tx, subject),
    perDay: pace.perDay + (referral ? 0 : 1),
    perMonth: pace.perMonth + (referral ? 0 : 1),
    perDayMax: terms.friendsPerDayMax,
    perMonthMax: terms.friendsPerMonthMax,
    clickedAt: click?.clickedAt ?? null,
    registeredAt: referral?.registeredAt ?? tx.now,
    convertedAt: referral ? tx.now : null,
    clicksPerDay: await clicksPerDay(tx, referrer.id),
    friendsOfClick: click ? await friendsOfClick(tx, click.id, friend) : 0,
    history: pace.history,
  };
}

/** What the caller saw and the friend's own address, as marks. */
export function marksOf(hashes: SightingHashes, { friend, evidence }: Pick<Case, 'friend' | 'evidence'>): Mark[] {
  return [
    ...inboxMarks(hashes, friend.email),
    ...mark(hashes, 'NETWORK', evidence?.ipAddress && networkOf(evidence.ipAddress)),
    ...mark(hashes, 'DEVICE', evidence?.deviceId),
    ...mark(hashes, 'PAYMENT', evidence?.paymentId),
  ];
}

export function inboxMarks(hashes: SightingHashes, email: string | null): Mark[] {
  return mark(hashes, 'INBOX', email === null ? null : inboxOf(email));
}

function mark(hashes: SightingHashes, kind: SightingKind, value: string | null | undefined): Mark[] {
  return value ? [{ kind, hash: hashes.of(kind, value) }] : [];
}

/** Remembers that somebody was seen with these. What is known already is known for longer. The caller holds the terms. */
export async function remember(
  tx: Transaction,
  contact: Pick<Contact, 'id' | 'programId'>,
  referrerId: string | null,
  marks: readonly Mark[],
): Promise<void> {
  for (const { kind, hash } of marks) {
    const forgetAt = new Date(tx.now.getTime() + (kind === 'NETWORK' ? networkDays : rememberedDays) * dayMilliseconds);
    const { programId, id: contactId } = contact;
    const renewed = await tx.execute(sql`
      UPDATE referral_sighting SET seen_at = ${tx.now}, forget_at = ${forgetAt}
      WHERE program_id = ${programId} AND hash = ${hash} AND contact_id = ${contactId}`);
    if (renewed > 0) continue;
    await tx.insert(ReferralSighting, {
      id: tx.newId(),
      programId,
      kind,
      hash,
      contactId,
      referrerId,
      seenAt: tx.now,
      forgetAt,
    });
  }
}

async function knownMarks(tx: Transaction, friend: Contact): Promise<readonly Mark[]> {
  const rows = await tx.query<{ kind: SightingKind; hash: string }>(sql`
    SELECT kind, hash FROM referral_sighting
    WHERE contact_id = ${friend.id} AND forget_at > ${tx.now} ORDER BY seen_at DESC LIMIT 12`);
  return rows;
}

async function sightingsOf(tx: Transaction, friend: Contact, hashes: readonly string[]): Promise<readonly Sighting[]> {
  if (hashes.length === 0) return [];
  const of = sql`program_id = ${friend.programId} AND hash IN (${join([...hashes])})
    AND contact_id <> ${friend.id} AND forget_at > ${tx.now}`;
  const [networks, others] = [
    await tx.select(ReferralSighting, sql`WHERE ${of} AND kind = 'NETWORK' LIMIT ${neighboursMax}`),
    await tx.select(ReferralSighting, sql`WHERE ${of} AND kind <> 'NETWORK' LIMIT ${sharersMax}`),
  ];
  return [...networks, ...others].map(({ kind, contactId, referrerId, seenAt }) => ({
    kind: kind as SightingKind,
    contactId,
    referrerId,
    seenAt,
  }));
}

/** Contacts with another spelling of the friend's address, who did not come by a referral: customers, ambassadors. */
async function otherSpellings(tx: Transaction, friend: Contact, referrer: Ambassador): Promise<readonly string[]> {
  const spellings = friend.email === null ? [] : spellingsOf(friend.email);
  if (spellings.length === 0) return [];
  const rows = await tx.query<{ id: string }>(sql`
    SELECT id FROM contact WHERE program_id = ${friend.programId} AND email IN (${join([...spellings])})
      AND id NOT IN (${friend.id}, ${referrer.contactId}) LIMIT 2`);
  return rows.map(({ id }) => id);
}

async function recentFriends(tx: Transaction, { referrer, friend }: Case): Promise<readonly RecentFriend[]> {
  const since = new Date(tx.now.getTime() - monthDays * dayMilliseconds);
  const rows = await tx.select(
    Contact,
    sql`JOIN referral ON referral.friend_id = contact.id
      WHERE referral.referrer_id = ${referrer.id} AND referral.registered_at > ${since} AND contact.id <> ${friend.id}
      ORDER BY referral.registered_at DESC LIMIT ${recentFriendsMax}`,
  );
  if (rows.length === 0) return [];
  const ordered = await tx.query<{ friend_id: string }>(sql`
    SELECT friend_id FROM referral WHERE friend_id IN (${join(rows.map(({ id }) => id))}) AND converted_at IS NOT NULL`);
  const buyers = new Set(ordered.map(({ friend_id }) => friend_id));
  return rows.map((row) => ({ ...personOf(row), hasOrdered: buyers.has(row.id) }));
}

/** How many friends the ambassador registered before, and what came of them. Of the referral itself only the registration. */
async function paceOf(tx: Transaction, { referrer, referral }: Case) {
  const ago = (days: number) => new Date(tx.now.getTime() - days * dayMilliseconds);
  const itself = referral?.id ?? '';
  const until = referral?.registeredAt ?? tx.now;
  const dayBefore = new Date(until.getTime() - dayMilliseconds);
  const monthBefore = new Date(until.getTime() - monthDays * dayMilliseconds);
  const [row] = await tx.query<Record<'day' | 'month' | 'orders' | 'undone' | 'denied', number | string | null>>(sql`
    SELECT SUM(CASE WHEN registered_at > ${dayBefore} AND registered_at <= ${until} THEN 1 ELSE 0 END) AS day,
      SUM(CASE WHEN registered_at > ${monthBefore} AND registered_at <= ${until} THEN 1 ELSE 0 END) AS month,
      SUM(CASE WHEN status IN ('HELD', 'REWARDED', 'REVERSED') AND id <> ${itself} THEN 1 ELSE 0 END) AS orders,
      SUM(CASE WHEN status = 'REVERSED' THEN 1 ELSE 0 END) AS undone,
      SUM(CASE WHEN status = 'REJECTED' AND id <> ${itself} THEN 1 ELSE 0 END) AS denied
    FROM referral WHERE referrer_id = ${referrer.id} AND registered_at > ${ago(historyDays)}`);
  const count = (value: number | string | null | undefined) => Number(value ?? 0);
  return {
    perDay: count(row?.day),
    perMonth: count(row?.month),
    history: { orders: count(row?.orders), ordersUndone: count(row?.undone), denied: count(row?.denied) },
  };
}

async function clicksPerDay(tx: Transaction, ambassadorId: string): Promise<number> {
  const since = new Date(tx.now.getTime() - dayMilliseconds);
  const [row] = await tx.query<{ n: number | string }>(sql`
    SELECT COUNT(*) AS n FROM (SELECT 1 FROM referral_click
      WHERE ambassador_id = ${ambassadorId} AND clicked_at > ${since} LIMIT ${clicksMax}) AS clicks`);
  // What came in a flood was counted by the day, in UTC, instead of noted.
  const from = since.toISOString().slice(0, 10);
  const [flood] = await tx.query<{ n: number | string | null }>(sql`
    SELECT SUM(clicks) AS n FROM referral_click_flood WHERE ambassador_id = ${ambassadorId} AND day >= ${from}`);
  return Number(row?.n ?? 0) + Number(flood?.n ?? 0);
}

async function friendsOfClick(tx: Transaction, clickId: string, friend: Contact): Promise<number> {
  const others = await tx.select(
    Referral,
    sql`WHERE click_id = ${clickId} AND friend_id <> ${friend.id} LIMIT ${recentFriendsMax}`,
  );
  return others.length;
}

function personOf({ id, displayName, email }: Contact): KnownPerson {
  return { contactId: id, name: displayName, email };
}
