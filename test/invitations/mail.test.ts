import { describe, expect, test } from '@jest/globals';
import { useMailbox } from '../support/mailbox.js';
import { useWorld } from '../support/world.js';
import { createWave, day, person, sendAll, waveNow } from './waves.js';

const settings: Record<string, string> = {};
const mailbox = useMailbox(settings);
const world = useWorld(settings);

describe('A mail of a wave', () => {
  test('asks by one link for each score, in HTML and in text, and says how to have no more', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program, { displayName: 'Anna de Vries' });
    await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    const [received, ...others] = mailbox.to(email);
    expect(others).toEqual([]);
    const { mail } = received ?? {};
    expect(mail?.subject).toBe(`One question from ${program.program.name}`);
    expect(mail?.from?.text).toBe('"Fonteyn & Co" <ask@fonteyn.example>');
    expect(mail?.to).toMatchObject({ value: [{ address: email, name: 'Anna de Vries' }] });
    const [link] = /https:\/\/hub\.fonteyn\.example\/s\/[\w-]+/.exec(mail?.text ?? '') ?? [''];
    expect(link).not.toBe('');
    for (let score = 0; score <= 10; score++) {
      expect(mail?.html).toContain(`href="${link}?score=${score}"`);
      expect(mail?.text).toContain(`${link}?score=${score}`);
    }
    expect(mail?.text).toContain('Hello Anna de Vries,');
    expect(mail?.headers.get('auto-submitted')).toBe('auto-generated');
    const raw = received?.raw.replace(/\r\n\s+/g, ' ');
    expect(raw).toMatch(/^List-Unsubscribe: <https:\/\/hub\.fonteyn\.example\/u\/[\w-]+>\r$/m);
    expect(raw).toMatch(/^List-Unsubscribe-Post: List-Unsubscribe=One-Click\r$/m);
    expect(mail?.messageId).toMatch(/^<[0-9a-f-]{36}\.1@fonteyn\.example>$/);
  });

  test('is written in the language of its person, and by the scale of the survey', async () => {
    const program = await world.program();
    await program.admin.mutate('programUpdate', { npsScheme: 'DUTCH' });
    const piet = await person(world, program, { attributes: { language: 'nl' } });
    const hans = await person(world, program, { attributes: { language: 'de-AT' } });
    const mary = await person(world, program);
    const words = {
      subject: 'Eine Frage',
      body: 'Hallo {name}',
      reminderSubject: 'Noch einmal',
      reminderBody: 'Bitte',
    };
    await program.admin.mutate('invitationTextSet', { language: 'de', words });
    await createWave(world, program.admin, { contactIds: [piet.id, hans.id, mary.id], language: 'fr' });
    await sendAll(world);
    const subjectTo = (email: string) => mailbox.to(email)[0]?.mail.subject;
    expect(subjectTo(piet.email)).toBe(`Eén vraag van ${program.program.name}`);
    expect(subjectTo(hans.email)).toBe('Eine Frage');
    expect(subjectTo(mary.email)).toBe(`One question from ${program.program.name}`);
    expect(mailbox.to(piet.email)[0]?.mail.html).toContain('lang="nl"');
    expect(mailbox.to(piet.email)[0]?.mail.text).not.toContain('?score=0\n');
  });

  test('takes nothing that people are called for a header, a recipient or markup', async () => {
    const program = await world.program();
    const name = 'Eve<b>"\u2028Bcc: all@example.com, <x@example.com>';
    const { id, email } = await person(world, program, { displayName: name });
    await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    const [received] = mailbox.to(email);
    expect(received?.to).toEqual([email]);
    expect(received?.mail.bcc).toBeUndefined();
    expect(received?.mail.to).toMatchObject({ value: [{ address: email }] });
    expect(received?.mail.html).not.toContain('<b>');
    expect(mailbox.to('all@example.com')).toEqual([]);
  });

  test('is kept in words of the program, which may have no other braces', async () => {
    const program = await world.program();
    const words = { subject: 'Hi {naem}', body: 'b', reminderSubject: 's', reminderBody: 'b' };
    const refused = await program.admin.mutate('invitationTextSet', { language: 'en', words });
    expect(refused.issues).toMatchObject([{ path: ['words', 'subject'] }]);
    const broken = { ...words, subject: 'Hi\r\nBcc: all@example.com' };
    const injected = await program.admin.mutate('invitationTextSet', { language: 'en', words: broken });
    expect(injected.issues).toMatchObject([{ path: ['words', 'subject'] }]);
    await program.admin.mutate('invitationTextSet', { language: 'en', words: { ...words, subject: 'Hi {name}' } });
    const { invitationTexts } = await program.analyst.ask('{ invitationTexts { language subject } }');
    expect(invitationTexts).toMatchObject([{ language: 'en', subject: 'Hi {name}' }, { language: 'nl' }]);
    const back = await program.admin.mutate(
      'invitationTextSet',
      { language: 'en' },
      'InvitationTextReplaced { text { subject } }',
    );
    expect(back.text.subject).toBe('One question from {program}');
  });
});

describe('What the provider says', () => {
  test('that there is no such address (550) is a bounce: kept, and never written to again', async () => {
    const program = await world.program();
    const { id, email, externalId } = await person(world, program);
    mailbox.refuse(email, 550, `5.1.1 <${email}> no such user`);
    const { wave } = await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    expect(await waveNow(program.analyst, wave.id)).toMatchObject({
      status: 'DONE',
      progress: { bounced: 1, sent: 0 },
    });
    const why = `query ($id: ID!) { whyNotAsked(contactId: $id, kind: NPS_SURVEY) { mayBeAsked nextAt reasons { reason until } } }`;
    const { whyNotAsked } = await program.analyst.ask(why, { id });
    // Nobody was asked, so no clock runs.
    expect(whyNotAsked).toEqual({ mayBeAsked: false, nextAt: null, reasons: [{ reason: 'BOUNCED', until: null }] });
    const again = await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    expect((await waveNow(program.analyst, again.wave.id)).progress.notAsked).toEqual([
      { reason: 'BOUNCED', people: 1 },
    ]);
    const contact = { externalId, email: `new-${email}` };
    await program.admin.mutate('npsResponseRecord', { contact, score: 3, respondedAt: '2020-01-01T00:00:00Z' });
    expect((await program.analyst.ask(why, { id })).whyNotAsked.mayBeAsked).toBe(true);
  });

  test('that it is too busy (451) is tried again, ever less often, and asks once', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program);
    mailbox.refuse(email, 451, '4.7.1 come back later', 2);
    const { wave } = await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    expect((await waveNow(program.analyst, wave.id)).progress).toMatchObject({ planned: 1, sent: 0 });
    world.clock.advance(60_000);
    await sendAll(world);
    world.clock.advance(60_000);
    await sendAll(world);
    expect(mailbox.to(email)).toEqual([]);
    world.clock.advance(60_000);
    await sendAll(world);
    expect(mailbox.to(email)).toHaveLength(1);
    expect(await waveNow(program.analyst, wave.id)).toMatchObject({ status: 'DONE', progress: { sent: 1 } });
  });

  test('for hours that it is too busy is a failure, and nobody was asked', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program);
    mailbox.refuse(email, 451, '4.3.0 come back later');
    const { wave } = await createWave(world, program.admin, { contactIds: [id] });
    for (let hour = 0; hour < 12; hour++) {
      await sendAll(world);
      world.clock.advance(3_600_000);
    }
    expect(await waveNow(program.analyst, wave.id)).toMatchObject({ status: 'DONE', progress: { failed: 1 } });
    const { whyNotAsked } = await program.analyst.ask(
      'query ($id: ID!) { whyNotAsked(contactId: $id, kind: NPS_SURVEY) { mayBeAsked } }',
      { id },
    );
    expect(whyNotAsked.mayBeAsked).toBe(true);
  });

  test('that a policy forbids it (554 5.7.1) fails the mail, and not the address', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program);
    mailbox.refuse(email, 554, '5.7.1 blocked', 1);
    const { wave } = await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    expect((await waveNow(program.analyst, wave.id)).progress).toMatchObject({ failed: 1, bounced: 0 });
    await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    expect(mailbox.to(email)).toHaveLength(1);
  });

  test('some hours later by a webhook is a bounce of that mail, told once or twice', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program);
    const { wave } = await createWave(world, program.admin, {
      contactIds: [id],
      reminderAfterDays: 3,
      remindersMax: 1,
    });
    await sendAll(world);
    const messageId = mailbox.to(email)[0]?.mail.messageId;
    for (let time = 0; time < 2; time++) {
      const told = { messageId, reason: '550 5.1.1' };
      const recorded = await program.admin.mutate('mailBounceRecord', told, 'MailBounceRecorded { contact { id } }');
      expect(recorded.contact.id).toBe(id);
    }
    world.clock.advance(4 * day);
    await sendAll(world);
    expect(mailbox.to(email)).toHaveLength(1);
    expect((await waveNow(program.analyst, wave.id)).progress).toMatchObject({ bounced: 1, sent: 0 });
    const stranger = await world.program();
    const elsewhere = await stranger.admin.mutate('mailBounceRecord', { messageId });
    expect(elsewhere.code).toBe('NOT_FOUND');
    const words = { messageId, reason: `550 <${email}> unknown` };
    expect((await program.admin.mutate('mailBounceRecord', words)).issues).toMatchObject([{ path: ['reason'] }]);
  });
});
