import { describe, expect, test } from '@jest/globals';
import { locales, type MessageKey, message } from '../../src/platform/graphql/messages.js';
import { en } from '../../src/platform/locales/en.js';
import { nl } from '../../src/platform/locales/nl.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const keys = Object.keys(en) as MessageKey[];
const placeholders = (text: string) => [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name = '']) => name).sort();

describe('messages', () => {
  test('are there in every language, and each in words of its own', () => {
    expect(Object.keys(nl).sort()).toEqual(Object.keys(en).sort());
    for (const key of keys) {
      expect(en[key].length).toBeGreaterThan(5);
      expect([key, nl[key]]).not.toEqual([key, en[key]]);
    }
  });

  test.each(keys)('%s names the same values in every language, and says them', (key) => {
    const names = placeholders(en[key]);
    expect(placeholders(nl[key])).toEqual(names);
    const parameters = Object.fromEntries(names.map((name, index) => [name, `<${index} & "${name}">`]));
    for (const locale of locales) {
      const text = message(locale, key, parameters);
      expect(text).not.toMatch(/\{\{|\}\}/);
      for (const value of Object.values(parameters)) expect(text).toContain(value);
    }
  });

  test.each([
    ['nl', 'Er zijn 7 punten nodig; 0 zijn beschikbaar.'],
    ['nl-BE,en;q=0.7', 'Er zijn 7 punten nodig; 0 zijn beschikbaar.'],
    ['fr, en;q=0.5, nl;q=0.4', 'It takes 7 points; 0 are available.'],
    ['en;q=0.1, nl;q=0.9', 'Er zijn 7 punten nodig; 0 zijn beschikbaar.'],
    ['tlh', 'It takes 7 points; 0 are available.'],
    ['', 'It takes 7 points; 0 are available.'],
    ['nl;q=oops', expect.any(String)],
  ])('with Accept-Language %p a problem says: %s', async (language, expected) => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const input = { ambassadorId: anna.id, amountPoints: -7, reason: 'Taken', idempotencyKey: 'k' };
    const result = await program.admin.with({ 'accept-language': language }).mutate('pointsAdjust', input);
    expect(result).toEqual({ __typename: 'BalanceInsufficient', code: 'BALANCE_INSUFFICIENT', message: expected });
  });
});
