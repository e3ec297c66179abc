import sql from 'sql-template-tag';
import type { Challenge } from '../challenges/challenge.entity.js';
import type { ChallengeService } from '../challenges/challenge.service.js';
import type { Contact } from '../contacts/contact.entity.js';
import type { Fatigue } from '../fatigue/fatigue.js';
import type { Reader, Transaction } from '../platform/database/database.js';
import type { AskLeftOut, Candidate } from './ask.candidate.js';
import { Ask, AskTally } from './ask.entity.js';
import { type AskKind, clockOf, type SharingKind, sharingKinds } from './ask.kinds.js';
import type { AskOrderSettings } from './ask.order.js';
import type { AskCounts } from './ask.posterior.js';

/** Open challenges that are looked at, best first, and asks that are remembered, newest first. */
const challengesMax = 100;
const asksMax = 100;

/** Who is asked, and what is known of them. */
export interface Asked {
  readonly programId: string;
  /** IANA name; days, weeks and months begin at midnight there. */
  readonly timeZone: string;
  /** Undefined for who answered without a name. */
  readonly contact: Contact | undefined;
  readonly ambassadorId: string | null;
  readonly groupKey: string;
}

export interface Possible {
  /** In the order of the rule. */
  readonly candidates: readonly Candidate[];
  /** What they were last asked for, thanks not counted. */
  readonly lastKind: AskKind | undefined;
}

/** Finds what somebody can be asked for. */
export class AskCandidates {
  constructor(
    private readonly challenges: ChallengeService,
    private readonly fatigue: Fatigue,
  ) {}

  async find(tx: Transaction, asked: Asked, order: AskOrderSettings): Promise<Possible> {
    const { programId, timeZone, contact, ambassadorId, groupKey } = asked;
    const doer = { programId, timeZone, contactId: contact?.id ?? null, ambassadorId };
    const open = await this.challenges.bestOpen(tx, doer, tx.now, challengesMax);
    const before = contact ? await asksOf(tx, contact.id) : [];
    const counts = await countsOf(tx, programId, groupKey);
    const clocks = contact && (await this.fatigue.repliesOpen(tx, programId, contact.id));
    const tooSoon = (kind: AskKind) => (clocks && !clocks.has(clockOf(kind)) ? 'TOO_SOON' : null);
    const candidate = (kind: AskKind, challengeId: string | null, leftOut: AskLeftOut | null): Candidate => ({
      kind,
      challengeId,
      leftOut:
        leftOut ?? refusedBefore(before, kind, tx.now) ?? (order.excluded.includes(kind) ? 'EXCLUDED' : tooSoon(kind)),
      counts: counts(kind),
    });
    const lastKind = before.find(({ kind }) => kind !== 'THANKS')?.kind;
    const turns = inTurn(open, before);
    if (ambassadorId === null) {
      const begin = turns.find(({ justAsked }) => !justAsked);
      return { candidates: [candidate('JOIN', begin?.challenge.id ?? null, null)], lastKind };
    }
    const toDo = bestOfEachKind(turns).map(({ challenge, justAsked }) =>
      candidate(challenge.kind, challenge.id, justAsked ? 'ASKED_LAST' : null),
    );
    const toShare = sharingKinds.map((kind) => candidate(kind, null, unreachable(kind, contact, order)));
    return { candidates: [...toDo, ...toShare], lastKind };
  }
}

/** By id, not by time: ids are made while the contact's row is held, so they stand in the order of the asks. */
function asksOf(db: Reader, contactId: string): Promise<Ask[]> {
  return db.select(Ask, sql`WHERE contact_id = ${contactId} ORDER BY id DESC LIMIT ${asksMax}`);
}

/** How asks of each kind went with a group of people. */
export async function countsOf(db: Reader, programId: string, groupKey: string): Promise<(kind: AskKind) => AskCounts> {
  const tallies = await db.select(AskTally, sql`WHERE program_id = ${programId} AND group_key = ${groupKey}`);
  const count = (kind: AskKind, outcome: AskTally['outcome']) =>
    tallies.find((each) => each.kind === kind && each.outcome === outcome)?.asks ?? 0;
  return (kind) => ({
    asked: count(kind, 'ASKED'),
    accepted: count(kind, 'ACCEPTED'),
    declined: count(kind, 'DECLINED'),
    expired: count(kind, 'EXPIRED'),
  });
}

function refusedBefore(before: readonly Ask[], wanted: AskKind, now: Date): AskLeftOut | null {
  const refusals = before.filter(({ kind, refusal }) => kind === wanted && refusal !== null);
  if (refusals.some(({ refusal }) => refusal === 'NEVER_THIS')) return 'NEVER_THIS';
  return refusals.some(({ expiresAt }) => expiresAt !== null && expiresAt > now) ? 'NOT_NOW' : null;
}

interface Turn {
  readonly challenge: Challenge;
  readonly justAsked: boolean;
}

/** What they were never asked for first, best first; then what they were asked for longest ago; last what came last. */
function inTurn(open: readonly Challenge[], before: readonly Ask[]): Turn[] {
  const asksAgo = ({ id }: Challenge) => before.findIndex(({ challengeId }) => challengeId === id);
  const age = (challenge: Challenge) => {
    const ago = asksAgo(challenge);
    return ago < 0 ? asksMax : ago;
  };
  return open
    .map((challenge) => ({ challenge, justAsked: asksAgo(challenge) === 0 }))
    .sort((a, b) => age(b.challenge) - age(a.challenge));
}

function bestOfEachKind(turns: readonly Turn[]): Turn[] {
  return turns.filter(
    ({ challenge }, index) => turns.findIndex((other) => other.challenge.kind === challenge.kind) === index,
  );
}

/** By mail with whom we write by mail, by WhatsApp with whom we know by telephone; everybody can by Facebook. */
function unreachable(
  kind: SharingKind,
  contact: Contact | undefined,
  { phoneAttribute }: AskOrderSettings,
): AskLeftOut | null {
  if (kind === 'SHARE_EMAIL') return contact?.email ? null : 'NO_ADDRESS';
  if (kind === 'SHARE_WHATSAPP') return contact?.attributes[phoneAttribute] ? null : 'NO_PHONE';
  return null;
}

/** Whom somebody is alike: those with the same band of the last answer, and the same value of the program's attribute. */
export function groupOf(band: string, contact: Contact | undefined, { groupAttribute }: AskOrderSettings): string {
  const value = groupAttribute === null ? undefined : contact?.attributes[groupAttribute];
  if (!['string', 'number', 'boolean'].includes(typeof value)) return band;
  const written = String(value).trim().toLowerCase();
  return [...`${band}:${written}`].slice(0, groupKeyLengthMax).join('');
}

const groupKeyLengthMax = 64;
