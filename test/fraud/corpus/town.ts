import { judge } from '../../../src/referrals/fraud/engine.js';
import { type Facts, recentFriendsMax, type Sighting, signalsOf } from '../../../src/referrals/fraud/facts.js';
import type { ReferralAssessmentOutcome, ReferralStrictness } from '../../../src/referrals/fraud/fraud.enums.js';
import { inboxOf } from '../../../src/referrals/fraud/inbox.js';
import { type Act, type Click, days, type Host, type Means, type Person, type Scene } from './scene.js';

interface Brought {
  readonly hostId: string;
  readonly friendId: string;
  readonly friend: Person;
  readonly registeredAt: number;
  readonly click: { readonly id: string; readonly at: number } | undefined;
  orderedAt: number | undefined;
  isUndone: boolean;
  isDenied: boolean;
}

interface Seen extends Sighting {
  readonly value: string;
}

/** A program in memory: keeps what the database keeps, and asks the engine itself. */
export class Town implements Scene {
  private now = Date.parse('2026-03-02T09:00:00Z');
  private readonly hosts = new Map<string, { readonly person: Person; readonly contactId: string }>();
  private readonly broughtFriend = new Map<string, Brought[]>();
  private readonly marksOfContact = new Map<string, Pick<Seen, 'kind' | 'value'>[]>();
  private readonly broughtBy = new Map<string, Brought[]>();
  private readonly seen = new Map<string, Seen[]>();
  private readonly clicksOf = new Map<string, number[]>();
  private readonly clicks = new Map<string, number>();

  constructor(
    private readonly strictness: ReferralStrictness = 'STANDARD',
    private readonly perDayMax = 10,
    private readonly perMonthMax = 50,
  ) {}

  async ambassador(person: Person, means: Means = {}): Promise<Host> {
    const contactId = idOf(person);
    const id = `host of ${contactId}`;
    this.hosts.set(id, { person, contactId });
    this.remember(contactId, null, this.marksOf(person, means));
    return { id };
  }

  async customer(person: Person): Promise<void> {
    this.remember(idOf(person), null, this.marksOf(person, {}));
  }

  async click(host: Host): Promise<Click> {
    const id = `click ${this.clicks.size}`;
    this.clicks.set(id, this.now);
    add(this.clicksOf, host.id, this.now);
    return { id };
  }

  async flood(host: Host, count: number): Promise<void> {
    this.clicksOf.set(host.id, [...(this.clicksOf.get(host.id) ?? []), ...Array<number>(count).fill(this.now)]);
  }

  async register(host: Host, friend: Person, { means = {}, click }: Act = {}): Promise<ReferralAssessmentOutcome> {
    const at = click && { id: click.id, at: this.clicks.get(click.id) ?? this.now };
    const row: Brought = {
      hostId: host.id,
      friendId: idOf(friend),
      friend,
      registeredAt: this.now,
      click: at,
      orderedAt: undefined,
      isUndone: false,
      isDenied: false,
    };
    const marks = this.marksOf(friend, means);
    const outcome = judge(signalsOf(this.factsOf(row, marks)), this.strictness).outcome;
    row.isDenied = outcome === 'DENIED';
    add(this.broughtFriend, row.friendId, row);
    add(this.broughtBy, host.id, row);
    this.remember(row.friendId, host.id, marks);
    return outcome;
  }

  async buy(friend: Person, { means = {} }: Act = {}): Promise<ReferralAssessmentOutcome> {
    const row = this.rowOf(friend);
    if (row.isDenied) return 'DENIED';
    row.orderedAt = this.now;
    const marks = this.marksOf(friend, means);
    const all = [...marks, ...(this.marksOfContact.get(row.friendId) ?? [])];
    const { outcome } = judge(signalsOf(this.factsOf(row, all)), this.strictness);
    this.remember(
      row.friendId,
      row.hostId,
      marks.filter(({ kind }) => kind !== 'NETWORK'),
    );
    return outcome;
  }

  async undo(friend: Person): Promise<void> {
    this.rowOf(friend).isUndone = true;
  }

  async pass(milliseconds: number): Promise<void> {
    this.now += milliseconds;
  }

  private rowOf(friend: Person): Brought {
    const row = this.broughtFriend.get(idOf(friend))?.at(-1);
    if (!row) throw new Error('Nobody brought this friend');
    return row;
  }

  private factsOf(row: Brought, marks: readonly Pick<Seen, 'kind' | 'value'>[]): Facts {
    const host = this.hosts.get(row.hostId);
    if (!host) throw new Error('There is no such ambassador');
    const others = (this.broughtBy.get(row.hostId) ?? []).filter((each) => each !== row);
    const within = (count: number) =>
      others.filter(
        ({ registeredAt }) => registeredAt > row.registeredAt - days(count) && registeredAt <= row.registeredAt,
      ).length + 1;
    const recent = others.filter(({ registeredAt }) => registeredAt > this.now - days(30));
    return {
      now: new Date(this.now),
      friend: { ...row.friend, contactId: row.friendId },
      referrer: { ...host.person, contactId: host.contactId, ambassadorId: row.hostId },
      closesCycle: this.leadsTo(host.contactId, row.friendId),
      hasOtherReferrer: (this.broughtFriend.get(row.friendId) ?? []).some(
        (each) => each.hostId !== row.hostId && !each.isDenied,
      ),
      spellings: [],
      sightings: this.sightingsOf(row.friendId, marks),
      hasNetwork: marks.some(({ kind }) => kind === 'NETWORK'),
      recentFriends: recent
        .slice(-recentFriendsMax)
        .map((each) => ({ ...each.friend, contactId: each.friendId, hasOrdered: each.orderedAt !== undefined })),
      perDay: within(1),
      perMonth: within(30),
      perDayMax: this.perDayMax,
      perMonthMax: this.perMonthMax,
      clickedAt: row.click ? new Date(row.click.at) : null,
      registeredAt: new Date(row.registeredAt),
      convertedAt: row.orderedAt === undefined ? null : new Date(row.orderedAt),
      clicksPerDay: (this.clicksOf.get(row.hostId) ?? []).filter((at) => at > this.now - days(1)).length,
      friendsOfClick: others.filter(({ click }) => click && click.id === row.click?.id).length,
      history: {
        orders: others.filter(({ orderedAt }) => orderedAt !== undefined).length,
        ordersUndone: others.filter(({ isUndone }) => isUndone).length,
        denied: others.filter(({ isDenied }) => isDenied).length,
      },
    };
  }

  /** Whether somebody was brought by that friend, directly or over others. */
  private leadsTo(contactId: string, friendId: string): boolean {
    for (let at: string | undefined = contactId; at; ) {
      const above: Brought | undefined = this.broughtFriend.get(at)?.find((each) => !each.isDenied);
      at = above && this.hosts.get(above.hostId)?.contactId;
      if (at === friendId) return true;
    }
    return false;
  }

  private sightingsOf(friendId: string, marks: readonly Pick<Seen, 'kind' | 'value'>[]): Sighting[] {
    const found = marks.flatMap(({ kind, value }) => this.seen.get(`${kind} ${value}`) ?? []);
    return found.filter((each) => each.contactId !== friendId);
  }

  private marksOf({ email }: Person, { network, device, payment }: Means): Pick<Seen, 'kind' | 'value'>[] {
    return [
      ...(email ? [{ kind: 'INBOX' as const, value: inboxOf(email) }] : []),
      ...(network ? [{ kind: 'NETWORK' as const, value: network }] : []),
      ...(device ? [{ kind: 'DEVICE' as const, value: device }] : []),
      ...(payment ? [{ kind: 'PAYMENT' as const, value: payment }] : []),
    ];
  }

  private remember(contactId: string, referrerId: string | null, marks: readonly Pick<Seen, 'kind' | 'value'>[]): void {
    for (const { kind, value } of marks) {
      const key = `${kind} ${value}`;
      const list = this.seen.get(key) ?? [];
      if (!list.some((each) => each.contactId === contactId)) {
        list.push({ kind, value, contactId, referrerId, seenAt: new Date(this.now) });
        add(this.marksOfContact, contactId, { kind, value });
      }
      this.seen.set(key, list);
    }
  }
}

function add<Value>(lists: Map<string, Value[]>, key: string, value: Value): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

function idOf({ externalId, email }: Person): string {
  const id = externalId ?? email?.toLowerCase();
  if (!id) throw new Error('Nobody can be known by a name alone');
  return id;
}
