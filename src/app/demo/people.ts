import { base, de, en, Faker, fr, nl } from '@faker-js/faker';
import type { ContactInput } from '../../contacts/contact.inputs.js';
import { daysOfYear } from './calendar.js';
import type { Dice } from './dice.js';

const contactsCount = 400;
/** Of these, how many are brought by ambassadors. */
const friendsCount = 12;
const ambassadorsCount = 60;
/** Of the ambassadors, how many are no promoters yet; they joined for other reasons. */
const passiveAmbassadorsCount = 6;

/** Who the README and the tokens on the first start speak of; the rest are c-0001 and so on. */
const wellKnown: readonly (readonly [externalId: string, name: string, market: string])[] = [
  ['anna', 'Anna de Vries', 'NL'],
  ['bram', 'Bram Jansen', 'NL'],
  ['chloe', 'Chloé Lambert', 'BE'],
  ['dieter', 'Dieter Krause', 'DE'],
  ['elif', 'Elif Yılmaz', 'NL'],
  ['fleur', 'Fleur Moreau', 'FR'],
];

const markets = [
  { market: 'NL', weight: 48, locale: nl },
  { market: 'BE', weight: 22, locale: nl },
  { market: 'DE', weight: 20, locale: de },
  { market: 'FR', weight: 10, locale: fr },
];
/** How often a customer is asked. */
export const daysBetweenAsks = 91;
/** Streaks of the first two, Anna's longer than Bram's. */
const everyWeekFrom = [daysOfYear - 14 * 7, daysOfYear - 6 * 7];

const sectors = ['installation', 'lifts', 'cleaning', 'refrigeration', 'security', 'facility services'];
const sizes = [3, 5, 8, 12, 18, 25, 40, 60, 90, 150, 320];

/** A customer of the demo brand, and what drives them. */
export interface Person {
  readonly contact: ContactInput & { readonly externalId: string; readonly displayName: string };
  /** How much they like the brand: mean 0, deviation 1. */
  readonly enthusiasm: number;
  /** The day of the year on which they are asked for the first time. */
  readonly firstAskedOn: number;
}

/** One of them who joins. */
export interface DemoAmbassador extends Person {
  /** The day of the year of the answer that made them join, and the score they gave then. */
  readonly answersOn: number;
  readonly joiningScore: number;
  readonly joinsOn: number;
  /** How many challenges they take on in a week, on average. */
  readonly deedsPerWeek: number;
  /** From which day of the year on they are at it every week, for a streak; undefined if they are not. */
  readonly everyWeekFrom: number | undefined;
}

/** 400 people, the well-known ones first; the last are friends of customers, and not yet customers themselves. */
export function inventPeople(dice: Dice): { readonly customers: Person[]; readonly friends: Person[] } {
  const people = inventEverybody(dice);
  return { customers: people.slice(0, -friendsCount), friends: people.slice(-friendsCount) };
}

function inventEverybody(dice: Dice): Person[] {
  const randomizer = { next: () => dice.next(), seed: () => {} };
  const fakers = new Map(
    markets.map(({ market, locale }) => [market, new Faker({ locale: [locale, en, base], randomizer })]),
  );
  return Array.from({ length: contactsCount }, (_, index) => {
    const known = wellKnown[index];
    const market = known?.[2] ?? dice.weighted(markets, ({ weight }) => weight).market;
    const faker = fakers.get(market);
    if (!faker) throw new Error('A market has no names');
    const displayName = known?.[1] ?? `${faker.person.firstName()} ${faker.person.lastName()}`;
    const externalId = known?.[0] ?? `c-${String(index).padStart(4, '0')}`;
    return {
      contact: {
        externalId,
        displayName,
        kind: 'CUSTOMER',
        email: `${mailName(displayName)}.${externalId.replace('c-', '')}@example.com`,
        attributes: { market, size: dice.pick(sizes), sector: dice.pick(sectors) },
      },
      enthusiasm: known ? 1.2 + dice.next() : dice.normal(),
      firstAskedOn: known ? 2 + index : dice.between(0, daysBetweenAsks - 1),
    };
  });
}

/** The 60 who join: those who like the brand best, and a few who are on the fence. */
export function chooseAmbassadors(people: readonly Person[], dice: Dice): DemoAmbassador[] {
  const known = people.slice(0, wellKnown.length);
  const others = people.slice(wellKnown.length).sort((a, b) => b.enthusiasm - a.enthusiasm);
  const promotersCount = ambassadorsCount - known.length - passiveAmbassadorsCount;
  const onTheFence = others.slice(promotersCount * 2, promotersCount * 2 + passiveAmbassadorsCount);
  const joining = [...known, ...others.slice(0, promotersCount), ...onTheFence];
  return joining.map((person, index) => {
    const rounds = Math.floor((daysOfYear - 20 - person.firstAskedOn) / daysBetweenAsks);
    const answersOn = person.firstAskedOn + (index < known.length ? 0 : dice.between(0, rounds)) * daysBetweenAsks;
    return {
      ...person,
      answersOn,
      joiningScore: onTheFence.includes(person) ? dice.between(7, 8) : dice.between(9, 10),
      joinsOn: answersOn + dice.between(1, 4),
      deedsPerWeek: 0.12 + 0.22 * Math.exp(0.7 * dice.normal()),
      everyWeekFrom: everyWeekFrom[index],
    };
  });
}

function mailName(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/ı/g, 'i')
    .replace(/[^a-z]+/g, '.')
    .replace(/^\.|\.$/g, '');
}
