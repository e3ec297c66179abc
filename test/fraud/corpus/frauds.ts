import type { ReferralAssessmentOutcome } from '../../../src/referrals/fraud/fraud.enums.js';
import { type Census, fullName, letters } from './people.js';
import { days, type Host, hours, minutes, type Person, type Scene, seconds } from './scene.js';

/**
 * One way to cheat. `play` does it once, from the beginning, and answers what came of the attempt that completes it:
 * the third account of a device, the fast order of a bot.
 */
export interface Fraud {
  readonly name: string;
  play(scene: Scene, census: Census): Promise<ReferralAssessmentOutcome>;
}

type Play = Fraud['play'];

/** An ambassador with an address of that provider. */
async function hostAt(
  scene: Scene,
  census: Census,
  domain: string,
): Promise<{ host: Host; local: string; person: Person }> {
  const name = census.name();
  const local = `${letters(name.given)}.${letters(name.family)}`;
  const person = { name: fullName(name), email: `${local}@${domain}` };
  return { host: await scene.ambassador(person), local, person };
}

/** The ambassador's own inbox, spelt otherwise. */
function alias(domain: string, spell: (local: string) => string): Play {
  return async (scene, census) => {
    const { host, local } = await hostAt(scene, census, domain);
    return scene.register(host, { name: fullName(census.name()), email: spell(local) });
  };
}

/** Friends who are registered one after the other; answers for the last. */
async function series(
  scene: Scene,
  host: Host,
  friends: readonly Person[],
  pause: number,
  how: (index: number) => Parameters<Scene['register']>[2] = () => ({}),
): Promise<ReferralAssessmentOutcome> {
  let last: ReferralAssessmentOutcome = 'PASSED';
  for (const [index, friend] of friends.entries()) {
    await scene.pass(pause);
    last = await scene.register(host, friend, how(index));
    if (last !== 'DENIED') last = await scene.buy(friend);
  }
  return last;
}

const strangers = (census: Census, count: number) => Array.from({ length: count }, () => census.person());

function shared(count: number, means: (census: Census) => object, withHost: boolean): Play {
  return async (scene, census) => {
    const common = means(census);
    const host = await scene.ambassador(census.person(), withHost ? common : {});
    return series(scene, host, strangers(census, count), hours(30), () => ({
      means: { ...census.means(), ...common },
    }));
  };
}

const self: readonly Fraud[] = [
  {
    name: 'own code, as oneself',
    play: async (scene, census) => {
      const person = census.person();
      return scene.register(await scene.ambassador(person), person);
    },
  },
  { name: 'own address in capitals', play: alias('ziggo.nl', (local) => `${local.toUpperCase()}@ziggo.nl`) },
  {
    name: 'own address without dots (Gmail)',
    play: alias('gmail.com', (local) => `${local.replace('.', '')}@gmail.com`),
  },
  {
    name: 'own address with other dots (Gmail)',
    play: alias('gmail.com', (local) => `${[...local.replace('.', '')].join('.')}@gmail.com`),
  },
  { name: 'own address with a label', play: alias('example.net', (local) => `${local}+shop@example.net`) },
  { name: 'own address at googlemail.com', play: alias('gmail.com', (local) => `${local}@googlemail.com`) },
  { name: 'own address with a label (Yahoo)', play: alias('yahoo.com', (local) => `${local}-friend@yahoo.com`) },
  { name: 'own address at the other domain (iCloud)', play: alias('icloud.com', (local) => `${local}@me.com`) },
  {
    name: 'own address at the other domain (Proton)',
    play: alias('proton.me', (local) => `${local.replace('.', '_')}@pm.me`),
  },
  {
    name: 'own address as a subdomain (Fastmail)',
    play: alias('fastmail.com', (local) => `friend@${local}.fastmail.com`),
  },
  {
    name: 'own name, digits in the address',
    play: async (scene, census) => {
      const { host, local, person } = await hostAt(scene, census, 'gmail.com');
      return scene.register(host, { name: person.name, email: `${local}${census.dice.between(2, 99)}@gmail.com` });
    },
  },
  {
    name: 'own address at another provider, no name',
    play: async (scene, census) => {
      const { host, local } = await hostAt(scene, census, 'gmail.com');
      return scene.register(host, { name: null, email: `${local}@outlook.com` });
    },
  },
  {
    name: 'own name misspelt, own address misspelt',
    play: async (scene, census) => {
      const { host, local, person } = await hostAt(scene, census, 'hotmail.com');
      return scene.register(host, { name: `${person.name}s`, email: `${local}s@outlook.com` });
    },
  },
  {
    name: 'own names swapped',
    play: async (scene, census) => {
      const { host, local, person } = await hostAt(scene, census, 'gmail.com');
      const swapped = (person.name ?? '').split(' ').reverse().join(' ');
      return scene.register(host, { name: swapped, email: `${local.replace('.', '')}@live.nl` });
    },
  },
  {
    name: 'own name with letters of another script',
    play: async (scene, census) => {
      const { host, person } = await hostAt(scene, census, 'gmail.com');
      const name = (person.name ?? '').replace(/[aeo]/, (letter) => ({ a: 'а', e: 'е', o: 'о' })[letter] ?? letter);
      return scene.register(host, { name, email: census.emailOf(census.name()) });
    },
  },
  {
    name: 'own card, an invented friend',
    play: shared(1, (census) => ({ payment: census.means().payment }), true),
  },
];

const doubles: readonly Fraud[] = [
  {
    name: 'a customer again, by a label',
    play: async (scene, census) => {
      const name = census.name();
      const local = `${letters(name.given)}${letters(name.family)}`;
      await scene.customer({ name: fullName(name), email: `${local}@example.net` });
      const host = await scene.ambassador(census.person());
      return scene.register(host, { name: null, email: `${local}+new@example.net` });
    },
  },
  {
    name: 'a friend again, by dots',
    play: async (scene, census) => {
      const host = await scene.ambassador(census.person());
      const name = census.name();
      const local = `${letters(name.given)}${letters(name.family)}`;
      await scene.register(host, { name: fullName(name), email: `${local}@gmail.com` });
      await scene.pass(days(2));
      return scene.register(host, { name: null, email: `${local.slice(0, 3)}.${local.slice(3)}@gmail.com` });
    },
  },
  {
    name: 'a friend of one ambassador again with another, by a label',
    play: async (scene, census) => {
      const [first, second] = [await scene.ambassador(census.person()), await scene.ambassador(census.person())];
      const name = census.name();
      const local = `${letters(name.given)}.${letters(name.family)}`;
      await scene.register(first, { name: fullName(name), email: `${local}@outlook.com` });
      await scene.pass(days(1));
      return scene.register(second, { name: fullName(name), email: `${local}+b@outlook.com` });
    },
  },
  {
    name: 'a second referrer for the same friend',
    play: async (scene, census) => {
      const [first, second] = [await scene.ambassador(census.person()), await scene.ambassador(census.person())];
      const friend = census.person();
      await scene.register(first, friend);
      await scene.pass(hours(1));
      return scene.register(second, friend);
    },
  },
  {
    name: 'two who bring each other',
    play: async (scene, census) => {
      const [a, b] = [census.person(), census.person()];
      const host = await scene.ambassador(a);
      await scene.register(host, b);
      return scene.register(await scene.ambassador(b), a);
    },
  },
  {
    name: 'three who bring each other in a ring',
    play: async (scene, census) => {
      const [a, b, c] = [census.person(), census.person(), census.person()];
      await scene.register(await scene.ambassador(a), b);
      await scene.register(await scene.ambassador(b), c);
      return scene.register(await scene.ambassador(c), a);
    },
  },
  {
    name: 'one name, three addresses',
    play: async (scene, census) => {
      const name = census.name();
      const host = await scene.ambassador(census.person());
      const friends = ['gmail.com', 'web.de', 'orange.fr'].map((domain) => ({
        name: fullName(name),
        email: census.emailOf(census.name(), domain),
      }));
      return series(scene, host, friends, days(3));
    },
  },
];

const farms: readonly Fraud[] = [
  { name: 'a telephone with three accounts', play: shared(3, (census) => ({ device: census.means().device }), false) },
  { name: 'own telephone with two accounts', play: shared(2, (census) => ({ device: census.means().device }), true) },
  { name: 'one card for three friends', play: shared(3, (census) => ({ payment: census.means().payment }), false) },
  {
    name: 'one card behind changing networks and devices, for several ambassadors',
    play: async (scene, census) => {
      const { payment } = census.means();
      let last: ReferralAssessmentOutcome = 'PASSED';
      for (let turn = 0; turn < 3; turn++) {
        const host = await scene.ambassador(census.person());
        last = await series(scene, host, strangers(census, 1), hours(5), () => ({
          means: { ...census.means(), payment },
        }));
      }
      return last;
    },
  },
  {
    name: 'six friends of one ambassador from one network in a week',
    play: shared(6, (census) => ({ network: census.means().network }), false),
  },
  {
    name: 'numbered addresses',
    play: async (scene, census) => {
      const host = await scene.ambassador(census.person());
      const local = letters(census.name().family).padEnd(5, 'x');
      const friends = [1, 2, 3].map((number) => ({ name: null, email: `${local}${number}@gmail.com` }));
      return series(scene, host, friends, days(2));
    },
  },
  {
    name: 'addresses made by a machine',
    play: async (scene, census) => {
      const host = await scene.ambassador(census.person());
      const friends = Array.from({ length: 3 }, () => ({ name: null, email: `${gibberish(census)}@gmail.com` }));
      return series(scene, host, friends, days(2));
    },
  },
  {
    name: 'an address for minutes',
    play: async (scene, census) =>
      scene.register(await scene.ambassador(census.person()), {
        name: fullName(census.name()),
        email: census.emailOf(census.name(), census.dice.pick(['mailinator.com', 'yopmail.com', 'guerrillamail.com'])),
      }),
  },
  {
    name: 'an address for minutes, by a subdomain',
    play: async (scene, census) =>
      scene.register(await scene.ambassador(census.person()), {
        name: null,
        email: census.emailOf(census.name(), 'post.mailinator.com'),
      }),
  },
];

const pace: readonly Fraud[] = [
  {
    name: 'five friends a day from one network',
    play: async (scene, census) => {
      const { network } = census.means();
      const host = await scene.ambassador(census.person());
      return series(scene, host, strangers(census, 5), hours(1), () => ({ means: { network } }));
    },
  },
  {
    name: 'more than ten friends a day',
    play: async (scene, census) =>
      series(scene, await scene.ambassador(census.person()), strangers(census, 11), minutes(20)),
  },
  {
    name: 'more than fifty friends a month',
    play: async (scene, census) =>
      series(scene, await scene.ambassador(census.person()), strangers(census, 51), hours(13)),
  },
  { name: 'a robot that registers at once', play: fast(seconds(1), 0) },
  { name: 'an order within seconds of the click', play: fast(seconds(4), seconds(4)) },
  {
    name: 'a flood of clicks',
    play: async (scene, census) => {
      const host = await scene.ambassador(census.person());
      await scene.flood(host, census.dice.between(1_000, 5_000));
      return scene.register(host, census.person(), { means: census.means() });
    },
  },
  {
    name: 'one click for six friends',
    play: async (scene, census) => {
      const host = await scene.ambassador(census.person());
      const click = await scene.click(host);
      return series(scene, host, strangers(census, 6), hours(30), () => ({ click }));
    },
  },
  {
    name: 'bought and sent back, again and again',
    play: async (scene, census) => {
      const host = await scene.ambassador(census.person());
      for (const friend of strangers(census, 3)) {
        await series(scene, host, [friend], days(2));
        await scene.undo(friend);
      }
      return series(scene, host, strangers(census, 1), days(2));
    },
  },
  {
    name: 'denied three times, and trying again',
    play: async (scene, census) => {
      const { host, local } = await hostAt(scene, census, 'proton.me');
      const name = letters(census.name().family).padEnd(6, 'a');
      await scene.register(host, { name: null, email: `${name}@example.net` });
      for (const label of ['a', 'b', 'c']) {
        await scene.pass(days(3));
        await scene.register(host, { name: null, email: `${name}+${label}@example.net` });
      }
      await scene.pass(days(3));
      return scene.register(host, { ...census.person(), name: `${local.length} people` });
    },
  },
];

function fast(toRegister: number, toBuy: number): Play {
  return async (scene, census) => {
    const host = await scene.ambassador(census.person());
    const click = await scene.click(host);
    await scene.pass(toRegister);
    const friend = census.person();
    const registered = await scene.register(host, friend, { click, means: census.means() });
    if (toBuy === 0) return registered;
    await scene.pass(toBuy);
    return scene.buy(friend);
  };
}

function gibberish({ dice }: Census): string {
  const letter = () => dice.pick([...'bcdfghjklmnpqrstvwxz']);
  return Array.from({ length: 5 }, () => `${letter()}${dice.between(0, 9)}`).join('') + letter();
}

export const frauds: readonly Fraud[] = [...self, ...doubles, ...farms, ...pace];
