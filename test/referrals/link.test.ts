import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SeededRandom } from '../../src/platform/random.js';
import { codesNear, foldCode, isCode, newCode, spoken } from '../../src/referrals/spoken-code.js';
import type { Answer, Client } from '../support/client.js';
import { type TestAmbassador, useWorld } from '../support/world.js';

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

  test('is near to what is typed with one slip, and nothing is near to what is far longer or shorter', () => {
    fc.assert(
      fc.property(codes, fc.nat(7), (code, at) => {
        const missing = code.slice(0, at) + code.slice(at + 1);
        expect(codesNear(missing)).toContain(code);
        expect(codesNear(`${code}22`)).toEqual([]);
      }),
    );
  });
});

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };

function follow(path: string, init: RequestInit = {}): Promise<Response> {
  return fetch(world.server.url + path, { redirect: 'manual', ...init, headers: { ...browser, ...init.headers } });
}

async function linkOf({ client }: TestAmbassador): Promise<Answer> {
  const { code, url, clicks } = (await client.ask('{ me { referralLink { code url clicks } } }')).me.referralLink;
  return { code, path: new URL(url).pathname, clicks };
}

/** A program with a page of its own, and Anna in it. */
async function annasShop(terms: object = {}) {
  const program = await world.program();
  await program.admin.mutate('referralTermsSet', { landingUrl: 'https://shop.example.com/welcome?lang=nl', ...terms });
  const anna = await program.ambassador('Anna');
  return { program, anna, link: await linkOf(anna) };
}

/** What the landing page of a followed link gets to know. */
async function clickThrough(path: string): Promise<{ readonly ref: string | null; readonly via: string | null }> {
  const response = await follow(path);
  const { searchParams } = new URL(response.headers.get('location') ?? '');
  return { ref: searchParams.get('ref'), via: searchParams.get('via') };
}

describe('the link', () => {
  test('notes the click and sends the visitor on with the code and the click', async () => {
    const { anna, link } = await annasShop();
    expect(link.clicks).toBe(0);
    const response = await follow(link.path.toLowerCase());
    expect(response.status).toBe(302);
    expect(response.headers.get('set-cookie')).toBeNull();
    const location = new URL(response.headers.get('location') ?? '');
    expect(location.origin + location.pathname).toBe('https://shop.example.com/welcome');
    expect(Object.fromEntries(location.searchParams)).toEqual({
      lang: 'nl',
      ref: link.code,
      via: expect.stringMatching(/^[\w-]{22}$/),
    });
    expect((await linkOf(anna)).clicks).toBe(1);
  });

  test('counts no preview, no crawler, no browser that fetches ahead', async () => {
    const { anna, link } = await annasShop();
    const nobody: RequestInit[] = [
      { method: 'HEAD' },
      { headers: { 'user-agent': 'WhatsApp/2.23.20.0' } },
      { headers: { 'user-agent': 'facebookexternalhit/1.1' } },
      { headers: { 'user-agent': '' } },
      { headers: { 'sec-purpose': 'prefetch;prerender' } },
      { headers: { purpose: 'prefetch' } },
    ];
    for (const visit of nobody) {
      const response = await follow(link.path, visit);
      expect(response.headers.get('location')).toBe(`https://shop.example.com/welcome?lang=nl&ref=${link.code}`);
    }
    expect((await linkOf(anna)).clicks).toBe(0);
    expect((await follow(link.path, { method: 'POST' })).status).toBe(405);
  });

  test('in a flood sends everybody on, notes no more than a school would click, and flags the rest', async () => {
    const { program, anna, link } = await annasShop();
    for (let click = 0; click < 60; click++)
      expect(await clickThrough(link.path)).toMatchObject({ via: expect.any(String) });
    expect(await clickThrough(link.path)).toEqual({ ref: link.code, via: null });
    expect(await clickThrough(link.path)).toEqual({ ref: link.code, via: null });
    const ask = `{ ambassadors { nodes { referralLink { clicks floodClicks } } } }`;
    expect((await program.analyst.ask(ask)).ambassadors.nodes).toEqual([
      { referralLink: { clicks: 60, floodClicks: 2 } },
    ]);
    expect((await anna.client.ask('{ me { referralLink { floodClicks } } }')).me.referralLink.floodClicks).toBeNull();
  });

  test('shows the code where the program has no page of its own, and says so where nobody has it', async () => {
    const program = await world.program();
    const { code, path } = await linkOf(await program.ambassador('Anna'));
    const page = await follow(path);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain(code);
    for (const wrong of ['2222-2222', '%3Cscript%3E', '%E0%A4%A']) {
      expect((await follow(`/r/${wrong}`)).status).toBe(404);
    }
  });
});

const outcome = `ReferralRegistered { referral { id source channel referrer { id } } }
  ... on ReferralRefused { reason }`;

describe('a click', () => {
  const friend = () => ({ email: `${world.unique('friend')}@example.com` });

  test('says who sent the friend, and over which channel', async () => {
    const { program, anna, link } = await annasShop();
    const { via } = await clickThrough(`${link.path}?c=wa`);
    const visitor = world.anonymous().with({ 'x-applaus-program': program.program.slug });
    const { referral } = await visitor.mutate('referralRegister', { clickId: via, friend: friend() }, outcome);
    expect(referral).toMatchObject({ source: 'CLICK', channel: 'WHATSAPP', referrer: { id: anna.id } });
  });

  test('is named with the order, when the friend never registered', async () => {
    const { program, link } = await annasShop();
    const { via } = await clickThrough(`${link.path}?c=nonsense`);
    const order = { clickId: via, friend: friend(), orderId: 'order-1' };
    const result = await program.admin.mutate(
      'referralConvert',
      order,
      'ReferralConverted { referral { status source channel } }',
    );
    expect(result.referral).toEqual({ status: 'HELD', source: 'CLICK', channel: null });
  });

  test('counts as long as the program says, and the code beside it for ever', async () => {
    const { program, anna, link } = await annasShop({ clickDays: 7 });
    const { via, ref } = await clickThrough(`${link.path}?c=li`);
    const register = (naming: object) =>
      program.moderator.mutate('referralRegister', { ...naming, friend: friend() }, outcome);
    world.clock.advance(7 * 86_400_000);
    expect((await register({ clickId: via })).referral).toMatchObject({ source: 'CLICK', channel: 'LINKEDIN' });
    world.clock.advance(1);
    expect(await register({ clickId: via })).toMatchObject({ reason: 'EXPIRED' });
    expect((await register({ clickId: via, code: ref, channel: 'SPOKEN' })).referral).toMatchObject({
      source: 'CODE',
      channel: 'SPOKEN',
      referrer: { id: anna.id },
    });
  });

  test('stands back behind the code of somebody else', async () => {
    const { program, link } = await annasShop();
    const piet = await program.ambassador('Piet');
    const { via } = await clickThrough(link.path);
    const { code } = await linkOf(piet);
    const result = await program.moderator.mutate(
      'referralRegister',
      { clickId: via, code, friend: friend() },
      outcome,
    );
    expect(result.referral).toMatchObject({ source: 'CODE', channel: null, referrer: { id: piet.id } });
  });

  test('means nothing in another program, in another case, or made up', async () => {
    const { program, link } = await annasShop();
    const other = await annasShop();
    const { via } = await clickThrough(link.path);
    const register = (admin: Client, clickId: string) =>
      admin.mutate('referralRegister', { clickId, friend: friend() }, outcome);
    for (const [admin, clickId] of [
      [other.program.admin, String(via)],
      [program.admin, swapCase(String(via))],
      [program.admin, 'AAAAAAAAAAAAAAAAAAAAAA'],
    ] as const) {
      expect(await register(admin, clickId)).toMatchObject({ reason: 'UNKNOWN_CODE' });
    }
    const visitor = world.anonymous().with({ 'x-applaus-program': program.program.slug });
    expect((await visitor.mutate('referralRegister', { friend: friend() }, outcome)).__typename).toBe('InputInvalid');
  });
});

function swapCase(text: string): string {
  return Array.from(text, (sign) => (sign === sign.toUpperCase() ? sign.toLowerCase() : sign.toUpperCase())).join('');
}
