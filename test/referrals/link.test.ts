import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SeededRandom } from '../../src/platform/random.js';
import { foldCode, isCode, newCode, spoken } from '../../src/referrals/spoken-code.js';
import { useWorld } from '../support/world.js';

const world = useWorld();
const codes = fc.integer().map((seed) => newCode(new SeededRandom(seed)));

describe('a code', () => {
  test('has no signs that look alike, and is the same in any case, with any hyphens and blanks', () => {
    fc.assert(
      fc.property(codes, (code) => {
        expect(spoken(code)).toMatch(/^[2-9CDFHJKMNPQRTVWXY]{4}-[2-9CDFHJKMNPQRTVWXY]{4}$/);
        expect(foldCode(` ${spoken(code).toLowerCase().replace('-', ' – ')} `)).toBe(code);
      }),
    );
  });

  test('is no code any more with one wrong sign', () => {
    fc.assert(
      fc.property(codes, fc.nat(7), fc.constantFrom(...'23456789CDFHJKMNPQRTVWXY'), (code, at, sign) => {
        const wrong = code.slice(0, at) + sign + code.slice(at + 1);
        expect(isCode(wrong)).toBe(wrong === code);
      }),
    );
  });
});

describe('the link', () => {
  test('notes the click and sends the visitor on with the code', async () => {
    const program = await world.program();
    await program.admin.mutate('referralTermsSet', { landingUrl: 'https://shop.example.com/welcome?lang=nl' });
    const anna = await program.ambassador('Anna');
    const link = '{ me { referralLink { code url clicks } } }';
    const { code, url, clicks } = (await anna.client.ask(link)).me.referralLink;
    expect(clicks).toBe(0);
    const response = await fetch(world.server.url + new URL(url).pathname.toLowerCase(), { redirect: 'manual' });
    expect(response.status).toBe(302);
    expect(response.headers.get('location')).toBe(`https://shop.example.com/welcome?lang=nl&ref=${code}`);
    expect((await anna.client.ask(link)).me.referralLink.clicks).toBe(1);
    await fetch(world.server.url + new URL(url).pathname, { method: 'HEAD' });
    expect((await anna.client.ask(link)).me.referralLink.clicks).toBe(1);
  });

  test('shows the code where the program has no page of its own, and says so where nobody has it', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    const { code } = (await anna.client.ask('{ me { referralLink { code } } }')).me.referralLink;
    const page = await fetch(`${world.server.url}/r/${code}`);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(code);
    for (const wrong of ['2222-2222', '%3Cscript%3E', '%E0%A4%A']) {
      expect((await fetch(`${world.server.url}/r/${wrong}`)).status).toBe(404);
    }
  });
});
