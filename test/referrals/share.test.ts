import { describe, expect, test } from '@jest/globals';
import type { Answer, Client } from '../support/client.js';
import { type TestProgram, useWorld } from '../support/world.js';

const world = useWorld();

const share = 'channel language subject text url shareUrl';

async function sharesOf(client: Client, args = ''): Promise<Record<string, Answer>> {
  const { me } = await client.ask(`{ me { referralLink { shares${args} { ${share} } } } }`);
  return Object.fromEntries(me.referralLink.shares.map((each: Answer) => [each.channel, each]));
}

function setText({ admin }: TestProgram, input: object): Promise<Answer> {
  return admin.mutate(
    'referralShareTextSet',
    input,
    'ReferralShareTextReplaced { text { channel language subject body } } ... on InputInvalid { issues { path message } }',
  );
}

describe('what an ambassador shares', () => {
  test('is ready for each channel, with a link that keeps the channel as the source', async () => {
    const program = await world.program();
    await program.admin.mutate('referralTermsSet', { friendReward: '10 euros off' });
    const anna = await program.ambassador('Anna');
    const { code, url } = (await anna.client.ask('{ me { referralLink { code url } } }')).me.referralLink;
    const shares = await sharesOf(anna.client);
    expect(Object.keys(shares)).toEqual(['WHATSAPP', 'EMAIL', 'FACEBOOK', 'LINKEDIN', 'X', 'COPY']);
    for (const [channel, mark] of [
      ['WHATSAPP', 'wa'],
      ['EMAIL', 'em'],
      ['FACEBOOK', 'fb'],
      ['LINKEDIN', 'li'],
      ['X', 'x'],
      ['COPY', 'cp'],
    ] as const) {
      expect(shares[channel].url).toBe(`${url}?c=${mark}`);
      expect(shares[channel].text).toContain(`${url}?c=${mark}`);
    }
    expect(shares.EMAIL.text).toContain(code);
    expect(shares.WHATSAPP.text).toContain('10 euros off');
    const whatsapp = new URL(shares.WHATSAPP.shareUrl);
    expect([whatsapp.host, whatsapp.searchParams.get('text')]).toEqual(['wa.me', shares.WHATSAPP.text]);
    const mail = new URL(shares.EMAIL.shareUrl);
    expect([mail.protocol, mail.searchParams.get('subject')]).toEqual(['mailto:', shares.EMAIL.subject]);
    expect(mail.searchParams.get('body')).toBe(shares.EMAIL.text.replaceAll('\n', '\r\n'));
    expect(new URL(shares.FACEBOOK.shareUrl).searchParams.get('u')).toBe(shares.FACEBOOK.url);
    expect(new URL(shares.LINKEDIN.shareUrl).searchParams.get('url')).toBe(shares.LINKEDIN.url);
    expect(new URL(shares.X.shareUrl).searchParams.get('text')).toBe(shares.X.text);
    expect(shares.COPY).toMatchObject({ text: `${url}?c=cp`, shareUrl: null });
  });

  test('speaks of no reward where none is promised', async () => {
    const anna = await (await world.program()).ambassador('Anna');
    for (const { text } of Object.values(await sharesOf(anna.client)))
      expect(text).not.toMatch(/reward|[{}]|undefined|null/);
    const { WHATSAPP } = await sharesOf(anna.client);
    expect(WHATSAPP.text.split('\n')).toHaveLength(2);
  });

  test("is in the ambassador's own language, else in that of the call, and in English where nobody wrote it", async () => {
    const anna = await (await world.program()).ambassador('Anna');
    expect((await sharesOf(anna.client)).X).toMatchObject({ language: 'en' });
    expect((await sharesOf(anna.client.with({ 'accept-language': 'nl' }))).X).toMatchObject({ language: 'nl' });
    const selection = 'AmbassadorUpdated { ambassador { language } }';
    const updated = await anna.client.mutate('ambassadorUpdate', { language: 'nl-BE' }, selection);
    expect(updated.ambassador).toEqual({ language: 'nl-BE' });
    expect((await sharesOf(anna.client)).X).toMatchObject({ language: 'nl' });
    expect((await sharesOf(anna.client, '(language: "en")')).X).toMatchObject({ language: 'en' });
    expect((await sharesOf(anna.client, '(language: "fy")')).X).toMatchObject({ language: 'nl' });
  });
});

describe('a text of the program', () => {
  test('goes before the built-in one, in its own language only, and can be taken back', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna de Vries');
    const body = '{name} van {program}: {link} ({code})\nVoor jou {reward}';
    expect(await setText(program, { channel: 'WHATSAPP', language: 'nl-BE', body })).toMatchObject({
      text: { channel: 'WHATSAPP', language: 'nl-BE', subject: null, body },
    });
    const { WHATSAPP } = await sharesOf(anna.client, '(language: "nl-BE")');
    const { code, url } = (await anna.client.ask('{ me { referralLink { code url } } }')).me.referralLink;
    const { name } = (await anna.client.ask('{ program { name } }')).program;
    expect(WHATSAPP.text).toBe(`Anna de Vries van ${name}: ${url}?c=wa (${code})`);
    expect((await sharesOf(anna.client, '(language: "nl")')).WHATSAPP.text).not.toContain('van');
    expect(await setText(program, { channel: 'WHATSAPP', language: 'nl-BE', body: null })).toMatchObject({
      text: { language: 'nl' },
    });
    expect((await sharesOf(anna.client, '(language: "nl-BE")')).WHATSAPP.language).toBe('nl');
  });

  test('makes a third language, and is listed with the built-in ones for whoever edits them', async () => {
    const program = await world.program();
    await setText(program, { channel: 'X', language: 'de', body: 'Schau mal: {link}' });
    await setText(program, { channel: 'X', language: 'nl', body: 'Kijk: {link}' });
    const { referralShareTexts } = await program.analyst.ask('{ referralShareTexts { channel language body } }');
    const ofX = referralShareTexts.filter(({ channel }: Answer) => channel === 'X');
    expect(ofX.map(({ language, body }: Answer) => [language, body])).toEqual([
      ['de', 'Schau mal: {link}'],
      ['nl', 'Kijk: {link}'],
      ['en', expect.stringContaining('{program}')],
    ]);
    expect(referralShareTexts).toHaveLength(6 + 6 + 1);
  });

  test.each([
    ['a placeholder that there is not', { channel: 'COPY', body: '{link} {lnik}' }, ['body']],
    ['a brace that is no placeholder', { channel: 'COPY', body: '{link} }' }, ['body']],
    ['no link', { channel: 'COPY', body: 'Come along, {name}' }, ['body']],
    ['a mail without a subject', { channel: 'EMAIL', body: '{link}' }, ['subject']],
    ['a subject on WhatsApp', { channel: 'WHATSAPP', subject: 'Hi', body: '{link}' }, ['subject']],
    ['a text too long for X', { channel: 'X', body: `{link}${'x'.repeat(200)}` }, ['body']],
    ['a channel without texts', { channel: 'QR', body: '{link}' }, ['channel']],
    ['no language', { channel: 'COPY', language: 'Dutch', body: '{link}' }, ['language']],
  ])('is refused with %s', async (_, input, path) => {
    const { issues } = await setText(await world.program(), { language: 'en', ...input });
    expect(issues.map((issue: Answer) => issue.path)).toEqual([path]);
  });

  test('comes in at most twenty languages', async () => {
    const program = await world.program();
    const languages = Array.from({ length: 21 }, (_, index) => `a${String.fromCharCode(97 + index)}`);
    const results: Answer[] = [];
    for (const language of languages)
      results.push(await setText(program, { channel: 'COPY', language, body: '{link}' }));
    expect(results.slice(0, 20).every(({ text }) => text)).toBe(true);
    expect(results[20].issues).toEqual([{ path: ['language'], message: 'would be more than 20 languages' }]);
    expect(await setText(program, { channel: 'X', language: 'aa', body: '{link}' })).toHaveProperty('text');
  });
});

test('nobody changes the language of another ambassador', async () => {
  const program = await world.program();
  const [anna, piet] = [await program.ambassador('Anna'), await program.ambassador('Piet')];
  const result = await anna.client.mutate('ambassadorUpdate', { ambassadorId: piet.id, language: 'nl' });
  expect(result.__typename).toBe('NotFound');
  expect(
    (await program.moderator.mutate('ambassadorUpdate', { ambassadorId: piet.id, language: 'nl' })).__typename,
  ).toBe('AmbassadorUpdated');
});
