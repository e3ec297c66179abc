import { describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import sql from 'sql-template-tag';
import { SurveyLink } from '../../src/nps/links/survey-link.entity.js';
import { rowId } from '../../src/platform/graphql/node.js';
import type { Answer } from '../support/client.js';
import { useMailbox } from '../support/mailbox.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';
import { createWave, day, person, sendAll, shownWave, waveNow } from './waves.js';

const settings: Record<string, string> = {};
const mailbox = useMailbox(settings);
const logged: string[] = [];
const log = pino({ level: 'debug' }, { write: (line) => logged.push(line) });
const world = useWorld(settings, { log });

/** Answers by the link that a mail has. */
async function answerBy(text: string | undefined): Promise<void> {
  const token = /\/s\/([\w-]+)/.exec(text ?? '')?.[1];
  const { __typename } = await world.anonymous().mutate('surveyAnswer', { token, score: 9 });
  expect(__typename).toBe('SurveyAnswered');
}

const three = (program: TestProgram) => atOnce(3, () => person(world, program));

describe('A wave', () => {
  test('goes to those whom a rule means, each once, and ends', async () => {
    const program = await world.program();
    const inNl = await person(world, program, { attributes: { market: 'NL' } });
    const inBe = await person(world, program, { attributes: { market: 'BE' } });
    const audience = { attribute: { name: 'market', anyOf: ['NL'] } };
    const { wave } = await createWave(world, program.admin, { audience });
    expect(wave.status).toBe('SCHEDULED');
    for (let time = 0; time < 3; time++) await sendAll(world);
    expect(mailbox.to(inNl.email)).toHaveLength(1);
    expect(mailbox.to(inBe.email)).toEqual([]);
    expect(await waveNow(program.analyst, wave.id)).toMatchObject({
      status: 'DONE',
      progress: { sent: 1, planned: 0, notAsked: [] },
      invitations: { nodes: [{ status: 'SENT', mails: 1, contact: { id: inNl.id } }] },
    });
  });

  test('says beforehand how many it would ask, and how many not, by reason', async () => {
    const program = await world.program();
    const [anna, ben] = [await person(world, program), await person(world, program)];
    const chris = await program.ambassador('Chris');
    const { me } = await chris.client.ask('{ me { contact { id } } }');
    const contact = { externalId: ben.externalId };
    await program.admin.mutate('npsResponseRecord', { contact, score: 8 });
    const preview = `query ($input: InvitationWavePreviewInput!) { invitationWavePreview(input: $input) {
      asked notAsked { reason people } } }`;
    const contactIds = [anna.id, ben.id, me.contact.id];
    const before = await program.admin.ask(preview, { input: { contactIds } });
    expect(before.invitationWavePreview).toEqual({
      asked: 1,
      notAsked: [
        { reason: 'ANSWERED', people: 1 },
        { reason: 'NO_ADDRESS', people: 1 },
      ],
    });
    const { wave } = await createWave(world, program.admin, { contactIds });
    await sendAll(world);
    const { progress } = await waveNow(program.analyst, wave.id);
    expect([progress.sent, progress.notAsked]).toEqual([1, before.invitationWavePreview.notAsked]);
    const nobody = { input: { audience: { segment: 'nobody' } } };
    expect(await program.admin.refusal(preview, nobody)).toBe('BAD_USER_INPUT');
  });

  test('keeps to its rate by the clock', async () => {
    const program = await world.program();
    const people = await three(program);
    const contactIds = people.map(({ id }) => id);
    await createWave(world, program.admin, { contactIds, ratePerMinute: 2 });
    const received = () => people.filter(({ email }) => mailbox.to(email).length > 0).length;
    await sendAll(world);
    expect(received()).toBe(1);
    world.clock.advance(29_000);
    await sendAll(world);
    expect(received()).toBe(1);
    world.clock.advance(1_000);
    await sendAll(world);
    expect(received()).toBe(2);
    // What was not sent while nobody looked is not made up for.
    world.clock.advance(3_600_000);
    await sendAll(world);
    expect(received()).toBe(3);
  });

  test('waits for its moment, is held and goes on, and is ended for good', async () => {
    const program = await world.program();
    const [anna, ben] = [await person(world, program), await person(world, program)];
    const scheduledAt = new Date(world.clock.now().getTime() + day).toISOString();
    const { wave } = await createWave(world, program.admin, {
      contactIds: [anna.id, ben.id],
      ratePerMinute: 1,
      scheduledAt,
    });
    const change = (what: string) =>
      program.admin.mutate(
        `invitationWave${what}`,
        { waveId: wave.id },
        `InvitationWaveChanged { ${shownWave} } ... on WaveOver { wave { status } }`,
      );
    const received = () => mailbox.to(anna.email).length + mailbox.to(ben.email).length;
    await sendAll(world);
    expect(received()).toBe(0);
    world.clock.advance(day);
    await sendAll(world);
    expect(received()).toBe(1);
    expect((await change('Pause')).wave.status).toBe('PAUSED');
    world.clock.advance(day);
    await sendAll(world);
    expect(received()).toBe(1);
    expect((await change('Resume')).wave.status).toBe('RUNNING');
    await change('Cancel');
    world.clock.advance(day);
    await sendAll(world);
    expect(received()).toBe(1);
    expect((await change('Cancel')).wave.status).toBe('CANCELLED');
    expect(await change('Resume')).toMatchObject({ code: 'WAVE_OVER', wave: { status: 'CANCELLED' } });
    expect((await waveNow(program.analyst, wave.id)).progress).toMatchObject({ sent: 1, planned: 1 });
  });

  test('reminds those who have not answered, so often as it says, and nobody else', async () => {
    const program = await world.program();
    const [silent, answers, leaves] = (await three(program)) as [Answer, Answer, Answer];
    const { wave } = await createWave(world, program.admin, {
      ...{ contactIds: [silent.id, answers.id, leaves.id], language: 'nl' },
      ...{ reminderAfterDays: 5, remindersMax: 2 },
    });
    await sendAll(world);
    await answerBy(mailbox.to(answers.email)[0]?.mail.text);
    const unsubscribe = /\/u\/[\w-]+/.exec(mailbox.to(leaves.email)[0]?.mail.text ?? '')?.[0];
    await fetch(world.server.url + unsubscribe, { method: 'POST', body: 'List-Unsubscribe=One-Click' });
    for (let reminder = 0; reminder < 4; reminder++) {
      world.clock.advance(5 * day);
      await sendAll(world);
    }
    const subjects = mailbox.to(silent.email).map(({ mail }) => mail.subject);
    const again = `Zag je onze vraag? ${program.program.name} hoort het graag`;
    expect(subjects).toEqual([`Eén vraag van ${program.program.name}`, again, again]);
    const linkIn = (text: string | undefined) => /\/s\/[\w-]+/.exec(text ?? '')?.[0];
    expect(new Set(mailbox.to(silent.email).map(({ mail }) => linkIn(mail.text))).size).toBe(1);
    expect(mailbox.to(answers.email)).toHaveLength(1);
    expect(mailbox.to(leaves.email)).toHaveLength(1);
    expect(await waveNow(program.analyst, wave.id)).toMatchObject({
      status: 'DONE',
      progress: { sent: 1, answered: 1, unsubscribed: 1 },
    });
  });

  test('is made once for one key, however often it is asked for at once', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program);
    const input = { contactIds: [id], idempotencyKey: 'spring' };
    const made = await atOnce(5, () => createWave(world, program.admin, input));
    expect(new Set(made.map(({ wave }) => wave.id)).size).toBe(1);
    await sendAll(world);
    expect(mailbox.to(email)).toHaveLength(1);
    const other = await createWave(world, program.admin, { ...input, remindersMax: 1, reminderAfterDays: 2 });
    expect(other.code).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  test('by a link gives them back as CSV, for those who may hand them out', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program, { displayName: '=HYPERLINK("x")' });
    const { wave } = await createWave(world, program.admin, { contactIds: [id], channel: 'LINK' });
    await sendAll(world);
    const asked = 'query ($id: ID!) { node(id: $id) { ... on InvitationWave { status linksCsv { csv next } } } }';
    const { node } = await program.admin.ask(asked, { id: wave.id });
    expect(node).toMatchObject({ status: 'DONE', linksCsv: { next: null } });
    const [header, line] = node.linksCsv.csv.split('\r\n');
    expect(header).toBe('externalId,displayName,email,language,expiresAt,url');
    expect(line).toContain(`"'=HYPERLINK(""x"")",${email},en,`);
    expect(line).toMatch(/,https:\/\/hub\.fonteyn\.example\/s\/[\w-]+$/);
    expect((await program.analyst.ask(asked, { id: wave.id })).node.linksCsv).toBeNull();
    expect(mailbox.to(email)).toEqual([]);
  });

  test('by the API answers with the links at once, and again the same', async () => {
    const program = await world.program();
    const people = await three(program);
    const input = { contactIds: people.map(({ id }) => id), channel: 'API', idempotencyKey: 'now' };
    const create = () =>
      program.admin.mutate(
        'invitationWaveCreate',
        { name: 'By our own app', ...input },
        `InvitationWaveCreated { wave { status invitations(first: 100) { nodes { url status contact { id } } } } }`,
      );
    const [first, second] = [await create(), await create()];
    expect(second).toEqual(first);
    expect(first.wave.status).toBe('DONE');
    expect(first.wave.invitations.nodes).toHaveLength(3);
    for (const { url, status } of first.wave.invitations.nodes) {
      expect(url).toMatch(/^https:\/\/hub\.fonteyn\.example\/s\/[\w-]+$/);
      expect(status).toBe('SENT');
    }
    const { database } = world.server.platform;
    const ids = people.map(({ id }) => rowId({ name: 'Contact' }, id));
    const links = await database.read((db) => db.count(SurveyLink, sql`WHERE contact_id = ${ids[0]}`));
    expect(links).toBe(1);
  });

  test.each([
    ['audience', {}],
    ['audience', { audience: { segment: 'nobody' } }],
    ['contactIds', { contactIds: ['nobody'] }],
    ['remindersMax', { remindersMax: 3, reminderAfterDays: 1 }],
    ['reminderAfterDays', { remindersMax: 1 }],
    ['remindersMax', { remindersMax: 1, reminderAfterDays: 1, channel: 'LINK' }],
    ['linkDays', { remindersMax: 2, reminderAfterDays: 15, linkDays: 30 }],
    ['ratePerMinute', { ratePerMinute: 0 }],
    ['contactIds', { audience: { ambassador: true }, channel: 'API' }],
    ['surveyKey', { surveyKey: 'nothing' }],
  ])('needs good %s: %j', async (name, input) => {
    const program = await world.program();
    const people =
      'audience' in input || 'contactIds' in input || name === 'audience' ? {} : { audience: { ambassador: true } };
    const refused = await createWave(world, program.admin, { ...people, ...input });
    expect(refused.issues).toContainEqual({ path: [name], message: expect.any(String) });
  });

  test('is nobody else’s to see, and reaches nobody of another program', async () => {
    const [here, there] = [await world.program(), await world.program()];
    const { id } = await person(world, here);
    const { wave } = await createWave(world, here.admin, { contactIds: [id] });
    const asked = 'query ($id: ID!) { node(id: $id) { id } }';
    expect((await there.admin.ask(asked, { id: wave.id })).node).toBeNull();
    expect((await there.admin.mutate('invitationWaveCancel', { waveId: wave.id })).code).toBe('NOT_FOUND');
    expect((await createWave(world, there.admin, { contactIds: [id] })).issues).toMatchObject([
      { path: ['contactIds'] },
    ]);
    const why = 'query ($id: ID!) { whyNotAsked(contactId: $id, kind: NPS_SURVEY) { mayBeAsked } }';
    expect((await there.admin.ask(why, { id })).whyNotAsked).toBeNull();
  });
});

describe('A link to unsubscribe', () => {
  async function unsubscribeLink(program: TestProgram) {
    const { id, email } = await person(world, program);
    await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    const path = /\/u\/[\w-]+/.exec(mailbox.to(email)[0]?.mail.text ?? '')?.[0];
    return { id, url: world.server.url + path };
  }
  test('unsubscribes nobody when it is only looked at', async () => {
    const program = await world.program();
    const { id, url } = await unsubscribeLink(program);
    const page = await fetch(url, { headers: { 'accept-language': 'nl' } });
    expect(page.headers.get('content-security-policy')).toContain("form-action 'self'");
    expect(await page.text()).toContain('Geen mails meer</button>');
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(200);
    const why = 'query ($id: ID!) { whyNotAsked(contactId: $id, kind: NPS_SURVEY) { reasons { reason } } }';
    const { whyNotAsked } = await program.analyst.ask(why, { id });
    expect(whyNotAsked.reasons).toEqual([{ reason: 'ASKED_FOR_THIS' }, { reason: 'ASKED_FOR_ANYTHING' }]);
  });

  test('does by one POST, as mail programs send it, and again changes nothing', async () => {
    const program = await world.program();
    const { id, url } = await unsubscribeLink(program);
    for (let time = 0; time < 2; time++) {
      const done = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'List-Unsubscribe=One-Click',
      });
      expect(done.status).toBe(200);
      expect(await done.text()).toContain('will send you no more mails');
    }
    world.clock.advance(200 * day);
    const { wave } = await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    const { progress } = await waveNow(program.analyst, wave.id);
    expect(progress).toMatchObject({ sent: 0, notAsked: [{ reason: 'UNSUBSCRIBED', people: 1 }] });
  });

  test('stands in no log', async () => {
    const program = await world.program();
    const { url } = await unsubscribeLink(program);
    await fetch(url);
    expect(logged.some((line) => line.includes('"/u/*"'))).toBe(true);
    const token = new URL(url).pathname.slice('/u/'.length);
    expect(logged.filter((line) => line.includes(token) || line.includes('@example.com'))).toEqual([]);
  });

  test('that is forged does nothing', async () => {
    const program = await world.program();
    const { url } = await unsubscribeLink(program);
    const forged = url.slice(0, -2) + (url.endsWith('AA') ? 'BB' : 'AA');
    expect((await fetch(forged, { method: 'POST' })).status).toBe(404);
    expect((await fetch(`${world.server.url}/u/nothing`)).status).toBe(404);
  });
});
