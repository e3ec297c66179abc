import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';
import { sendForm, visit } from './visitor.js';

const lines: string[] = [];
const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(line) });
const world = useWorld({}, { log });

async function linkOf({ admin }: TestProgram, input: object = {}): Promise<{ url: string; token: string }> {
  const contact = { externalId: world.unique('piet') };
  const made = await admin.mutate('surveyLinkCreate', { contact, ...input }, 'SurveyLinkCreated { token }');
  return { token: made.token, url: `${world.server.url}/s/${made.token}` };
}

const responses = async ({ admin }: TestProgram) => (await admin.ask('{ nps { responses score } }')).nps;
const following = (location: string | null) => `${world.server.url}${location}`;

describe('The survey page', () => {
  test('is not used up by GET, HEAD, or a score in its address: a form has to be sent', async () => {
    const program = await world.program();
    const { url } = await linkOf(program);
    for (const method of ['GET', 'HEAD', 'GET']) expect((await visit(`${url}?score=9`, { method })).status).toBe(200);
    expect(await responses(program)).toEqual({ responses: 0, score: null });
    const { text } = await visit(`${url}?score=9&lang=en`);
    expect(text).toMatch(/value="9" required checked/);
    expect(text.match(/ checked/g)).toHaveLength(1);
    expect(text).toContain('You came with a 9. Send it');
    expect((await visit(`${url}?score=11`)).text).not.toContain(' checked');
    expect((await sendForm(url, { score: '9' })).status).toBe(303);
    expect(await responses(program)).toEqual({ responses: 1, score: 100 });
  });

  test('leads from the score to what follows, and to thanks with what to do next', async () => {
    const program = await world.program();
    await program.admin.mutate('surveyUpdate', { surveyKey: 'nps', joinUrl: 'https://example.com/hub' });
    const { url } = await linkOf(program, { language: 'nl' });
    const scored = await sendForm(url, { score: '6' });
    expect(scored.status).toBe(303);
    const more = await visit(following(scored.headers.get('location')));
    expect(more.text).toContain('Wat moet er veranderen');
    const wrong = await sendForm(following(scored.headers.get('location')), {
      complete: 'yes',
      comment: 'Sneller <b>leveren</b>',
      'follow-up-ssm': 'veel',
    });
    expect(wrong.status).toBe(422);
    expect(wrong.text).toContain('aria-invalid="true" aria-describedby="follow-up-ssm-wrong"');
    expect(wrong.text).toContain('Sneller &lt;b&gt;leveren&lt;/b&gt;</textarea>');
    const told = { complete: 'yes', comment: 'Sneller leveren', 'follow-up-ssm': '4' };
    const completed = await sendForm(following(scored.headers.get('location')), told);
    expect(completed.status).toBe(303);
    const thanks = await visit(following(completed.headers.get('location')));
    expect(thanks.text).toContain('<h1>Bedankt voor je antwoord.</h1>');
    expect(thanks.text).not.toContain('example.com');
    const { nps } = await program.admin.ask('{ nps { responses ssm { answers } } }');
    expect(nps).toEqual({ responses: 1, ssm: { answers: 1 } });
    expect((await visit(url)).text).toContain('Sneller leveren</textarea>');
  });

  test('asks whoever likes the brand to join, and ambassadors to share their link', async () => {
    const program = await world.program();
    await program.admin.mutate('surveyUpdate', { surveyKey: 'nps', joinUrl: 'https://example.com/hub' });
    const anna = await program.ambassador('Anna');
    const end = async (externalId: string) => {
      const { url } = await linkOf(program, { contact: { externalId }, language: 'en' });
      const { headers } = await sendForm(url, { score: '9' });
      return (await visit(`${following(headers.get('location'))}&done=1`)).text;
    };
    const stranger = await end('piet');
    expect(stranger).toContain('Will you join our ambassadors?');
    expect(stranger).toContain('href="https://example.com/hub"');
    expect(stranger).not.toContain('wa.me');
    const { me } = await anna.client.ask('{ me { referralLink { code } } }');
    const ambassador = await end(anna.externalId);
    expect(ambassador).toContain('https://wa.me/?text=');
    expect(ambassador).toContain(me.referralLink.code);
  });

  test('says nothing of points, rewards or what an answer earns before there is one', async () => {
    const program = await world.program();
    await program.admin.mutate('challengeCreate', { kind: 'TRIAL', title: 'Win a mug', rewardPoints: 50 });
    const { url } = await linkOf(program, { language: 'en' });
    const before = await visit(url);
    const { headers } = await sendForm(url, { score: '10' });
    const between = await visit(following(headers.get('location')));
    for (const { text } of [before, between])
      expect(text.split('<body>')[1]).not.toMatch(/\b(points?|rewards?|mug|50)\b/i);
    expect((await visit(`${following(headers.get('location'))}&done=1`)).text).toContain('Win a mug');
  });

  test('takes one of many forms sent at once, and tells the others so', async () => {
    const program = await world.program();
    const { url } = await linkOf(program);
    const sent = await atOnce(6, (index) => sendForm(url, { score: String(index) }));
    expect(sent.map(({ status }) => status).sort()).toEqual([303, 410, 410, 410, 410, 410]);
    expect((await responses(program)).responses).toBe(1);
    const again = sent.findIndex(({ status }) => status === 303);
    expect((await sendForm(url, { score: String(again) })).status).toBe(303);
  });

  test('asks again where no score was chosen, or none that there is', async () => {
    const { url } = await linkOf(await world.program(), { language: 'en' });
    for (const score of ['', '11', '-1', 'nine', '9.5']) {
      const { status, text } = await sendForm(url, { score });
      expect([status, text.includes('Choose a score first.')]).toEqual([422, true]);
    }
    expect((await sendForm(url, { complete: 'yes' })).status).toBe(422);
    expect((await visit(url)).text).not.toContain('Choose a score first.');
  });

  test('of a forged, used or ended link says so, in the language of the browser', async () => {
    const start = world.clock.now();
    const program = await world.program();
    await program.admin.mutate('surveyCreate', { key: 'quiet', name: 'Quiet', isAnonymous: true });
    const [quiet, late] = [await linkOf(program, { surveyKey: 'quiet' }), await linkOf(program)];
    const nl = { headers: { 'accept-language': 'nl-NL,nl;q=0.9' } };
    const forged = await visit(`${world.server.url}/s/${quiet.token.slice(0, -2)}AA`, nl);
    expect([forged.status, forged.text.includes('Deze link werkt niet')]).toEqual([404, true]);
    expect((await visit(`${world.server.url}/s/`)).status).toBe(404);
    await sendForm(quiet.url, { score: '8' });
    const used = await visit(quiet.url, nl);
    expect([used.status, used.text.includes('Je hebt al geantwoord')]).toEqual([410, true]);
    world.clock.set(new Date(start.getTime() + 30 * 86_400_000));
    const ended = await visit(late.url, nl);
    expect([ended.status, ended.text.includes('1 april 2026')]).toEqual([410, true]);
    expect((await sendForm(late.url, { score: '8' })).status).toBe(410);
    world.clock.set(start);
  });

  test('runs nothing, loads nothing, is kept and framed nowhere, and tells no other page where one comes from', async () => {
    const { url } = await linkOf(await world.program());
    const { headers, text } = await visit(url);
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toMatch(
      /^default-src 'none'; style-src 'sha256-[\w+/=]{44}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'$/,
    );
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    expect(headers.has('set-cookie')).toBe(false);
    expect(text).not.toMatch(/<script|<img|<link| src=| on\w+=/i);
  });

  test('escapes whatever a program says in its own words', async () => {
    const program = await world.program();
    const evil = '"><script>alert(1)</script>\'&';
    await program.admin.mutate('programUpdate', { name: evil });
    const words = { question: evil, lowestLabel: evil, promoterQuestion: evil, thanks: evil };
    await program.admin.mutate('surveyTextSet', { surveyKey: 'nps', language: 'en', ...words });
    const { url } = await linkOf(program, { language: 'en' });
    const { headers } = await sendForm(`${url}?lang=%22%3E%3Cscript%3E`, { score: '10' });
    const pages = [await visit(url), await visit(following(headers.get('location'))), await visit(`${url}?done=1`)];
    for (const { text } of pages) {
      expect(text).not.toContain('<script');
      expect(text).toContain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&#39;&amp;');
    }
  });

  test('refuses other methods, other kinds of bodies, and forms beyond a megabyte', async () => {
    const { url } = await linkOf(await world.program());
    const put = await visit(url, { method: 'PUT' });
    expect([put.status, put.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
    const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"score":9}' };
    expect((await visit(url, json)).status).toBe(415);
    expect((await sendForm(url, { score: '9', comment: 'x'.repeat(1_000_001) })).status).toBe(413);
    expect((await visit(url)).status).toBe(200);
  });

  test('leaves neither the link nor what was said in the log', async () => {
    const program = await world.program();
    const { url, token } = await linkOf(program);
    const { headers } = await sendForm(url, { score: '9' });
    const location = headers.get('location') ?? '';
    await sendForm(following(location), { complete: 'yes', comment: 'A secret opinion' });
    const whole = lines.join('');
    expect(whole).toContain('"path":"/s/*"');
    for (const secret of [token, location.slice(3, 40), 'secret opinion']) expect(whole).not.toContain(secret);
  });
});
