import { base, de, en, Faker, fr, nl } from '@faker-js/faker';
import { Dice } from '../../../src/app/demo/dice.js';
import { inboxOf } from '../../../src/referrals/fraud/inbox.js';
import type { Means, Person } from './scene.js';

const providers = [
  'gmail.com', 'gmail.com', 'gmail.com', 'gmail.com', 'outlook.com', 'hotmail.com', 'hotmail.nl', 'live.nl',
  'icloud.com', 'ziggo.nl', 'kpnmail.nl', 'telenet.be', 'web.de', 'gmx.de', 'orange.fr', 'yahoo.com', 'proton.me',
]; // biome-ignore format: a list of providers by how common they are

/** A name in parts: what relatives share, and what they do not. */
export interface Name {
  readonly given: string;
  readonly family: string;
}

/** Invents people as they come: with accents, particles, birth years, initials, firms and no address at all. */
export class Census {
  readonly dice: Dice;
  private readonly fakers: readonly Faker[];
  private readonly inboxes = new Set<string>();
  private count = 0;

  constructor(seed: number) {
    this.dice = new Dice(seed);
    const randomizer = { next: () => this.dice.next(), seed: () => {} };
    this.fakers = [nl, nl, nl, de, fr, en].map((locale) => new Faker({ locale: [locale, en, base], randomizer }));
  }

  name(family?: string): Name {
    const faker = this.dice.pick(this.fakers);
    return { given: faker.person.firstName(), family: family ?? faker.person.lastName() };
  }

  person(name: Name = this.name()): Person {
    return { name: fullName(name), email: this.emailOf(name) };
  }

  /** An address as people choose them; as with every provider, one that nobody else has. */
  emailOf({ given, family }: Name, domain = this.dice.pick(providers)): string {
    const [first, last] = [letters(given), letters(family)];
    const year = this.dice.between(55, 99);
    const shapes = [
      `${first}.${last}`,
      `${first}${last}`,
      `${first}.${last}${year}`,
      `${first}${last}${this.dice.between(1, 999)}`,
      `${first}19${year}`,
      `${first[0]}.${last}`,
      `${first[0]}${last}${year}`,
      `${last}.${first}`,
      `${first}_${last}`,
      `info.${last}`,
      `${first}-${last}-${this.dice.between(1, 99)}`,
    ];
    const wanted = this.dice.pick(shapes);
    for (let number = 0; ; number++) {
      const address = `${wanted}${number || ''}@${domain}`;
      if (this.inboxes.has(inboxOf(address))) continue;
      this.inboxes.add(inboxOf(address));
      return address;
    }
  }

  firm(): string {
    this.count += 1;
    return `${letters(this.dice.pick(this.fakers).company.name()).slice(0, 18)}${this.count}.nl`;
  }

  /** What nobody else has. */
  means(): Required<Means> {
    this.count += 1;
    return { network: `network ${this.count}`, device: `device ${this.count}`, payment: `card ${this.count}` };
  }

  /** What a shop happens to see: often not all of it. */
  seen(means: Means): Means {
    return {
      ...(means.network && this.dice.happens(0.9) && { network: means.network }),
      ...(means.device && this.dice.happens(0.8) && { device: means.device }),
    };
  }
}

export function fullName({ given, family }: Name): string {
  return `${given} ${family}`;
}

/** As it stands in an address: without accents, blanks and signs. */
export function letters(text: string): string {
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');
  return plain === '' ? 'naam' : plain;
}
