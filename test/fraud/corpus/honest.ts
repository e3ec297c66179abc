import { type Census, fullName, letters, type Name } from './people.js';
import {
  type Act,
  days,
  type Host,
  hours,
  isFlagged,
  type Means,
  minutes,
  type Person,
  type Scene,
  seconds,
} from './scene.js';

/** One way in which honest people come, with what makes it look odd. */
export interface Situation {
  readonly name: string;
  readonly people: number;
  live(street: Street, count: number): Promise<void>;
}

/** A scene in which honest people live: counts them, and those of them who are flagged. */
export class Street {
  people = 0;
  flagged = 0;

  constructor(
    readonly scene: Scene,
    readonly census: Census,
  ) {}

  /** A friend comes: registers, and mostly buys later, at their own pace. */
  async brings(host: Host, friend: Person, act: Act = {}, orders: Means = {}): Promise<void> {
    const { scene, census } = this;
    let isSuspect = isFlagged(await scene.register(host, friend, act));
    if (census.dice.happens(0.8)) {
      await scene.pass(census.dice.between(minutes(1), hours(4)));
      isSuspect = isFlagged(await scene.buy(friend, { means: orders })) || isSuspect;
    }
    this.people += 1;
    if (isSuspect) this.flagged += 1;
  }

  /** Somebody follows the link, reads, and registers with what they have; of which the shop does not see everything. */
  async visits(host: Host, friend: Person, means: Means = this.census.means()): Promise<void> {
    const { scene, census } = this;
    const click = census.dice.happens(0.7) ? await scene.click(host) : undefined;
    await scene.pass(census.dice.between(seconds(25), hours(2)));
    const payment = census.dice.happens(0.6) && means.payment ? { payment: means.payment } : {};
    await this.brings(host, friend, { means: census.seen(means), ...(click && { click }) }, payment);
  }

  host(person: Person = this.census.person(), means?: Means): Promise<Host> {
    return this.scene.ambassador(person, means);
  }
}

type Life = Situation['live'];

/** Groups of so many friends each, until there are enough. */
function inGroups(low: number, high: number, live: (street: Street, size: number) => Promise<void>): Life {
  return async (street, count) => {
    for (let left = count; left > 0; ) {
      const size = Math.min(left, street.census.dice.between(low, high));
      await live(street, size);
      left -= size;
      await street.scene.pass(street.census.dice.between(minutes(10), hours(6)));
    }
  };
}

/** Friends of one ambassador each, now and then. */
function nowAndThen(personOf: (census: Census) => Person): Life {
  return inGroups(1, 3, async (street, size) => {
    const host = await street.host();
    for (let friend = 0; friend < size; friend++) {
      await street.scene.pass(street.census.dice.between(hours(8), days(9)));
      await street.visits(host, personOf(street.census));
    }
  });
}

/** A family behind one network, and with what else they share. */
function family(low: number, high: number, shared: (means: Required<Means>) => Means): Life {
  return inGroups(low, high, async (street, size) => {
    const { census, scene } = street;
    const { family: surname } = census.name();
    const home = { network: census.means().network, ...shared(census.means()) };
    const host = await street.host(census.person(census.name(surname)), home);
    for (let member = 0; member < size; member++) {
      await scene.pass(census.dice.between(hours(1), days(6)));
      await street.visits(host, census.person(census.name(surname)), { ...census.means(), ...home });
    }
  });
}

/** Brothers and sisters with names like each other's: Lisa and Liza Bakker. */
const twins: Life = inGroups(1, 1, async (street) => {
  const { census } = street;
  const first = census.name();
  const second: Name = { ...first, given: nearName(census, first.given) };
  const [network, domain] = [census.means().network, census.dice.pick(['gmail.com', 'outlook.com', 'ziggo.nl'])];
  const twin = (name: Name): Person => ({
    name: fullName(name),
    email: `${letters(name.given)}.${letters(name.family)}@${domain}`,
  });
  const host = await street.host(twin(first), { network });
  await street.scene.pass(days(1));
  await street.visits(host, twin(second), { ...census.means(), network });
});

/** The same name with one letter changed, but not its first. */
function nearName({ dice }: Census, given: string): string {
  const at = dice.between(1, Math.max(1, given.length - 1));
  return given.slice(0, at) + dice.pick([...'aeioulnrst'].filter((each) => each !== given[at])) + given.slice(at + 1);
}

/** Two people of one name who know each other: a father and a son, or a Jan Jansen and another. */
const namesakes: Life = inGroups(1, 1, async (street) => {
  const { census } = street;
  const name = census.name();
  const email = `${letters(name.given)[0]}.${letters(name.family)}@kpnmail.nl`;
  const host = await street.host({ name: fullName(name), email });
  await street.scene.pass(days(3));
  const other = `${letters(census.name().given)}${census.dice.between(60, 99)}@gmail.com`;
  await street.visits(host, { name: fullName(name), email: other });
});

/** Colleagues at one firm: one network, one domain, a few who recommend. */
const office: Life = inGroups(4, 14, async (street, size) => {
  const { census, scene } = street;
  const [network, domain] = [census.means().network, census.firm()];
  const colleague = (): Person => {
    const name = census.name();
    return { name: fullName(name), email: census.emailOf(name, domain) };
  };
  const hosts = [await street.host(colleague(), { network }), await street.host(colleague(), { network })];
  for (let friend = 0; friend < size; friend++) {
    await scene.pass(census.dice.between(hours(20), days(6)));
    await street.visits(census.dice.pick(hosts), colleague(), { ...census.means(), network });
  }
});

/** One network for very many, brought by many: a campus, a provider of mobile internet. */
function crowd(low: number, high: number, personOf: (census: Census) => Person): Life {
  return inGroups(low, high, async (street, size) => {
    const { census, scene } = street;
    const { network } = census.means();
    for (let friend = 0; friend < size; friend++) {
      const host = await street.host();
      await scene.pass(census.dice.between(minutes(30), hours(12)));
      await street.visits(host, personOf(census), { ...census.means(), network });
    }
  });
}

/** Somebody with many followers, on a day when a post does well: up to what a program allows unless it changes that. */
const influencer: Life = inGroups(5, 10, async (street, size) => {
  const { census, scene } = street;
  const host = await street.host();
  await scene.flood(host, size * census.dice.between(20, 120));
  for (let friend = 0; friend < size; friend++) {
    await scene.pass(census.dice.between(minutes(5), minutes(25)));
    await street.visits(host, census.person());
  }
});

/** Friends at one table who scan the code, on the wifi of the house. */
const table: Life = inGroups(3, 4, async (street, size) => {
  const { census, scene } = street;
  const { network } = census.means();
  const host = await street.host(census.person(), { network });
  for (let friend = 0; friend < size; friend++) {
    await scene.pass(census.dice.between(seconds(40), minutes(6)));
    await street.visits(host, census.person(), { ...census.means(), network });
  }
});

/** By telephone: the shop's own number of a customer, a name, no address, and nothing seen. */
const telephone: Life = inGroups(1, 3, async (street, size) => {
  const { census, scene } = street;
  const host = await street.host();
  for (let friend = 0; friend < size; friend++) {
    await scene.pass(census.dice.between(hours(5), days(20)));
    const externalId = `customer ${census.means().device}`;
    await street.brings(host, { externalId, name: fullName(census.name()), email: null });
  }
});

/** An address mistyped at first, and registered again: one person, on one telephone. */
const mistyped: Life = inGroups(1, 1, async (street) => {
  const { census, scene } = street;
  const [name, means, host] = [census.name(), census.means(), await street.host()];
  const local = `${letters(name.given)}.${letters(name.family)}`;
  const at = census.dice.between(1, local.length - 2);
  const slips = [
    local.slice(0, at) + local.slice(at + 1),
    local.slice(0, at) + local[at] + local.slice(at),
    `${local.slice(0, at)}${census.dice.pick([...'aeioulnrst'])}${local.slice(at + 1)}`,
  ].filter((slip) => slip !== local);
  const wrong = { name: fullName(name), email: `${census.dice.pick(slips)}@gmail.com` };
  await scene.register(host, wrong, { means: census.seen(means) });
  await scene.pass(census.dice.between(minutes(1), hours(3)));
  await street.visits(host, { name: fullName(name), email: `${local}@gmail.com` }, means);
});

/** Registered at home, bought on another telephone, elsewhere. */
const reinstalled: Life = inGroups(1, 2, async (street, size) => {
  const { census, scene } = street;
  const host = await street.host();
  for (let friend = 0; friend < size; friend++) {
    await scene.pass(days(2));
    await street.brings(host, census.person(), { means: census.means() }, census.means());
  }
});

/** A telephone that somebody else had before. */
const secondHand: Life = inGroups(2, 2, async (street, size) => {
  const { census, scene } = street;
  const { device } = census.means();
  for (let owner = 0; owner < size; owner++) {
    await street.visits(await street.host(), census.person(), { ...census.means(), device });
    await scene.pass(days(90));
  }
});

/** One address from the landing page, passed on in the family's chat. */
const passedOn: Life = inGroups(2, 4, async (street, size) => {
  const { census, scene } = street;
  const host = await street.host();
  const click = await scene.click(host);
  for (let friend = 0; friend < size; friend++) {
    await scene.pass(census.dice.between(minutes(4), hours(20)));
    await street.brings(host, census.person(), { click, means: census.means() });
  }
});

/** Goods that do not fit: of three friends one sends back. */
const sentBack: Life = inGroups(3, 3, async (street, size) => {
  const { census, scene } = street;
  const host = await street.host();
  for (let friend = 0; friend < size; friend++) {
    await scene.pass(census.dice.between(days(1), days(7)));
    const person = census.person();
    await street.visits(host, person);
    if (friend === 0) await scene.undo(person);
  }
});

/** Somebody who knows what they want: half a minute from the click to the order, with a card on file. */
const quick: Life = inGroups(1, 2, async (street, size) => {
  const { census, scene } = street;
  const host = await street.host();
  for (let friend = 0; friend < size; friend++) {
    await scene.pass(days(1));
    const [person, click] = [census.person(), await scene.click(host)];
    await scene.pass(census.dice.between(seconds(12), seconds(20)));
    const registered = await scene.register(host, person, { click, means: census.means() });
    await scene.pass(census.dice.between(seconds(5), seconds(40)));
    const bought = await scene.buy(person);
    street.people += 1;
    if (isFlagged(registered) || isFlagged(bought)) street.flagged += 1;
  }
});

const withAddress = (addressOf: (census: Census, name: Name) => string) => (census: Census) => {
  const name = census.name();
  return { name: fullName(name), email: addressOf(census, name) };
};

const relay = withAddress(({ dice }) => {
  const local = Array.from({ length: 10 }, () => dice.pick([...'bcdfghjkmnpqrstvwxz0123456789'])).join('');
  return `${local}@${dice.pick(['privaterelay.appleid.com', 'duck.com', 'mozmail.com'])}`;
});
const student = withAddress((census, name) =>
  census.dice.happens(0.5) ? `s${census.dice.between(1_000_000, 9_999_999)}@student.uni.nl` : census.emailOf(name),
);
const labelled = withAddress((census, name) => census.emailOf(name).replace('@', '+shop@'));
const forMinutes = withAddress((census, name) => census.emailOf(name, 'mailinator.com'));
const usual = (census: Census) => census.person();

/** 10,000 people. What is rare in life is rare here; the shares are our own estimate, since nobody publishes them. */
export const situations: readonly Situation[] = [
  { name: 'telling a friend now and then', people: 4_590, live: nowAndThen(usual) },
  { name: 'families behind one network', people: 1_200, live: family(1, 4, () => ({})) },
  { name: 'couples with one tablet', people: 250, live: family(1, 1, ({ device }) => ({ device })) },
  { name: 'couples with one card', people: 20, live: family(1, 1, ({ payment }) => ({ payment })) },
  { name: 'families of three or four with one tablet', people: 20, live: family(2, 3, ({ device }) => ({ device })) },
  { name: 'colleagues: one network, one domain', people: 900, live: office },
  { name: 'students behind one campus network', people: 700, live: crowd(20, 60, student) },
  { name: 'customers of one mobile provider', people: 600, live: crowd(40, 90, usual) },
  { name: 'guests of a library or a café', people: 200, live: crowd(2, 5, usual) },
  { name: 'followers of an influencer, in one day', people: 250, live: influencer },
  { name: 'friends at one table', people: 200, live: table },
  { name: 'by telephone, without an address', people: 300, live: telephone },
  { name: 'an address mistyped, then right', people: 150, live: mistyped },
  { name: 'twins', people: 60, live: twins },
  { name: 'namesakes', people: 20, live: namesakes },
  { name: 'a new telephone between registering and buying', people: 150, live: reinstalled },
  { name: 'a second-hand telephone', people: 40, live: secondHand },
  { name: 'a landing page passed on', people: 80, live: passedOn },
  { name: 'orders sent back now and then', people: 90, live: sentBack },
  { name: 'quick buyers', people: 40, live: quick },
  { name: 'addresses of a relay', people: 100, live: nowAndThen(relay) },
  { name: 'addresses with a label', people: 30, live: nowAndThen(labelled) },
  { name: 'addresses for minutes, for privacy', people: 10, live: nowAndThen(forMinutes) },
];
