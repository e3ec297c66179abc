import { describe, expect, test } from '@jest/globals';
import type { Answer } from '../support/client.js';
import { useMailbox } from '../support/mailbox.js';
import { atOnce, type TestProgram, useWorld } from '../support/world.js';
import { createWave, day, person, sendAll, waveNow } from './waves.js';

const settings: Record<string, string> = {};
const mailbox = useMailbox(settings);
const world = useWorld(settings);

async function outlook({ analyst }: TestProgram, contactId: string, kind: string, more = ''): Promise<Answer> {
  const { whyNotAsked } = await analyst.ask(
    `query ($id: ID!) { whyNotAsked(contactId: $id, kind: ${kind}${more}) {
      mayBeAsked nextAt reasons { reason since until text } } }`,
    { id: contactId },
  );
  return whyNotAsked;
}

describe('The budget of asks', () => {
  test('says when somebody was asked, how often that is, and when next', async () => {
    const program = await world.program();
    const { id } = await person(world, program);
    expect(await outlook(program, id, 'NPS_SURVEY')).toMatchObject({ mayBeAsked: true, reasons: [] });
    const since = world.clock.now();
    await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    world.clock.advance(12 * day);
    const until = new Date(since.getTime() + 90 * day).toISOString();
    expect(await outlook(program, id, 'NPS_SURVEY')).toEqual({
      mayBeAsked: false,
      nextAt: until,
      reasons: [
        {
          reason: 'ASKED_FOR_THIS',
          since: since.toISOString(),
          until,
          text: `Asked for this 12 days ago; at most once in 90 days, next on ${until.slice(0, 10)}.`,
        },
      ],
    });
    world.clock.set(new Date(until));
    expect((await outlook(program, id, 'NPS_SURVEY')).mayBeAsked).toBe(true);
  });

  test('has a clock for each kind, so that a survey does not use up the turn of a review, nor a review that of a survey', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program);
    const review = { kind: 'REVIEW', title: 'A review', rewardPoints: 10 };
    await program.admin.mutate('challengeCreate', review);
    await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    const token = /\/s\/([\w-]+)/.exec(mailbox.to(email)[0]?.mail.text ?? '')?.[1];
    const answered = 'SurveyAnswered { ask { challenge { title } } }';
    const { ask } = await world.anonymous().mutate('surveyAnswer', { token, score: 10 }, answered);
    // Met at once, though they were asked for something a moment before.
    expect(ask.challenge).toEqual({ title: 'A review' });
    expect(await outlook(program, id, 'REVIEW')).toMatchObject({ reasons: [{ reason: 'ASKED_FOR_THIS' }] });
    world.clock.advance(31 * day);
    expect((await outlook(program, id, 'REVIEW')).mayBeAsked).toBe(true);
    expect((await outlook(program, id, 'NPS_SURVEY')).mayBeAsked).toBe(false);
  });

  test('asks for no second review within its days, whatever is open', async () => {
    const program = await world.program();
    const anna = await program.ambassador('Anna');
    for (const title of ['First', 'Second']) {
      await program.admin.mutate('challengeCreate', {
        kind: 'REVIEW',
        title,
        rewardPoints: 10,
        maxPerAmbassador: null,
      });
    }
    const asked = async () => {
      world.clock.advance(60_000);
      const input = { contact: { externalId: anna.externalId }, score: 9 };
      const selection = 'NpsResponseRecorded { ask { challenge { kind } } }';
      return (await program.admin.mutate('npsResponseRecord', input, selection)).ask.challenge;
    };
    expect(await asked()).toEqual({ kind: 'REVIEW' });
    expect(await asked()).toBeNull();
    world.clock.advance(30 * day);
    expect(await asked()).toEqual({ kind: 'REVIEW' });
  });

  test('has a clock over all for what goes out, which the program sets', async () => {
    const program = await world.program();
    const { id } = await person(world, program);
    await program.admin.mutate('surveyCreate', { key: 'delivery', name: 'Delivery' });
    const set = await program.admin.mutate(
      'fatigueBudgetSet',
      { allDays: 3, clocks: [{ kind: 'NPS_SURVEY', days: 0 }] },
      'FatigueBudgetReplaced { budget { allDays clocks { kind days } } }',
    );
    expect(set.budget.allDays).toBe(3);
    expect(set.budget.clocks).toContainEqual({ kind: 'NPS_SURVEY', days: 0 });
    expect(set.budget.clocks).toContainEqual({ kind: 'REVIEW', days: 30 });
    await createWave(world, program.admin, { contactIds: [id] });
    await sendAll(world);
    const second = await createWave(world, program.admin, { contactIds: [id], surveyKey: 'delivery' });
    await sendAll(world);
    const { progress } = await waveNow(program.analyst, second.wave.id);
    expect(progress.notAsked).toEqual([{ reason: 'ASKED_FOR_ANYTHING', people: 1 }]);
    world.clock.advance(3 * day);
    expect((await outlook(program, id, 'NPS_SURVEY', ', surveyKey: "delivery"')).mayBeAsked).toBe(true);
    const wrong = await program.admin.mutate('fatigueBudgetSet', { allDays: -1 });
    expect(wrong.issues).toMatchObject([{ path: ['allDays'] }]);
  });

  test('lets many waves at once ask one person once', async () => {
    const program = await world.program();
    const { id, email } = await person(world, program);
    const made = await atOnce(6, () => createWave(world, program.admin, { contactIds: [id] }));
    await atOnce(3, () => sendAll(world));
    expect(mailbox.to(email)).toHaveLength(1);
    const waves = await Promise.all(made.map(({ wave }) => waveNow(program.analyst, wave.id)));
    expect(waves.filter(({ progress }) => progress.sent === 1)).toHaveLength(1);
    expect(waves.filter(({ progress }) => progress.notAsked.length === 1)).toHaveLength(5);
  });

  test('asks employees alone how it is to work there', async () => {
    const program = await world.program();
    const customer = await person(world, program, { kind: 'CUSTOMER' });
    const employee = await person(world, program, { kind: 'EMPLOYEE' });
    await program.admin.mutate('surveyCreate', { key: 'work', name: 'Work', kind: 'ENPS', isAnonymous: true });
    const { wave } = await createWave(world, program.admin, {
      contactIds: [customer.id, employee.id],
      surveyKey: 'work',
    });
    await sendAll(world);
    expect((await waveNow(program.analyst, wave.id)).progress).toMatchObject({
      sent: 1,
      notAsked: [{ reason: 'NO_EMPLOYEE', people: 1 }],
    });
    const text = mailbox.to(employee.email)[0]?.mail.text;
    expect(text).toContain('as a place to work');
    const token = /\/s\/([\w-]+)/.exec(text ?? '')?.[1];
    await world.anonymous().mutate('surveyAnswer', { token, score: 9 });
    // Of an anonymous survey nobody gets to know who answered.
    const { invitations } = await waveNow(program.admin, wave.id);
    expect(invitations.nodes.map(({ status }: Answer) => status).sort()).toEqual(['NOT_ASKED', 'SENT']);
  });

  test('knows who is not among those that a wave is meant for', async () => {
    const program = await world.program();
    const { id } = await person(world, program);
    const audience = { attribute: { name: 'market', anyOf: ['NL'] } };
    const { wave } = await createWave(world, program.admin, { audience });
    const { reasons } = await outlook(program, id, 'NPS_SURVEY', `, waveId: "${wave.id}"`);
    expect(reasons).toMatchObject([{ reason: 'NOT_IN_AUDIENCE', since: null, until: null }]);
  });
});
